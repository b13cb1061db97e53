import MiniSearch from 'minisearch';

const OPTIONS = { fields: ['title', 'body'], searchOptions: { boost: { title: 2 } } };
const MODES = { prefix: { prefix: true }, fuzzy: { fuzzy: 0.2 } };

/** Default options. */
export default function make() {
  let index = new MiniSearch(OPTIONS);
  return {
    modes: Object.keys(MODES),
    load: (docs) => index.addAll(docs),
    search: (query, count, mode) => index.search(query, MODES[mode] ?? {}).slice(0, count).map(({ id }) => id),
    serialize: () => JSON.stringify(index),
    restore: (bytes) => void (index = MiniSearch.loadJSON(new TextDecoder().decode(bytes), OPTIONS)),
  };
}
