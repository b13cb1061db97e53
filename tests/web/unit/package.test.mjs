/** The npm package as it is built: the core in Node, over the bundled pages. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';

const root = new URL('../../../', import.meta.url);

describe('the package', () => {
  /** @type {any} */
  let explorer;
  before(async () => {
    const { initSync, Explorer } = await import(new URL('pkg/kashshaf.js', root).href);
    initSync({ module: readFileSync(new URL('pkg/kashshaf_bg.wasm', root)) });
    explorer = new Explorer();
    const corpus = new URL('corpus/', root);
    for (const name of readdirSync(corpus).filter((name) => name.endsWith('.txt')).sort()) {
      const report = explorer.addFile({ name, bundled: true }, readFileSync(new URL(name, corpus)));
      assert.equal(report.status, 'read');
      assert.equal(report.name, name);
    }
    explorer.refresh();
  });

  const counts = [
    ['ترامب', 'main', 0, 0],
    ['ترامب', 'articles', 2, 5],
    ['ترامب', 'pages', 4, 8],
    ['بوتين', 'pages', 61, 65],
  ];
  for (const [query, scope, exact, clitics] of counts) {
    it(`finds ${query} in ${scope} ${exact} times as written and ${clitics} times under its clitics`, () => {
      for (const [lens, hits] of [['exact', exact], ['clitics', clitics]]) {
        const reply = JSON.parse(explorer.search({ query, lens, scope }));
        assert.equal(reply.totals.hits, hits, String(lens));
      }
    });
  }

  it('lists the five pages', () => {
    assert.equal(JSON.parse(explorer.overview({})).pages.length, 5);
  });

  it('refuses a key that it does not know, with a code', () => {
    assert.throws(
      () => explorer.search({ query: 'بوتين', lenz: 'exact' }),
      (/** @type {any} */ error) => {
        assert.equal(error.name, 'ExplorerError');
        assert.equal(error.code, 'unknown-option');
        assert.ok(Array.isArray(error.details));
        return error.message.includes('lenz');
      },
    );
  });

  const wrong = [
    ['a number for a text', { query: 7 }, 'query', 'number', 'a text'],
    ['a text for a number', { query: 'x', limit: '10' }, 'limit', 'string', 'a number'],
    ['half a document', { query: 'x', limit: 1.5 }, 'limit', '1.5', 'whole numbers from 1 to 1000'],
    ['fewer than none', { query: 'x', offset: -1 }, 'offset', '-1', 'whole numbers from 0'],
    ['no number', { query: 'x', limit: Number.NaN }, 'limit', 'none', 'whole numbers'],
    ['a text for a flag', { query: 'x', recent: 'yes' }, 'recent', 'string', 'true or false'],
    ['one text for a list', { query: 'x', outlets: 'رويترز' }, 'outlets', 'string', 'a list of texts'],
    ['a list of numbers', { query: 'x', outlets: [1] }, 'outlets', 'array', 'a list of texts'],
    ['no object', 'بوتين', 'request', 'string', 'an object with the keys'],
    ['nothing', undefined, 'request', 'undefined', 'an object with the keys'],
  ];
  for (const [what, request, field, found, allowed] of /** @type {[string, any, string, string, string][]} */ (wrong)) {
    it(`refuses ${what} for what it is`, () => {
      assert.throws(
        () => explorer.search(request),
        (/** @type {any} */ error) => {
          assert.equal(error.code, 'bad-request');
          const details = Object.fromEntries(error.details);
          assert.equal(details.field, field);
          assert.ok(details.found.includes(found), details.found);
          assert.ok(details.allowed.includes(allowed), details.allowed);
          return true;
        },
      );
    });
  }

  it('takes what is null or undefined for what was not said', () => {
    const plain = JSON.parse(explorer.search({ query: 'بوتين' }));
    const said = { query: 'بوتين', lens: null, limit: undefined, outlets: null, recent: null };
    assert.deepEqual(JSON.parse(explorer.search(said)), plain);
  });

  it('gives the readers pairs of names and values', async () => {
    const { initSync, Reader } = await import(new URL('pkg/kashshaf-readers.js', root).href);
    initSync({ module: readFileSync(new URL('pkg/kashshaf-readers_bg.wasm', root)) });
    const limits = new Reader({}).limits();
    const [name, value] = [limits[0].name, limits[0].value + 1];
    const changed = new Reader({ limits: [[name, value]] }).limits();
    assert.deepEqual(changed.map((/** @type {any} */ limit) => limit.value), [value, ...limits.slice(1).map((/** @type {any} */ limit) => limit.value)]);
    for (const bad of [{ [name]: value }, [[name]], [[name, String(value)]], [[7, value]]]) {
      assert.throws(() => new Reader({ limits: bad }), { code: 'bad-request' });
    }
    const head = new TextEncoder().encode('العنوان,النص\nقمة,التقى بوتين كيم\n');
    const asked = { name: 'a.csv', fields: [['title', ['العنوان']], ['body', ['النص']]] };
    assert.deepEqual(Reader.inspect(asked, head).columns.length, 2);
    assert.throws(() => Reader.inspect({ name: 'a.csv', fields: [['title', 'العنوان']] }, head), { code: 'bad-request' });
  });

  it('finds names, dates and quotes with the annotator beside it, and not before', async () => {
    assert.throws(() => explorer.entities({}), { name: 'ExplorerError', code: 'not-annotated' });
    const { initSync, Annotator } = await import(new URL('pkg/kashshaf-annotator.js', root).href);
    initSync({ module: readFileSync(new URL('pkg/kashshaf-annotator_bg.wasm', root)) });
    const annotator = new Annotator();
    annotator.loadModel(readFileSync(new URL('pkg/kashshaf-names.bin', root)));
    const { state, pages } = JSON.parse(explorer.annotation());
    annotator.begin();
    do {
      for (let from = 0; from < pages; from += 1) annotator.read(explorer.pagesToAnnotate(state, from, 1));
    } while (annotator.turn());
    for (let frame; (frame = annotator.take()); ) explorer.takeAnnotations(state, frame);
    assert.ok(JSON.parse(explorer.annotation()).trained);
    assert.ok(JSON.parse(explorer.entities({})).rows.length > 0);
  });

  it('says which page it does not know', () => {
    assert.throws(() => explorer.page({ id: '0000000000000000' }), { name: 'ExplorerError', code: 'unknown-document' });
  });
});
