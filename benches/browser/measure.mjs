/** What is measured of one engine, each time in a fresh browser. */

import { mkdirSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { open } from './browser.mjs';
import { brotli, bundle } from './bundle.mjs';
import { textBytes } from './documents.mjs';
import { OURS } from './options.mjs';
import { firstQueryBytes, manifestOf, writeParts } from './parts.mjs';
import { withoutTexts } from './saved-index.mjs';
import { percentiles, spread } from './statistics.mjs';

/** Documents in an answer. */
const COUNT = 10;
/** How an engine is asked in each class; classes without a mode are plain words. */
const MODES = /** @type {Record<string, string>} */ ({
  prefix3: 'prefix',
  prefix2: 'prefix',
  fuzzy: 'fuzzy',
  phrase: 'phrase',
});
/** Parts of a folder that Pagefind wrote which are its library; the rest is the index. */
const PAGEFIND_LIBRARY = /pagefind(-worker)?\.js$|wasm\.(ar|unknown)\.pagefind$/;
const PAGEFIND_INDEX = /\.(pf_index|pf_fragment|pf_meta|pf_filter)$|pagefind-entry\.json$/;

/**
 * @typedef {Awaited<ReturnType<typeof import('./server.mjs').serve>>} Server
 * @typedef {{ server: Server, work: string, options: import('./options.mjs').Options, program: string,
 *   shipped: { worker: string, site: string } }} Setting `work` is the folder that is served; `program` is ours, native.
 * @typedef {{ key: string, docs: import('./documents.mjs').Doc[] }} Corpus
 * @typedef {'firstAnswer' | 'firstAnswerInParts'} Way How a saved index is served: as one file, or as part files.
 * @typedef {{ row: any, site: string | null, runs: any[], firstAnswers: Record<Way, any[]>, spentMs: number }} Measured One
 *   engine on its way: the row of figures, and where its index lies if it was built ahead of time.
 */

/** @param {string} message */
export function say(message) {
  process.stderr.write(`${message}\n`);
}

/**
 * Build, memory, sizes, latency and the first answer of every engine on one
 * corpus. The engines take turns, so that each meets the same machine, busy or not.
 * @param {string[]} names
 * @param {Corpus} corpus
 * @param {import('./documents.mjs').Queries} queries
 * @param {Setting} setting
 * @returns {Promise<any[]>} A row for each; `error` tells what it could not do.
 */
export async function measureEngines(names, corpus, queries, setting) {
  const bytes = textBytes(corpus.docs);
  /** @type {Measured[]} */
  const all = names.map((engine) => ({
    row: { engine, documents: corpus.docs.length, textBytes: bytes },
    site: null,
    runs: [],
    firstAnswers: { firstAnswer: [], firstAnswerInParts: [] },
    spentMs: 0,
  }));
  /** One turn of each engine. @param {string} what @param {(one: Measured) => Promise<void>} step */
  const turn = async (what, step) => {
    for (const one of all) {
      const { engine, error } = one.row;
      if (error !== undefined || one.spentMs > setting.options.engineMs) continue;
      const start = Date.now();
      try {
        await step(one);
      } catch (error) {
        one.row.error = reasonOf(error);
      }
      one.spentMs += Date.now() - start;
      say(`  ${engine}, ${what}: ${((Date.now() - start) / 1000).toFixed(0)} s${one.row.error ? `; ${one.row.error}` : ''}`);
    }
  };
  await turn('made ready', async (one) => {
    one.row.library = await bundle(one.row.engine, join(setting.work, 'engines'), setting.shipped);
    one.site = await prebuild(one.row.engine, corpus, setting, one.row);
    if (one.row.engine !== OURS) return;
    try {
      await writeParts(corpus, setting);
      one.row.parts = await firstQueryBytes(corpus, setting);
    } catch (error) {
      // The other figures stand without it.
      one.row.noParts = reasonOf(error);
    }
  });
  for (let run = 1; run <= setting.options.runs; run += 1) {
    await turn(`run ${run}`, async (one) => {
      const isSaving = run === 1 && one.site === null;
      one.runs.push(await measureRun(one.row.engine, corpus, queries, setting, one.site, isSaving));
    });
    await turn(`first answer ${run}`, async (one) => {
      one.row.index ??= one.runs[0].index ?? null;
      for (const way of waysOf(one)) {
        try {
          for (let time = 0; time < ANSWERS_A_RUN; time += 1) {
            one.firstAnswers[way].push(await firstAnswer(way, corpus, queries.frequent[0], setting, one));
          }
        } catch (error) {
          // The other figures stand without it.
          one.row.noFirstAnswer = reasonOf(error);
        }
      }
    });
  }
  for (const { row, runs, firstAnswers } of all) {
    if (runs.length > 0) summarise(row, runs, bytes);
    for (const [way, answers] of Object.entries(firstAnswers)) {
      if (answers.length === 0) continue;
      const milliseconds = spread(answers.map(({ milliseconds }) => milliseconds));
      row[way] = { ...answers[0], milliseconds };
    }
  }
  return all.map(({ row }) => row);
}

/** @param {string} name @param {Corpus} corpus @param {Setting} setting @param {any} row @returns {Promise<string | null>} */
async function prebuild(name, corpus, setting, row) {
  if (name !== 'pagefind') return null;
  const folder = join(setting.work, 'site-pagefind', corpus.key);
  rmSync(folder, { recursive: true, force: true });
  const { build } = await import('./pagefind-build.mjs');
  row.built = { milliseconds: await build(corpus.docs, folder) };
  const files = readdirSync(folder, { recursive: true })
    .map((file) => join(folder, String(file)))
    .filter((file) => statSync(file).isFile());
  const index = files.filter((file) => PAGEFIND_INDEX.test(file));
  const library = files.filter((file) => PAGEFIND_LIBRARY.test(file));
  const size = index.reduce((sum, file) => sum + statSync(file).size, 0);
  row.index = { raw: size, brotli: size, files: index.length };
  row.library = { script: 0, wasm: 0 };
  for (const file of library) {
    if (file.endsWith('.js')) row.library.script += brotli(readFileSync(file)).bytes;
    else row.library.wasm += statSync(file).size;
  }
  return `/site-pagefind/${corpus.key}/`;
}

/**
 * @param {string} name
 * @param {Corpus} corpus
 * @param {import('./documents.mjs').Queries} queries
 * @param {Setting} setting
 * @param {string | null} site
 * @param {boolean} isSaving
 */
async function measureRun(name, corpus, queries, setting, site, isSaving) {
  const tab = await open(`${setting.server.origin}/page/index.html`, setting.options.limitMs);
  try {
    await tab.step('documents', `/documents/${corpus.key}.jsonl`);
    const engine = await tab.step('start', { name, site });
    const before = { heap: await tab.heap(), memory: await tab.step('memory') };
    const cpu = tab.cpu();
    const built = await tab.step('build');
    const spent = tab.cpu();
    const after = { heap: await tab.heap(), memory: await tab.step('memory') };
    const { refused } = await tab.step('account');
    /** @param {'main' | 'workers'} thread */
    const took = (thread) => (spent[thread] === null ? null : (spent[thread] ?? 0) - (cpu[thread] ?? 0));
    /** @type {any} */
    const run = {
      version: tab.version,
      load: loadavg()[0],
      milliseconds: built.milliseconds,
      longestTask: built.longestTask,
      refused,
      cpu: name === OURS ? took('workers') : took('main'),
      cpuMain: took('main'),
      inside: built.inside ?? null,
      javascript: after.memory.javascript - before.memory.javascript,
      heap: after.heap - before.heap,
      wasm: after.memory.wasm,
      latency: await latencies(tab, queries, engine, setting),
    };
    if (isSaving) {
      const file = savedIndex(name, corpus, setting);
      rmSync(file, { force: true });
      const size = await tab.step('save', fileOf(name, corpus));
      if (size !== null) {
        const saved = readFileSync(file);
        const { bytes, quality } = brotli(saved);
        run.index = { raw: size, brotli: bytes, brotliQuality: quality };
        // Peers save no texts.
        if (name === OURS) run.index.withoutTexts = brotli(withoutTexts(saved)).bytes;
      }
    }
    if (tab.errors.length > 0) run.pageErrors = tab.errors.slice(0, 3);
    return run;
  } finally {
    await tab.close();
  }
}

/**
 * @param {import('./browser.mjs').Tab} tab
 * @param {import('./documents.mjs').Queries} queries
 * @param {{ modes: string[], rankings: string[], hasSecond: boolean }} engine
 * @param {Setting} setting
 */
async function latencies(tab, queries, { modes, rankings, hasSecond }, setting) {
  /** @type {Record<string, any>} */
  const classes = {};
  /** @param {string} key @param {string} name @param {string | undefined} ranking */
  const measure = async (key, name, ranking) => {
    const mode = MODES[name];
    if (mode !== undefined && !modes.includes(mode)) return;
    const budgetMs = setting.options.classMs;
    /** @param {boolean} isSecond */
    const timed = async (isSecond) => {
      const got = await tab.step('latency', { queries: queries[name], mode, ranking, count: COUNT, budgetMs, isSecond });
      const { asked, answered, warm } = got;
      const inside = got.inside === null ? null : percentiles(got.inside);
      return { asked, answered, warm, ...percentiles(got.times), inside };
    };
    classes[key] = await timed(false);
    if (hasSecond) classes[key].second = await timed(true);
  };
  // Word BM25 in the clitics lens, where the engine has more than one ranking.
  const words = rankings.find((ranking) => ranking === 'words');
  for (const name of Object.keys(queries)) await measure(name, name, words);
  if (words !== undefined) await measure('titleDefault', 'title', undefined);
  return classes;
}

/** @param {any} row @param {any[]} runs @param {number} bytes */
function summarise(row, runs, bytes) {
  /** @param {(run: any) => number | null | undefined} pick */
  const of = (pick) => spread(runs.map(pick));
  row.chromium = runs[0].version;
  row.runs = runs.length;
  row.refused = runs[0].refused;
  row.load = of((run) => run.load);
  if (row.built === undefined) {
    row.build = {
      milliseconds: of((run) => run.milliseconds),
      cpu: of((run) => run.cpu),
      cpuMain: of((run) => run.cpuMain),
      mbPerCpuSecond: of((run) => (run.cpu === null ? null : bytes / 1000 / run.cpu)),
      longestTask: of((run) => run.longestTask),
      inside: runs[0].inside && {
        addFile: of((run) => run.inside.addFile),
        refresh: of((run) => run.inside.refresh),
      },
    };
  } else {
    const { milliseconds } = row.built;
    row.build = { native: true, milliseconds: spread([milliseconds]) };
  }
  row.memory = {
    javascript: of((run) => run.javascript),
    heap: of((run) => run.heap),
    wasm: of((run) => run.wasm),
    perTextByte: of((run) => (Math.max(0, run.javascript) + run.wasm) / bytes),
  };
  row.latency = {};
  for (const name of Object.keys(runs[0].latency)) {
    const { asked, answered, warm, inside, second } = runs[0].latency[name];
    /** @param {(figures: any) => any} pick */
    const figures = (pick) =>
      Object.fromEntries(
        ['p50', 'p95', 'p99', 'pooled99'].map((key) => [key, of((run) => pick(run.latency[name])?.[key])]),
      );
    row.latency[name] = { asked, answered, warm, ...figures((found) => found) };
    if (inside) row.latency[name].inside = figures((found) => found.inside);
    if (second) row.latency[name].second = figures((found) => found.second);
  }
  const errors = runs.flatMap((run) => run.pageErrors ?? []);
  if (errors.length > 0) row.pageErrors = errors.slice(0, 3);
}

/** The first line of what went wrong. @param {unknown} error */
const reasonOf = (error) => String(/** @type {Error} */ (error).message ?? error).split('\n')[0];

/** @param {Measured} one @returns {Way[]} */
function waysOf({ row, site }) {
  if (site !== null) return ['firstAnswerInParts'];
  return row.parts !== undefined ? ['firstAnswer', 'firstAnswerInParts'] : ['firstAnswer'];
}

/** What the page of a site preloads for an engine, beside its script and its index. @type {Record<string, string>} */
const PRELOADS = { [OURS]: '/site/kashshaf.wasm', sqlite: '/engines/sqlite3.wasm' };

/** A browser goes on starting when its first page is there: for so long it is left alone. */
const STARTING_MS = 700;

/** A first answer is quick to have and varies much. */
const ANSWERS_A_RUN = 3;

/**
 * Navigation to the first answer, in a fresh browser that has finished starting, by a page that nobody looks into meanwhile:
 * with the saved index, or from the text where the engine can save none.
 * @param {Way} way @param {Corpus} corpus @param {string} query @param {Setting} setting @param {Measured} one
 */
async function firstAnswer(way, corpus, query, setting, { site, row }) {
  const { engine } = row;
  const file = row.index ? `/save/${fileOf(engine, corpus)}` : null;
  const asked = new URLSearchParams({ script: `/engines/${engine}.js`, query, documents: `/documents/${corpus.key}.jsonl` });
  if (PRELOADS[engine]) asked.set('preload', PRELOADS[engine]);
  if (site !== null) asked.set('site', site);
  else if (way === 'firstAnswerInParts') asked.set('opens', manifestOf(corpus));
  else if (file !== null) asked.set(engine === OURS ? 'opens' : 'index', file);
  const tab = await open(`${setting.server.origin}/page/index.html`, setting.options.limitMs);
  try {
    await new Promise((resolve) => setTimeout(resolve, STARTING_MS));
    setting.server.count();
    const told = tab.page.waitForEvent('console', { predicate: (message) => message.type() === 'info' });
    told.catch(() => {});
    await tab.page.goto(`${setting.server.origin}/page/first-answer.html?${asked}`, { waitUntil: 'commit' });
    const { milliseconds, found, error } = JSON.parse((await told).text());
    if (error) throw new Error(error);
    if (found === 0) throw new Error(`the first answer to «${query}» is empty`);
    const { bytes, requests } = setting.server.count();
    const isSaved = asked.has('site') || asked.has('opens') || asked.has('index');
    return { from: isSaved ? 'saved index' : 'text', milliseconds, bytes, requests };
  } finally {
    await tab.close();
  }
}

/** @param {string} name @param {Corpus} corpus */
const fileOf = (name, corpus) => `${name}.${corpus.key}${name === OURS ? '.kashshaf' : '.index'}`;

/** @param {string} name @param {Corpus} corpus @param {Setting} setting */
function savedIndex(name, corpus, setting) {
  const folder = join(setting.work, 'save');
  mkdirSync(folder, { recursive: true });
  return join(folder, fileOf(name, corpus));
}

/**
 * What an engine finds for queries with known answers: ids for each, null where it cannot be asked so.
 * @param {string} name
 * @param {Corpus} corpus
 * @param {{ query: string, mode?: string }[]} queries
 * @param {{ count: number, scope?: string }} how
 * @param {Setting} setting
 * @returns {Promise<{ chromium: string, found: (string[] | null)[] }>}
 */
export async function answers(name, corpus, queries, { count, scope }, setting) {
  await bundle(name, join(setting.work, 'engines'), setting.shipped);
  const site = await prebuild(name, corpus, setting, {});
  const tab = await open(`${setting.server.origin}/page/index.html`, setting.options.limitMs);
  try {
    await tab.step('documents', `/documents/${corpus.key}.jsonl`);
    await tab.step('start', { name, site, scope });
    await tab.step('build');
    await tab.step('account');
    const found = await tab.step('ask', { queries, count, budgetMs: setting.options.limitMs / 2 });
    return { chromium: tab.version, found };
  } finally {
    await tab.close();
  }
}
