/** @file What a reader does, as the hash of an address and back. Keys are short, readable and stable within `v=1`. */

import { SORTS, STATUSES } from './ledger-lines.js';

/** @import { State } from './types.d.ts' */

const VERSION = '1';

/**
 * @typedef {object} Field
 * @property {keyof State} name
 * @property {(text: string) => any} read  returns undefined for a value that is not allowed
 */

/** @param {string[]} allowed @returns {(text: string) => string | undefined} */
const oneOf = (...allowed) => (text) => (allowed.includes(text) ? text : undefined);
/** @param {string} text */
const asText = (text) => text;
/** @param {string} text */
const asCount = (text) => (/^\d{1,15}$/.test(text) ? Number(text) : undefined);
/** A number that is no count is not understood; one out of bounds is the nearest in them. @param {number} least @param {number} most @returns {(text: string) => number | undefined} */
const countWithin = (least, most) => (text) => {
  const count = asCount(text);
  return count === undefined ? undefined : Math.min(Math.max(count, least), most);
};
/** @param {string} text */
const asDay = (text) => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? text : undefined);
/** @param {string} text */
const asFlag = (text) => ({ 0: false, 1: true })[text];

/** Key in the hash → field of the state, in the order they are written. @type {Record<string, Field>} */
const FIELDS = {
  view: { name: 'view', read: oneOf('overview', 'search', 'reader', 'entities', 'entity', 'spellings', 'network', 'quotes', 'timeline', 'files', 'about') },
  q: { name: 'query', read: asText },
  lens: { name: 'lens', read: oneOf('exact', 'marks', 'letters', 'clitics', 'stem', 'similar') },
  scope: { name: 'scope', read: oneOf('main', 'articles', 'pages') },
  apart: { name: 'apart', read: oneOf('teh', 'yeh', 'teh.yeh') },
  also: { name: 'also', read: oneOf('none', 'names', 'aliases', 'names.aliases') },
  order: { name: 'order', read: oneOf('relevance', 'newest', 'oldest', 'outlet') },
  recent: { name: 'recent', read: asFlag },
  'in-outlet': { name: 'inOutlets', read: asText },
  'in-date': { name: 'inDates', read: asText },
  'in-keyword': { name: 'inKeywords', read: asText },
  'in-entity': { name: 'inEntities', read: asText },
  n: { name: 'shown', read: countWithin(1, 1000) },
  id: { name: 'id', read: asText },
  hit: { name: 'hit', read: asCount },
  at: { name: 'at', read: asCount },
  extras: { name: 'extras', read: oneOf('show', 'hide') },
  names: { name: 'names', read: asFlag },
  name: { name: 'name', read: asText },
  type: { name: 'type', read: oneOf('person', 'place', 'organisation') },
  filter: { name: 'filter', read: asText },
  tab: { name: 'tab', read: oneOf('quotes', 'conflicts') },
  kind: { name: 'kind', read: oneOf('speech', 'direct', 'fragment', 'headline', 'reported', 'scare') },
  speaker: { name: 'speaker', read: asText },
  outlet: { name: 'outlet', read: asText },
  about: { name: 'about', read: asText },
  of: { name: 'of', read: oneOf('all', 'person', 'place', 'organisation') },
  within: { name: 'within', read: oneOf('sentence', 'paragraph', 'article') },
  as: { name: 'as', read: oneOf('picture', 'table') },
  many: { name: 'many', read: countWithin(2, 1000) },
  least: { name: 'least', read: (text) => asCount(text) || undefined },
  unit: { name: 'unit', read: oneOf('auto', 'day', 'month', 'year') },
  dates: { name: 'resolved', read: oneOf('all', 'yes', 'no') },
  from: { name: 'from', read: asDay },
  to: { name: 'to', read: asDay },
  status: { name: 'ledgerStatus', read: oneOf('all', ...STATUSES) },
  sort: { name: 'ledgerSort', read: oneOf(...SORTS) },
  p: { name: 'ledgerPage', read: (text) => asCount(text) || undefined },
  rules: { name: 'rules', read: asText },
  lang: { name: 'language', read: oneOf('ar', 'en') },
  theme: { name: 'theme', read: oneOf('auto', 'light', 'dark') },
  digits: { name: 'digits', read: oneOf('latin', 'arabic') },
  keys: { name: 'keys', read: asFlag },
  c: { name: 'corpus', read: (text) => (/^[0-9a-f]{4,64}$/.test(text) ? text : undefined) },
};

