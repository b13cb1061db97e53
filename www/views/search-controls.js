/**
 * @file The ladder of lenses, the scopes, and how the query was read: every step with its own counts. What was asked
 * for is counted at once; the others have a place for their counts, which is filled when they come.
 */

import { choice } from '../ui/choice.js';
import { bdi, h } from '../ui/dom.js';
import { indexEntry } from '../ui/index-list.js';
import { sideBlock } from '../ui/side-block.js';
import { alsoOf, apartOf } from './search-request.js';

/** @import { AroundReply, Clause, Lens, Scope, SearchReply, Totals } from '../../src/wasm/types.d.ts' */
/** @import { Context } from '../ui/types.d.ts' */

/** Strictest first. @type {Lens[]} */
const LENSES = ['exact', 'marks', 'letters', 'clitics', 'stem', 'similar'];

/** Narrowest first. @type {Scope[]} */
const SCOPES = ['main', 'articles', 'pages'];

/** Forms listed before a disclosure. */
const FORMS = 8;

/** @param {Context} context @param {Totals} totals */
function countsOf({ texts }, { hits, documents }) {
  return [
    h('span', { class: 'counts', 'aria-hidden': 'true' }, h('b', null, texts.number(hits)), ` / ${texts.number(documents)}`),
    h('span', { class: 'visually-hidden' },
      ` ${texts.count(texts.m.hits, hits)} ${documents > 0 ? texts.count(texts.m.inDocuments, documents) : ''}`),
  ];
}

/**
 * Places for the counts of choices, as high as counts are, so that nothing moves when these come.
 * @template {string} T
 * @param {Context} context
 * @param {T[]} choices
 * @param {T} own
 * @param {Totals} totals  of the own one
 */
function countPlaces(context, choices, own, totals) {
  const blank = () => h('span', { class: 'counts', 'aria-hidden': 'true' }, h('b', null, '\u00a0'));
  const places = new Map(choices.map((name) => [name, h('span', null, name === own ? countsOf(context, totals) : blank())]));
  return {
    /** @param {T} name */
    of: (name) => places.get(name) ?? null,
    /** @param {[T, Totals][]} counted */
    fill(counted) {
      for (const [name, totals] of counted) places.get(name)?.replaceChildren(...countsOf(context, totals));
    },
  };
}

/** @param {Context} context @param {SearchReply} reply */
export function lensLadder(context, reply) {
  const { m } = context.texts;
  const places = countPlaces(context, reply.lenses, reply.lens, reply.totals);
  const rungs = new Map(reply.lenses.map((lens) => [lens, h('span', { class: 'rung', 'aria-hidden': 'true' })]));
  const node = choice({
    key: 'lens',
    legend: m.search.ladder,
    className: 'ladder',
    value: reply.lens,
    onChoose: (lens) => context.navigate({ lens, shown: 10 }, { replace: true }),
    choices: [...reply.lenses.map((lens) => /** @type {[Lens, (Node | null)[]]} */ ([lens, [
      h('span', { class: 'choice-name' }, m.lenses[lens]),
      places.of(lens),
      h('small', { class: 'choice-note' }, m.lensNotes[lens]),
      rungs.get(lens) ?? null,
    ]])), ...uncounted(context, reply)],
  });
  return {
    node,
    /** @param {AroundReply} around */
    fill({ byLens }) {
      places.fill(byLens);
      const most = Math.max(1, ...byLens.map(([, { hits }]) => hits));
      for (const [lens, { hits }] of byLens) rungs.get(lens)?.style.setProperty('--share', String(hits / most));
    },
  };
}

/** The next lens, which a corpus in parts counts only when it is asked for. @param {Context} context @param {SearchReply} reply @returns {[Lens, Node[]][]} */
function uncounted({ engine, texts: { m } }, reply) {
  const next = LENSES.find((lens) => !reply.lenses.includes(lens));
  if (!engine.isInParts || next === undefined) return [];
  return [[next, [h('span', { class: 'choice-name' }, m.lenses[next]), h('small', { class: 'choice-note' }, m.lensNotes[next])]]];
}

