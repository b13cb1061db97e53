/** A corpus in parts: how its files are fetched, and that a question is asked again with them. */

import assert from 'node:assert/strict';
import { after, afterEach, describe, it } from 'node:test';
import { Worker } from 'node:worker_threads';
import { deflateSync } from 'node:zlib';

import { Engine } from '../../../www/engine/client.js';
import { ExplorerError } from '../../../www/engine/errors.js';
import { PartFiles } from '../../../www/engine/parts.js';

const BASE = new URL('https://example.org/news/index.json');
const { fetch: realFetch } = globalThis;

/**
 * Answers in the place of a network; the last answer stays.
 * @param {(number | string | Uint8Array | Error)[]} answers
 */
function answering(...answers) {
  /** @type {{ address: string, cache: string | undefined }[]} */
  const asked = [];
  globalThis.fetch = /** @type {typeof fetch} */ (async (address, options) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)];
    asked.push({ address: String(address), cache: options?.cache });
    if (answer instanceof Error) throw answer;
    if (typeof answer === 'number') return new Response('no', { status: answer });
    return new Response(/** @type {any} */ (answer));
  });
  return asked;
}

/** @param {ArrayBuffer} bytes */
const text = (bytes) => new TextDecoder().decode(bytes);

describe('the files of a corpus in parts', () => {
  afterEach(() => {
    globalThis.fetch = realFetch;
  });
  const files = () => new PartFiles(BASE, { directory: 'directory-1.bin', whole: 'corpus.kashshaf' });

  it('are whole files beside the manifest, pages inflated', async () => {
    const asked = answering('as it is', deflateSync('inflated'), deflateSync('columns'), deflateSync('the directory'));
    assert.equal(text(await files().take('words/1.bin')), 'as it is');
    assert.equal(text(await files().take('pages/1.bin')), 'inflated');
    assert.deepEqual(asked.map(({ address }) => address), ['https://example.org/news/words/1.bin', 'https://example.org/news/pages/1.bin']);
    assert.equal(text(await files().take('columns/1.bin')), 'columns');
    assert.equal(text(await files().directory()), 'the directory');
    assert.equal(files().whole?.href, 'https://example.org/news/corpus.kashshaf');
    assert.equal(new PartFiles(BASE, { directory: 'd' }).whole, null);
  });

  for (const [what, first] of /** @type {const} */ ([['a server in trouble', 503], ['no network', new TypeError('failed')], ['too many at once', 429]])) {
    it(`are asked for again after ${what}, past the cache`, async () => {
      const asked = answering(first, 'a');
      assert.equal(text(await files().take('words/1.bin')), 'a');
      assert.deepEqual(asked.map(({ cache }) => cache), [undefined, 'reload']);
    });
  }

  it('are given up with a reason: at once where there is none, else after three tries', async () => {
    for (const [answer, times] of /** @type {const} */ ([[404, 1], [500, 3]])) {
      const asked = answering(answer);
      await assert.rejects(files().take('pages/1.bin'), (/** @type {any} */ error) => {
        assert.equal(error.code, 'part-unreachable');
        assert.deepEqual(error.details, [['address', 'https://example.org/news/pages/1.bin'], ['reason', `the server answered ${answer}`]]);
        return true;
      });
      assert.equal(asked.length, times);
    }
  });

  it('that cannot be inflated are fetched again, then given up', async () => {
    const asked = answering('<!doctype html>', deflateSync('right'));
    assert.equal(text(await files().take('pages/1.bin')), 'right');
    assert.equal(asked.length, 2);
    answering('<!doctype html>');
    await assert.rejects(files().take('pages/1.bin'), { code: 'part-unreachable' });
  });
});

