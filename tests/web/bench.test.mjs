/** Does the bench run: the engine alone, on the paragraphs of the bundled pages, once and briefly. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

import { paragraphs, writeLines } from '../../benches/browser/documents.mjs';

test('the bench measures the engine and finds what it should', { timeout: 90_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kashshaf-bench-test-'));
  try {
    const articles = join(folder, 'articles.jsonl');
    const docs = paragraphs('corpus');
    await writeLines(articles, docs);
    const json = join(folder, 'figures.json');
    const brief = ['--peers', 'none', '--runs', '1', '--class-ms', '50'];
    const { stdout } = await promisify(execFile)('node', [
      'benches/browser/run.mjs',
      ...['--news', articles, '--probes', '--json', json],
      ...brief,
    ]);
    const figures = JSON.parse(readFileSync(json, 'utf8'));

    const [section] = /** @type {any[]} */ (Object.values(figures.news));
    const [ours] = section.engines;
    assert.equal(ours.error, undefined);
    // The shortest texts are no articles; every other one is read.
    assert.equal(ours.documents, docs.filter(({ body }) => body.length >= 50).length);
    assert.equal(ours.refused, 0);
    for (const value of [ours.build.milliseconds, ours.memory.wasm, ours.firstAnswer.milliseconds, ours.firstAnswerInParts.milliseconds]) {
      assert.ok(value.median > 0, JSON.stringify(ours));
    }
    for (const name of ['frequent', 'two', 'prefix3', 'prefix2', 'phrase', 'title']) {
      const { asked, answered, p99, inside, second } = ours.latency[name];
      assert.ok(asked > 0 && answered > asked / 2, `${name}: ${answered} of ${asked} were answered`);
      assert.ok(inside.p99.median > 0 && inside.p99.median <= p99.median, `${name}: slower inside than outside`);
      assert.ok(second.p99.median > 0, `${name}: no second reply`);
    }

    const { queries, engines } = figures.probes;
    const results = new Map(queries.map((/** @type {any} */ { query }, /** @type {number} */ at) => [query, engines[0].results[at]]));
    assert.deepEqual(results.get('اوكرانيا'), { found: 16, should: 16, extra: 0 });
    assert.deepEqual(results.get('قاعدة فوستوشني الفضائية'), { found: 2, should: 2, extra: 0 });

    assert.ok(ours.latency.titleDefault.p99.median > 0);
    assert.match(stdout, /\| kashshaf \|/);
    assert.match(stdout, /\| kashshaf, second reply \|/);
    assert.match(stdout, /\| اوكرانيا \| bare alef for أ \| 16\/16 \|/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
