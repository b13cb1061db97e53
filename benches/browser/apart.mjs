/** The steps of Kashshaf's build alone, in a worker, by a core that is built with its bench. */

import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { open } from './browser.mjs';
import { say } from './measure.mjs';
import { HERE } from './options.mjs';
import { spread } from './statistics.mjs';

/** Times that the tokenise loop runs for one build: it is short. */
const LOOPS = 5;

/**
 * Reading, tokenising and indexing the same texts, each in processor time of the worker
 * (by the clock where the system does not tell).
 * @param {import('./measure.mjs').Corpus} corpus
 * @param {import('./measure.mjs').Setting} setting
 */
export async function measureApart(corpus, setting) {
  const { KASHSHAF_BENCH_WASM: wasm, KASHSHAF_BENCH_GLUE: glue } = process.env;
  if (!wasm || !glue) return null;
  const folder = join(setting.work, 'engines');
  mkdirSync(folder, { recursive: true });
  copyFileSync(wasm, join(folder, 'bench.wasm'));
  const worker = readFileSync(join(HERE, 'page/apart-worker.js'), 'utf8');
  writeFileSync(join(folder, 'apart-worker.js'), `${readFileSync(glue, 'utf8')}\n${worker}`);

  const tab = await open(`${setting.server.origin}/page/apart.html`, setting.options.limitMs);
  try {
    const documents = `/documents/${corpus.key}.jsonl`;
    await tab.step('start', { documents, script: '/engines/apart-worker.js', wasm: '/engines/bench.wasm' });
    /** @type {Record<'read' | 'tokenise' | 'build', number[]>} */
    const times = { read: [], tokenise: [], build: [] };
    let textBytes = 0;
    let forms = 0;
    let hasCpu = true;
    /** @param {'read' | 'tokenise' | 'build'} step */
    const measure = async (step) => {
      const before = tab.cpu().workers;
      const result = await tab.step('step', step);
      const after = tab.cpu().workers;
      hasCpu &&= before !== null && after !== null;
      times[step].push(before !== null && after !== null ? after - before : result.milliseconds);
      return result;
    };
    for (let run = 0; run < setting.options.runs; run += 1) {
      ({ textBytes } = await measure('read'));
      for (let loop = 0; loop < LOOPS; loop += 1) await measure('tokenise');
      ({ forms } = await measure('build'));
    }
    /** @param {number[]} list */
    const rate = (list) => spread(list.map((milliseconds) => textBytes / 1000 / milliseconds));
    const [read, tokenise, build] = [rate(times.read), rate(times.tokenise), rate(times.build)];
    say('  the steps of the build apart');
    return { hasCpu, textBytes, forms, load: loadavg()[0], mbPerSecond: { read, tokenise, build } };
  } finally {
    await tab.close();
  }
}