/** Fields that go on when the reader moves to another view. @type {(keyof State)[]} */
const LASTING = ['query', 'lens', 'apart', 'also', 'scope', 'extras', 'names', 'type', 'rules', 'language', 'theme', 'digits', 'keys'];

/**
 * @param {Pick<State, 'language' | 'theme'>} settings
 * @returns {State}
 */
export function initialState({ language, theme }) {
  return {
    view: 'overview', query: '', lens: 'clitics', scope: 'articles', apart: '', also: 'names', order: 'relevance', recent: false, inOutlets: '', inDates: '', inKeywords: '', inEntities: '', shown: 10, id: '', hit: 0, at: -1, extras: 'show',
    names: false, name: '', type: 'person', filter: '', tab: 'quotes', kind: 'speech', speaker: '', outlet: '', about: '', of: 'all', within: 'sentence', as: 'picture', many: 40, least: 1, unit: 'auto', resolved: 'all', from: '', to: '', ledgerStatus: 'all', ledgerSort: 'arrival', ledgerPage: 1, corpus: '', rules: '', language, theme, digits: 'latin', keys: true,
  };
}

/**
 * The state a link leads to. With another view, only what lasts is kept.
 * @param {State} state
 * @param {Partial<State>} patch
 * @param {State} initial
 * @returns {State}
 */
export function nextState(state, patch, initial) {
  if (!patch.view) return { ...state, corpus: '', ...patch };
  const lasting = Object.fromEntries(LASTING.map((name) => [name, state[name]]));
  return { ...initial, ...lasting, ...patch };
}

/** Values chosen of a facet stand in the state one a line, so that states are compared as texts. @param {string} text */
export const listOf = (text) => (text === '' ? [] : text.split('\n'));

/** @param {string[]} values */
export const textOfList = (values) => values.map((value) => value.replaceAll('\n', ' ')).join('\n');

/** No filter of a search. */
export const NO_FILTERS = { inOutlets: '', inDates: '', inKeywords: '', inEntities: '' };

/** Escapes what has a meaning in a hash; Arabic stays readable. @param {string} text */
function escapeValue(text) {
  return text.replace(/[^\p{L}\p{N}\p{M}._~*:!'«»،؟-]/gu, (piece) => (piece === ' ' ? '+' : encodeURIComponent(piece)));
}

/**
 * @param {State} state
 * @param {State} initial  fields that are as here are left out
 * @returns {string} with its `#`
 */
export function formatHash(state, initial) {
  const pairs = [`v=${VERSION}`];
  for (const [key, { name }] of Object.entries(FIELDS)) {
    const value = state[name];
    if (name !== 'view' && value === initial[name]) continue;
    pairs.push(`${key}=${escapeValue(typeof value === 'boolean' ? String(Number(value)) : String(value))}`);
  }
  return `#${pairs.join('&')}`;
}

/**
 * @param {string} hash
 * @param {State} initial
 * @returns {{state: State, misread: string[]}} what was understood, and the pieces that were not
 */
export function parseHash(hash, initial) {
  const state = { ...initial };
  /** @type {string[]} */
  const misread = [];
  for (const pair of hash.replace(/^#/, '').split('&').filter(Boolean)) {
    const cut = pair.indexOf('=');
    const key = cut < 0 ? pair : pair.slice(0, cut);
    if (key === 'v' && pair === `v=${VERSION}`) continue;
    const value = cut < 0 || !Object.hasOwn(FIELDS, key) ? undefined : FIELDS[key].read(decode(pair.slice(cut + 1)));
    if (value === undefined) misread.push(decode(pair));
    else Object.assign(state, { [FIELDS[key].name]: value });
  }
  // A link that was written by hand may tell the query alone.
  if (state.query && !/(^#?|&)view=/.test(hash)) state.view = 'search';
  if ((state.view === 'reader' || state.view === 'entity') && !state.id) {
    state.view = 'overview';
    misread.push('id=');
  }
  return { state, misread };
}

/** Percent-decodes; text that is not well formed stays as it is. @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
