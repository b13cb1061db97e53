/** @file Facets: how many documents have each outlet, month, keyword and name; a click narrows the search to them. */

import { bdi, h, withVariable } from '../ui/dom.js';
import { sideBlock } from '../ui/side-block.js';
import { NO_FILTERS, listOf, textOfList } from '../ui/state.js';
import { FILTERS, isFiltered, searchRequest } from './search-request.js';

/** @import { Facet, FacetRow } from '../../src/wasm/types.d.ts' */
/** @import { Context } from '../ui/types.d.ts' */

/** Values shown before a disclosure. */
const SHOWN = 6;

/** @param {Context} context @param {Facet} facet @param {FacetRow} row */
function label({ texts }, facet, { value, label: name }) {
  if (value === 'none') return texts.m.facets.none[facet];
  if (facet === 'date') return texts.month(value);
  return bdi(name ?? value);
}

/** @param {Context} context @param {Facet} facet @param {string} value @param {boolean} add */
function choose({ state, navigate }, facet, value, add) {
  const name = FILTERS[facet];
  const others = listOf(state[name]).filter((other) => other !== value);
  navigate({ [name]: textOfList(add ? [...others, value] : others), shown: 10 });
}

/** The place of the facets and what fills it; empty until they are counted. @param {Context} context @param {AbortSignal} signal */
export function facetPanel(context, signal) {
  const { texts, engine, state } = context;
  const m = texts.m.facets;
  const place = h('div', { class: 'facets-place', 'aria-busy': 'true' });
  const fill = async () => {
    const { facets } = await engine.facets({ ...searchRequest(state), limit: 60 }, { signal });
    const groups = facets.filter(([, rows]) => rows.length > 1 || rows.some(({ chosen }) => chosen));
    place.removeAttribute('aria-busy');
    if (groups.length === 0) return;
    const brief = groups.map(([facet]) => h('span', null, m.names[facet]));
    place.replaceChildren(sideBlock({ key: 'facets', heading: m.title, className: 'facets', brief },
      groups.map(([facet, rows]) => group(context, facet, rows))));
  };
  fill().catch((error) => {
    place.removeAttribute('aria-busy');
    // A corpus in parts has no facets until it is loaded whole; the note above says so.
    if (error.code === 'index-in-parts') return;
    if (!signal.aborted) place.replaceChildren(h('p', { class: 'soft' }, m.failed, ' ', String(error.message ?? error)));
  });
  return place;
}

/** @param {Context} context @param {Facet} facet @param {FacetRow[]} rows */
function group(context, facet, rows) {
  const { texts } = context;
  const most = Math.max(1, ...rows.map(({ documents }) => documents));
  const items = rows.map((row) => {
    const spoken = texts.count(texts.m.documents, row.documents);
    const isMonth = facet === 'date' && row.value.length > 4 && rows.some(({ value }) => value === row.value.slice(0, 4));
    return h('li', { class: isMonth ? 'facet-under' : null }, h('label', { class: 'facet' },
      h('input', {
        type: 'checkbox', checked: row.chosen, 'data-focus': `facet-${facet}-${row.value}`,
        onchange: (/** @type {Event} */ event) => choose(context, facet, row.value, /** @type {HTMLInputElement} */ (event.target).checked),
      }),
      h('span', { class: 'facet-name' }, label(context, facet, row)),
      h('span', { class: 'facet-count', 'aria-hidden': 'true' }, texts.number(row.documents)),
      h('span', { class: 'visually-hidden' }, ` ${spoken}`),
      withVariable(h('span', { class: 'facet-share', 'aria-hidden': 'true' }), '--share', row.documents / most)));
  });
  // Months are a line of time: they stand together; of the others what is chosen stays in sight.
  const first = facet === 'date' ? 12 : Math.max(SHOWN, rows.findLastIndex(({ chosen }) => chosen) + 1);
  const rest = items.slice(first);
  return h('fieldset', { class: 'facet-group', 'data-facet': facet },
    h('legend', null, texts.m.facets.names[facet]),
    h('ul', { role: 'list' }, items.slice(0, first)),
    rest.length > 0 && h('details', null, h('summary', null, texts.fill(texts.m.facets.more, { count: texts.number(rest.length) })), h('ul', { role: 'list' }, rest)));
}

/** What is chosen, each with a button that lets it go. @param {Context} context */
export function chosenFilters(context) {
  const { texts, state, navigate } = context;
  if (!isFiltered(state)) return null;
  const m = texts.m.facets;
  const chips = /** @type {Facet[]} */ (Object.keys(FILTERS)).flatMap((facet) => listOf(state[FILTERS[facet]]).map((value) => {
    const name = facet === 'entity' ? value.replace(/^\w+:/, '').replaceAll('-', ' ') : value;
    const shown = label(context, facet, { value, label: name, documents: 0, chosen: true });
    return h('li', null, h('button', { type: 'button', class: 'chip', 'data-focus': `chip-${facet}-${value}`, onclick: () => choose(context, facet, value, false) },
      h('span', { class: 'chip-kind' }, m.names[facet]), ' ', shown,
      h('span', { class: 'chip-off', 'aria-hidden': 'true' }, '×'), h('span', { class: 'visually-hidden' }, ` ${m.letGo}`)));
  }));
  return h('div', { class: 'chosen', role: 'group', 'aria-label': m.chosen },
    h('ul', { role: 'list', class: 'chips', 'data-testid': 'filters' }, chips),
    h('button', { type: 'button', class: 'quiet', onclick: () => navigate({ ...NO_FILTERS, shown: 10 }) }, m.clear));
}
