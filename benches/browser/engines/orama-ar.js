import { create, insertMultiple, load, save, search } from '@orama/orama';
import { language, stemmer } from '@orama/stemmers/arabic';
import { stopwords } from '@orama/stopwords/arabic';

const OPTIONS = {
  schema: { title: 'string', body: 'string' },
  components: { tokenizer: { language, stemmer, stemming: true, stopWords: stopwords } },
};

/** Its Arabic stemmer and stop words. It matches prefixes by default, and holds the documents. */
export default function make() {
  let database;
  return {
    modes: ['prefix', 'fuzzy'],
    async load(docs) {
      database = create(OPTIONS);
      await insertMultiple(database, docs, 1000);
    },
    async search(term, limit, mode) {
      const found = await search(database, { term, limit, boost: { title: 2 }, tolerance: mode === 'fuzzy' ? 1 : 0 });
      return found.hits.map(({ id }) => id);
    },
    serialize: () => JSON.stringify(save(database)),
    restore(bytes) {
      database = create(OPTIONS);
      load(database, JSON.parse(new TextDecoder().decode(bytes)));
    },
  };
}
