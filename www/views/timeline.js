/** @file Two timelines apart: when articles were published, and which times they tell of; and the dates behind the second. */

import { choice } from '../ui/choice.js';
import { allRows, csvTable } from '../ui/csv.js';
import { bdi, h, withVariable } from '../ui/dom.js';
import { download } from '../ui/download.js';
import { errorData, errorSentence } from '../ui/notice.js';
import { segmentNodes } from '../ui/segments.js';
import { wholeIndexButton } from '../ui/whole-index.js';

/** @import { DateRow, DatesReply, DatesRequest } from '../../src/wasm/types.d.ts' */
/** @import { Context, DrawnView, State } from '../ui/types.d.ts' */

const STEP = 50;
/** @type {State['unit'][]} */
const UNITS = ['auto', 'day', 'month', 'year'];
/** @type {State['resolved'][]} */
const RESOLVED = ['all', 'yes', 'no'];

/** @param {Context} context @param {AbortSignal} signal @returns {Promise<DrawnView>} */
export async function drawTimeline(context, signal) {
  const { texts, state, navigate } = context;
  const m = texts.m.timeline;
  const node = h('div', { class: 'timeline' }, content(await ask(0, STEP)));
  return { node, title: m.title };

  /** @param {DatesReply} first */
  function content(first) {
    return [
      h('h2', null, m.title),
      h('div', { class: 'entity-tools' }, choice({
        key: 'unit', legend: m.unit, value: state.unit,
        choices: UNITS.map((unit) => [unit, [m.units[unit]]]),
        onChoose: (unit) => navigate({ unit }, { replace: true }),
      })),
      h('div', { class: 'columns' },
        series(context, m.published, texts.fill(m.publishedNote, { count: texts.count(texts.m.articles, first.undatedArticles) }), first, 'published'),
        first.annotated ? series(context, m.mentioned, texts.fill(m.mentionedNote, { count: texts.number(first.longer) }), first, 'mentioned')
          : h('section', { class: 'column' }, h('h3', null, m.mentioned), h('p', { class: 'soft' }, m.notInParts), mentioned(), ' ', wholeIndexButton(context))),
      first.annotated ? rows(context, signal, first, ask) : '',
    ];
  }

  /** A button that fetches what a corpus in parts does not bring by itself. */
  function mentioned() {
    const told = h('span', { class: 'soft', role: 'status' });
    const button = h('button', {
      type: 'button', class: 'button', 'data-testid': 'count-mentioned',
      onclick: () => {
        told.replaceChildren(` ${texts.m.facets.counting}`);
        ask(0, STEP, true).then((reply) => {
          if (!signal.aborted) node.replaceChildren(...content(reply));
        }, (error) => {
          if (!signal.aborted) told.replaceChildren(` ${errorSentence(texts, errorData(error).code)}`);
        });
      },
    }, m.countMentioned);
    return h('span', null, button, told);
  }

  /** @param {number} offset @param {number} limit @param {boolean} [mentioned] @returns {Promise<DatesReply>} */
  function ask(offset, limit, mentioned = false) {
    /** @type {DatesRequest} */
    const request = { scope: state.scope, unit: state.unit, resolved: state.resolved, limit, offset };
    if (mentioned) request.mentioned = true;
    if (state.from) request.from = state.from;
    if (state.to) request.to = state.to;
    return context.engine.dates(request, { signal });
  }
}

/**
 * One timeline as a table whose rows have bars; a row narrows the dates below to its time, or leads to the articles of it.
 * @param {Context} context
 * @param {string} heading
 * @param {string} remark
 * @param {DatesReply} reply
 * @param {'published' | 'mentioned'} name
 */
function series({ texts, link, state }, heading, remark, reply, name) {
  const m = texts.m.timeline;
  const buckets = reply[name];
  const most = Math.max(1, ...buckets.map(({ count }) => count));
  const plural = name === 'published' ? texts.m.articles : texts.m.dateCount;
  return h('section', { class: 'column' }, h('h3', null, heading), h('p', { class: 'soft' }, remark),
    buckets.length === 0 ? h('p', { class: 'soft' }, m.empty)
      : h('table', { class: 'bars', 'data-testid': `series-${name}` },
        h('caption', { class: 'visually-hidden' }, heading),
        h('thead', { class: 'visually-hidden' }, h('tr', null, h('th', { scope: 'col' }, m.bucket), h('th', { scope: 'col' }, m.count))),
        h('tbody', null, buckets.map(({ key, from, to, count }) => h('tr', null,
          h('th', { scope: 'row' }, h('a', {
            href: link(reply.annotated ? { from, to, resolved: 'all' } : { view: 'search', query: `date:${key}` }), 'aria-current': state.from === from && state.to === to ? 'true' : null,
          }, h('bdi', { dir: 'ltr' }, key))),
          h('td', null, withVariable(h('span', { class: 'bar-line', 'aria-hidden': 'true' }), '--share', count / most),
            h('span', { class: 'bar-count' }, texts.count(plural, count))))))));
}

