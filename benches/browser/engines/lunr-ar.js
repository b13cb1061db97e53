import lunr from 'lunr';
import addStemmers from 'lunr-languages/lunr.stemmer.support';
// It writes to `this` at its top level, so it is run as the classic script it is.
import arabicSource from 'lunr-languages/lunr.ar.js?text';

addStemmers(lunr);
const module = { exports: {} };
new Function('module', 'exports', arabicSource).call(globalThis, module, module.exports);
module.exports(lunr);

const SHAPES = { prefix: (query) => `${query}*`, fuzzy: (query) => `${query}~1` };

/** With the Arabic stemmer and stop words of lunr-languages. */
export default function make() {
  let index;
  return {
    modes: Object.keys(SHAPES),
    load(docs) {
      index = lunr(function () {
        this.use(lunr.ar);
        this.ref('id');
        this.field('title', { boost: 2 });
        this.field('body');
        docs.forEach((doc) => this.add(doc));
      });
    },
    search(query, count, mode) {
      const plain = query.replace(/[~*^:+-]/g, ' ').trim();
      return index.search(SHAPES[mode]?.(plain) ?? plain).slice(0, count).map(({ ref }) => ref);
    },
    serialize: () => JSON.stringify(index),
    restore: (bytes) => void (index = lunr.Index.load(JSON.parse(new TextDecoder().decode(bytes)))),
  };
}
