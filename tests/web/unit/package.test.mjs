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
