/**
 * Prints the phases of opening the page, in milliseconds after the navigation
 * began: medians over several fresh Chromium tabs, so that nothing is cached.
 */

import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const RUNS = 11;
const QUERY = '#v=1&view=search&q=%D8%A8%D9%88%D8%AA%D9%8A%D9%86';

/** Name of the phase, and of the mark that ends it. */
const PHASES = /** @type {const} */ ([
  ['page painted', 'first-contentful-paint'],
  ['script started', 'kashshaf:start'],
  ['engine ready', 'kashshaf:engine-ready'],
  ['corpus indexed', 'kashshaf:corpus-indexed'],
  ['first view shown', 'kashshaf:first-view'],
  ['first results shown', 'kashshaf:first-results'],
]);

const { CHROMIUM, PAGE, SINGLE } = process.env;
if (!CHROMIUM || !PAGE || !SINGLE) throw new Error('run this with `cargo xtask figures`');

const browser = await chromium.launch({ executablePath: CHROMIUM });
try {
  const doors = /** @type {const} */ ([
    ['served page', PAGE],
    ['one HTML file', pathToFileURL(SINGLE).href],
  ]);
  console.log(['', ...PHASES.map(([phase]) => phase)].map((text) => text.padEnd(20)).join(''));
  for (const [door, address] of doors) {
    /** @type {number[][]} */
    const runs = [];
    for (let run = 0; run < RUNS; run += 1) runs.push(await open(address + QUERY));
    const medians = PHASES.map((_, at) => median(runs.map((run) => run[at])));
    console.log([door, ...medians.map((time) => time.toFixed(0))].map((text) => text.padEnd(20)).join(''));
  }
} finally {
  await browser.close();
}

/**
 * @param {string} address
 * @returns {Promise<number[]>} One time for each phase.
 */
async function open(address) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(address);
    const names = PHASES.map(([, mark]) => mark);
    const last = names[names.length - 1];
    await page.waitForFunction((mark) => performance.getEntriesByName(mark).length > 0, last);
    return await page.evaluate(
      (names) => names.map((name) => performance.getEntriesByName(name)[0]?.startTime ?? Number.NaN),
      names,
    );
  } finally {
    await context.close();
  }
}

/** @param {number[]} times */
function median(times) {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