describe('an engine over a corpus in parts', () => {
  const module = new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  /** @type {Engine[]} */
  const engines = [];
  after(() => engines.forEach((engine) => engine.dispose()));

  /**
   * @param {(name: string, again: boolean) => string} [held] What a part holds.
   * @param {string} [directory]
   */
  function open(held = (name) => `of ${name}`, directory = 'directory') {
    /** @type {string[]} */
    const taken = [];
    const encoded = (/** @type {string} */ text) => /** @type {ArrayBuffer} */ (new TextEncoder().encode(text).buffer);
    const files = {
      whole: new URL('https://example.org/corpus.kashshaf'),
      directory: async () => (taken.push('directory'), encoded(directory)),
      take: async (/** @type {string} */ name, again = false) => (taken.push(name), encoded(held(name, again))),
    };
    const spawn = async () => {
      const thread = new Worker(new URL('stand-in-core.mjs', import.meta.url));
      const worker = {
        onmessage: /** @type {any} */ (null),
        onerror: /** @type {any} */ (null),
        postMessage: (/** @type {any} */ message, /** @type {any} */ transfer) => thread.postMessage(message, transfer),
        terminate: () => void thread.terminate(),
      };
      thread.on('message', (data) => worker.onmessage?.({ data }));
      thread.on('error', (error) => worker.onerror?.(error));
      return worker;
    };
    const engine = Engine.open(/** @type {any} */ ({ module: async () => module, spawn, corpus: async () => [], parts: async () => files }));
    engines.push(engine);
    return { engine, taken };
  }
  /** @param {string} code */
  const withCode = (code) => (/** @type {any} */ error) => error instanceof ExplorerError && error.code === code;

  it('asks again until nothing is missing, and keeps what came', async () => {
    const { engine, taken } = open();
    await engine.ready;
    assert.deepEqual([engine.isInParts, engine.whole?.pathname, taken], [true, '/corpus.kashshaf', ['directory']]);
    assert.equal((await engine.search({ query: 'a b' })).query, 'a b');
    assert.equal((await engine.search({ query: 'b a' })).query, 'b a');
    assert.deepEqual(taken, ['directory', 'a', 'b']);
  });

  it('fetches a part once for all questions that wait for it', async () => {
    const { engine, taken } = open();
    const questions = ['a', 'a b', 'b a', 'b'].map((query) => engine.search({ query }));
    assert.deepEqual((await Promise.all(questions)).map(({ query }) => query), ['a', 'a b', 'b a', 'b']);
    assert.deepEqual(taken.sort(), ['a', 'b', 'directory']);
  });

  it('keeps what comes when its question was given up', async () => {
    const stop = new AbortController();
    const { engine, taken } = open((name) => (stop.abort(), `of ${name}`));
    await assert.rejects(engine.search({ query: 'a' }, { signal: stop.signal }), { name: 'AbortError' });
    assert.equal((await engine.search({ query: 'a' })).query, 'a');
    assert.deepEqual(taken, ['directory', 'a']);
  });

  it('asks once more for what is another file, and no more', async () => {
    const { engine, taken } = open((name, again) => (name === 'never' || !again ? 'welcome' : `of ${name}`));
    assert.equal((await engine.search({ query: 'a' })).query, 'a');
    await assert.rejects(engine.search({ query: 'never' }), withCode('index-damaged'));
    assert.deepEqual(taken, ['directory', 'a', 'a', 'never', 'never']);
  });

  it('has fetched what a search needs that was foreseen, and tells what is wrong with it once it is asked', async () => {
    const { engine, taken } = open();
    await engine.foresee({ query: 'a b' });
    assert.deepEqual(taken, ['directory', 'a', 'b']);
    await Promise.all([engine.foresee({ query: 'c' }), engine.search({ query: 'c a' })]);
    assert.deepEqual(taken, ['directory', 'a', 'b', 'c']);
    await engine.foresee({ query: 'again' });
    await assert.rejects(engine.search({ query: 'again' }), withCode('parts-missing'));
  });

  it('does not ask for ever', async () => {
    const { engine } = open();
    await assert.rejects(engine.search({ query: 'again' }), withCode('parts-missing'));
  });

  it('opens the directory again when the worker fell, and fetches what is asked for then', async () => {
    const { engine, taken } = open();
    await engine.search({ query: 'a' });
    await assert.rejects(engine.search({ query: 'crash' }), withCode('engine-crashed'));
    assert.equal((await engine.search({ query: 'a' })).query, 'a');
    assert.deepEqual(taken, ['directory', 'a', 'directory', 'a']);
  });

  it('refuses what needs the whole, and a directory that is none', async () => {
    const { engine } = open();
    await assert.rejects(engine.removePages(['a']), withCode('index-in-parts'));
    await assert.rejects(engine.addFiles([]), withCode('index-in-parts'));
    await assert.rejects(open(undefined, 'refuse').engine.ready, withCode('refused'));
  });
});
