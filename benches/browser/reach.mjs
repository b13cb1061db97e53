/**
 * The goals that the project set itself, and whether this run meets them.
 * A time was set as a goal on one machine: it is judged scaled by what the
 * yardstick, one peer's build, took here and took there. What waits for the
 * whole machine goes by the clock; a query's latency, the median of many short
 * askings, and processor time go by the yardstick's processor time, since a
 * busy machine slows a long build far more than it slows a short query.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HERE, OURS } from './options.mjs';

/** What the yardstick took where the goals were set. */
export const reference = JSON.parse(readFileSync(join(HERE, 'reference.json'), 'utf8'));

/** Articles that the goals of the first table were set for. */
const GOAL_ARTICLES = 10_000;
/** From this many on a point of growth is the large corpus of the goals. */
const LARGE_ARTICLES = 100_000;

/**
 * @typedef {object} Goal
 * @property {string} what
 * @property {string} unit
 * @property {'at least' | 'at most'} sense
 * @property {number} reach
 * @property {'clock' | 'cpu' | null} scale What a time is scaled by; null for what is no time.
 * @property {string} [zero] How 0 reads, where it stands for what is too small to be seen.
 * @property {(row: any) => { what: string, value: number } | null} [beside] What else is told of the figure.
 * @property {(row: any, section: any) => number | null | undefined} here
 * @property {((row: any) => number | null | undefined) | null} peer The same of another engine.
 */

/** @param {string} name @param {any} row @param {string} [key] */
const p99 = (name, row, key = 'p99') => row.latency?.[name]?.[key]?.median;

/** @param {string[]} names @param {any} row */
function worst(names, row) {
  const known = names.map((name) => p99(name, row)).filter((value) => typeof value === 'number');
  // One class that cannot be asked is a goal that is not met.
  return known.length === names.length ? Math.max(...known) : null;
}

const SIMPLE = ['frequent', 'two', 'phrase', 'fuzzy'];

/** @type {Goal[]} */
export const GOALS = [
  {
    what: 'index build from parsed articles, MB of text per CPU second',
    unit: 'MB/s', sense: 'at least', reach: 80, scale: null,
    here: (_, section) => section.apart?.mbPerSecond.build?.median,
    peer: (row) => row.build?.mbPerCpuSecond?.median,
  },
  {
    what: 'the same, of the tokenise-and-hash loop alone',
    unit: '%', sense: 'at least', reach: 35, scale: null,
    here: (_, section) => ratio(section.apart?.mbPerSecond.build, section.apart?.mbPerSecond.tokenise, 100),
    peer: null,
  },
  {
    what: 'longest main-thread task while it builds',
    unit: 'ms', sense: 'at most', reach: 50, scale: 'clock', zero: '< 50 ms',
    here: (row) => row.build?.longestTask?.median,
    peer: (row) => row.build?.longestTask?.median,
  },
  {
    what: 'memory after indexing ÷ text bytes, texts included',
    unit: '×', sense: 'at most', reach: 1, scale: null,
    here: (row) => row.memory?.perTextByte?.median,
    // An index that stays on the server is no memory.
    peer: (row) => (row.build?.native ? null : row.memory?.perTextByte?.median),
  },
  {
    what: 'index as shipped ÷ text bytes, positions included, texts excluded',
    unit: '×', sense: 'at most', reach: 0.2, scale: null,
    here: shipped,
    peer: shipped,
  },
  {
    what: 'navigation to the first answer with a saved index: one file, fetched whole',
    unit: 'ms', sense: 'at most', reach: 200, scale: 'clock',
    here: saved('firstAnswer'),
    peer: saved('firstAnswer'),
  },
  {
    what: 'the same, served as part files',
    unit: 'ms', sense: 'at most', reach: 200, scale: 'clock',
    here: saved('firstAnswerInParts'),
    peer: saved('firstAnswerInParts'),
  },
  {
    what: 'p99, a title as query, word BM25 in the clitics lens, snippets',
    unit: 'ms', sense: 'at most', reach: 3, scale: 'cpu',
    here: (row) => p99('title', row),
    peer: (row) => p99('title', row),
  },
  {
    what: 'the same, default ranking',
    unit: 'ms', sense: 'at most', reach: 5, scale: 'cpu',
    here: (row) => p99('titleDefault', row) ?? p99('title', row),
    peer: null,
  },
  {
    what: 'p99, one frequent word, two words, phrase, fuzzy: the worst',
    unit: 'ms', sense: 'at most', reach: 1.5, scale: 'cpu',
    here: (row) => worst(SIMPLE, row),
    peer: null,
  },
  {
    what: 'p99, prefix of three letters and more',
    unit: 'ms', sense: 'at most', reach: 2, scale: 'cpu',
    here: (row) => p99('prefix3', row),
    peer: (row) => p99('prefix3', row),
  },
  {
    what: 'p99, prefix of two letters',
    unit: 'ms', sense: 'at most', reach: 5, scale: 'cpu',
    here: (row) => p99('prefix2', row),
    peer: (row) => p99('prefix2', row),
  },
];

