/** @file Who said what: quotes by speaker, outlet and kind, and the same words credited to different speakers. */

import { choice } from '../ui/choice.js';
import { allRows, csvTable } from '../ui/csv.js';
import { bdi, h, textDirection } from '../ui/dom.js';
import { download } from '../ui/download.js';
import { indexList } from '../ui/index-list.js';
import { sideBlock } from '../ui/side-block.js';
import { quoteCard, quoteItem } from './quote-card.js';

/** @import { QuoteRow, QuotesReply, QuotesRequest } from '../../src/wasm/types.d.ts' */
/** @import { Context, DrawnView, State } from '../ui/types.d.ts' */

const STEP = 30;
const FOLLOW_MS = 200;
/** @type {State['kind'][]} */
const KINDS = ['speech', 'direct', 'fragment', 'headline', 'reported', 'scare'];
/** @type {State['tab'][]} */
const TABS = ['quotes', 'conflicts'];

/** @param {Context} context @param {AbortSignal} signal @returns {Promise<DrawnView>} */
export async function drawQuotes(context, signal) {
  const { texts, state, navigate } = context;
  const m = texts.m.quotes;
  const tabs = choice({
    key: 'tab', legend: m.tab, className: 'segmented', quietLegend: true, value: state.tab,
    choices: TABS.map((name) => [name, [m.tabs[name]]]),
    onChoose: (tab) => navigate({ tab }, { replace: true }),
  });
  const body = state.tab === 'conflicts' ? await drawConflicts(context, signal) : await drawList(context, signal);
  const node = h('div', { class: 'quotes' }, h('h2', null, m.title), tabs, body.node,
    h('details', { class: 'method' }, h('summary', null, m.method), h('p', { class: 'measure' }, m.methodText)));
  return { node, title: m.title, dispose: body.dispose };
}

/** @param {Context} context @param {AbortSignal} signal */
async function drawList(context, signal) {
  const { texts, state, navigate, link } = context;
  const m = texts.m.quotes;
  const list = h('ol', { class: 'quote-list', role: 'list', 'data-testid': 'quotes' });
  const rest = h('div', { class: 'rest' });
  const total = h('p', { class: 'soft', 'data-testid': 'quote-total' });
  const side = h('div', null);
  let shown = 0;
  let timer = 0;
  let asked = 0;
  const first = await ask(0, STEP);
  const kinds = choice({
    key: 'kind', legend: m.kind, className: 'segmented quote-kinds', quietLegend: true, value: state.kind,
    choices: KINDS.map((kind) => [kind, [h('span', null, m.kinds[kind]), ' ', h('small', { 'data-kind': kind })]]),
    onChoose: (kind) => navigate({ kind }, { replace: true }),
  });
  const filter = h('input', {
    type: 'search', class: 'filter', 'data-focus': 'filter', dir: 'auto', 'aria-label': m.filter, placeholder: m.filterHint, autocomplete: 'off',
    oninput: () => {
      clearTimeout(timer);
      timer = setTimeout(() => void follow(), FOLLOW_MS);
    },
  });
  filter.value = state.filter;
  draw(first, true);
  const node = h('div', { class: 'quotes-body' },
    h('div', { class: 'entity-tools' }, kinds, filter), chosen(), total,
    h('div', { class: 'search-body' },
      h('div', { class: 'search-main' }, list, rest),
      sideBlock({ key: 'speakers', heading: m.side, className: 'clauses' }, [side])));
  return { node, dispose: () => clearTimeout(timer) };

  /** @param {number} offset @param {number} limit @returns {Promise<QuotesReply>} */
  function ask(offset, limit) {
    const { speaker, outlet, about, kind, filter: words, scope } = context.state;
    /** @type {QuotesRequest} */
    const request = { kind, scope, limit, offset };
    if (speaker) request.speaker = speaker;
    if (outlet) request.outlet = outlet;
    if (about) request.about = about;
    if (words) request.filter = words;
    return context.engine.quotes(request, { signal });
  }

  async function follow() {
    navigate({ filter: filter.value.trim() }, { replace: true, quiet: true });
    const mine = asked += 1;
    const reply = await ask(0, STEP);
    if (signal.aborted || mine !== asked) return;
    draw(reply, true);
    context.announce(total.textContent ?? '');
  }

  /** What the list is narrowed to, each with a way back. */
  function chosen() {
    const name = first.speakers.find(({ id }) => id === state.speaker)?.name ?? state.speaker;
    return h('p', { class: 'facts' },
      state.speaker && h('span', null, h('b', null, texts.rich(m.chosenSpeaker, { name: bdi(name) })), ' ',
        h('a', { href: link({ speaker: '' }) }, m.everyone)),
      state.outlet && h('span', null, h('b', null, texts.rich(m.chosenOutlet, { name: bdi(state.outlet) })), ' ',
        h('a', { href: link({ outlet: '' }) }, m.everyOutlet)),
      state.about && h('span', null, h('b', null, texts.m.spelled.saidOf, ' ', bdi(state.about.replace(/^[a-z]+:/, '').replaceAll('-', ' '))), ' ',
        h('a', { href: link({ about: '' }) }, m.everyone)));
  }

  /** @param {QuotesReply} reply @param {boolean} anew */
  function draw(reply, anew) {
    const items = reply.rows.map((row) => quoteItem(context, row));
    if (anew) list.replaceChildren(...items);
    else list.append(...items);
    shown = anew ? items.length : shown + items.length;
    const totals = new Map(/** @type {[string, number][]} */ (reply.totals));
    const speech = reply.totals.reduce((sum, [kind, count]) => (kind === 'scare' ? sum : sum + count), 0);
    for (const kind of KINDS) {
      const place = kinds.querySelector(`small[data-kind=${kind}]`);
      if (place) place.textContent = texts.number(kind === 'speech' ? speech : totals.get(kind) ?? 0);
    }
    total.textContent = reply.matching === 0 ? m.none
      : `${texts.count(texts.m.quoteCount, reply.matching)} ${texts.m.scopePhrases[reply.scope]} · ${texts.fill(m.unattributed, { count: texts.number(reply.unattributed) })}`;
    side.replaceChildren(
      reply.speakers.length === 0 ? '' : h('section', null, h('h3', { class: 'eyebrow' }, m.speakers), indexList(reply.speakers.slice(0, 30).map(({ id, name, quotes }) => ({
        text: name, numbers: texts.number(quotes), spoken: texts.count(texts.m.quoteCount, quotes), href: link({ speaker: id }),
      })))),
      reply.outlets.length === 0 ? '' : h('section', null, h('h3', { class: 'eyebrow' }, m.outlets), indexList(reply.outlets.slice(0, 30).map(([name, count]) => ({
        text: name, numbers: texts.number(count), spoken: texts.count(texts.m.quoteCount, count), href: link({ outlet: name }),
      })))));
    rest.replaceChildren(
      h('p', { class: 'soft' }, texts.fill(m.shown, { shown: texts.number(shown), total: texts.number(reply.matching) })),
      shown < reply.matching && items.length > 0 && h('button', {
        type: 'button', class: 'button',
        onclick: async () => {
          const at = shown;
          const next = await ask(at, STEP);
          if (!signal.aborted && at === shown) draw(next, false);
        },
      }, m.more) || '',
      reply.matching > 0 && h('button', { type: 'button', class: 'button', 'data-testid': 'quotes-csv', onclick: () => void save() }, m.csv) || '');
  }

  async function save() {
    const rows = await allRows(ask);
    download(`${m.fileName}.csv`, 'text/csv', csvTable(
      ['kind', 'speaker', 'speaker_words', 'speaker_rule', 'cue', 'relay', 'quote', 'rule', 'flags', 'document', 'page', 'line', 'outlets', 'published'],
      rows.map(csvOf)));
  }
}

