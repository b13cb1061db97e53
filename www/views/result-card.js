/** @file One document that matches. */

import { bdi, h, textDirection } from '../ui/dom.js';
import { outsideLink } from '../ui/outside-link.js';
import { segmentNodes } from '../ui/segments.js';
import { dateFact, roleBadge } from './page-card.js';
import { scoreDetails } from './score.js';

/** Forms told of at most. */
const REASONS = 5;

/** @import { Clause, DocumentHit, Segment } from '../../src/wasm/types.d.ts' */
/** @import { Context } from '../ui/types.d.ts' */

/**
 * @param {Context} context
 * @param {DocumentHit} hit
 * @param {number} ordinal  from 1
 * @param {{ isSimilar?: boolean, clauses?: Clause[] }} [kind]  similar: its marks are words like those asked for; with
 *   clauses: it may lack some of them
 */
export function resultItem(context, hit, ordinal, { isSimilar = false, clauses = [] } = {}) {
  const dir = textDirection(hit.heading + hit.snippet.map(({ text }) => text).join(''));
  return h('li', { value: ordinal, dir },
    h('span', { class: 'ordinal', 'aria-hidden': 'true' }, context.texts.number(ordinal)), resultCard(context, hit, isSimilar, clauses));
}

/**
 * @param {Context} context
 * @param {DocumentHit} hit
 * @param {boolean} isSimilar
 * @param {Clause[]} clauses
 */
function resultCard(context, hit, isSimilar, clauses) {
  const { texts, link } = context;
  const title = hit.titleSegments.length > 0
    ? h('bdi', { dir: 'auto' }, segmentNodes(hit.titleSegments))
    : h('span', null, h('small', { class: 'untitled', dir: texts.m.dir }, texts.m.untitled), ' ', bdi(hit.heading));
  // Where it was published, else here; the reader is one step away in any case.
  const here = link({ view: 'reader', id: hit.document, query: context.state.query });
  const there = outsideLink(texts, hit.url, title);
  return h('article', { class: `result role-${hit.role}${isSimilar ? ' result-similar' : ''}`, part: 'result', 'data-document': hit.document },
    h('h3', null, there ?? h('a', { href: here }, title)),
    h('p', { class: 'facts' },
      hit.article === null && hit.role !== 'none'
        ? h('span', { class: 'badge', dir: texts.m.dir }, texts.m.wholePage)
        : roleBadge(context, hit.role),
      dateFact(texts, hit.published),
      hit.outlets.map((outlet) => h('span', null, bdi(outlet))),
      there && h('a', { href: here, dir: texts.m.dir, 'data-testid': 'read-here' }, texts.m.search.readHere),
      h('span', null, bdi(hit.page, 'file-name'))),
    h('p', { class: 'snippet', dir: 'auto' },
      segmentNodes(withEllipses(hit))),
    h('p', { class: 'facts' }, h('span', { class: 'occurrences', dir: texts.m.dir },
      isSimilar ? texts.m.search.similarHits
        : texts.fill(texts.m.search.occurrences, { hits: texts.count(texts.m.hits, hit.occurrences) })),
    !isSimilar && reasonList(context, hit)),
    missingWords(context, hit, clauses),
    scoreDetails(context, hit.document));
}

/** The words that it does not hold. @param {Context} context @param {DocumentHit} hit @param {Clause[]} clauses */
function missingWords({ texts }, { missing }, clauses) {
  const words = missing.flatMap((number) => clauses[number]?.text ?? []);
  if (words.length === 0) return null;
  return h('p', { class: 'facts missing', dir: texts.m.dir, 'data-testid': 'missing' }, texts.m.some.missing, ' ',
    words.map((word) => h('del', null, bdi(word))));
}

/** Forms that differ from what was typed, and by which step each matched. @param {Context} context @param {DocumentHit} hit */
function reasonList({ texts }, { reasons }) {
  const looser = reasons.filter(({ step }) => step !== 'exact').slice(0, REASONS);
  if (looser.length === 0) return null;
  const { steps } = texts.m;
  return h('span', { class: 'reasons', dir: texts.m.dir }, looser.map(({ form, step, detail, share }) => h('span', { class: 'reason' },
    bdi(form), ' ',
    h('small', null, steps[step], detail && detail !== form && [' ', bdi(detail)], share !== null && share < 1 && ` ${texts.percent(share)}`))));
}

/**
 * A passage that starts or ends in mid-paragraph, its ellipsis bound to the word beside it: it never has a line of its own.
 * @param {DocumentHit} hit
 * @returns {Segment[]}
 */
function withEllipses({ snippet, snippetCutBefore, snippetCutAfter }) {
  const segments = snippet.map((segment) => ({ ...segment }));
  const [first, last] = [segments[0], segments[segments.length - 1]];
  if (!first) return segments;
  first.text = first.text.trimStart();
  last.text = last.text.trimEnd();
  const ellipsis = { hit: false, entity: null };
  if (snippetCutBefore) segments.unshift({ ...ellipsis, text: '…\u00a0' });
  if (snippetCutAfter) segments.push({ ...ellipsis, text: '\u00a0…' });
  return segments;
}
