/** @file Search: how it was read, how much there is in every lens and scope, and the passages. */

import { copyButton } from '../ui/copy-button.js';
import { bdi, h } from '../ui/dom.js';
import { queryNotice } from '../ui/notice.js';
import { exportMenu } from './export-menu.js';
import { chosenFilters, facetPanel } from './facets.js';
import { drawFailure } from './failure.js';
import { nameOffers } from './name-offers.js';
import { resultItem } from './result-card.js';
import { alsoSwitches, apartSwitches, clauseList, lensLadder, orderChoice, scopeChoice, termCounts } from './search-controls.js';
import { noResults, searchPrompt } from './search-empty.js';
import { searchRequest } from './search-request.js';

/** @import { AroundReply, SearchReply } from '../../src/wasm/types.d.ts' */
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
  // The page does not wait for what stands around.
  const aroundReply = context.engine.around(request, { signal });
  const totals = totalsText(context, reply);
  const ladder = lensLadder(context, reply);
  const scopes = scopeChoice(context, reply);
  // Conditions alone find documents and no hits.
  const empty = reply.totals.documents === 0;
  const nothing = empty ? noResults(context, reply) : null;
  const failed = h('div', null);
  const { some } = reply;
  // Where nothing has all the words, what has some of them is leafed through in its place.
  const leafed = empty && some ? some : reply;
  const kind = leafed === some ? { clauses: reply.clauses } : {};
  const list = h('ol', { class: 'results', 'data-testid': 'results', 'aria-label': texts.m.search.results, part: 'results' },
    leafed.hits.map((hit, at) => resultItem(context, hit, at + 1, kind)));
  const rest = h('div', { class: 'rest' });
  const similar = h('div', { class: 'similar-place' });
  const facets = h('div', { class: 'search-side' }, facetPanel(context, signal), reply.clauses.length > 0 && clauseList(context, reply));

  void addAround();
  const node = h('div', { class: 'search' },
    h('h2', { class: 'visually-hidden' }, texts.m.search.title),
    h('div', { class: 'controls' },
      h('div', null, ladder.node, h('div', { class: 'switches' }, apartSwitches(context, reply), alsoSwitches(context, reply))),
      scopes.node),
    failed,
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
        nothing?.node,
        empty && some ? someSection(context, reply, list, rest) : !empty && [list, rest],
        !empty && some && someSection(context, reply),
        similar)));

  drawRest(leafed.hits.length);
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
    const { documents } = leafed.totals;
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

  /** What there is under other lenses, in other scopes, similar documents, and where nothing was found, the ways on. */
  async function addAround() {
    try {
      const around = await aroundReply;
      if (signal.aborted) return;
      ladder.fill(around);
      scopes.fill(around);
      showSimilar(around);
      await nothing?.fill(around);
      if (reply.ranking === 'words' && state.order === 'relevance' && reply.totals.documents < STEP) await addSimilar();
    } catch (error) {
      if (signal.aborted) return;
      failed.replaceChildren(drawFailure(context, error, () => context.navigate({}, { replace: true })).node);
    }
  }

  /** In a large corpus the answer does not wait for what finds similar documents. */
  async function addSimilar() {
    const late = await context.engine.around({ ...request, ranking: 'bags' }, { signal }).catch(() => null);
    if (late && !signal.aborted) showSimilar(late);
  }

  /** @param {AroundReply} around */
  function showSimilar(around) {
    similar.replaceChildren(...[similarList(context, around)].filter((node) => node !== null));
  }

  /** @param {number} offset */
  async function addMore(offset) {
    const next = await context.engine.search({ ...request, limit: STEP, offset }, { signal });
    if (signal.aborted) return;
    const hits = leafed === some ? next.some?.hits ?? [] : next.hits;
    const cards = hits.map((hit, at) => resultItem(context, hit, offset + at + 1, kind));
    list.append(...cards);
    drawRest(offset + hits.length);
    cards[0]?.querySelector('a')?.focus();
    context.navigate({ shown: offset + hits.length }, { replace: true, quiet: true });
  }
}

/**
 * Documents that hold some of the words, counted apart, with the words that none of them holds.
 * @param {Context} context
 * @param {SearchReply} reply
 * @param {(Node | null)[]} own  list and what is below it, else the list is made of the reply
 */
function someSection(context, { some, clauses, totals }, ...own) {
  if (!some) return null;
  const { texts } = context;
  const m = texts.m.some;
  const nowhere = clauses.filter(({ excluded, hits }) => !excluded && hits === 0);
  return h('section', { class: 'some', 'data-testid': 'some' },
    h('h3', null, m.title, ' ', h('small', { class: 'soft' }, texts.fill(texts.m.hitsInDocuments, {
      hits: texts.count(texts.m.hits, some.totals.hits), documents: texts.count(texts.m.inDocuments, some.totals.documents),
    }))),
    h('p', { class: 'soft' }, totals.documents === 0 ? m.none : m.noMain),
    nowhere.length > 0 && h('p', { class: 'missing', 'data-testid': 'nowhere' }, m.nowhere, ' ', nowhere.map(({ text }) => h('del', null, bdi(text)))),
    own.length > 0 ? own : h('ol', { class: 'results', 'aria-label': m.title }, some.hits.map((hit, at) => resultItem(context, hit, at + 1, { clauses }))));
}

/** Documents without a match whose words are like those asked for: counted apart. @param {Context} context @param {AroundReply} around */
function similarList(context, { similar }) {
  if (similar.length === 0) return null;
  const m = context.texts.m.search;
  return h('section', { class: 'similar', 'data-testid': 'similar' },
    h('h3', null, m.similar, ' ', h('small', { class: 'soft' }, context.texts.count(context.texts.m.documents, similar.length))),
    h('p', { class: 'soft' }, m.similarNote),
    h('ol', { class: 'results', 'aria-label': m.similar }, similar.map((hit, at) => resultItem(context, hit, at + 1, { isSimilar: true }))));
}

/** @param {Context} context @param {SearchReply} reply */
function totalsText({ texts }, { totals }) {
  return texts.fill(texts.m.hitsInDocuments, {
    hits: texts.count(texts.m.hits, totals.hits),
    documents: totals.documents > 0 ? texts.count(texts.m.inDocuments, totals.documents) : '',
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
