/** The figures as Markdown, for docs/benchmarks.md and the terminal. */

import { OURS } from './options.mjs';
import { GOALS, LARGE_GOALS, isGoalSize, isLarge, judge, reference, slowness } from './reach.mjs';

const NONE = '–';

/** Class of queries to its heading. */
const CLASSES = /** @type {Record<string, string>} */ ({
  frequent: 'frequent word',
  two: 'two words',
  prefix3: 'prefix ≥ 3',
  prefix2: 'prefix of 2',
  fuzzy: 'fuzzy',
  phrase: 'phrase',
  title: 'title',
  titleDefault: 'title, default ranking',
});

/** What an engine is, beside its name. */
const NOTES = /** @type {Record<string, string>} */ ({
  kashshaf: 'snippets, exact counts, positions and texts included; in a worker; its second reply is no part of its times',
  minisearch: 'ranked ids',
  flexsearch: 'ids, not ranked by relevance',
  'flexsearch-forward': 'every prefix indexed; ids, not ranked by relevance',
  'orama-ar': 'Arabic stemmer; holds the documents',
  'lunr-ar': 'Arabic stemmer; ranked ids',
  sqlite: 'FTS5 unicode61 without the texts; positions; ranked ids',
  pagefind: 'indexed by its native program; ten fragments fetched',
});

/** @param {number | null | undefined} value */
export function number(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return NONE;
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 100) return value.toFixed(0).replace(/\B(?=(\d{3})+$)/g, ',');
  if (size >= 10) return value.toFixed(1);
  return size >= 0.995 ? value.toFixed(2) : value.toPrecision(2).replace(/^(-?)0\./, '$1.');
}

/** Median and, where runs differ, least–most. @param {any} spread @param {number} [factor] */
function ranged(spread, factor = 1) {
  if (!spread) return NONE;
  const [middle, least, most] = [spread.median, spread.least, spread.most].map((value) => number(value * factor));
  return least === most ? middle : `${middle} (${least}–${most})`;
}

/** @param {any} spread @param {number} [factor] */
const middle = (spread, factor = 1) => (spread ? number(spread.median * factor) : NONE);

