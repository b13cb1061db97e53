/**
 * Prints how fast the readers take plain text and JSON lines in Chromium, in
 * MB/s of one thread, beside two reference loops over the same bytes in the same
 * page: `TextDecoder`, and the copy of the slices into WebAssembly that the
 * readers need too. `NEWS` is a file of articles, one JSON object a line;
 * `READERS_WASM` and `READERS_GLUE` are the built module. The least of some runs
 * counts least disturbed by what else the machine does: best and median are told.
 */

import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { chromium } from 'playwright-core';

const RUNS = 7;
const { CHROMIUM, NEWS, READERS_WASM, READERS_GLUE } = process.env;
if (!CHROMIUM || !NEWS || !READERS_WASM || !READERS_GLUE) throw new Error('run this with `cargo xtask reading-speed --news FILE.jsonl`');

const files = new Map([
  ['/news', readFileSync(NEWS)],
  ['/wasm', readFileSync(READERS_WASM)],
  ['/glue.js', readFileSync(READERS_GLUE)],
  ['/', Buffer.from('<!doctype html><meta charset=utf-8><script src=/glue.js></script>')],
]);
const server = createServer(({ url }, response) => {
  const file = files.get(url ?? '');
  response.writeHead(file ? 200 : 404, { 'content-type': url === '/' ? 'text/html' : url === '/glue.js' ? 'text/javascript' : 'application/octet-stream' });
  response.end(file);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

const browser = await chromium.launch({ executablePath: CHROMIUM });
try {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${port}/`);
  const found = await page.evaluate(async (runs) => {
    const bytesOf = async (/** @type {string} */ path) => new Uint8Array(await (await fetch(path)).arrayBuffer());
    // The glue declares it with `let`: it is in the page's scope, not on its window.
    const readers = /** @type {any} */ (new Function('return kashshaf_readers')());
    readers.initSync({ module: new WebAssembly.Module(await bytesOf('/wasm')) });
    const lines = await bytesOf('/news');
    const bodies = new TextDecoder().decode(lines).split('\n').filter(Boolean).map((line) => JSON.parse(line).body);
    const text = new TextEncoder().encode(bodies.join('\n\n'));
    let pages = 0;
    const read = (/** @type {string} */ name, /** @type {Uint8Array} */ bytes) => {
      const reader = new readers.Reader({});
      reader.begin({ file: 0, name, size: bytes.length });
      for (let want; (want = reader.want()) !== null; ) {
        reader.give(bytes.subarray(want.from, want.from + want.length));
        while (reader.take() !== undefined) pages += 1;
      }
      while (reader.take() !== undefined) pages += 1;
      reader.free();
    };
    const decode = (/** @type {Uint8Array} */ bytes) => new TextDecoder().decode(bytes).length;
    /** @type {[string, Uint8Array, () => void][]} */
    const loops = [
      ['JSON lines, readers', lines, () => read('news.jsonl', lines)],
      ['JSON lines, TextDecoder', lines, () => decode(lines)],
      ['plain text, readers', text, () => read('news.txt', text)],
      ['plain text, TextDecoder', text, () => decode(text)],
    ];
    const times = loops.map(() => /** @type {number[]} */ ([]));
    // Turn by turn, so that all loops meet the same machine.
    for (let run = 0; run <= runs; run += 1) {
      loops.forEach(([, , loop], at) => {
        const start = performance.now();
        loop();
        if (run > 0) times[at].push(performance.now() - start);
      });
    }
    if (pages === 0) throw new Error('the readers found nothing');
    return loops.map(([name, bytes], at) => ({ name, bytes: bytes.length, times: times[at].sort((a, b) => a - b) }));
  }, RUNS);
  console.log(`MB/s, best and median of ${RUNS} runs (load ${loadavg()[0].toFixed(1)})`);
  for (const { name, bytes, times } of found) {
    const speed = (/** @type {number} */ time) => (bytes / 1e3 / time).toFixed(0).padStart(6);
    console.log(`${name.padEnd(26)}${speed(times[0])}${speed(times[times.length >> 1])}   ${(bytes / 1e6).toFixed(1)} MB`);
  }
} finally {
  await browser.close();
  server.close();
}
