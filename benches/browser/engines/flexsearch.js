import { Index } from 'flexsearch';

/** Default options; `suggest` is its way to let a question match where not every word does. */
export function makeFlexSearch(options) {
  const index = new Index(options);
  let ids = [];
  return {
    modes: options?.tokenize === 'forward' ? ['prefix'] : [],
    load(docs) {
      ids = docs.map(({ id }) => id);
      docs.forEach(({ title, body }, at) => index.add(at, `${title} ${body}`));
    },
    search: (query, count, mode) =>
      index.search(query, { limit: count, suggest: mode === 'question' }).map((at) => ids[at]),
    async serialize() {
      const parts = {};
      await index.export((key, data) => void (parts[key] = data));
      return JSON.stringify({ ids, parts });
    },
    async restore(bytes) {
      const saved = JSON.parse(new TextDecoder().decode(bytes));
      ids = saved.ids;
      for (const [key, data] of Object.entries(saved.parts)) await index.import(key, data);
    },
  };
}

export default () => makeFlexSearch();