/**
 * @param {Context} context
 * @param {AbortSignal} signal
 * @param {DatesReply} first
 * @param {(offset: number, limit: number) => Promise<DatesReply>} ask
 */
function rows(context, signal, first, ask) {
  const { texts, state, link, navigate } = context;
  const m = texts.m.timeline;
  const body = h('tbody');
  const rest = h('div', { class: 'rest' });
  let shown = 0;
  draw(first);
  return h('section', { class: 'block', 'aria-labelledby': 'dates-title' },
    h('h2', { id: 'dates-title' }, m.rows),
    h('div', { class: 'entity-tools' }, choice({
      key: 'resolved', legend: m.resolved, quietLegend: true, value: state.resolved,
      choices: RESOLVED.map((value) => [value, [h('span', null, m.resolvedKinds[value]), ' ', h('small', null, texts.number(
        { all: first.resolved + first.unresolved, yes: first.resolved, no: first.unresolved }[value]))]]),
      onChoose: (resolved) => navigate({ resolved }, { replace: true }),
    })),
    (state.from || state.to) && h('p', { class: 'facts' },
      h('b', null, texts.fill(m.range, { from: state.from || '…', to: state.to || '…' })),
      h('a', { href: link({ from: '', to: '' }) }, m.wholeTime)),
    first.matching === 0 ? h('p', { class: 'soft' }, m.none)
      : h('table', { class: 'ledger dates', 'data-testid': 'dates' },
        h('caption', { class: 'visually-hidden' }, m.rows),
        h('thead', null, h('tr', null, [m.words, m.value, m.reason, m.where].map((name) => h('th', { scope: 'col' }, name)))),
        body),
    rest);

  /** @param {DatesReply} reply */
  function draw(reply) {
    body.append(...reply.rows.map((row) => dateRow(context, row)));
    shown += reply.rows.length;
    if (reply.matching === 0) return rest.replaceChildren();
    rest.replaceChildren(
      h('p', { class: 'soft' }, texts.fill(m.shown, { shown: texts.number(shown), total: texts.count(texts.m.dateCount, reply.matching) })),
      shown < reply.matching && reply.rows.length > 0 ? h('button', {
        type: 'button', class: 'button',
        onclick: async () => {
          const at = shown;
          const next = await ask(at, STEP);
          if (!signal.aborted && at === shown) draw(next);
        },
      }, m.more) : '',
      h('button', { type: 'button', class: 'button', 'data-testid': 'dates-csv', onclick: () => void save() }, m.csv));
  }

  async function save() {
    const all = await allRows(ask);
    download(`${m.fileName}.csv`, 'text/csv', csvTable(
      ['words', 'value', 'from', 'to', 'anchor', 'rule', 'seen_from', 'flags', 'suggestion', 'document', 'page', 'line'],
      all.map(({ words, value, from, to, anchor, rule, seenFrom, flags, suggestion, place }) => [
        words, value, from, to, anchor, rule, seenFrom, flags.join('; '), suggestion, place.document, place.page, place.line])));
  }
}

/** @param {Context} context @param {DateRow} row */
function dateRow({ texts, link }, row) {
  const m = texts.m.timeline;
  const { place } = row;
  const reason = [
    m.rules[/** @type {keyof typeof m.rules} */ (row.rule)] ?? row.rule,
    row.anchor === 'published' && row.seenFrom && texts.fill(m.seenFrom, { date: texts.date(row.seenFrom) }),
    ...row.flags.map((flag) => m.dateFlags[/** @type {keyof typeof m.dateFlags} */ (flag)] ?? flag),
  ].filter(Boolean).join(' · ');
  return h('tr', null,
    h('th', { scope: 'row' }, bdi(row.words)),
    h('td', { 'data-label': m.value }, row.value ? h('bdi', { dir: 'ltr' }, row.value) : h('span', { class: 'soft' }, m.noValue),
      row.suggestion && h('p', { class: 'remark' }, texts.fill(m.suggestion, { value: row.suggestion }))),
    h('td', { 'data-label': m.reason }, reason),
    h('td', { 'data-label': m.where }, h('details', { class: 'date-place' },
      h('summary', null, bdi(place.heading)), h('p', { dir: 'auto', class: 'snippet' }, segmentNodes(row.segments))),
    h('a', { href: link({ view: 'reader', id: place.document, at: place.startByte, query: '' }) },
      m.read, h('span', { class: 'visually-hidden' }, `: ${row.words}`))));
}
