/**
 * Prints how long the page takes to open: the end of every phase in
 * milliseconds after the navigation began, over fresh Chromium contexts with
 * nothing cached. Nothing looks into a page before its phases are over.
 *
 * With `NEWS`, a file of articles, one JSON object `{id, title, body}` a line,
 * it prints beside them what one peer needs on this machine, so that figures
 * of another machine can be compared.
 */

import { loadavg } from 'node:os';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const RUNS = 11;
/** After this many milliseconds a page is asked for its phases, and again until they are over. */
const QUIET_MS = 1000;

/** Name of the phase, and of the mark that ends it. */
const PHASES = /** @type {const} */ ([
  ['page painted', 'first-contentful-paint'],
  ['script started', 'kashshaf:start'],
  ['engine ready', 'kashshaf:engine-ready'],
  ['corpus indexed', 'kashshaf:corpus-indexed'],
  ['first view', 'kashshaf:first-view'],
  ['first results', 'kashshaf:first-results'],
]);

/** What is opened, and the mark that says that it is there. */
const OPENINGS = /** @type {const} */ ([
  ['overview', '', 'kashshaf:first-view'],
  ['search', '#v=1&view=search&q=%D8%A8%D9%88%D8%AA%D9%8A%D9%86', 'kashshaf:first-results'],
]);

/** Seconds that MiniSearch 7.2.0 took to index the 10,000 articles where the goals were set. */
const PEER_SECONDS = 10.7;
const PEER_ARTICLES = 10_000;

const { CHROMIUM, PAGE, SINGLE, NEWS } = process.env;
if (!CHROMIUM || !PAGE || !SINGLE) throw new Error('run this with `cargo xtask figures`');

const browser = await chromium.launch({ executablePath: CHROMIUM });
try {
  const doors = /** @type {const} */ ([
    ['served page', PAGE],
    ['one HTML file', pathToFileURL(SINGLE).href],
  ]);
  console.log(`median (least–most) of ${RUNS} runs, milliseconds after navigation`);
  row('', [...PHASES.map(([phase]) => phase), 'load']);
  for (const [door, address] of doors) {
    for (const [name, hash, last] of OPENINGS) {
      /** @type {number[][]} */
      const runs = [];
      for (let run = 0; run < RUNS; run += 1) runs.push(await open(address + hash, last));
      row(`${door}, ${name}`, [...PHASES.map((_, at) => spread(runs.map((run) => run[at]))), load()]);
    }
  }
  if (NEWS) await comparePeer(NEWS);
  else console.log('no peer was measured: `cargo xtask figures --news FILE.jsonl` does it');
} finally {
  await browser.close();
}

/**
 * @param {string} address
 * @param {string} last
 * @returns {Promise<number[]>} One time for each phase; NaN for one that did not come.
 */
async function open(address, last) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(address, { waitUntil: 'commit' });
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
      const times = await page.evaluate(
        (names) => names.map((name) => performance.getEntriesByName(name)[0]?.startTime ?? null),
        [last, ...PHASES.map(([, mark]) => mark)],
      );
      if (times[0] !== null) return times.slice(1).map((time) => time ?? Number.NaN);
    }
  } finally {
    await context.close();
  }
}

/** Builds the peer's index over the articles, as its documentation does it. @param {string} news */
async function comparePeer(news) {
  const page = await browser.newPage();
  await page.setContent('<input type="file">');
  await page.addScriptTag({ path: 'node_modules/minisearch/dist/umd/index.js' });
  await page.setInputFiles('input', news);
  const { articles, milliseconds } = await page.evaluate(async () => {
    const text = await /** @type {any} */ (document.querySelector('input')).files[0].text();
    const articles = text.split('\n').filter(Boolean).map((/** @type {string} */ line) => JSON.parse(line));
    const start = performance.now();
    const index = new /** @type {any} */ (globalThis).MiniSearch({ fields: ['title', 'body'] });
    index.addAll(articles);
    return { articles: index.documentCount, milliseconds: performance.now() - start };
  });
  await page.close();
  const seconds = milliseconds / 1000;
  console.log(`MiniSearch 7.2.0 indexed ${articles} articles in ${seconds.toFixed(1)} s (load ${load()})`);
  if (articles !== PEER_ARTICLES) {
    console.log(`its published figure is for ${PEER_ARTICLES} articles: no factor can be given`);
    return;
  }
  const factor = seconds / PEER_SECONDS;
  console.log(
    `its published figure is ${PEER_SECONDS} s: this run took ${factor.toFixed(2)} times as long, ` +
      `so a goal of 300 ms reads ${(300 * factor).toFixed(0)} ms here`,
  );
}

/** @param {string} name @param {readonly string[]} cells */
function row(name, cells) {
  console.log([name.padEnd(25), ...cells.map((cell) => cell.padEnd(16))].join('').trimEnd());
}

/** @param {number[]} times */
function spread(times) {
  const sorted = times.filter((time) => !Number.isNaN(time)).sort((a, b) => a - b);
  if (sorted.length === 0) return '–';
  const [least, middle, most] = [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted[sorted.length - 1]];
  return `${middle.toFixed(0)} (${least.toFixed(0)}–${most.toFixed(0)})`;
}

/** Average number of running programs over the last minute. */
function load() {
  return loadavg()[0].toFixed(1);
}
