/** Measures what the options ask for, prints it, and writes it where they say. */

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, platform, release, tmpdir, totalmem } from 'node:os';
import { basename, dirname, join } from 'node:path';
import * as esbuild from 'esbuild';
import { measureApart } from './apart.mjs';
import { latencyQueries, newsSample, paragraphs, squad, textBytes, writeLines } from './documents.mjs';
import { answers, measureEngines, say } from './measure.mjs';
import { HELP, HERE, OURS, readOptions } from './options.mjs';
import { PROBES } from './probes.mjs';
import { renewed } from './renew.mjs';
import { markdown } from './report.mjs';
import { serve } from './server.mjs';
import { retrieval, spread } from './statistics.mjs';

const ROOT = join(HERE, '../..');
const DOCUMENT = join(ROOT, 'docs/benchmarks.md');
const DATA = join(ROOT, 'docs/benchmarks.json');

const options = readOptions(process.argv.slice(2), process.env.STARTED_IN ?? process.cwd());
if ('help' in options) {
  console.log(HELP);
} else {
  await run(options);
  await esbuild.stop();
}

/** @param {import('./options.mjs').Options} options */
async function run(options) {
  const { KASHSHAF_WORKER: worker, KASHSHAF_SITE: site, KASHSHAF_PROGRAM: program } = process.env;
  if (!worker || !site || !program) throw new Error('run this with `cargo xtask bench`');
  const work = mkdtempSync(join(tmpdir(), 'kashshaf-bench-'));
  for (const folder of ['documents', 'engines', 'save', 'parts', 'site-pagefind']) mkdirSync(join(work, folder));
  const server = await serve({
    '/page/': join(HERE, 'page'),
    '/site/': site,
    '/documents/': join(work, 'documents'),
    '/engines/': join(work, 'engines'),
    '/save/': join(work, 'save'),
    '/parts/': join(work, 'parts'),
    '/site-pagefind/': join(work, 'site-pagefind'),
  });
  /** @type {import('./measure.mjs').Setting} */
  const setting = { server, work, options, program, shipped: { worker, site } };
  /** @type {any} */
  const measured = {};
  try {
    if (options.news !== undefined) {
      const section = await measureNews(options.news, options.articles, setting);
      measured.news = { [section.documents]: section };
      if (options.growth.length > 0) measured.growth = await measureGrowth(options.news, options.growth, setting);
    }
    if (options.probes) measured.probes = await measureProbes(setting);
    if (options.squad !== undefined) measured.retrieval = await measureRetrieval(options.squad, setting);
  } finally {
    server.close();
    rmSync(work, { recursive: true, force: true });
  }
  report(measured, options);
}

/** @param {string} file @param {number} size @param {import('./measure.mjs').Setting} setting */
async function measureNews(file, size, setting) {
  const corpus = await place('news', await newsSample(file, size), setting);
  const queries = latencyQueries(corpus.docs);
  const bytes = textBytes(corpus.docs);
  say(`${corpus.docs.length} articles, ${(bytes / 1e6).toFixed(1)} MB`);
  const engines = await measureEngines([OURS, ...setting.options.peers], corpus, queries, setting);
  const apart = await stepsApart(corpus, setting);
  return { ...circumstances(engines), documents: corpus.docs.length, textBytes: bytes, apart, engines };
}

/** @param {string} file @param {number[]} sizes @param {import('./measure.mjs').Setting} setting */
async function measureGrowth(file, sizes, setting) {
  const points = [];
  for (const size of sizes) {
    const corpus = await place('growth', await newsSample(file, size), setting);
    say(`${corpus.docs.length} articles, ${(textBytes(corpus.docs) / 1e6).toFixed(1)} MB`);
    const [point] = await measureEngines([OURS], corpus, latencyQueries(corpus.docs), setting);
    points.push({ ...point, apart: await stepsApart(corpus, setting) });
  }
  return { ...circumstances(points), engines: points };
}

/** @param {import('./measure.mjs').Corpus} corpus @param {import('./measure.mjs').Setting} setting */
async function stepsApart(corpus, setting) {
  try {
    return await measureApart(corpus, setting);
  } catch (error) {
    say(`  the steps apart: ${/** @type {Error} */ (error).message}`);
    return null;
  }
}

