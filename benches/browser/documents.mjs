/**
 * What is indexed and asked: `{ id, title, body }`. Every draw is seeded, so
 * that the same file gives the same documents and the same queries again.
 */

import { createReadStream, createWriteStream, readFileSync, readdirSync } from 'node:fs';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';

/** Articles with less text than this are no articles. */
const LEAST_CHARACTERS = 50;
/** Queries of each class. */
const QUERIES = 100;
/** Words of the text that stand for a title that is missing. */
const TITLE_WORDS = 12;
/** A word in more than this share of the documents, or in less than the other, is not taken as frequent. */
const FREQUENT = { least: 0.03, most: 0.3 };

/**
 * @typedef {{ id: string, title: string, body: string }} Doc
 * @typedef {Record<string, string[]>} Queries Class to texts.
 */

/** Mulberry32. @param {number} seed @returns {() => number} From 0 up to 1. */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A tokeniser that no engine here uses. @param {string} text @returns {string[]} */
const wordsOf = (text) => text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

/**
 * A sample of the articles in a file of JSON lines, in the order of the file.
 * @param {string} file
 * @param {number} size
 * @returns {Promise<Doc[]>}
 */
export async function newsSample(file, size) {
  const wanted = await sampledLines(file, size);
  /** @type {Doc[]} */
  const docs = [];
  const seen = new Set();
  let line = -1;
  for await (const text of linesOf(file)) {
    line += 1;
    if (!wanted.has(line)) continue;
    const { id, title, body, text: other } = JSON.parse(text);
    const found = body ?? other ?? '';
    if (found.length < LEAST_CHARACTERS) continue;
    const name = id === undefined || seen.has(String(id)) ? `line-${line}` : String(id);
    seen.add(name);
    docs.push({ id: name, title: title ?? '', body: found });
  }
  if (docs.length === 0) throw new Error(`${file} holds no article: each line must be {"id":…,"title":…,"body":…}`);
  return docs;
}

/** Numbers of the lines to take: all, or so many of them at random. @param {string} file @param {number} size */
async function sampledLines(file, size) {
  let count = 0;
  for await (const text of linesOf(file)) count += text === '' ? 0 : 1;
  const numbers = Array.from({ length: count }, (_, at) => at);
  const next = random(1);
  const take = Math.min(size, count);
  for (let at = 0; at < take && take < count; at += 1) {
    const other = at + Math.floor(next() * (count - at));
    [numbers[at], numbers[other]] = [numbers[other], numbers[at]];
  }
  return new Set(numbers.slice(0, take));
}

/** @param {string} file */
function linesOf(file) {
  return createInterface({ input: createReadStream(file), crlfDelay: Infinity });
}

/**
 * Every paragraph of the bundled pages, each a document.
 * @param {string} folder
 * @returns {Doc[]}
 */
export function paragraphs(folder) {
  const pages = readdirSync(folder).filter((name) => name.endsWith('.txt')).sort();
  return pages.flatMap((name) =>
    readFileSync(join(folder, name), 'utf8')
      .split(/\n+/)
      .map((text, at) => ({ id: `${name.slice(0, 3)}-${at}`, title: '', body: text.trim() }))
      .filter(({ body }) => body.length > 20),
  );
}

/**
 * The paragraphs of a file in SQuAD's format, and its questions in random order, so that an
 * engine too slow for all of them is judged by a fair sample.
 * @param {string} file
 */
export function squad(file) {
  /** @type {Map<string, Doc>} */
  const docs = new Map();
  /** @type {{ query: string, gold: string }[]} */
  const questions = [];
  for (const { title = '', paragraphs } of JSON.parse(readFileSync(file, 'utf8')).data) {
    for (const { context, qas } of paragraphs) {
      const doc = docs.get(context) ?? { id: `p${docs.size}`, title: title.replaceAll('_', ' '), body: context };
      docs.set(context, doc);
      for (const { question } of qas) questions.push({ query: question, gold: doc.id });
    }
  }
  const next = random(1);
  const shuffled = questions.map((question) => /** @type {const} */ ([next(), question]));
  shuffled.sort(([a], [b]) => a - b);
  return { docs: [...docs.values()], questions: shuffled.map(([, question]) => question) };
}

