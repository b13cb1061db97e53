import { Engine } from '../../../www/engine/client.js';
import { wholeEntry } from '../../../www/engine/file-entry.js';
import { REST_MS } from '../../../www/engine/protocol.js';
import { remoteSource } from '../../../www/engine/source.js';

/** Where the page finds the core, as in `dist/site/`. */
const SITE = '/site/';
/** The probe that stands behind the worker's script: see `page/worker-probe.js`. */
const PROBE = 'kashshaf-bench';

const SHAPES = { prefix: (query) => `${query}*`, fuzzy: (query) => `${query}~`, phrase: (query) => `"${query}"` };

/**
 * As shipped: the client, the worker, the core. A document is a file, its
 * title the first line. `scope` is the product's default, unless a document
 * is a piece of a page and no article; `index` is the address of an index that
 * a site serves, as one file or, by its manifest, in parts.
 */
export default async function make({ scope, index }) {
  const engine = Engine.open(remoteSource(new URL(SITE, location.href), index ? new URL(index, location.href) : null));
  await engine.ready;
  const channel = new BroadcastChannel(PROBE);
  const probe = () =>
    new Promise((resolve) => {
      channel.onmessage = ({ data }) => resolve(data);
      channel.postMessage('tell');
    });
  /** Page id to the documents with that text. */
  const documents = new Map();
  /** A query as the page asks it; the default ranking where none is named. */
  const request = (query, limit, mode, ranking) => ({
    query: SHAPES[mode]?.(query) ?? query,
    limit,
    also: ['names'],
    ...(ranking && { ranking }),
    ...(scope && { scope }),
  });
  /** The default ranking is made ready while nothing is asked; from then on it is what is measured. */
  let isReady = false;
  const firstReply = async (asked) => {
    let reply = await engine.search(asked);
    while (asked.ranking === undefined && !isReady && reply.ranking !== 'bags') {
      await new Promise((resolve) => setTimeout(resolve, 2 * REST_MS));
      reply = await engine.search(asked);
    }
    isReady ||= asked.ranking === undefined;
    return reply;
  };
  return {
    modes: Object.keys(SHAPES),
    rankings: ['words'],
    async load(docs) {
      const encoder = new TextEncoder();
      const entries = docs.map(({ id, title, body }) =>
        wholeEntry(id, null, async () => encoder.encode(title === '' ? body : `${title}\n\n${body}`).buffer),
      );
      await engine.addFiles(entries);
    },
    /** Learns which documents share a page and how many were refused: a question of the bench's, asked once what the build cost is known. */
    async account() {
      const { lines } = JSON.parse(await engine.ledgerFile('json'));
      const pageOf = ({ page, sameAs }) => page ?? sameAs;
      const read = lines.filter((line) => pageOf(line) !== null);
      if (read.length < lines.length / 2) {
        const failed = lines.find((line) => pageOf(line) === null);
        throw new Error(`${lines.length - read.length} documents were refused; ${failed.name}: ${failed.message}`);
      }
      for (const line of read) documents.set(pageOf(line), [...(documents.get(pageOf(line)) ?? []), line.name]);
      return { refused: lines.length - read.length };
    },
    close: () => engine.dispose(),
    async serialize() {
      return new Uint8Array(await engine.saveIndex());
    },
    /** What a reader waits for: the best documents with their snippets, and the exact totals of the search. */
    async search(query, limit, mode, ranking) {
      const asked = request(query, limit, mode, ranking);
      const { hits, some } = await firstReply(asked);
      const shown = [...hits];
      if (mode === 'question') {
        // Few documents have every word of a question: those with some, and those like it, follow in the list that is shown.
        const { similar } = await engine.around(asked);
        shown.push(...(some?.hits ?? []), ...similar);
      }
      return shown.flatMap(({ pageId, page }) => documents.get(pageId) ?? [page]);
    },
    /** What the page asks for next: the totals under other lenses and in other scopes, and where nothing was found, ways on. */
    async second(query, mode, ranking) {
      const { byLens, byScope, ways } = await engine.around(request(query, 1, mode, ranking));
      return [...byLens, ...byScope, ...ways];
    },
    wasmBytes: async () => (await probe()).wasmBytes,
    /** Milliseconds inside the worker since the last call: a list for `search` and `around`, sums for the rest. */
    async inside() {
      return (await probe()).spent;
    },
  };
}