/** @param {string[]} head @param {string[][]} rows */
function table(head, rows) {
  const line = (/** @type {string[]} */ cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map((_, at) => (at === 0 ? ' --- ' : ' --: ')).join('|')}|`, ...rows.map(line)].join('\n');
}

/** @param {any} figures All sections. @returns {string} */
export function markdown(figures) {
  const { news, growth, probes, retrieval } = figures;
  const sizes = Object.values(news ?? {}).sort((a, b) => b.documents - a.documents);
  const parts = [
    INTRODUCTION,
    ...sizes.filter(isGoalSize).map((section) => reachPart(section, growth)),
    ...sizes.map(newsPart),
    growth && growthPart(growth),
    probes && probesPart(probes),
    retrieval && retrievalPart(retrieval),
    METHOD,
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

const INTRODUCTION = `# Benchmarks

Kashshaf beside the search engines that a site would load today, in one Chromium, on the same documents and the same queries.
This page is written by the command; do not edit it by hand:

\`\`\`sh
cargo xtask bench --news articles.jsonl --squad arcd.json --probes --write   # \`cargo xtask bench --help\` lists the options
\`\`\``;

const METHOD = `## How it is measured

- Every run is a fresh browser. Cells are medians of the runs, in brackets the least and the most.
- **Build**: from documents in the page's memory to an index that answers. Kashshaf in its worker through its own client, so
  its build also decodes, digests and splits every file; the *steps apart* time these in a worker by themselves. **CPU**: processor time
  of the thread that builds (Linux only). MB is 10⁶ bytes of UTF-8 text. Pagefind's own program builds, by the clock.
- **Memory**: \`measureUserAgentSpecificMemory()\` after the build less before (workers included, documents held in both), and
  the engine's WebAssembly memory.
- **Index**: what the engine saves; brotli at level 11 below 4 MB, else 5. Pagefind's folder is compressed already and holds the texts.
- **Latency**: top 10, clock of 5 µs (cross-origin isolated). 100 queries a class, drawn by seed from the texts; a query counts
  with the median of its passes, the percentiles are over queries. *All* is the 99th percentile of every single time, other
  work of the machine included. Kashshaf's times are those of its client, round trip and JSON included; *inside* is the core's alone.
  They are those of the first reply: ten documents with snippets and the exact totals of the search. The page draws it and asks for a
  *second reply*, timed in a row of its own and alone: the totals under every other lens and in every other scope, similar
  documents where few match, and searches that find something where this one finds nothing. Where Kashshaf's default ranking is measured, it has been made ready.
- **First answer**: from navigation, on this machine's own server: the engine's script, its saved index on its way meanwhile, one query; three
  times a run, each in a browser that was left alone for .7 s first, since it goes on starting, and by a page that tells its answer unasked. The page names in its head what a site would preload, the script and the engine's WebAssembly. *One index file* is fetched whole before anything is answered; *in parts* the page fetches what the
  query needs, as it does of Pagefind's folder. Bytes of parts are counted over first queries, each in an engine that was just opened.
- **Build from parsed articles**: the articles are in the worker's memory, read and split; timed is their way into an index that
  answers, texts included. The *page's whole build* beside it is that of the table above, from files.
- **Scaling**: a goal in seconds belongs to the machine it was set on. It is judged times the factor by which the yardstick's
  build is slower here: its clock for the longest task and the first answer, its processor time for latencies and processor
  times, since a busy machine slows a long build far more than it slows the median of short queries.
- **Retrieval**: one gold paragraph a question. Engines that want every word are asked for any word where they can.
- **Variants**: should is every paragraph that a reader would call a match; + are others that came back.

Peers, pinned in \`benches/browser/package-lock.json\`: minisearch, lunr, pagefind (MIT), flexsearch, @orama/orama, @sqlite.org/sqlite-wasm
(Apache-2.0), lunr-languages (MPL-1.1). None is shipped.`;

/** @param {any} section */
function circumstances(section) {
  const { machine, when, chromium } = section;
  const load = section.load ? `; load ${ranged(section.load)}` : '';
  return `${when.slice(0, 10)}; Chromium ${chromium}; ${machine.cores} cores, ${machine.processor}, ${machine.memory} GB, ${machine.system}${load}.`;
}

/** @param {any} section @param {any} growth */
function reachPart(section, growth) {
  const ours = section.engines.find((/** @type {any} */ row) => row.engine === OURS);
  if (!ours) return '';
  const factor = slowness(section);
  const yardstick = reference.yardstick;
  const scale = factor
    ? `Times are judged scaled. The yardstick, ${yardstick.engine} ${yardstick.version}, builds in ${number(factor.milliseconds)} ms here and in ` +
      `${number(yardstick.buildMilliseconds)} ms there, so what goes by the clock may take ${number(factor.clock)} times as long; in processor time ` +
      `${number(factor.cpuMilliseconds)} and ${number(yardstick.buildCpuMilliseconds)} ms, so latencies and processor times may take ` +
      `${number(factor.cpu)} times as long. *There* is ${reference.source}.`
    : `The yardstick, ${yardstick.engine}, was not measured: times are not scaled.`;
  const judged = judge(GOALS, ours, section, factor);
  const large = growth?.engines?.find(isLarge);
  const parts = [
    `## Reach: ${number(section.documents)} articles`,
    circumstances(section),
    scale,
    table(['goal', 'best peer in this run', 'reach', 'scaled', 'here', 'met'], judged.map(reachRow)),
  ];
  if (large) {
    const rows = judge(LARGE_GOALS, large, growth, factor).map(reachRow);
    parts.push(
      `${number(large.documents)} articles, ${number(large.textBytes / 1e6)} MB, in one tab. ${circumstances(growth)}`,
      table(['goal', 'best peer in this run', 'reach', 'scaled', 'here', 'met'], rows),
    );
  }
  return parts.filter(Boolean).join('\n\n');
}

/** @param {ReturnType<typeof judge>[number]} goal */
function reachRow({ what, unit, sense, reach, scale, scaledReach, here, zero, isMet, best, also }) {
  const sign = sense === 'at least' ? '≥' : '≤';
  return [
    what,
    best ? `${number(best.value)} (${best.engine})` : NONE,
    `${sign} ${number(reach)} ${unit}`,
    scale === null ? NONE : `${sign} ${number(scaledReach)} ${unit}`,
    (here === null ? 'not measured' : here === 0 && zero ? zero : `${number(here)} ${unit}`) +
      (also ? `; ${also.what}: ${number(also.value)} ${unit}` : ''),
    isMet === null ? NONE : isMet ? 'yes' : '**no**',
  ];
}

/** @param {any} section */
function newsPart(section) {
  const rows = section.engines;
  const classes = Object.keys(CLASSES).filter((name) => rows.some((/** @type {any} */ row) => row.latency?.[name]));
  const ours = rows.find((/** @type {any} */ row) => row.engine === OURS);
  return [
    `## ${number(section.documents)} news articles, ${number(section.textBytes / 1e6)} MB`,
    circumstances(section),
    table(
      ['engine', 'build s', 'CPU s', 'MB/CPU s', 'longest task ms', 'memory MB: JS', 'wasm', '÷ text', 'index MB', 'brotli', '÷ text', 'library kB', 'first answer ms: one index file', 'index in parts'],
      rows.map(costRow),
    ),
    apartLine(section.apart),
    ours?.parts && partsLine(ours.parts),
    `Latency, ms: p50 / p95 / p99 (all: p99 of every single time).`,
    table(
      ['engine', ...classes.map((name) => CLASSES[name])],
      rows.flatMap((/** @type {any} */ row) => latencyRows(row, classes)),
    ),
    ours?.latency && shareAnswered(rows, classes),
    rows.map(noteLine).join('\n'),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** @param {any} row */
function noteLine({ engine, runs, refused, noFirstAnswer, noParts, error }) {
  const notes = [
    `${NOTES[engine] ?? ''}.`,
    runs === 1 ? 'One run.' : '',
    refused > 0 ? `It refused ${number(refused)} documents as no text.` : '',
    noFirstAnswer ? `*No first answer: ${noFirstAnswer}.*` : '',
    noParts ? `*Not measured in parts: ${noParts}.*` : '',
    error ? `*Failed: ${error}.*` : '',
  ];
  return `- **${engine}**: ${notes.filter(Boolean).join(' ')}`;
}

/** @param {any} row */
function costRow(row) {
  const { build, memory, index, library, firstAnswer, firstAnswerInParts, textBytes } = row;
  const isNative = build?.native === true;
  return [
    row.engine,
    ranged(build?.milliseconds, 1e-3),
    ranged(build?.cpu, 1e-3),
    ranged(build?.mbPerCpuSecond),
    // The browser tells of tasks from 50 ms on.
    isNative ? NONE : build?.longestTask?.median === 0 ? '< 50' : middle(build?.longestTask),
    middle(memory?.javascript, 1e-6),
    memory?.wasm?.median ? middle(memory.wasm, 1e-6) : NONE,
    isNative ? NONE : middle(memory?.perTextByte),
    index ? number(index.raw / 1e6) : NONE,
    index ? number(index.brotli / 1e6) : NONE,
    index ? shippedShare(index, textBytes) : NONE,
    library ? number((library.script + library.wasm) / 1000) : NONE,
    waited(firstAnswer),
    waited(firstAnswerInParts),
  ];
}

/** @param {any} answer */
function waited(answer) {
  return answer ? `${ranged(answer.milliseconds)}${answer.from === 'text' ? ' from text' : ''}` : NONE;
}

/** @param {any} parts */
function partsLine({ queries, bytes, requests }) {
  return (
    `Kashshaf's index served as part files: the first query of a page, two words of a title (${queries} of them), fetches ` +
    `${number(bytes.median / 1000)} kB in the median, ${number(bytes.p95 / 1000)} at the 95th percentile, ${number(bytes.most / 1000)} at most, ` +
    `in ${ranged(requests)} requests; the engine is not counted.`
  );
}

/** @param {any} index @param {number} textBytes */
function shippedShare({ brotli, withoutTexts }, textBytes) {
  const whole = number(brotli / textBytes);
  return withoutTexts === undefined ? whole : `${whole}, without the texts ${number(withoutTexts / textBytes)}`;
}

/** @param {any} row @param {string[]} classes @returns {string[][]} */
function latencyRows(row, classes) {
  /** @param {any} figures */
  const three = (figures) => [figures.p50, figures.p95, figures.p99].map((spread) => middle(spread)).join(' / ');
  /** @param {(figures: any) => string} cell */
  const cells = (cell) => classes.map((name) => (row.latency?.[name] ? cell(row.latency[name]) : NONE));
  const rows = [[row.engine, ...cells((figures) => `${three(figures)} (all ${middle(figures.pooled99)})`)]];
  const isInWorker = classes.some((name) => row.latency?.[name]?.inside);
  if (isInWorker) rows.push([`${row.engine}, inside`, ...cells((figures) => three(figures.inside))]);
  if (classes.some((name) => row.latency?.[name]?.second)) {
    rows.push([`${row.engine}, second reply`, ...cells(({ second }) => (second ? `${three(second)} (all ${middle(second.pooled99)})` : NONE))]);
  }
  return rows;
}

/** @param {any} apart */
function apartLine(apart) {
  if (!apart) return '';
  const { read, tokenise, build } = apart.mbPerSecond;
  return (
    `Kashshaf's steps apart, MB of text per ${apart.hasCpu ? 'CPU ' : ''}second: reading files into articles ${ranged(read)}; ` +
    `tokenise-and-hash loop alone ${ranged(tokenise)}; index build from parsed articles ${ranged(build)}, ` +
    `${number((100 * build.median) / tokenise.median)} % of the loop. ${number(apart.forms)} distinct forms.`
  );
}

/** @param {any[]} rows @param {string[]} classes */
function shareAnswered(rows, classes) {
  const lacking = rows.flatMap((row) =>
    classes
      .filter((name) => row.latency?.[name] && row.latency[name].answered < row.latency[name].asked)
      .map((name) => `${row.engine} ${CLASSES[name]} ${row.latency[name].answered} of ${row.latency[name].asked}`),
  );
  return lacking.length > 0 ? `Queries with any answer, where not all had one: ${lacking.join('; ')}.` : '';
}

/** @param {any} growth */
function growthPart(growth) {
  const name = (/** @type {any} */ row) => `${number(row.documents)}`;
  return [
    '## How the cost grows',
    circumstances(growth),
    table(
      ['articles', 'MB', 'build CPU s: from parsed articles', 'the page\'s whole build', 'MB/CPU s', 'memory MB', '÷ text', 'index MB', 'first answer ms: one index file', 'index in parts', 'first query of parts kB', 'p99 two words', 'p99 prefix ≥ 3', 'p99 title'],
      growth.engines.map((/** @type {any} */ row) => [
        row.error ? `${name(row)} (${row.error})` : name(row),
        number(row.textBytes / 1e6),
        row.apart ? number(row.textBytes / 1e6 / row.apart.mbPerSecond.build.median) : NONE,
        ranged(row.build?.cpu, 1e-3),
        ranged(row.build?.mbPerCpuSecond),
        row.memory ? number((row.memory.wasm.median + Math.max(0, row.memory.javascript.median)) / 1e6) : NONE,
        middle(row.memory?.perTextByte),
        row.index ? number(row.index.brotli / 1e6) : NONE,
        waited(row.firstAnswer),
        waited(row.firstAnswerInParts),
        row.parts ? `${number(row.parts.bytes.median / 1000)}, at most ${number(row.parts.bytes.most / 1000)}` : NONE,
        ...['two', 'prefix3', 'title'].map((key) => middle(row.latency?.[key]?.p99)),
      ]),
    ),
  ].join('\n\n');
}

/** @param {any} section */
function probesPart(section) {
  const rows = section.engines;
  const cell = (/** @type {any} */ found) =>
    found === null ? NONE : `${found.found}/${found.should}${found.extra > 0 ? ` +${found.extra}` : ''}`;
  return [
    `## Arabic variants over the five bundled pages: found / should`,
    circumstances(section),
    `Every one of ${section.documents} paragraphs is a document.`,
    table(
      ['query', 'tests', ...rows.map((/** @type {any} */ row) => row.engine)],
      section.queries.map((/** @type {any} */ query, /** @type {number} */ at) => [
        query.query + (query.mode ? ` (${query.mode})` : ''),
        query.tests,
        ...rows.map((/** @type {any} */ row) => (row.error ? 'failed' : cell(row.results[at]))),
      ]),
    ),
  ].join('\n\n');
}

/** @param {any} section */
function retrievalPart(section) {
  const rows = [...section.engines].sort((a, b) => (b.mrr ?? 0) - (a.mrr ?? 0));
  return [
    `## Retrieval: a question to its paragraph`,
    circumstances(section),
    `${section.name}: ${number(section.documents)} paragraphs, ${number(section.questions)} questions.`,
    table(
      ['engine', 'MRR@10', 'Recall@10', 'unanswered', 'asked'],
      rows.map((row) =>
        row.error
          ? [row.engine, `failed: ${row.error}`, NONE, NONE, NONE]
          : [row.engine, row.mrr.toFixed(3), row.recall.toFixed(3), `${number(100 * row.unanswered)} %`, number(row.asked)],
      ),
    ),
  ].join('\n\n');
}
