/** @file More of a name: what it may also be, how each outlet writes it, what it said and what was said of it, when; and mending it. */

import { bdi, h, withVariable } from '../ui/dom.js';
import { quoteItem } from './quote-card.js';
import { decide, offerItem } from './spellings.js';

/** @import { EntityReply, EntityType, QuotesRequest, TimeBucket } from '../../src/wasm/types.d.ts' */
/** @import { Context } from '../ui/types.d.ts' */

/** @type {EntityType[]} */
const TYPES = ['person', 'place', 'organisation'];
const SHOWN_QUOTES = 3;

/** @param {Context} context @param {EntityReply} reply */
export function offersOf(context, { offers }) {
  if (offers.length === 0) return null;
  return h('section', { class: 'block' }, h('h3', { class: 'eyebrow' }, context.texts.m.spelled.mayBe),
    h('ul', { class: 'offers plain', role: 'list' }, offers.map((offer) => offerItem(context, offer))));
}

/** A form that renames an entity or changes its type. @param {Context} context @param {EntityReply} reply */
export function mendName(context, { entity, names }) {
  const { texts } = context;
  const m = texts.m.spelled;
  if (names.length === 0) return null;
  const name = h('input', { type: 'text', dir: 'auto', maxlength: 400, required: true });
  name.value = entity.name;
  const type = h('select', null, TYPES.map((kind) => h('option', { value: kind, selected: kind === entity.type }, texts.m.entities.type[kind])));
  return h('details', { class: 'mend' }, h('summary', null, m.mend),
    h('form', {
      onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        void decide(context, { action: 'rename', type: entity.type, names: [names[0].name], to: name.value.trim() }, m.done);
      },
    }, h('label', null, h('span', { class: 'soft' }, m.newName), name), h('button', { class: 'button' }, m.rename)),
    h('form', {
      onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        void decide(context, { action: 'retype', type: entity.type, names: names.map((spelling) => spelling.name), to: type.value }, m.done);
      },
    }, h('label', null, h('span', { class: 'soft' }, m.retype), type), h('button', { class: 'button' }, m.retypeNow)));
}

/** @param {Context} context @param {EntityReply} reply */
export function outletTable({ texts }, { outlets }) {
  const m = texts.m.spelled;
  if (outlets.length === 0) return null;
  return h('section', { class: 'block' }, h('h3', null, m.outlets),
    h('table', { class: 'ledger outlets', 'data-testid': 'outlets' },
      h('caption', { class: 'visually-hidden' }, m.outlets),
      h('thead', null, h('tr', null, h('th', { scope: 'col' }, m.outlet), h('th', { scope: 'col' }, m.spelling))),
      h('tbody', null, outlets.map(({ outlet, spellings }) => h('tr', null,
        h('th', { scope: 'row' }, outlet === null ? h('span', { class: 'soft' }, m.noOutlet) : bdi(outlet)),
        h('td', { 'data-label': m.spelling }, h('ul', { class: 'outlet-spellings plain', role: 'list' }, spellings.map(([text, count]) => h('li', null,
          bdi(text), ' ', h('small', null, texts.number(count)))))))))));
}

/** @param {Context} context @param {AbortSignal} signal @param {string} id */
export function quotesOf(context, signal, id) {
  const { texts, link, engine, state } = context;
  const m = texts.m.spelled;
  const by = part(m.saidBy, { speaker: id, kind: 'speech' }, { speaker: id, kind: 'speech' });
  const of = part(m.saidOf, { about: id, kind: 'speech' }, { about: id, kind: 'speech' });
  return h('div', { class: 'said' }, by, of);

  /** @param {string} heading @param {QuotesRequest} request @param {Partial<import('../ui/types.d.ts').State>} where */
  function part(heading, request, where) {
    const body = h('div', { 'aria-busy': 'true' });
    void engine.quotes({ ...request, scope: state.scope, limit: SHOWN_QUOTES }, { signal }).then((reply) => {
      body.removeAttribute('aria-busy');
      if (reply.matching === 0) return body.append(h('p', { class: 'soft' }, m.nothingSaid));
      return body.append(h('ol', { class: 'quote-list', role: 'list' }, reply.rows.map((row) => quoteItem(context, row))),
        h('p', { class: 'rest' }, h('a', { href: link({ view: 'quotes', ...where }) }, texts.fill(m.allOf, { count: texts.count(texts.m.quoteCount, reply.matching) }))));
    }, (error) => failed(body, error));
    return h('section', { class: 'block' }, h('h3', null, heading), body);
  }
}

/** @param {Context} context @param {AbortSignal} signal @param {string} id */
export function timesOf(context, signal, id) {
  const { texts, engine, state } = context;
  const m = texts.m.spelled;
  const body = h('div', { class: 'columns', 'aria-busy': 'true' });
  void engine.dates({ entity: id, scope: state.scope, limit: 1 }, { signal }).then((reply) => {
    body.removeAttribute('aria-busy');
    body.append(bars(m.published, reply.published, texts.m.articles), bars(m.mentioned, reply.mentioned, texts.m.dateCount));
  }, (error) => failed(body, error));
  return h('section', { class: 'block' }, h('h3', null, m.time), body);

  /** @param {string} heading @param {TimeBucket[]} buckets @param {import('../i18n/plural.js').Plural} plural */
  function bars(heading, buckets, plural) {
    const most = Math.max(1, ...buckets.map(({ count }) => count));
    return h('section', { class: 'column' }, h('h4', { class: 'eyebrow' }, heading),
      buckets.length === 0 ? h('p', { class: 'soft' }, m.noTime)
        : h('table', { class: 'bars' }, h('caption', { class: 'visually-hidden' }, heading),
          h('tbody', null, buckets.map(({ key, count }) => h('tr', null,
            h('th', { scope: 'row' }, h('bdi', { dir: 'ltr' }, key)),
            h('td', null, withVariable(h('span', { class: 'bar-line', 'aria-hidden': 'true' }), '--share', count / most),
              h('span', { class: 'bar-count' }, texts.count(plural, count))))))));
  }
}

/** What was left by a move is no failure; the view's own failure tells of the rest. @param {Element} body @param {unknown} error */
function failed(body, error) {
  body.removeAttribute('aria-busy');
  if (/** @type {{ name?: string }} */ (error)?.name !== 'AbortError') body.append(h('p', { class: 'soft' }, String(error)));
}
