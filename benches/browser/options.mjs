/**
 * The bench's options. Run as a program it prints them as JSON, so that a
 * mistake is told before anything is built.
 */

import { existsSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

/** This folder. */
export const HERE = fileURLToPath(new URL('.', import.meta.url));
export const OURS = 'kashshaf';

export const HELP = `\
cargo xtask bench [--news FILE.jsonl] [--squad FILE.json] [--probes] [OPTIONS]

What to measure, any of:
  --news FILE.jsonl     build, memory, sizes, first answer and latency on articles: JSON lines with
                        id, title and body
  --growth N,N,…        with --news: how Kashshaf's cost grows, on samples of N articles
  --squad FILE.json     retrieval on questions with one gold paragraph each (SQuAD's format, e.g. ARCD)
  --probes              Arabic variants over the paragraphs of the five bundled pages

Options:
  --articles N          size of the sample of --news; default 10000, or all where there are fewer
  --peers NAME,NAME,…   default all; \`none\` measures Kashshaf alone
  --runs N              fresh browsers for each engine; default 3
  --class-ms N          milliseconds for each class of queries in each run; default 2000
  --limit-s N           seconds after which a step of an engine counts as failed; default 180
  --engine-limit-s N    seconds after which an engine gets no further turn on a corpus; default 600
  --json FILE           where the figures go as JSON; default target/bench/benchmarks.json
  --write               renew docs/benchmarks.md and docs/benchmarks.json: a section that was measured
                        in full replaces the one that is there; one that lacks an engine or a size
                        leaves it as it is, and says so; the others stay
  --help                this text
`;

/** Names of the engines beside ours, in the order of the tables. */
export function peerNames() {
  return readdirSync(join(HERE, 'engines'))
    .filter((file) => /^[a-z0-9-]+\.js$/.test(file))
    .map((file) => basename(file, '.js'))
    .filter((name) => name !== OURS)
    .sort();
}

/**
 * @param {string[]} args
 * @param {string} from Folder that relative paths are taken from.
 */
export function readOptions(args, from) {
  const { values } = parseArgs({
    args,
    options: {
      news: { type: 'string' },
      growth: { type: 'string' },
      squad: { type: 'string' },
      probes: { type: 'boolean', default: false },
      articles: { type: 'string', default: '10000' },
      peers: { type: 'string', default: 'all' },
      runs: { type: 'string', default: '3' },
      'class-ms': { type: 'string', default: '2000' },
      'limit-s': { type: 'string', default: '180' },
      'engine-limit-s': { type: 'string', default: '600' },
      json: { type: 'string' },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return { help: HELP };
  if (!values.news && !values.squad && !values.probes) {
    throw new Error(`nothing to measure: name --news FILE.jsonl, --squad FILE.json or --probes\n\n${HELP}`);
  }
  if (values.growth && !values.news) throw new Error('--growth needs --news FILE.jsonl');
  return {
    news: file('--news', values.news, from),
    squad: file('--squad', values.squad, from),
    growth: values.growth?.split(',').map((size) => whole('--growth', size)) ?? [],
    probes: values.probes,
    articles: whole('--articles', values.articles),
    peers: peers(values.peers),
    runs: whole('--runs', values.runs),
    classMs: whole('--class-ms', values['class-ms']),
    limitMs: whole('--limit-s', values['limit-s']) * 1000,
    engineMs: whole('--engine-limit-s', values['engine-limit-s']) * 1000,
    json: values.json === undefined ? undefined : resolve(from, values.json),
    write: values.write,
  };
}

/** @typedef {Exclude<ReturnType<typeof readOptions>, { help: string }>} Options */

/** @param {string} option @param {string | undefined} path @param {string} from */
function file(option, path, from) {
  if (path === undefined) return undefined;
  const full = resolve(from, path);
  if (!existsSync(full)) throw new Error(`${option} names ${full}, which is not there`);
  return full;
}

/** @param {string} option @param {string} text */
function whole(option, text) {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`${option} takes whole numbers above 0, not ${text}`);
  return Number(text);
}

/** @param {string} text */
function peers(text) {
  const known = peerNames();
  if (text === 'all') return known;
  if (text === 'none') return [];
  const names = text.split(',').filter((name) => name !== OURS);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new Error(`--peers: no engine is named ${unknown.join(', ')}; there are ${known.join(', ')}, and all and none`);
  }
  return names;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const options = readOptions(process.argv.slice(2), process.env.STARTED_IN ?? process.cwd());
    const needsPeers = options.help === undefined && options.peers.length > 0;
    console.log(JSON.stringify({ ...options, needsPeers }));
  } catch (error) {
    console.error(`error: ${/** @type {Error} */ (error).message}`);
    process.exitCode = 1;
  }
}