/** Of the large corpus, in one tab. @type {Goal[]} */
export const LARGE_GOALS = [
  {
    what: 'build from parsed articles in memory to a queryable index, document store included, CPU seconds',
    unit: 's', sense: 'at most', reach: 7, scale: 'cpu',
    here: (row) => (row.apart ? row.textBytes / 1e6 / row.apart.mbPerSecond.build.median : null),
    beside: (row) => (row.build?.cpu ? { what: 'with decoding, digesting and splitting every file, as the page does', value: row.build.cpu.median / 1000 } : null),
    peer: null,
  },
  {
    what: 'memory with texts',
    unit: 'MB', sense: 'at most', reach: 450, scale: null,
    here: (row) => (row.memory?.wasm ? (row.memory.wasm.median + Math.max(0, row.memory.javascript.median)) / 1e6 : null),
    peer: null,
  },
  {
    what: 'p99, a title as query, word BM25 in the clitics lens',
    unit: 'ms', sense: 'at most', reach: 15, scale: 'cpu',
    here: (row) => p99('title', row),
    peer: null,
  },
  {
    what: 'the same, default ranking',
    unit: 'ms', sense: 'at most', reach: 40, scale: 'cpu',
    here: (row) => p99('titleDefault', row) ?? p99('title', row),
    peer: null,
  },
  {
    what: 'served as static part files, bytes for the first query, cold, engine excluded: the median',
    unit: 'kB', sense: 'at most', reach: 300, scale: null,
    here: (row) => (row.parts ? row.parts.bytes.median / 1000 : null),
    beside: (row) => (row.parts ? { what: `the most of ${row.parts.queries} queries`, value: row.parts.bytes.most / 1000 } : null),
    peer: null,
  },
];

/** @param {any} part @param {any} whole @param {number} factor */
function ratio(part, whole, factor) {
  return part && whole ? (factor * part.median) / whole.median : null;
}

/** @param {import('./measure.mjs').Way} way @returns {(row: any) => number | null | undefined} */
function saved(way) {
  return (row) => (row[way]?.from === 'saved index' ? row[way].milliseconds?.median : null);
}

/**
 * How many times as long the yardstick took as where the goals were set, or
 * null where it was not measured on as many articles.
 * @param {any} section
 */
export function slowness(section) {
  if (!isGoalSize(section)) return null;
  const { engine, buildMilliseconds, buildCpuMilliseconds } = reference.yardstick;
  const row = section.engines.find((/** @type {any} */ row) => row.engine === engine);
  const milliseconds = row?.build?.milliseconds?.median;
  if (milliseconds === undefined) return null;
  return {
    milliseconds,
    clock: milliseconds / buildMilliseconds,
    cpuMilliseconds: row.build.cpu?.median ?? null,
    cpu: row.build.cpu ? row.build.cpu.median / buildCpuMilliseconds : null,
  };
}

/** @param {any} section */
export function isGoalSize(section) {
  return Math.abs(section.documents - GOAL_ARTICLES) <= GOAL_ARTICLES / 20;
}

/** @param {any} point */
export function isLarge(point) {
  return point.documents >= LARGE_ARTICLES;
}

/**
 * @param {Goal[]} goals
 * @param {any} row Ours.
 * @param {any} section
 * @param {ReturnType<typeof slowness>} slowness Null leaves the goals as they were set.
 */
export function judge(goals, row, section, slowness) {
  return goals.map((goal) => {
    const here = goal.here(row, section) ?? null;
    const reach = goal.reach * (goal.scale === null ? 1 : (slowness?.[goal.scale] ?? slowness?.clock ?? 1));
    const isMet = here === null ? null : goal.sense === 'at least' ? here >= reach : here <= reach;
    return { ...goal, here, scaledReach: reach, isMet, best: best(goal, section), also: goal.beside?.(row) ?? null };
  });
}

/** The best of the other engines in the same run. @param {Goal} goal @param {any} section */
function best(goal, section) {
  const { peer, sense } = goal;
  if (peer === null) return null;
  const values = (section.engines ?? [])
    .filter((/** @type {any} */ row) => row.engine !== OURS)
    .map((/** @type {any} */ row) => ({ engine: row.engine, value: peer(row) }))
    .filter((/** @type {any} */ found) => typeof found.value === 'number');
  values.sort((/** @type {any} */ a, /** @type {any} */ b) => (sense === 'at least' ? b.value - a.value : a.value - b.value));
  return values[0] ?? null;
}

/** What is fetched of an index, without the texts where it holds them, for each byte of text. @param {any} row */
function shipped({ index, textBytes }) {
  return index ? (index.withoutTexts ?? index.brotli) / textBytes : null;
}
