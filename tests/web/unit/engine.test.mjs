/** The engine's client, link, keeper, feeder and both workers together, over stand-ins for the core and the readers. */

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { Worker } from 'node:worker_threads';

import { Engine } from '../../../www/engine/client.js';
import { ExplorerError } from '../../../www/engine/errors.js';
import { streamedEntry, wholeEntry } from '../../../www/engine/file-entry.js';

const EMPTY_MODULE = new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));

/** @type {Set<Engine>} */
const engines = new Set();
after(() => engines.forEach((engine) => engine.dispose()));

/** @param {string} name @param {string} [text] */
function entry(name, text = name) {
  const bytes = new TextEncoder().encode(text);
  return wholeEntry(name, bytes.length, async () => bytes.slice().buffer);
}

/** @param {string} script */
function spawn(script) {
  const thread = new Worker(new URL(script, import.meta.url));
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
    spawn: async () => spawn('stand-in-core.mjs'),
    readers: async () => ({ module: EMPTY_MODULE, spawn: () => spawn('stand-in-readers.mjs') }),
    annotator: async () => ({ module: EMPTY_MODULE, spawn: () => spawn('stand-in-annotator.mjs') }),
    corpus: async () => bundled.map((name) => entry(name)),
    model: async () => new TextEncoder().encode('model').buffer,
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

/** Name, status and reason of every line of the ledger. @param {Engine} engine */
const lines = async (engine) => (await engine.ledger()).lines.map(({ name, status, reason }) => [name, status, reason]);

describe('names', () => {
  it('are found in passes over the pages, with the model, and a search comes in between', async () => {
    const { engine } = open(['a', 'slow b', 'c']);
    await engine.ready;
    const steps = [];
    engine.addEventListener('recognising', (event) => steps.push(`${event.detail.done}/${event.detail.total}`));
    let found = false;
    const names = engine.entities().finally(() => (found = true));
    await new Promise((resolve) => engine.addEventListener('recognising', resolve, { once: true }));
    await engine.search({ query: 'a' });
    assert.equal(found, false);
    assert.deepEqual(await names, { names: ['a', 'slow b', 'c'], trained: true });
    assert.deepEqual(steps, [1, 2, 3, 4, 5, 6, 7, 8, 9].map((done) => `${done}/9`));
    assert.equal(engine.modelError, null);
  });

  it('are found by lists and cues when the model cannot be had or read, and it is said why', async () => {
    for (const [model, code] of /** @type {const} */ ([
      [() => Promise.reject(new ExplorerError('model-unreachable', 'It is not there.')), 'model-unreachable'],
      [async () => new TextEncoder().encode('refuse').buffer, 'refused'],
    ])) {
      const { engine } = open(['a'], { model });
      assert.deepEqual(await engine.entities(), { names: ['a'], trained: false });
      assert.ok(withCode(code)(engine.modelError));
    }
  });

  it('are found again when the engine was started anew', async () => {
    const { engine } = open(['a']);
    await engine.entities();
    await engine.search({ query: 'crash' }).catch(() => {});
    assert.deepEqual(await engine.entities(), { names: ['a'], trained: true });
  });

  it('do without the model for an overview, and without the annotator where it cannot be had', async () => {
    let fetched = false;
    const { engine } = open(['a'], { model: async () => ((fetched = true), new ArrayBuffer(0)) });
    await engine.overview();
    assert.equal(fetched, false);
    const unreachable = new ExplorerError('annotator-unreachable', 'It is not there.');
    const { engine: without } = open(['a'], { annotator: () => Promise.reject(unreachable) });
    await without.ready;
    assert.deepEqual((await without.overview()).files, ['a']);
    await assert.rejects(without.entities(), withCode('annotator-unreachable'));
  });

  it('do not start the annotator before they are asked for', async () => {
    let started = false;
    const { engine } = open(['a'], { annotator: () => ((started = true), Promise.reject(new Error('too early'))) });
    await engine.search({ query: 'a' });
    await engine.overview({}, { names: 'as-they-are' });
    assert.equal(started, false);
  });

  it('leave out a page that the annotator falls over, and say which', async () => {
    const { engine } = open(['a', 'faint', 'b', 'faint too', 'c']);
    const lost = [];
    engine.addEventListener('annotation-lost', (event) => lost.push(event.detail.name));
    assert.deepEqual(await engine.entities(), { names: ['a', 'b', 'c'], trained: true });
    assert.deepEqual(lost, ['faint', 'faint too']);
    assert.equal((await engine.search({ query: 'a' })).totals.hits, 5);
  });

  it('are given up when the annotator falls again and again over no page', async () => {
    const { engine } = open(['a'], { model: async () => new TextEncoder().encode('faint').buffer });
    await assert.rejects(engine.entities(), withCode('annotator-crashed'));
    assert.equal((await engine.search({ query: 'a' })).totals.hits, 1);
  });

  it('are looked for anew when files come while they are looked for', async () => {
    const { engine } = open(['slow a']);
    await engine.ready;
    const names = engine.entities();
    await new Promise((resolve) => engine.addEventListener('recognising', resolve, { once: true }));
    await engine.addFiles([entry('b')]);
    assert.deepEqual(await names, { names: ['slow a', 'b'], trained: true });
  });

  it('pause while nobody waits, and go on from there', async () => {
    const { engine } = open(['slow a', 'slow b', 'slow c']);
    await engine.ready;
    const steps = [];
    engine.addEventListener('recognising', (event) => steps.push(event.detail.done));
    const leaving = new AbortController();
    const left = engine.entities({}, { signal: leaving.signal });
    engine.addEventListener('recognising', () => leaving.abort(), { once: true });
    await assert.rejects(left, { name: 'AbortError' });
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.deepEqual(steps, [1]);
    assert.equal((await engine.entities()).names.length, 3);
    assert.deepEqual(steps, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});

describe('an engine', () => {
  it('is ready when the bundled files can be searched', async () => {
    const { engine, of } = open(['a.txt', 'b.txt']);
    await engine.ready;
    const reply = await engine.search({ query: 'x' });
    assert.deepEqual(reply.totals, { hits: 2, documents: 1 });
    assert.deepEqual(engine.reports.map(({ name, status }) => [name, status]), [['a.txt', 'read'], ['b.txt', 'read']]);
    assert.deepEqual(await lines(engine), [], 'the ledger is for what a reader adds');
    assert.deepEqual(of('query')[0], { request: { query: 'x' }, totals: reply.totals });
    assert.deepEqual(of('progress').map(({ done, finished }) => [done, finished]), [[0, false], [2, false], [2, true]]);
  });

  it('answers questions asked before it is ready', async () => {
    const { engine } = open([]);
    assert.deepEqual((await engine.overview()).files, []);
  });

  it('passes on the errors of the core with code and details', async () => {
    const { engine } = open(['a.txt']);
    await assert.rejects(engine.search({ query: 'refuse me' }), (error) => {
      assert.ok(withCode('refused')(error));
      assert.equal(error.name, 'ExplorerError');
      assert.deepEqual(error.details, [['name', 'refuse me']]);
      return true;
    });
  });

  it('reports a bundled page that fails, and reads the others', async () => {
    const gone = { name: 'gone.txt', size: 3, slice: () => Promise.reject(new Error('it went away')) };
    const { engine } = open([], { corpus: async () => [entry('a.txt'), entry('refuse.txt'), gone, entry('b.txt')] });
    await engine.ready;
    assert.deepEqual(engine.reports.map(({ name, status, error }) => [name, status, error?.code ?? null]), [
      ['a.txt', 'read', null], ['refuse.txt', 'failed', 'refused'], ['gone.txt', 'failed', 'file-unreadable'], ['b.txt', 'read', null],
    ]);
  });

  it('has a line for each file that the browser cannot read', async () => {
    const { engine } = open([]);
    const gone = { name: 'gone', size: 3, slice: () => Promise.reject(new Error('it went away')) };
    const { before, after, isComplete } = await engine.addFiles([gone, entry('a')]);
    assert.deepEqual(await lines(engine), [['gone', 'failed', 'file-unreadable'], ['a', 'read', null]]);
    assert.deepEqual([before.files, after.files, isComplete], [0, 2, true]);
  });

  it('takes files as a browser has them', async () => {
    const { engine } = open([]);
    await engine.addFiles([new File(['x'], 'a.txt')]);
    assert.deepEqual(await lines(engine), [['a.txt', 'read', null]]);
  });

  it('answers others while a question waits for what is made for it', async () => {
    const { engine } = open(['a.txt']);
    await engine.ready;
    /** @type {string[]} */
    const answered = [];
    const ask = (query, ranking) => engine.search({ query, ...(ranking && { ranking }) }).then(() => answered.push(query));
    const waiting = [ask('first', 'bags'), ask('second')];
    await waiting[1];
    assert.deepEqual(answered, ['second']);
    await ask('third');
    assert.deepEqual(answered, ['second', 'third']);
    await waiting[0];
    await ask('fourth', 'bags');
    assert.deepEqual(answered, ['second', 'third', 'first', 'fourth']);
  });

  it('rejects what is aborted and never runs a question that was taken back', async () => {
    const { engine } = open(['a.txt']);
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
    assert.equal((await adding).after.files, 20);
  });

  it('keeps what was done when an import is cancelled', async () => {
    const { engine, of } = open([]);
    await engine.ready;
    const controller = new AbortController();
    const names = Array.from({ length: 200 }, (_, at) => `file ${at}`);
    const { after, isComplete } = await engine.addFiles(names.map((name) => entry(name)), {
      signal: controller.signal,
      onProgress: ({ done }) => done > 0 && controller.abort(),
    });
    assert.equal(isComplete, false);
    assert.equal(after.files, 200, 'every file has its line');
    const read = new Map(after.byStatus).get('read') ?? 0;
    assert.ok(read > 0 && read < 200, `${read} were read`);
    assert.equal((await engine.overview()).searchable, read);
    const rest = (await lines(engine)).filter(([, status]) => status !== 'read');
    assert.ok(rest.every(([, status, reason]) => status === 'skipped' && reason === 'not-begun'));
    assert.equal(new Set((await lines(engine)).map(([name]) => name)).size, 200);
    assert.equal(of('progress').at(-1).finished, true);
  });

  it('says that it did not count to the end what goes on for ever', async () => {
    const { engine } = open([]);
    const controller = new AbortController();
    const endless = (async function* () {
      for (let at = 0; ; at += 1) {
        if (at > 300) await new Promise((resolve) => setTimeout(resolve, 50));
        yield entry(`file ${at}`);
      }
    })();
    await engine.addFiles(endless, { signal: controller.signal, onProgress: ({ done }) => done > 0 && controller.abort() });
    const found = await lines(engine);
    assert.deepEqual(found.at(-1)?.slice(1), ['skipped', 'not-counted']);
    assert.ok(found.slice(0, -1).every(([, , reason]) => reason === null || reason === 'not-begun'));
  });

  it('reads one import after the other', async () => {
    const { engine } = open([]);
    await Promise.all([engine.addFiles([entry('slow a'), entry('b')]), engine.addFiles([entry('c')])]);
    assert.deepEqual((await engine.overview()).files, ['slow a', 'b', 'c']);
  });
});

describe('files for the readers', () => {
  it('come in slices, each with its pieces, in the order of the files', async () => {
    const { engine, of } = open([]);
    await engine.addFiles([entry('a.html', 'one-----two'), entry('b'), entry('c.html', 'three')]);
    assert.deepEqual((await engine.overview()).files, ['one-----', 'two', 'b', 'three']);
    assert.deepEqual(await lines(engine), [['file 1', 'read', null], ['b', 'read', null], ['file 3', 'read', null]]);
    const last = of('progress').at(-1);
    assert.deepEqual([last.done, last.bytesDone, last.bytesTotal], [3, 17, 17]);
  });

  it('are never held whole when they are large', async () => {
    const { engine } = open([]);
    const text = 'x'.repeat(3 << 20);
    const asked = [];
    const large = {
      name: 'large.html',
      size: text.length,
      async slice(from, to) {
        asked.push(to - from);
        return new TextEncoder().encode(text.slice(from, Math.min(to, from + 8))).buffer;
      },
    };
    const controller = new AbortController();
    await engine.addFiles([large], { signal: controller.signal, onProgress: ({ bytesDone }) => bytesDone > 0 && controller.abort() });
    assert.ok(asked.length > 2);
    assert.ok(Math.max(...asked) <= 4096, `a slice of ${Math.max(...asked)} bytes was asked for`);
  });

  it('cost a line when they bring the reading worker down, and the others are read', async () => {
    const { engine, of } = open([]);
    await engine.addFiles([entry('a.html', 'before--crash'), entry('b.html', 'after')]);
    assert.deepEqual((await engine.overview()).files, ['before--', 'after']);
    assert.deepEqual(await lines(engine), [['a.html', 'failed', 'reader-crashed'], ['file 2', 'read', null]]);
    assert.equal(of('engine-restarted').length, 0, 'the engine itself did not fall');
  });

  it('cost a line when their bytes go away on the way', async () => {
    const { engine } = open([]);
    let reads = 0;
    const going = {
      name: 'a.html',
      size: 2 << 20,
      async slice(from, to) {
        if ((reads += 1) > 3) throw new Error('it went away');
        return new TextEncoder().encode('abcdefgh'.slice(0, to - from)).buffer;
      },
    };
    await engine.addFiles([going, entry('b.html', 'after')]);
    assert.deepEqual((await lines(engine)).map(([, status, reason]) => [status, reason]), [['failed', 'file-unreadable'], ['read', null]]);
  });

  it('are read again when the engine falls over one of them', async () => {
    const { engine, of } = open(['first.txt']);
    await engine.addFiles([entry('a.html', 'one'), entry('b.html', 'two-----'), entry('c.html', 'xx'), entry('d', 'd')]);
    await engine.addFiles([entry('e.html', 'three'), entry('crash'), entry('f.html', 'four')]);
    assert.deepEqual((await engine.overview()).files, ['first.txt', 'one', 'two-----', 'xx', 'd', 'three', 'four']);
    assert.equal(of('engine-restarted').length, 1);
    assert.deepEqual((await lines(engine)).filter(([, status]) => status === 'failed'), [['crash', 'failed', 'engine-crashed']]);
  });

  it('stop at once when they are cancelled, also when the readers do not', async () => {
    const { engine } = open([]);
    const controller = new AbortController();
    // The second hangs as soon as the first has come.
    const adding = engine.addFiles([entry('a.html', 'one-----one'), entry('b.html', 'hang'), entry('c.html', 'three')], {
      signal: controller.signal,
      onProgress: ({ current }) => current !== null && setTimeout(() => controller.abort(), 100),
    });
    const stuck = setTimeout(() => controller.abort(), 2000);
    assert.equal((await adding).isComplete, false);
    clearTimeout(stuck);
    await engine.addFiles([entry('d.html', 'four')]);
    assert.ok((await engine.overview()).files.includes('four'), 'another import goes on with a new reading worker');
    assert.ok((await lines(engine)).some(([, status, reason]) => status === 'skipped' && reason === 'cancelled'));
  });

  it('say so when the readers cannot be had, and plain text is read', async () => {
    const readers = () => Promise.reject(new ExplorerError('readers-unreachable', 'They are not there.'));
    const { engine } = open([], { readers });
    await engine.addFiles([entry('a.html'), entry('b')]);
    assert.deepEqual(await lines(engine), [['a.html', 'failed', 'readers-unreachable'], ['b', 'read', null]]);
  });
});

describe('a table whose columns are not known', () => {
  it('is asked for once, and read as it was answered, after the files that can be read', async () => {
    const { engine } = open([]);
    const asked = [];
    await engine.addFiles([entry('a.csv', 'head,text\nx,y'), entry('b'), entry('c.csv', 'head,text\nz,w'), entry('d.csv', 'title,body\nx,y')], {
      onQuestion: async (question) => {
        asked.push([question.name, question.found.columns.map(({ name }) => name)]);
        return { fields: [['body', ['text']]] };
      },
    });
    assert.deepEqual(asked, [['a.csv', ['head', 'text']]]);
    const { files } = await engine.overview();
    assert.ok(files.indexOf('b') < files.findIndex((name) => name.includes('["text"]')), files.join(' | '));
    assert.equal(files.filter((name) => name.includes('["body",["text"]]')).length, 4, 'two slices of two files');
  });

  it('is passed over when nobody answers', async () => {
    const { engine } = open([]);
    await engine.addFiles([entry('a.csv', 'head,text\nx,y'), entry('b')], { onQuestion: async () => null });
    assert.deepEqual(await lines(engine), [['a.csv', 'skipped', 'columns-not-chosen'], ['b', 'read', null]]);
  });

  it('is read as it is guessed when there is nobody to ask', async () => {
    const { engine } = open([]);
    await engine.addFiles([entry('a.csv', 'head,text\nx,y')]);
    assert.deepEqual((await lines(engine)).map(([, status]) => status), ['read']);
  });

  it('is shown in another encoding or with other columns', async () => {
    const { engine } = open([]);
    await engine.addFiles([entry('a.csv', 'head,text\nx,y')]);
    const { found, look } = await engine.look(1);
    assert.equal(found.beginning, 'head,text\nx,y');
    assert.deepEqual(found.columns.map(({ field }) => field), [null, null]);
    assert.deepEqual((await look({ fields: [['title', ['head']]] })).columns[0].field, 'title');
    await engine.readAgain(1, { fields: [['title', ['head']]] });
    assert.ok((await engine.overview()).files.every((name) => name.includes('"title"')));
    await assert.rejects(engine.look(99), withCode('unknown-file'));
  });

  it('is shown where it lies in an archive', async () => {
    const { engine } = open([]);
    await engine.addFiles([entry('a.html', 'one-----two-----three')]);
    const { name, found } = await engine.look(1, 2);
    assert.deepEqual([name, found.beginning], ['a.html', 'two-----']);
    await assert.rejects(engine.look(1, 9), withCode('file-changed'), 'a member that is not there');
    await engine.addFiles([entry('b.html', 'four')]);
    assert.ok((await engine.overview()).files.includes('four'), 'what comes afterwards is read');
  });
});

describe('page rules of a reader', () => {
  it('split all that there is anew, and every worker that comes after', async () => {
    const { engine, of } = open(['a.txt']);
    await engine.addFiles([entry('b')]);
    assert.equal(engine.rules, '');
    assert.equal(await engine.setRules('rule one'), 2);
    assert.equal(engine.rules, 'rule one');
    const { files, splitBy } = await engine.overview();
    assert.deepEqual([files, splitBy], [['a.txt', 'b'], ['rule one', 'rule one']]);
    await assert.rejects(engine.search({ query: 'crash' }), withCode('engine-crashed'));
    assert.deepEqual((await engine.overview()).splitBy, ['rule one', 'rule one']);
    await engine.setRules('');
    assert.deepEqual((await engine.overview()).splitBy, ['', '']);
    assert.equal(of('corpus-changed').length, 3, 'the view follows each change');
  });

  it('change nothing when there is an error in them', async () => {
    const { engine } = open(['a.txt']);
    await engine.setRules('rule one');
    await assert.rejects(engine.setRules('refuse this'), withCode('refused'));
    assert.deepEqual([engine.rules, (await engine.overview()).splitBy], ['rule one', ['rule one']]);
    assert.equal(await engine.bundledRules(), 'the bundled rules');
  });
});

describe('the forecast', () => {
  /** Files that say they are large and end soon. */
  const large = (count, size) => Array.from({ length: count }, (_, at) => ({ name: `large ${at}`, size, slice: async () => new ArrayBuffer(3) }));

  it('is told before an import that comes near the room', async () => {
    const { engine } = open([]);
    const told = [];
    const { isComplete } = await engine.addFiles(large(1, 400 << 20), { onForecast: async (forecast) => (told.push(forecast.verdict), true) });
    assert.deepEqual([told, isComplete], [['tight'], true]);
  });

  it('stops an import that has no room when it is told to', async () => {
    const { engine } = open([]);
    const { isComplete, after } = await engine.addFiles(large(4, 1 << 30), { onForecast: async () => false });
    assert.deepEqual([isComplete, new Map(after.byStatus).get('skipped')], [false, 4], 'nothing was read, and each file says so');
  });

  it('is silent when there is room', async () => {
    const { engine } = open([]);
    await engine.addFiles(large(1, 100 << 20), { onForecast: () => assert.fail('nothing has to be said') });
  });
});

describe('an index that comes bit by bit', () => {
  /** Each answer of the server in its pieces; an error breaks it off. @param {(string | Error)[][]} answers */
  function coming(...answers) {
    let [asked, ended] = [0, 0];
    const entry = (/** @type {string} */ name) =>
      streamedEntry(name, async () => {
        const pieces = answers[Math.min(asked, answers.length - 1)].values();
        asked += 1;
        const pull = async (/** @type {ReadableStreamDefaultController} */ controller) => {
          await new Promise((resolve) => setTimeout(resolve, 5));
          const { value, done } = pieces.next();
          if (done) controller.close();
          else if (value instanceof Error) controller.error(value);
          else controller.enqueue(new TextEncoder().encode(value));
        };
        const cancel = () => void (ended += 1);
        return new Response(new ReadableStream({ pull, cancel }, { highWaterMark: 0 }));
      });
    return { entry, asked: () => asked, ended: () => ended };
  }
  const long = 'x'.repeat(1 << 20);

  it('is given to the core piece by piece, and fetched anew for an engine that was started again', async () => {
    const { entry, asked } = coming([long, 'b', 'c']);
    const { engine } = open([], { corpus: async () => [entry('news.kashshaf')] });
    await engine.ready;
    const files = [`news.kashshaf: ${long}bc`];
    assert.deepEqual([(await engine.overview()).files, asked()], [files, 1]);
    await engine.search({ query: 'crash' }).catch(() => {});
    assert.deepEqual([(await engine.overview()).files, asked()], [files, 2]);
  });

  it('is told by its first bytes, whatever its name, and the core is not asked', async () => {
    const magic = 'KSHF\r\n\x1A\n';
    const { entry } = coming([magic, 'b']);
    const { engine } = open([]);
    await engine.addFiles([entry('corpus.text')]);
    assert.deepEqual(await lines(engine), [[`corpus.text: ${magic}b`, 'read', null]]);
  });

  it('is read whole where it is no index', async () => {
    const { entry } = coming(['a', 'b', 'c']);
    const { engine } = open([]);
    await engine.addFiles([entry('news.text')]);
    assert.deepEqual((await engine.ledger()).lines.map(({ name, status }) => [name, status]), [['news.text', 'read']]);
  });

  it('is a line in the ledger when it breaks off, and the next one begins anew', async () => {
    const { entry } = coming([long, 'b', new TypeError('network lost')], ['c', 'd']);
    const { engine } = open([]);
    await engine.addFiles([entry('lost.kashshaf')]);
    await engine.addFiles([entry('news.kashshaf')]);
    assert.deepEqual(await lines(engine), [
      ['lost.kashshaf', 'failed', 'file-unreadable'],
      ['news.kashshaf: cd', 'read', null],
    ]);
  });

  it('costs its own line alone when the engine falls over a piece of it, and is loaded no further', async () => {
    const { entry, asked, ended } = coming([long, 'crash', ...Array(400).fill(long)], [long, 'crash']);
    const { engine, of } = open(['a.txt']);
    await engine.addFiles([entry('news.kashshaf')]);
    assert.deepEqual(await lines(engine), [['news.kashshaf', 'failed', 'engine-crashed']]);
    assert.equal(of('engine-restarted').length, 1);
    assert.deepEqual([asked(), ended()], [1, 1]);
    assert.deepEqual((await engine.overview()).files, ['a.txt']);
  });
});

describe('an import that further workers index', () => {
  const FILES = ['late one apart x', 'two words apart', 'late three apart late and more y', 'four', 'late z'];
  const imported = async (workers, texts = FILES, options = {}) => {
    const { engine, of } = open(['a.txt']);
    const { isComplete } = await engine.addFiles(texts.map((text, at) => entry(`${'abcdefgh'[at]}.html`, text)), { workers, ...options });
    const { files, shares, searchable } = await engine.overview();
    return { files, shares, searchable, isComplete, lines: await lines(engine), restarts: of('engine-restarted').length };
  };

  it('is that of one, whatever their number', async () => {
    const alone = await imported(0);
    assert.deepEqual([alone.shares, alone.isComplete, alone.lines.length], [0, true, FILES.length]);
    for (const workers of [1, 2, 3]) {
      const { shares, ...rest } = await imported(workers);
      assert.ok(shares >= 3, `${shares} shares`);
      assert.deepEqual({ ...rest, shares: 0 }, alone);
    }
  });

  it('does without those that fall, and without shares of what must come whole', async () => {
    const texts = ['late one whole x and late', 'fall here, late and more', ...FILES];
    const { shares: none, ...alone } = await imported(0, texts);
    const { shares, ...rest } = await imported(2, texts);
    assert.ok(none === 0 && shares < 6);
    assert.deepEqual(rest, alone);
  });

  it('names the file that brings the engine down, and no other', async () => {
    const texts = ['late one apart x', 'crash it', 'two words apart', 'late z'];
    const { restarts: falls, shares: none, ...alone } = await imported(0, texts);
    const { restarts, shares, ...rest } = await imported(2, texts);
    assert.deepEqual(rest, alone);
    assert.deepEqual(rest.lines.map(([, status]) => status), ['read', 'failed', 'read', 'read']);
    assert.ok(restarts >= falls && none === 0);
  });

  it('stops when it is told to, and the ledger adds up', async () => {
    const stop = new AbortController();
    const onProgress = ({ bytesDone }) => bytesDone > 0 && stop.abort();
    const { isComplete, lines: told } = await imported(2, FILES, { signal: stop.signal, onProgress });
    assert.deepEqual([isComplete, told.length], [false, FILES.length]);
  });
});

describe('pages that are taken out', () => {
  const filesOf = async (engine) => (await engine.overview()).files;

  it('are gone, are told, and can be added again', async () => {
    const { engine, of } = open(['a.txt', 'b.txt']);
    await engine.addFiles([entry('c'), entry('d')]);
    const { takenOut } = await engine.removePages({ ids: ['b.txt', 'c', 'nowhere'] });
    assert.equal(takenOut, 2);
    assert.deepEqual(await filesOf(engine), ['a.txt', 'd']);
    assert.deepEqual(engine.takenOut, { pages: 2, bundled: ['b.txt'] });
    assert.equal(of('corpus-changed').at(-1).takenOut, 2);
    await engine.addFiles([entry('c')]);
    assert.deepEqual(await filesOf(engine), ['a.txt', 'd', 'c']);
  });

  it('stay gone when the worker falls, each from where it was taken out', async () => {
    const { engine } = open(['a.txt', 'b.txt']);
    await engine.addFiles([entry('c'), entry('d')]);
    await engine.removePages({ ids: ['b.txt', 'c'] });
    await engine.addFiles([entry('e'), entry('c')]);
    await engine.removePages({ ids: ['e'] });
    await engine.addFiles([entry('f')]);
    await assert.rejects(engine.search({ query: 'crash' }), withCode('engine-crashed'));
    assert.deepEqual(await filesOf(engine), ['a.txt', 'd', 'c', 'f'], 'what was added again stays');
    await engine.addFiles([entry('poison'), entry('g')]);
    assert.deepEqual(await filesOf(engine), ['a.txt', 'd', 'c', 'f', 'g']);
    await engine.setRules('one rule');
    assert.deepEqual(await filesOf(engine), ['a.txt', 'd', 'c', 'f', 'g'], 'and when the corpus is indexed anew');
  });

  it('come back, the last first', async () => {
    const { engine } = open(['a.txt']);
    await engine.addFiles([entry('b'), entry('c')]);
    await engine.removePages({ ids: ['b'] });
    await engine.removePages({ ids: ['a.txt'] });
    await engine.removePages({ ids: ['nowhere'] });
    await engine.bringBack();
    assert.deepEqual(await filesOf(engine), ['a.txt', 'c']);
    assert.deepEqual(engine.takenOut, { pages: 1, bundled: [] });
    await engine.bringBack();
    assert.deepEqual(await filesOf(engine), ['a.txt', 'b', 'c']);
    await engine.bringBack();
    assert.deepEqual(await filesOf(engine), ['a.txt', 'b', 'c'], 'there is nothing more to bring back');
  });

  it('stay when taking them out brings the worker down', async () => {
    const { engine } = open(['a.txt', 'b.txt']);
    await engine.ready;
    await assert.rejects(engine.removePages({ ids: ['a.txt', 'crash'] }), withCode('engine-crashed'));
    assert.deepEqual(await filesOf(engine), ['a.txt', 'b.txt']);
    await assert.rejects(engine.removePages({ ids: ['refuse'] }), withCode('refused'));
    assert.deepEqual(engine.takenOut, { pages: 0, bundled: [] });
  });
});

describe('an engine that falls', () => {
  it('rejects the question that brought it down and answers the others after a reload', async () => {
    const { engine, of } = open(['a.txt', 'b.txt']);
    await engine.ready;
    await engine.addFiles([entry('c')]);
    const outcomes = await Promise.allSettled([
      engine.search({ query: 'crash' }),
      engine.search({ query: 'x' }),
      engine.overview(),
    ]);
    assert.ok(withCode('engine-crashed')(outcomes[0].reason));
    assert.equal(outcomes[1].value.totals.hits, 3);
    assert.deepEqual(outcomes[2].value.files, ['a.txt', 'b.txt', 'c']);
    assert.deepEqual(of('engine-restarted'), [{ reason: 'unreachable' }]);
  });

  it('names the file that brought it down and reads the others', async () => {
    const { engine, of } = open([]);
    await engine.addFiles([entry('a'), entry('crash'), entry('b')]);
    assert.deepEqual(await lines(engine), [['a', 'read', null], ['crash', 'failed', 'engine-crashed'], ['b', 'read', null]]);
    assert.deepEqual((await engine.overview()).files, ['a', 'b']);
    assert.equal(of('engine-restarted').length, 1);
  });

  it('names the file that brings the index down, not the last of its batch', async () => {
    const { engine } = open(['first.txt']);
    await engine.addFiles([entry('a'), entry('poison'), entry('b'), entry('c')]);
    assert.deepEqual((await engine.overview()).files, ['first.txt', 'a', 'b', 'c']);
    assert.deepEqual((await lines(engine)).filter(([, status]) => status === 'failed'), [['poison', 'failed', 'engine-crashed']]);
  });

  it('finds the file that brings the index down among many that were added before', async () => {
    const { engine } = open([]);
    const names = Array.from({ length: 150 }, (_, at) => (at === 77 ? 'poison' : `file ${at}`));
    await engine.addFiles(names.map((name) => entry(name)));
    assert.equal((await engine.search({ query: 'x' })).totals.hits, 149);
    assert.deepEqual((await lines(engine)).filter(([, status]) => status === 'failed'), [['poison', 'failed', 'engine-crashed']]);
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
    const { engine, of } = open(['a.txt']);
    await engine.ready;
    const slow = engine.search({ query: 'slow' });
    engine.dispose();
    await assert.rejects(slow, withCode('engine-closed'));
    await assert.rejects(engine.overview(), withCode('engine-closed'));
    assert.deepEqual(of('engine-failed'), []);
  });
});
