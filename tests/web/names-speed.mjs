/**
 * Prints how many words a second one annotator reads for names, dates and quotes
 * in Chromium, and what the core has to do beside it. `NEWS` is a file of articles, one JSON object `{id, title, body}` a
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
    const modules = ['/kashshaf.js', '/kashshaf-annotator.js'];
    const [core, beside] = await Promise.all(modules.map((address) => import(address)));
    await Promise.all([core.default(), beside.default()]);
    const model = new Uint8Array(await (await fetch('/kashshaf-names.bin')).arrayBuffer());
    const encoder = new TextEncoder();
    const now = () => performance.now();
    const runs = [];
    for (let run = 0; run < times; run += 1) {
      const explorer = new core.Explorer();
      texts.forEach((text, at) => explorer.addFile({ name: `${at}.txt` }, encoder.encode(text)));
      explorer.refresh();
      const annotator = new beside.Annotator();
      const began = now();
      annotator.loadModel(model);
      const load = now() - began;
      const { state, pages, words } = JSON.parse(explorer.annotation());
      // Milliseconds of the annotator by pass, then of the core, and the core's longest turn.
      const passes = [];
      let [given, taken, longest] = [0, 0, 0];
      annotator.begin();
      for (let more = true; more; ) {
        let spent = 0;
        for (let from = 0; from < pages; ) {
          const before = now();
          const frames = explorer.pagesToAnnotate(state, from, 1 << 18);
          const between = now();
          annotator.read(frames);
          spent += now() - between;
          given += between - before;
          longest = Math.max(longest, between - before);
          const view = new DataView(frames.buffer, frames.byteOffset, frames.byteLength);
          for (let at = 0; at < frames.byteLength; at += 4 + view.getUint32(at, true)) from += 1;
        }
        const before = now();
        more = annotator.turn();
        passes.push(spent + now() - before);
      }
      for (;;) {
        const before = now();
        const frame = annotator.take();
        const between = now();
        passes[passes.length - 1] += between - before;
        if (frame === undefined) break;
        explorer.takeAnnotations(state, frame);
        taken += now() - between;
        longest = Math.max(longest, now() - between);
      }
      const seconds = passes.reduce((sum, pass) => sum + pass, 0) / 1000;
      runs.push({ words, load, seconds, passes, given, taken, longest });
      explorer.free();
      annotator.free();
    }
    return runs;
  }, { texts, times: RUNS });
  runs.sort((a, b) => a.seconds - b.seconds);
  const { words, load, seconds, passes, given, taken, longest } = runs[RUNS >> 1];
  const rounded = passes.map((pass) => pass.toFixed(0)).join(' + ');
  console.log(`${texts.length} articles, ${words} words; median of ${RUNS} runs:`);
  console.log(`annotator: model read in ${load.toFixed(0)} ms; ${seconds.toFixed(2)} s (passes ${rounded} ms), ${Math.round(words / seconds)} words a second`);
  console.log(`core beside it: pages given in ${given.toFixed(0)} ms, layers taken in ${taken.toFixed(0)} ms, longest turn ${longest.toFixed(0)} ms`);
} finally {
  await browser.close();
}