/** @param {import('./measure.mjs').Setting} setting */
async function measureProbes(setting) {
  const corpus = await place('paragraphs', paragraphs(join(ROOT, 'corpus')), setting);
  say(`${PROBES.length} variants over ${corpus.docs.length} paragraphs`);
  const gold = PROBES.map(({ match }) => corpus.docs.filter(({ body }) => match.test(body)).map(({ id }) => id));
  const queries = PROBES.map(({ query, mode }) => ({ query, mode }));
  const engines = await eachEngine(setting, async (name) => {
    const { chromium, found } = await answers(name, corpus, queries, { count: 1000, scope: 'pages' }, setting);
    const results = gold.map((should, at) => {
      const ids = found[at] ?? null;
      if (ids === null) return null;
      const hits = ids.filter((id) => should.includes(id)).length;
      return { found: hits, should: should.length, extra: ids.length - hits };
    });
    return { chromium, results };
  });
  const asked = PROBES.map(({ query, tests, mode }) => ({ query, tests, mode }));
  return { ...circumstances(engines), documents: corpus.docs.length, queries: asked, engines };
}

/** @param {string} file @param {import('./measure.mjs').Setting} setting */
async function measureRetrieval(file, setting) {
  const { docs, questions } = squad(file);
  const corpus = await place('squad', docs, setting);
  say(`${questions.length} questions over ${docs.length} paragraphs`);
  const queries = questions.map(({ query }) => ({ query, mode: 'question' }));
  const engines = await eachEngine(setting, async (name) => {
    const { chromium, found } = await answers(name, corpus, queries, { count: 10, scope: 'pages' }, setting);
    return { chromium, ...retrieval(found, questions.map(({ gold }) => gold)) };
  });
  const name = basename(file);
  return { ...circumstances(engines), name, documents: docs.length, questions: questions.length, engines };
}

/**
 * A row for each engine; one that fails is a row that says so.
 * @param {import('./measure.mjs').Setting} setting
 * @param {(name: string) => Promise<object>} measure
 */
async function eachEngine(setting, measure) {
  const rows = [];
  for (const engine of [OURS, ...setting.options.peers]) {
    const load = loadavg()[0];
    try {
      rows.push({ engine, load, ...(await measure(engine)) });
      say(`  ${engine}`);
    } catch (error) {
      const reason = String(/** @type {Error} */ (error).message).split('\n')[0];
      rows.push({ engine, load, error: reason });
      say(`  ${engine}; ${reason}`);
    }
  }
  return rows;
}

/**
 * Writes the documents to where pages fetch them.
 * @param {string} key @param {import('./documents.mjs').Doc[]} docs @param {import('./measure.mjs').Setting} setting
 * @returns {Promise<import('./measure.mjs').Corpus>}
 */
async function place(key, docs, setting) {
  await writeLines(join(setting.work, 'documents', `${key}.jsonl`), docs);
  return { key, docs };
}

/** When, where and under what load. @param {any[]} rows */
function circumstances(rows) {
  return {
    when: new Date().toISOString(),
    chromium: rows.find(({ chromium }) => chromium)?.chromium ?? null,
    machine: {
      cores: cpus().length,
      processor: cpus()[0]?.model.trim() ?? 'unknown processor',
      memory: Math.round(totalmem() / 2 ** 30),
      system: `${platform()} ${release().split('-')[0]}`,
    },
    load: spread(rows.map(({ load }) => load?.median ?? load)),
  };
}

/** @param {any} measured @param {import('./options.mjs').Options} options */
function report(measured, options) {
  const json = options.json ?? join(ROOT, 'target/bench/benchmarks.json');
  mkdirSync(dirname(json), { recursive: true });
  writeFileSync(json, `${JSON.stringify(measured, null, 1)}\n`);
  console.log(markdown(measured));
  say(`figures: ${json}`);
  if (!options.write) return;
  const kept = existsSync(DATA) ? JSON.parse(readFileSync(DATA, 'utf8')) : {};
  const { all, left } = renewed(kept, measured);
  for (const reason of left) say(reason);
  writeFileSync(DATA, `${JSON.stringify(all, null, 1)}\n`);
  writeFileSync(DOCUMENT, markdown(all));
  say(`written: ${DOCUMENT} and ${DATA}`);
}
