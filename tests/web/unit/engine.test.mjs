/** The engine's client, link, keeper and worker together, over a stand-in core. */

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { Worker } from 'node:worker_threads';

import { Engine } from '../../../www/engine/client.js';
import { ExplorerError } from '../../../www/engine/errors.js';
import { wholeEntry } from '../../../www/engine/file-entry.js';

const EMPTY_MODULE = new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));

/** @type {Set<Engine>} */
const engines = new Set();
after(() => engines.forEach((engine) => engine.dispose()));

/** @param {string} name */
function entry(name) {
  return wholeEntry(name, name.length, async () => new TextEncoder().encode(name).buffer);
}

function spawn() {
  const thread = new Worker(new URL('stand-in-core.mjs', import.meta.url));
  const worker = {
    onmessage: null,
    onerror: null,
    postMessage: (message, transfer) => thread.postMessage(message, transfer),
    terminate: () => void thread.terminate(),
  };
  thread.on('message', (data) => worker.onmessage?.({ data }));
  thread.on('error', (error) => worker.onerror?.(error));
  return worker;
}

/**
 * @param {string[]} bundled
 * @param {object} [changes] To the source.
 */
function open(bundled, changes = {}) {
  const engine = Engine.open({
    module: async () => EMPTY_MODULE,
    spawn: async () => spawn(),
    corpus: async () => bundled.map(entry),
    ...changes,
  });
  engines.add(engine);
  const told = [];
  for (const type of ['progress', 'corpus-changed', 'query', 'engine-restarted', 'engine-failed']) {
    engine.addEventListener(type, (event) => told.push([type, event.detail]));
  }
  return { engine, told, of: (type) => told.filter(([name]) => name === type).map(([, detail]) => detail) };
}

/** @param {string} code */
const withCode = (code) => (error) => error instanceof ExplorerError && error.code === code;

describe('an engine', () => {
  it('is ready when the bundled files can be searched', async () => {
    const { engine, of } = open(['a', 'b']);
    await engine.ready;
    const reply = await engine.search({ query: 'x' });
    assert.deepEqual(reply.totals, { hits: 2, documents: 1 });
    assert.deepEqual(engine.reports.map(({ name, status }) => [name, status]), [['a', 'read'], ['b', 'read']]);
    assert.deepEqual(of('query')[0], { request: { query: 'x' }, totals: reply.totals });
    assert.deepEqual(of('progress').map(({ done, finished }) => [done, finished]), [[0, false], [2, false], [2, true]]);
  });

  it('answers questions asked before it is ready', async () => {
    const { engine } = open([]);
    assert.deepEqual(await engine.overview(), { files: [], searchable: 0 });
  });

  it('passes on the errors of the core with code and details', async () => {
    const { engine } = open(['a']);
    await assert.rejects(engine.search({ query: 'refuse me' }), (error) => {
      assert.ok(withCode('refused')(error));
      assert.equal(error.name, 'ExplorerError');
      assert.deepEqual(error.details, [['name', 'refuse me']]);
      return true;
    });
  });

  it('reports a failing file and reads the others', async () => {
    const { engine } = open(['a', 'refuse', 'b']);
    await engine.ready;
    assert.deepEqual(engine.reports.map(({ status, error }) => [status, error?.code ?? null]), [
      ['read', null], ['failed', 'refused'], ['read', null],
    ]);
  });

  it('reports files that the browser cannot read or that are too large', async () => {
    const { engine } = open([]);
    const gone = { name: 'gone', size: 3, slice: () => Promise.reject(new Error('it went away')) };
    const huge = { name: 'huge', size: 2 ** 31, slice: () => assert.fail('it must not be read') };
    const reports = await engine.addFiles([gone, entry('a'), huge]);
    assert.deepEqual(reports.map(({ name, error }) => [name, error?.code ?? null]), [
      ['gone', 'file-unreadable'], ['a', null], ['huge', 'file-too-large'],
    ]);
  });

  it('rejects what is aborted and never runs a question that was taken back', async () => {
    const { engine } = open(['a']);
    await engine.ready;
    const slow = engine.search({ query: 'slow' });
    const controller = new AbortController();
    const taken = engine.search({ query: 'crash if this is ever run' }, { signal: controller.signal });
    await new Promise((resolve) => setTimeout(resolve, 5));
    controller.abort();
    await assert.rejects(taken, { name: 'AbortError' });
    await slow;
    assert.equal((await engine.search({ query: 'x' })).query, 'x');
    await assert.rejects(engine.search({ query: 'x' }, { signal: AbortSignal.abort() }), { name: 'AbortError' });
  });

  it('answers while files are being added', async () => {
    const { engine } = open([]);
    await engine.ready;
    const adding = engine.addFiles(Array.from({ length: 20 }, (_, at) => entry(`slow ${at}`)));
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { files } = await engine.overview();
    assert.ok(files.length > 0 && files.length < 20, `${files.length} files are in`);
    assert.equal((await adding).length, 20);
  });

  it('keeps what was done when an import is cancelled', async () => {
    const { engine, of } = open([]);
    await engine.ready;
    const controller = new AbortController();
    const names = Array.from({ length: 200 }, (_, at) => `file ${at}`);
    const reports = await engine.addFiles(names.map(entry), {
      signal: controller.signal,
      onProgress: ({ done }) => done > 0 && controller.abort(),
    });
    assert.ok(reports.length > 0 && reports.length < 200);
    assert.equal((await engine.overview()).searchable, reports.length);
    assert.equal(of('progress').at(-1).finished, true);
  });
});

