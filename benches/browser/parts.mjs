/** Kashshaf's index as a site serves it: static part files, of which a page fetches those that its questions need. */

import { execFile } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { open } from './browser.mjs';
import { titlePairs } from './documents.mjs';
import { OURS } from './options.mjs';
import { percentiles, spread } from './statistics.mjs';

/** Where the parts lie on the server. */
const PARTS = '/parts/';

/** Address of the manifest of a corpus's parts. @param {import('./measure.mjs').Corpus} corpus */
export const manifestOf = (corpus) => `${PARTS}${corpus.key}/index.json`;

/**
 * Has the program write the documents' index in parts.
 * @param {import('./measure.mjs').Corpus} corpus
 * @param {import('./measure.mjs').Setting} setting
 */
export async function writeParts({ key }, { work, program }) {
  const folder = join(work, PARTS, key);
  rmSync(folder, { recursive: true, force: true });
  await promisify(execFile)(program, ['index', '-o', `${folder}/`, join(work, 'documents', `${key}.jsonl`)]);
  if (!existsSync(join(folder, 'index.json'))) throw new Error(`${program} wrote no index in parts`);
}

/**
 * What a page fetches for its first question, each in an engine that was just opened: the manifest, the directory
 * and the parts. Questions are two words of a title, in the clitics lens, ten documents with snippets.
 * @param {import('./measure.mjs').Corpus} corpus
 * @param {import('./measure.mjs').Setting} setting
 */
export async function firstQueryBytes(corpus, { server, options }) {
  const queries = titlePairs(corpus.docs);
  if (queries.length === 0) throw new Error('no title has two words to ask for');
  const tab = await open(`${server.origin}/page/index.html`, options.limitMs);
  try {
    const index = manifestOf(corpus);
    let answered = 0;
    const [bytes, requests] = [/** @type {number[][]} */ ([]), /** @type {number[]} */ ([])];
    for (const query of queries) {
      server.count();
      const found = await tab.step('first', { name: OURS, index, query });
      if (found > 0) answered += 1;
      const sent = server.count(PARTS);
      bytes.push([sent.bytes]);
      requests.push(sent.requests);
    }
    // Of few titles page anatomy takes the words for no part of an article.
    if (answered < queries.length / 2) throw new Error(`of ${queries.length} queries by words of titles ${answered} were answered`);
    const { p50, p95 } = percentiles(bytes);
    return { queries: queries.length, answered, bytes: { median: p50, p95, most: Math.max(...bytes.flat()) }, requests: spread(requests) };
  } finally {
    await tab.close();
  }
}
