/** @file Arabic names of the corpus for the Latin words of a query: one click takes them. */

import { bdi, h } from '../ui/dom.js';

/** @import { SearchReply } from '../../src/wasm/types.d.ts' */
/** @import { Context } from '../ui/types.d.ts' */

/**
 * Nothing when no word is in Latin letters or none is a name of the corpus.
 * @param {Context} context
 * @param {SearchReply} reply
 */
export function nameOffers({ texts, link }, { names }) {
  if (names.length === 0) return null;
  const { m } = texts;
  return h('nav', { class: 'offers', 'aria-label': m.search.names, 'data-testid': 'name-offers' },
    h('span', { class: 'soft' }, m.search.names),
    h('ul', { role: 'list', class: 'ways' }, names.map((name) => h('li', null,
      h('a', { class: 'way', href: link({ view: 'search', query: name.query }) },
        texts.rich(m.search.nameOffer, {
          word: bdi(name.word), form: bdi(name.form), hits: texts.count(m.hits, name.hits),
        }))))));
}
