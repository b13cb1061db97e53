/** @file Search: how it was read, how much there is in every lens and scope, and the passages. */

import { copyButton } from '../ui/copy-button.js';
import { bdi, h } from '../ui/dom.js';
import { queryNotice } from '../ui/notice.js';
import { exportMenu } from './export-menu.js';
import { chosenFilters, facetPanel } from './facets.js';
import { nameOffers } from './name-offers.js';
import { resultItem } from './result-card.js';
import { apartSwitches, clauseList, lensLadder, orderChoice, scopeChoice, termCounts } from './search-controls.js';
import { noResults, searchPrompt } from './search-empty.js';
import { searchRequest } from './search-request.js';

/** @import { SearchReply } from '../../src/wasm/types.d.ts' */
/** @import { Context, DrawnView } from '../ui/types.d.ts' */

/** Documents that «more» adds. */
const STEP = 10;
let wasMarked = false;

/** @param {Context} context @param {AbortSignal} signal @returns {Promise<DrawnView>} */
export async function drawSearch(context, signal) {
  const { texts, state } = context;
  if (!state.query) return { node: await searchPrompt(context), title: texts.m.views.search };

  const { query, lens, scope, shown: limit } = state;
  const request = searchRequest(state);
  const reply = await context.engine.search({ ...request, limit }, { signal });
  const totals = totalsText(context, reply);
  const list = h('ol', { class: 'results', 'data-testid': 'results', 'aria-label': texts.m.search.results, part: 'results' },
    reply.hits.map((hit, at) => resultItem(context, hit, at + 1)));
  const rest = h('div', { class: 'rest' });
  const empty = reply.totals.hits === 0;
  const similar = h('div', { class: 'similar-place' }, similarList(context, reply));
  const facets = h('div', { class: 'search-side' }, facetPanel(context, signal), reply.clauses.length > 0 && clauseList(context, reply));

  const node = h('div', { class: 'search' },
    h('h2', { class: 'visually-hidden' }, texts.m.search.title),
    h('div', { class: 'controls' },
      h('div', null, lensLadder(context, reply), apartSwitches(context, reply)),
      scopeChoice(context, reply)),
    h('div', { class: 'totals-row' },
      h('p', { class: 'totals', 'data-testid': 'totals' },
        h('b', null, totals), ' ',
        h('span', { class: 'soft' }, texts.rich(texts.m.search.searched, {
          query: bdi(query, 'quoted'), lens: texts.m.lensPhrases[lens], scope: texts.m.scopePhrases[scope],
        })),
        termCounts(context, reply)),
      h('div', { class: 'tools' },
        !empty && orderChoice(context, reply),
        !empty && exportMenu(context, reply.totals.documents),
        context.options.permalink && copyButton(texts, texts.m.copyLink, context.permalink, context.announce))),
    chosenFilters(context),
    reply.notices.map((notice) => queryNotice(texts, notice)),
    nameOffers(context, reply),
    h('div', { class: 'search-body' },
      facets,
      h('div', { class: 'search-main' },
        empty ? await noResults(context, reply) : [list, rest],
        similar)));

  drawRest(reply.hits.length);
  if (reply.ranking === 'words' && state.order === 'relevance' && reply.totals.documents < STEP) void addSimilar();
  return {
    node,
    title: `${query} · ${totals}`,
    key: (name) => moveAmongResults(list, name),
    shown() {
      context.announce(totals);
      if (wasMarked || empty) return;
      wasMarked = true;
      requestAnimationFrame(() => setTimeout(() => performance.mark('kashshaf:first-results')));
    },
  };

  /** How many are shown, and a button for more. @param {number} shown */
  function drawRest(shown) {
    const { documents } = reply.totals;
    const more = Math.min(STEP, documents - shown);
    rest.replaceChildren(
      h('p', { class: 'soft' }, texts.fill(texts.m.search.shownOf, {
        shown: texts.number(shown), total: texts.count(texts.m.documents, documents),
      })));
    if (more > 0) {
      rest.append(h('button', { type: 'button', class: 'button', onclick: () => addMore(shown) },
        texts.fill(texts.m.search.moreResults, { count: texts.count(texts.m.documents, more) })));
    }
  }

  /** In a large corpus the first answer does not wait for what finds similar documents. */
  async function addSimilar() {
    const late = await context.engine.search({ ...request, limit: 1, ranking: 'bags' }, { signal }).catch(() => null);
    if (late && !signal.aborted) similar.replaceChildren(...[similarList(context, late)].filter((node) => node !== null));
  }

  /** @param {number} offset */
  async function addMore(offset) {
    const next = await context.engine.search({ ...request, limit: STEP, offset }, { signal });
    if (signal.aborted) return;
    const cards = next.hits.map((hit, at) => resultItem(context, hit, offset + at + 1));
    list.append(...cards);
    drawRest(offset + next.hits.length);
    cards[0]?.querySelector('a')?.focus();
    context.navigate({ shown: offset + next.hits.length }, { replace: true, quiet: true });
  }
}

/** Documents without a match whose words are like those asked for: counted apart. @param {Context} context @param {SearchReply} reply */
function similarList(context, { similar }) {
  if (similar.length === 0) return null;
  const m = context.texts.m.search;
  return h('section', { class: 'similar', 'data-testid': 'similar' },
    h('h3', null, m.similar, ' ', h('small', { class: 'soft' }, context.texts.count(context.texts.m.documents, similar.length))),
    h('p', { class: 'soft' }, m.similarNote),
    h('ol', { class: 'results', 'aria-label': m.similar }, similar.map((hit, at) => resultItem(context, hit, at + 1, true))));
}

/** @param {Context} context @param {SearchReply} reply */
function totalsText({ texts }, { totals }) {
  return texts.fill(texts.m.hitsInDocuments, {
    hits: texts.count(texts.m.hits, totals.hits),
    documents: totals.hits > 0 ? texts.count(texts.m.inDocuments, totals.documents) : '',
  }).trim();
}

/**
 * Arrows or j and k go from title to title.
 * @param {HTMLElement} list
 * @param {string} name
 */
function moveAmongResults(list, name) {
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[name];
  const links = /** @type {HTMLElement[]} */ ([...list.querySelectorAll('h3 a')]);
  if (!step || links.length === 0) return false;
  const focused = /** @type {ShadowRoot} */ (list.getRootNode()).activeElement;
  const at = links.findIndex((link) => focused && link.closest('li')?.contains(focused));
  // An arrow scrolls the page as ever until a result has the focus.
  if (at < 0 && name.startsWith('Arrow')) return false;
  const next = links[at < 0 ? 0 : Math.min(Math.max(at + step, 0), links.length - 1)];
  next.focus();
  next.closest('li')?.scrollIntoView({ block: 'nearest' });
  return true;
}
