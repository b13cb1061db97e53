/** @file One document that matches. */

import { bdi, h, textDirection } from '../ui/dom.js';
import { segmentNodes } from '../ui/segments.js';
import { dateFact, roleBadge } from './page-card.js';

/** @import { DocumentHit } from '../../src/wasm/types.d.ts' */
/** @import { Context } from '../ui/types.d.ts' */

/**
 * @param {Context} context
 * @param {DocumentHit} hit
 * @param {number} ordinal  from 1
 */
export function resultItem(context, hit, ordinal) {
  const dir = textDirection((hit.title ?? '') + hit.snippet.map(({ text }) => text).join(''));
  return h('li', { value: ordinal, dir },
    h('span', { class: 'ordinal', 'aria-hidden': 'true' }, context.texts.number(ordinal)), resultCard(context, hit));
}

/**
 * @param {Context} context
 * @param {DocumentHit} hit
 */
function resultCard(context, hit) {
  const { texts, link } = context;
  const title = hit.titleSegments.length > 0
    ? h('bdi', { dir: 'auto' }, segmentNodes(hit.titleSegments))
    : h('span', null, h('small', { class: 'untitled', dir: texts.m.dir }, texts.m.untitled), ' ', hit.role !== 'embedded' && h('bdi', { dir: 'auto', 'data-heading-of': hit.pageId }));
  return h('article', { class: `result role-${hit.role}`, part: 'result', 'data-document': hit.document },
    h('h3', null, h('a', { href: link({ view: 'reader', id: hit.document, query: context.state.query }) }, title)),
    h('p', { class: 'facts' },
      hit.article === null && hit.role !== 'none'
        ? h('span', { class: 'badge', dir: texts.m.dir }, texts.m.wholePage)
        : roleBadge(context, hit.role),
      dateFact(texts, hit.published),
      hit.outlets.map((outlet) => h('span', null, bdi(outlet))),
      h('span', null, bdi(hit.page, 'file-name'))),
    h('p', { class: 'snippet', dir: 'auto' },
      hit.snippetCutBefore && '… ', segmentNodes(hit.snippet), hit.snippetCutAfter && ' …'),
    h('p', { class: 'facts' }, h('span', { class: 'occurrences', dir: texts.m.dir },
      texts.fill(texts.m.search.occurrences, { hits: texts.count(texts.m.hits, hit.occurrences) }))));
}

/**
 * A document without a title is known by the first words of its page, which the overview has; the results do not wait for it.
 * @param {Context} context
 * @param {HTMLElement} list
 */
export async function fillHeadings({ overview, signal }, list) {
  const places = /** @type {HTMLElement[]} */ ([...list.querySelectorAll('[data-heading-of]:empty')]);
  if (places.length === 0) return;
  const { pages } = await overview();
  if (signal.aborted) return;
  const headings = new Map(pages.map(({ id, heading }) => [id, heading]));
  for (const place of places) place.textContent = headings.get(place.dataset.headingOf ?? '') ?? '';
}
