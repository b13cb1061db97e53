/**
 * Prints how long the page takes from navigation to the first results when its
 * corpus is a saved index, in Chromium, and what it loads for them. `INDEX` is a file of
 * `kashshaf index`, or the manifest of one in parts; `SITE` the built site, `QUERY` what is asked.
 */

import { createServer } from 'node:http';
import { readFileSync, existsSync } from 'node:fs';
import { loadavg } from 'node:os';
import { basename, dirname, join, normalize } from 'node:path';
import { chromium } from 'playwright-core';

const RUNS = 7;
const { CHROMIUM, INDEX, SITE, QUERY = 'روسيا كوريا' } = process.env;
if (!CHROMIUM || !INDEX || !SITE) throw new Error('run this with `cargo xtask saved-speed --index FILE`');

const FOLDER = '/measured/';
const page = readFileSync(join(SITE, 'index.html'), 'utf8').replaceAll('corpus/index.json', FOLDER.slice(1) + basename(INDEX));
const TYPES = /** @type {Record<string, string>} */ ({ html: 'text/html', js: 'text/javascript', css: 'text/css', wasm: 'application/wasm' });
let sent = 0;
const server = createServer(({ url = '/' }, response) => {
  const path = normalize(new URL(url, 'http://host').pathname);
  const place = path.startsWith(FOLDER) ? join(dirname(INDEX), path.slice(FOLDER.length)) : join(SITE, path);
  const file = path === '/' ? Buffer.from(page) : existsSync(place) ? readFileSync(place) : null;
  sent += file?.length ?? 0;
  const ending = path === '/' ? 'html' : (path.split('.').at(-1) ?? '');
  response.writeHead(file ? 200 : 404, { 'content-type': TYPES[ending] ?? 'application/octet-stream', 'content-length': file?.length ?? 0 });
  response.end(file);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

const browser = await chromium.launch({ executablePath: CHROMIUM });
try {
  /** @type {number[]} */
  const engine = [];
  /** @type {number[]} */
  const shown = [];
  for (let run = 0; run < RUNS; run += 1) {
    // Nothing is cached from one run to the next.
    const context = await browser.newContext();
    const tab = await context.newPage();
    sent = 0;
    await tab.goto(`http://127.0.0.1:${port}/#v=1&view=search&q=${encodeURIComponent(QUERY)}`, { waitUntil: 'commit' });
    const found = await tab.waitForFunction(() => {
      const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
      const opened = performance.getEntriesByName('kashshaf:corpus-indexed')[0];
      const first = performance.getEntriesByName('kashshaf:first-view')[0];
      return opened && first && root?.querySelector('[data-testid=totals]') ? [opened.startTime, first.startTime] : null;
    });
    const [opened, first] = /** @type {number[]} */ (await found.jsonValue());
    engine.push(opened);
    shown.push(first);
    await context.close();
  }
  const median = (/** @type {number[]} */ times) => times.sort((a, b) => a - b)[times.length >> 1];
  console.log(`${basename(INDEX)}: ${(sent / 1e6).toFixed(1)} MB loaded uncompressed, medians of ${RUNS} (load ${loadavg()[0].toFixed(1)})`);
  console.log(`navigation to the opened index  ${median(engine).toFixed(0).padStart(6)} ms (least ${engine[0].toFixed(0)})`);
  console.log(`navigation to the first results ${median(shown).toFixed(0).padStart(6)} ms (least ${shown[0].toFixed(0)})`);
} finally {
  await browser.close();
  server.close();
}
