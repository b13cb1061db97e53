/**
 * Adds a folder of very many small files in Chromium and prints how it went:
 * how long it took, the longest time in which the page drew nothing, how long a
 * search and a page of the ledger take afterwards, and what is held. `FILES` is
 * how many, `PAGE` the served site.
 */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const { CHROMIUM, PAGE } = process.env;
const FILES = Number(process.env.FILES);
if (!CHROMIUM || !PAGE || !(FILES > 0)) throw new Error('run this with `cargo xtask many-files N`');
/** Files of one folder; an archive of a newspaper has one folder a day. */
const A_FOLDER = 500;

const folder = mkdtempSync(join(tmpdir(), 'kashshaf-files-'));
let bytes = 0;
for (let at = 0; at < FILES; at += 1) {
  const below = join(folder, String(Math.floor(at / A_FOLDER)));
  if (at % A_FOLDER === 0) mkdirSync(below);
  const text = `خبر رقم ${at}\n\nقال بوتين في اليوم ${at} إن المدينة ${at % 997} تستقبل الزوار من كل مكان، وأضاف الوزير أن ${at % 89} من المشاريع تبدأ قريبا.\nالمصدر: صحيفة ${at % 13}\n`;
  bytes += Buffer.byteLength(text);
  writeFileSync(join(below, `خبر-${at}.txt`), text);
}

const browser = await chromium.launch({ executablePath: CHROMIUM });
try {
  const page = await browser.newPage();
  /** @type {string[]} */
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.goto(`${PAGE}#v=1&view=files`);
  await page.waitForSelector('kashshaf-explorer[data-state=ready]', { state: 'attached' });
  await page.evaluate(() => {
    const watched = { longest: 0, last: performance.now() };
    Object.assign(globalThis, { watched });
    setInterval(() => {
      const now = performance.now();
      watched.longest = Math.max(watched.longest, now - watched.last);
      watched.last = now;
    }, 10);
  });
  await page.locator('[data-testid=folder-input]').setInputFiles(folder, { timeout: 600_000 });
  const found = await page.evaluate(async () => {
    const explorer = /** @type {any} */ (document.querySelector('kashshaf-explorer'));
    const watched = /** @type {any} */ (globalThis).watched;
    // Handing over the list of names is the browser's own work.
    watched.longest = 0;
    watched.last = performance.now();
    const start = performance.now();
    let firstHit = 0;
    while (!explorer.hasAttribute('data-busy') && performance.now() - start < 60_000) await new Promise((resolve) => setTimeout(resolve, 5));
    while (explorer.hasAttribute('data-busy')) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      if (firstHit === 0 && (await explorer.ledger({ limit: 1 })).totals.pages > 0) firstHit = performance.now() - start;
    }
    const seconds = (performance.now() - start) / 1000;
    const { longest } = watched;
    const timed = async (/** @type {() => Promise<unknown>} */ task) => {
      const before = performance.now();
      await task();
      return performance.now() - before;
    };
    const search = await timed(() => explorer.search({ query: 'بوتين', scope: 'pages' }));
    const ledgerPage = await timed(() => explorer.ledger({ limit: 100, offset: 50_000, sort: 'name', filter: '7' }));
    const { totals } = await explorer.ledger({ limit: 1 });
    const heap = /** @type {any} */ (performance).memory?.usedJSHeapSize ?? 0;
    return { seconds, firstHit, longest, search, ledgerPage, totals, heap };
  });
  const { totals } = found;
  console.log(`${FILES} files, ${(bytes / 1e6).toFixed(1)} MB (load ${loadavg()[0].toFixed(1)})`);
  console.log(`added in                   ${found.seconds.toFixed(1)} s, ${(FILES / found.seconds).toFixed(0)} files a second`);
  console.log(`first page in the ledger   ${(found.firstHit / 1000).toFixed(1)} s`);
  console.log(`longest pause of the page  ${found.longest.toFixed(0)} ms`);
  console.log(`a search afterwards        ${found.search.toFixed(0)} ms`);
  console.log(`a page of the ledger       ${found.ledgerPage.toFixed(0)} ms, sorted and filtered`);
  console.log(`heap of the page           ${(found.heap / 1e6).toFixed(0)} MB, without the workers`);
  console.log(`lines                      ${totals.files}: ${totals.byStatus.map((/** @type {[string, number]} */ pair) => pair.join(' ')).join(', ')}`);
  if (totals.files !== FILES || totals.bytes !== bytes) throw new Error('the ledger does not add up to what was added');
  if (problems.length > 0) throw new Error(problems.join('\n'));
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