/** Letters that the lenses from «letters» on fold may be told apart all the same. @param {Context} context @param {SearchReply} reply */
export function apartSwitches(context, { lens }) {
  const { texts, state, navigate } = context;
  const m = texts.m.apart;
  if (lens === 'exact' || lens === 'marks') return null;
  const now = apartOf(state);
  return h('fieldset', { class: 'apart' },
    h('legend', { class: 'visually-hidden' }, m.title),
    /** @type {const} */ (['teh', 'yeh']).map((letter) => h('label', null,
      h('input', {
        type: 'checkbox', 'data-focus': `apart-${letter}`, checked: now.includes(letter),
        onchange: () => navigate({ apart: ['teh', 'yeh'].filter((other) => now.includes(/** @type {'teh'} */ (other)) !== (other === letter)).join('.'), shown: 10 }, { replace: true }),
      }),
      h('span', null, m.letters[letter]))));
}

/**
 * Spellings that words are read in too: names in Latin letters, where there are some, and aliases.
 * @param {Context} context
 * @param {SearchReply} reply
 */
export function alsoSwitches(context, { names }) {
  const { texts, state, navigate } = context;
  const m = texts.m.also;
  const now = alsoOf(state);
  const kinds = /** @type {const} */ (['names', 'aliases']);
  const shown = kinds.filter((kind) => kind === 'aliases' || names.length > 0);
  return h('fieldset', { class: 'apart' },
    h('legend', { class: 'visually-hidden' }, m.title),
    shown.map((kind) => h('label', null,
      h('input', {
        type: 'checkbox', 'data-focus': `also-${kind}`, checked: now.includes(kind),
        onchange: () => navigate({ also: kinds.filter((other) => now.includes(other) !== (other === kind)).join('.') || 'none', shown: 10 }, { replace: true }),
      }),
      h('span', null, m.kinds[kind]))));
}

/** @param {Context} context @param {SearchReply} reply */
export function scopeChoice(context, reply) {
  const { m } = context.texts;
  const places = countPlaces(context, SCOPES, reply.scope, reply.totals);
  const node = choice({
    key: 'scope',
    legend: m.search.scope,
    className: 'scopes',
    value: reply.scope,
    onChoose: (scope) => context.navigate({ scope, shown: 10 }, { replace: true }),
    choices: SCOPES.map((scope) => [scope, [h('span', { class: 'choice-name' }, m.scopes[scope]), places.of(scope)]]),
  });
  return { node, fill: (/** @type {AroundReply} */ { byScope }) => places.fill(byScope) };
}

/** The order of the results, and whether recent ones come before others. @param {Context} context @param {SearchReply} reply */
export function orderChoice(context, { sort }) {
  const { texts, state, navigate, engine } = context;
  const m = texts.m.orders;
  const select = h('select', {
    'data-focus': 'order', 'data-testid': 'order', 'aria-label': m.title,
    onchange: () => {
      const [order, recent] = select.value.split('+');
      navigate({ order: /** @type {SearchReply['sort']} */ (order), recent: recent !== undefined, shown: 10 }, { replace: true });
    },
  }, ['relevance', ...(engine.isInParts ? [] : ['relevance+recent']), 'newest', 'oldest', 'outlet'].map((value) => h('option', {
    value, selected: value === (state.recent && sort === 'relevance' ? 'relevance+recent' : sort),
  }, m.names[/** @type {keyof typeof m.names} */ (value)])));
  return select;
}

/** Each piece of the query with its hits, in one line. @param {Context} context @param {SearchReply} reply */
export function termCounts({ texts }, { clauses }) {
  if (clauses.length < 2) return null;
  return h('span', { class: 'terms', 'data-testid': 'terms' }, clauses.map(({ text, excluded, hits }) => h('span', { class: excluded ? 'term clause-excluded' : 'term' },
    bdi(text), ' ', h('b', null, texts.number(hits)))));
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
