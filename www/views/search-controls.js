/** @file The ladder of lenses, the scopes, and how the query was read: every step with its own counts. */

import { choice } from '../ui/choice.js';
import { bdi, h, withVariable } from '../ui/dom.js';
import { indexEntry } from '../ui/index-list.js';
import { sideBlock } from '../ui/side-block.js';

/** @import { Clause, SearchReply, Totals } from '../../src/wasm/types.d.ts' */
/** @import { Context } from '../ui/types.d.ts' */

/** Forms listed before a disclosure. */
const FORMS = 8;

/** @param {Context} context @param {Totals} totals */
function countsOf({ texts }, { hits, documents }) {
  return [
    h('span', { class: 'counts', 'aria-hidden': 'true' }, h('b', null, texts.number(hits)), ` / ${texts.number(documents)}`),
    h('span', { class: 'visually-hidden' },
      ` ${texts.count(texts.m.hits, hits)} ${hits > 0 ? texts.count(texts.m.inDocuments, documents) : ''}`),
  ];
}

/** @param {Context} context @param {SearchReply} reply */
export function lensLadder(context, reply) {
  const { m } = context.texts;
  const most = Math.max(1, ...reply.byLens.map(([, { hits }]) => hits));
  return choice({
    key: 'lens',
    legend: m.search.ladder,
    className: 'ladder',
    value: reply.lens,
    onChoose: (lens) => context.navigate({ lens, shown: 10 }, { replace: true }),
    choices: reply.byLens.map(([lens, totals]) => [lens, [
      h('span', { class: 'choice-name' }, m.lenses[lens]),
      ...countsOf(context, totals),
      h('small', { class: 'choice-note' }, m.lensNotes[lens]),
      withVariable(h('span', { class: 'rung', 'aria-hidden': 'true' }), '--share', totals.hits / most),
    ]]),
  });
}

/** @param {Context} context @param {SearchReply} reply */
export function scopeChoice(context, reply) {
  const { m } = context.texts;
  return choice({
    key: 'scope',
    legend: m.search.scope,
    className: 'scopes',
    value: reply.scope,
    onChoose: (scope) => context.navigate({ scope, shown: 10 }, { replace: true }),
    choices: reply.byScope.map(([scope, totals]) => [scope, [
      h('span', { class: 'choice-name' }, m.scopes[scope]), ...countsOf(context, totals),
    ]]),
  });
}

/** What each clause matched, set as an index. @param {Context} context @param {SearchReply} reply */
export function clauseList(context, reply) {
  const { texts } = context;
  const brief = reply.clauses.map(({ text, excluded, hits }) => h('span', { class: excluded ? 'clause-excluded' : null },
    bdi(text), ' ', texts.number(hits)));
  return sideBlock({ key: 'clauses', heading: texts.m.search.understood, className: 'clauses', brief },
    reply.clauses.map((clause) => clauseBlock(context, clause)));
}

/** @param {Context} context @param {Clause} clause */
function clauseBlock({ texts }, clause) {
  const m = texts.m.search;
  const entries = clause.forms.map(([text, hits]) => indexEntry({
    text, numbers: texts.number(hits), spoken: texts.count(texts.m.hits, hits),
  }));
  const unlisted = clause.formCount - clause.forms.length;
  return h('section', { class: clause.excluded ? 'clause clause-excluded' : 'clause' },
    h('h4', null, bdi(clause.text), ' ',
      h('small', null, [m.kinds[clause.kind], ...(clause.excluded ? [m.excluded] : [])].join(' · '))),
    h('p', { class: 'soft' }, clause.hits > 0 ? texts.count(texts.m.hits, clause.hits) : m.clauseNone),
    entries.length > 0 && h('ul', { class: 'index', role: 'list', 'aria-label': m.formsOf }, entries.slice(0, FORMS)),
    (entries.length > FORMS || unlisted > 0) && h('details', null,
      h('summary', null, texts.fill(m.moreForms, { count: texts.count(texts.m.forms, clause.formCount - Math.min(FORMS, entries.length)) })),
      h('ul', { class: 'index', role: 'list' }, entries.slice(FORMS)),
      unlisted > 0 && h('p', { class: 'soft' }, `… +${texts.number(unlisted)}`)));
}