/**
 * Queries whose latency is measured, by class. Titles are asked as their
 * words, so that no engine reads an operator into them.
 * @param {Doc[]} docs
 * @returns {Queries}
 */
export function latencyQueries(docs) {
  const next = random(7);
  /** @template T @param {T[]} list */
  const one = (list) => list[Math.floor(next() * list.length)];
  /** @template T @param {() => T} make */
  const many = (make) => Array.from({ length: QUERIES }, make);
  /** @type {Map<string, number>} */
  const frequency = new Map();
  for (const { title, body } of docs) {
    for (const word of new Set(wordsOf(`${title} ${body}`))) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  }
  const share = (/** @type {string} */ word) => (frequency.get(word) ?? 0) / docs.length;
  const arabic = [...frequency.keys()].filter((word) => word.length >= 4 && /^\p{Script=Arabic}+$/u.test(word));
  const within = (/** @type {string} */ word) => share(word) > FREQUENT.least && share(word) < FREQUENT.most;
  const frequent = arabic.filter(within);
  const middle = arabic.filter(
    (word) => word.length >= 5 && (frequency.get(word) ?? 0) >= 3 && share(word) < FREQUENT.least,
  );
  if (frequent.length === 0 || middle.length === 0) {
    throw new Error(`${docs.length} documents hold too few Arabic words to draw queries from`);
  }
  /** So many words of a text in a row, none of them very frequent. @param {number} length @returns {string} */
  const run = (length) => {
    for (let attempt = 0; attempt < 10_000; attempt += 1) {
      const words = wordsOf(one(docs).body);
      const start = Math.floor(next() * Math.max(1, words.length - length));
      const found = words.slice(start, start + length);
      if (found.length === length && found.every((word) => word.length >= 3 && share(word) < FREQUENT.most)) {
        return found.join(' ');
      }
    }
    throw new Error('no text holds so many words in a row');
  };
  const typo = (/** @type {string} */ word) => {
    const at = 1 + Math.floor(next() * (word.length - 2));
    return word.slice(0, at) + word.slice(at + 1);
  };
  const titles = docs.map((doc) => titleWords(doc).join(' ')).filter(Boolean);
  return {
    frequent: many(() => one(frequent)),
    two: many(() => run(2)),
    prefix3: many(() => one(middle).slice(0, 3 + Math.floor(next() * 2))),
    prefix2: many(() => one(middle).slice(0, 2)),
    fuzzy: many(() => typo(one(middle))),
    phrase: many(() => run(3)),
    title: many(() => one(titles)),
  };
}

/** Words of the title, or of what stands for it. @param {Doc} doc */
const titleWords = ({ title, body }) => (title === '' ? wordsOf(body).slice(0, TITLE_WORDS) : wordsOf(title));

/**
 * The first two words of four letters or more of titles, evenly over all documents.
 * @param {Doc[]} docs
 */
export function titlePairs(docs) {
  const pairs = docs.map((doc) => titleWords(doc).filter((word) => word.length > 3).slice(0, 2)).filter(({ length }) => length === 2);
  const step = Math.max(1, pairs.length / QUERIES);
  return Array.from({ length: Math.min(QUERIES, pairs.length) }, (_, at) => pairs[Math.floor(at * step)].join(' '));
}

/** UTF-8 bytes of titles and bodies. @param {Doc[]} docs */
export function textBytes(docs) {
  return docs.reduce((sum, { title, body }) => sum + Buffer.byteLength(title) + Buffer.byteLength(body), 0);
}

/** Writes documents as JSON lines, for the page to fetch. @param {string} file @param {Doc[]} docs */
export async function writeLines(file, docs) {
  const out = createWriteStream(file);
  for (const doc of docs) if (!out.write(`${JSON.stringify(doc)}\n`)) await once(out, 'drain');
  out.end();
  await once(out, 'close');
}