describe('an engine that falls', () => {
  it('rejects the question that brought it down and answers the others after a reload', async () => {
    const { engine, of } = open(['a', 'b']);
    await engine.ready;
    await engine.addFiles([entry('c')]);
    const outcomes = await Promise.allSettled([
      engine.search({ query: 'crash' }),
      engine.search({ query: 'x' }),
      engine.overview(),
    ]);
    assert.ok(withCode('engine-crashed')(outcomes[0].reason));
    assert.equal(outcomes[1].value.totals.hits, 3);
    assert.deepEqual(outcomes[2].value.files, ['a', 'b', 'c']);
    assert.deepEqual(of('engine-restarted'), [{ reason: 'unreachable' }]);
  });

  it('reports the file that brought it down and reads the others', async () => {
    const { engine, of } = open(['a', 'crash', 'b']);
    await engine.ready;
    assert.deepEqual(engine.reports.map(({ name, error }) => [name, error?.code ?? null]), [
      ['a', null], ['crash', 'engine-crashed'], ['b', null],
    ]);
    assert.deepEqual((await engine.overview()).files, ['a', 'b']);
    assert.equal(of('engine-restarted').length, 1);
  });

  it('stays down when it falls again and again', async () => {
    const { engine, of } = open([]);
    await engine.ready;
    for (let fall = 0; fall < 4; fall += 1) {
      await assert.rejects(engine.search({ query: 'crash' }), withCode('engine-crashed'));
    }
    await assert.rejects(engine.search({ query: 'crash' }), withCode('engine-crashed'));
    await assert.rejects(engine.search({ query: 'x' }), withCode('engine-failed'));
    assert.equal(of('engine-failed').length, 1);
  });

  it('says so when it cannot be started', async () => {
    const { engine, of } = open([], {
      module: () => Promise.reject(new ExplorerError('engine-unreachable', 'It is not there.')),
    });
    await assert.rejects(engine.ready, withCode('engine-unreachable'));
    await assert.rejects(engine.overview(), withCode('engine-unreachable'));
    assert.equal(of('engine-failed').length, 1);
  });

  it('says so when the worker is refused', async () => {
    const refusing = () => {
      const worker = { onmessage: null, onerror: null, postMessage() {}, terminate() {} };
      setTimeout(() => worker.onerror({ message: '' }));
      return worker;
    };
    const { engine } = open([], { spawn: async () => refusing() });
    await assert.rejects(engine.ready, withCode('worker-refused'));
  });

  it('rejects everything once it is closed', async () => {
    const { engine, of } = open(['a']);
    await engine.ready;
    const slow = engine.search({ query: 'slow' });
    engine.dispose();
    await assert.rejects(slow, withCode('engine-closed'));
    await assert.rejects(engine.overview(), withCode('engine-closed'));
    assert.deepEqual(of('engine-failed'), []);
  });
});
