/**
 * Prints how many words a second one worker's engine reads for names in
 * Chromium. `NEWS` is a file of articles, one JSON object `{id, title, body}` a
 * line; a word counts once, however often it is read.
 */

import { readFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';

const { CHROMIUM, PACKAGE, NEWS } = process.env;
if (!CHROMIUM || !PACKAGE || !NEWS) throw new Error('run this with `cargo xtask names-speed --news FILE.jsonl`');

const RUNS = 5;
const TYPES = new Map([['js', 'text/javascript'], ['wasm', 'application/wasm'], ['html', 'text/html']]);
const HOST = 'http://kashshaf.test/';

const texts = (await readFile(NEWS, 'utf8'))
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => JSON.parse(line))
  .map(({ title, body }) => `${title ?? ''}\n${body ?? ''}`);

const browser = await chromium.launch({ executablePath: CHROMIUM });
try {
  const page = await browser.newPage();
  await page.route(`${HOST}**`, async (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    const body = name === '' ? '<!doctype html>' : await readFile(`${PACKAGE}/${name}`);
    const contentType = TYPES.get(name === '' ? 'html' : (name.split('.').at(-1) ?? '')) ?? 'application/octet-stream';
    await route.fulfill({ body, contentType });
  });
  await page.goto(HOST);
  const runs = await page.evaluate(async ({ texts, times }) => {
    const address = '/kashshaf.js';
    const { default: init, Explorer } = await import(address);
    await init();
    const model = new Uint8Array(await (await fetch('/kashshaf-names.bin')).arrayBuffer());
    const encoder = new TextEncoder();
    const runs = [];
    for (let run = 0; run < times; run += 1) {
      const explorer = new Explorer();
      let words = 0;
      texts.forEach((text, at) => {
        words += explorer.addFile({ name: `${at}.txt` }, encoder.encode(text)).words;
      });
      explorer.refresh();
      const read = performance.now();
      explorer.loadModel(model);
      const loaded = performance.now();
      let longest = 0;
      for (let ready = false; !ready; ) {
        const before = performance.now();
        ({ ready } = JSON.parse(explorer.recogniseSome(400)));
        longest = Math.max(longest, performance.now() - before);
      }
      runs.push({ words, load: loaded - read, seconds: (performance.now() - loaded) / 1000, longest });
      explorer.free();
    }
    return runs;
  }, { texts, times: RUNS });
  runs.sort((a, b) => a.seconds - b.seconds);
  const { words, load, seconds, longest } = runs[RUNS >> 1];
  console.log(`${texts.length} articles, ${words} words; median of ${RUNS} runs:`);
  console.log(`model read in ${load.toFixed(0)} ms; names found in ${seconds.toFixed(2)} s, ${Math.round(words / seconds)} words a second`);
  console.log(`longest step ${longest.toFixed(0)} ms`);
} finally {
  await browser.close();
}
