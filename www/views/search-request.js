/** @file What the search view asks the engine for, of the state. */

import { listOf } from '../ui/state.js';

/** @import { Also, ApartLetter, SearchRequest } from '../../src/wasm/types.d.ts' */
/** @import { State } from '../ui/types.d.ts' */

/** Facet of the engine → field of the state. */
export const FILTERS = /** @type {const} */ ({ outlet: 'inOutlets', date: 'inDates', keyword: 'inKeywords', entity: 'inEntities' });

/** Letters to be told apart. @param {State} state */
export const apartOf = ({ apart }) => /** @type {ApartLetter[]} */ (apart === '' ? [] : apart.split('.'));

/** What words are read as too. @param {State} state */
export const alsoOf = ({ also }) => /** @type {Also[]} */ (also === 'none' ? [] : also.split('.'));

/** @param {State} state @returns {SearchRequest} */
export function searchRequest(state) {
  const { query, lens, scope, order, recent, inOutlets, inDates, inKeywords, inEntities } = state;
  return {
    query, lens, scope, apart: apartOf(state), also: alsoOf(state), sort: order, recent,
    outlets: listOf(inOutlets), dates: listOf(inDates), keywords: listOf(inKeywords), entities: listOf(inEntities),
  };
}

/** Whether something is chosen of any facet. @param {State} state */
export const isFiltered = (state) => Object.values(FILTERS).some((name) => state[name] !== '');
