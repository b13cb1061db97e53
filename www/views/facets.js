/** @file Facets: how many documents have each outlet, month, keyword and name; a click narrows the search to them. */

import { bdi, h, withVariable } from '../ui/dom.js';
import { sideBlock } from '../ui/side-block.js';
import { NO_FILTERS, listOf, textOfList } from '../ui/state.js';
import { FILTERS, isFiltered, searchRequest } from './search-request.js';

/** @import { Facet, FacetRow } from '../../src/wasm/types.d.ts' */
/** @import { Context } from '../ui/types.d.ts' */

/** Values shown before a disclosure. */
const SHOWN = 6;
/** Values of a facet that are asked for. */
const ROWS = 60;

/** Engines over parts whose keywords the reader asked for: they are there. @type {WeakSet<object>} */
const withKeywords = new WeakSet();

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
  if (engine.isInParts) return facetsOfParts(context, signal);
  const m = texts.m.facets;
  const place = h('div', { class: 'facets-place', 'aria-busy': 'true' });
  const fill = async () => {
    const { facets } = await engine.facets({ ...searchRequest(state), limit: ROWS }, { signal });
    const groups = facets.filter(tellsApart);
    place.removeAttribute('aria-busy');
    if (groups.length === 0) return;
    const brief = groups.map(([facet]) => h('span', null, m.names[facet]));
    place.replaceChildren(sideBlock({ key: 'facets', heading: m.title, className: 'facets', brief },
      groups.map(([facet, rows]) => group(context, facet, rows))));
  };
  fill().catch((error) => {
    place.removeAttribute('aria-busy');
    if (!signal.aborted) place.replaceChildren(h('p', { class: 'soft' }, m.failed, ' ', String(error.message ?? error)));
  });
  return place;
}

/** @param {[Facet, FacetRow[]]} counted */
const tellsApart = ([, rows]) => rows.length > 1 || rows.some(({ chosen }) => chosen);

/**
 * The facets of a corpus in parts, whose columns are fetched when the reader sees the block open; keywords, which may be many,
 * when they are asked for. Where it folds to a line, the line stands from the start; where it stands open beside the results,
 * what is below it is shown once it is filled: nothing moves when they come.
 * @param {Context} context
 * @param {AbortSignal} signal
 */
function facetsOfParts(context, signal) {
  const { texts, engine, state } = context;
  const m = texts.m.facets;
  const facets = /** @type {const} */ (['outlet', 'date', 'keyword']);
  const places = facets.map((facet) => h('div', { class: 'facet-place', 'data-place': facet }));
  const [, , keywords] = places;
  const told = h('p', { class: 'soft', role: 'status' }, m.counting);
  const brief = facets.map((facet) => h('span', null, m.names[facet]));
  const block = sideBlock({ key: 'facets', heading: m.title, className: 'facets', brief }, [...places, told]);
  const count = async (/** @type {Facet[]} */ wanted) => {
    const { facets } = await engine.facets({ ...searchRequest(state), limit: ROWS, facets: wanted }, { signal });
    if (signal.aborted) return;
    for (const [facet, rows] of facets) {
      const at = places.find((place) => place.dataset.place === facet);
      if (tellsApart([facet, rows])) at?.replaceChildren(group(context, facet, rows));
      else if (facet === 'keyword') at?.replaceChildren(h('p', { class: 'soft' }, m.noKeywords));
    }
    told.replaceChildren();
  };
  const fail = (/** @type {any} */ error) => {
    if (!signal.aborted) told.replaceChildren(`${m.failed} ${error.message ?? error}`);
  };
  const place = h('div', { class: 'facets-place facets-of-parts facets-awaited' }, block);
  const more = h('button', {
    type: 'button', class: 'quiet', 'data-testid': 'count-keywords',
    onclick: () => {
      withKeywords.add(engine);
      told.replaceChildren(m.counting);
      count(['keyword']).catch(fail);
    },
  }, m.countKeywords);
  const start = () => {
    if (!block.open || signal.aborted) return;
    block.removeEventListener('toggle', start);
    const isAsked = state.inKeywords !== '' || withKeywords.has(engine);
    count(isAsked ? ['outlet', 'date', 'keyword'] : ['outlet', 'date']).then(() => {
      if (!isAsked && !signal.aborted) keywords.replaceChildren(more);
    }).catch(fail).finally(() => place.classList.remove('facets-awaited'));
  };
  block.addEventListener('toggle', start);
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