/** @param {QuoteRow} row */
function csvOf({ kind, speaker, cue, relay, words, rule, flags, place }) {
  const names = (/** @type {[string, string][]} */ entities) => entities.map(([, name]) => name).join('; ');
  return [kind, names(speaker.entities), speaker.words, speaker.rule, cue,
    relay.map((of) => names(of.entities) || of.words).join('; '), words, rule, flags.join('; '),
    place.document, place.page, place.line, place.outlets.join('; '), place.published?.iso ?? null];
}

/** @param {Context} context @param {AbortSignal} signal */
async function drawConflicts(context, signal) {
  const { texts, state } = context;
  const m = texts.m.quotes;
  const list = h('ol', { class: 'conflicts', role: 'list', 'data-testid': 'conflicts' });
  const rest = h('div', { class: 'rest' });
  let shown = 0;
  const first = await ask(0);
  draw(first);
  const node = h('div', { class: 'quotes-body' },
    h('p', { class: 'measure soft' }, first.matching === 0 ? m.noConflicts : `${texts.count(texts.m.conflictCount, first.matching)}. ${m.conflictsNote}`),
    list, rest);
  return { node, dispose: () => {} };

  /** @param {number} offset */
  function ask(offset) {
    return context.engine.conflicts({ scope: state.scope, limit: STEP, offset }, { signal });
  }

  /** @param {import('../../src/wasm/types.d.ts').ConflictsReply} reply */
  function draw(reply) {
    list.append(...reply.rows.map(({ quotes }) => h('li', { class: 'conflict', dir: textDirection(quotes[0]?.words ?? '') },
      quotes.map((quote) => quoteCard(context, quote)))));
    shown += reply.rows.length;
    rest.replaceChildren();
    if (shown >= reply.matching || reply.rows.length === 0) return;
    rest.append(h('button', {
      type: 'button', class: 'button',
      onclick: async () => {
        const next = await ask(shown);
        if (!signal.aborted) draw(next);
      },
    }, m.more));
  }
}
