/** @file The ledger: every file that came and what became of it, to be filtered, sorted, paged through and taken along. */

import { choice } from '../ui/choice.js';
import { h } from '../ui/dom.js';
import { download } from '../ui/download.js';
import { keepFocus } from '../ui/focus.js';
import { SORTS, STATUSES } from '../ui/ledger-lines.js';
import { takenOutLine } from '../ui/take-out.js';
import { ledgerTable } from './ledger-table.js';

/** @import { LedgerReply, LedgerSort, LedgerStatus, LedgerTotalsReply } from '../../src/wasm/types.d.ts' */
/** @import { Context, State } from '../ui/types.d.ts' */

/** Lines on a page of the ledger. */
const PAGE = 100;
/** A pause in typing after which the lines follow. */
const FOLLOW_MS = 200;

export class Ledger {
  /** Of all that was asked, only the last is drawn. */
  #asked = 0;
  #timer = 0;

  /** @param {Context} context @param {AbortSignal} signal */
  constructor(context, signal) {
    this.context = context;
    this.signal = signal;
    this.head = h('div', { class: 'ledger-head' });
    this.lines = h('div', { class: 'ledger-lines', 'aria-busy': 'true' });
    this.node = h('section', { class: 'ledger-section', 'aria-labelledby': 'ledger-title' },
      h('h3', { id: 'ledger-title', class: 'visually-hidden' }, context.texts.m.files.lines), this.head, this.lines);
  }

  /** Asks for the lines anew and draws them; the focus stays where it is. */
  async refresh() {
    const reply = await this.#ask();
    if (reply) this.#keepingFocus(() => this.#draw(reply));
  }

  dispose() {
    clearTimeout(this.#timer);
  }

  /** The page of lines that the state names; null when something else was asked for meanwhile. */
  async #ask() {
    const { engine, state } = this.context;
    const { ledgerStatus: status, ledgerSort: sort, ledgerPage, filter } = state;
    const mine = this.#asked += 1;
    const ask = (/** @type {number} */ page) => engine.ledger({
      ...(status !== 'all' && { status }), ...(filter !== '' && { filter }), sort, limit: PAGE, offset: (page - 1) * PAGE,
    }, { signal: this.signal });
    let reply = await ask(ledgerPage);
    // A link may name a page that this ledger does not have.
    const pages = Math.max(1, Math.ceil(reply.matching / PAGE));
    if (ledgerPage > pages) {
      this.context.navigate({ ledgerPage: pages }, { replace: true, quiet: true });
      reply = await ask(pages);
    }
    return mine === this.#asked && !this.signal.aborted ? reply : null;
  }

  /** @param {LedgerReply} reply */
  #draw(reply) {
    const { totals } = reply;
    const isEmpty = totals.files + totals.members === 0;
    this.head.replaceChildren(...(isEmpty
      ? [h('p', { class: 'soft' }, this.context.texts.m.files.none)]
      : [this.#summary(totals), this.#statusChoice(totals), this.#tools()]), takenOutLine(this.context) || '');
    this.lines.removeAttribute('aria-busy');
    this.lines.replaceChildren(...(isEmpty ? [] : this.#lines(reply)));
  }

  /** What came and what it gave, in two sentences. @param {LedgerTotalsReply} totals */
  #summary({ files, members, bytes, articles, words, bad }) {
    const { texts } = this.context;
    const m = texts.m.files;
    return h('p', { class: 'lead-second', 'data-testid': 'ledger-summary' },
      texts.fill(members > 0 ? m.summaryMembers : m.summary, {
        files: texts.count(texts.m.fileCount, files), members: texts.count(m.memberCount, members), bytes: texts.bytes(bytes),
        articles: texts.count(texts.m.articles, articles), words: texts.count(texts.m.words, words),
      }),
      bad > 0 && ` ${texts.count(m.badRecords, bad)}`);
  }

  /** How many lines under each status: the numbers add up to the first. @param {LedgerTotalsReply} totals */
  #statusChoice({ byStatus, files, members }) {
    const { texts, state } = this.context;
    const m = texts.m.files;
    const counts = new Map(byStatus);
    /** @param {LedgerStatus | 'all'} status @param {number} count @returns {[LedgerStatus | 'all', Node[]]} */
    const option = (status, count) => [status, [
      h('span', { class: 'choice-name' }, status === 'all' ? m.all : m.status[status]),
      h('span', { class: 'counts' }, h('b', null, texts.number(count))),
    ]];
    // A status that nothing has is left out, unless it was asked for.
    const present = STATUSES.filter((status) => (counts.get(status) ?? 0) > 0 || state.ledgerStatus === status);
    return choice({
      key: 'ledger-status', legend: m.filterStatus, className: 'ledger-statuses scopes', quietLegend: true, value: state.ledgerStatus,
      onChoose: (ledgerStatus) => void this.#move({ ledgerStatus }),
      choices: [option('all', files + members), ...present.map((status) => option(status, counts.get(status) ?? 0))],
    });
  }

  #tools() {
    const { texts, state } = this.context;
    const m = texts.m.files;
    const filter = h('input', {
      type: 'search', class: 'filter', 'data-focus': 'ledger-filter', dir: 'auto', 'aria-label': m.filter, placeholder: m.filter, autocomplete: 'off',
      oninput: () => {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => void this.#move({ filter: filter.value.trim() }), FOLLOW_MS);
      },
    });
    filter.value = state.filter;
    const sort = h('select', {
      'data-focus': 'ledger-sort',
      onchange: () => void this.#move({ ledgerSort: /** @type {LedgerSort} */ (sort.value) }),
    }, SORTS.map((name) => h('option', { value: name, selected: name === state.ledgerSort }, m.sorts[name])));
    return h('div', { class: 'ledger-tools' },
      filter,
      h('label', { class: 'ledger-sort' }, h('span', { class: 'soft' }, m.sort), ' ', sort),
      h('span', { class: 'ledger-exports' }, h('span', { class: 'soft' }, m.take),
        this.#exportButton('CSV', 'csv', 'text/csv;charset=utf-8'), this.#exportButton('JSON', 'json', 'application/json')));
  }

  /** All lines are taken along, whatever is shown. @param {string} label @param {'csv' | 'json'} form @param {string} type */
  #exportButton(label, form, type) {
    const { texts, engine } = this.context;
    return h('button', {
      type: 'button', class: 'quiet', 'data-focus': `take-${form}`, 'aria-label': texts.fill(texts.m.files.takeAs, { format: label }),
      onclick: async () => download(`kashshaf-${texts.m.files.fileName}.${form}`, type, [await engine.ledgerFile(form)]),
    }, h('bdi', { lang: 'en', dir: 'ltr' }, label));
  }

  /** The reader chose other lines: their first page is shown. @param {Partial<State>} patch */
  async #move(patch) {
    this.context.navigate({ ledgerPage: 1, ...patch }, { replace: true, quiet: true });
    const reply = await this.#ask();
    if (!reply) return;
    this.#keepingFocus(() => this.lines.replaceChildren(...this.#lines(reply)));
    this.context.announce(this.lines.querySelector('[data-testid=ledger-shown]')?.textContent ?? '');
  }

  /** @param {LedgerReply} reply */
  #lines({ lines, matching }) {
    const { context } = this;
    const { texts, state } = context;
    const m = texts.m.files;
    const from = (state.ledgerPage - 1) * PAGE;
    const pages = Math.max(1, Math.ceil(matching / PAGE));
    const count = h('p', { class: 'soft', 'data-testid': 'ledger-shown' }, matching === 0 ? m.noneMatches : texts.fill(m.shown, {
      from: texts.number(from + 1), to: texts.number(from + lines.length), total: texts.count(m.lineCount, matching),
    }));
    if (matching === 0) return [count];
    return [count, ledgerTable(context, lines, from, matching), ...(pages > 1 ? [this.#paging(state.ledgerPage, pages)] : [])];
  }

  /** @param {number} page @param {number} pages */
  #paging(page, pages) {
    const { texts } = this.context;
    const m = texts.m.files;
    /** @param {string} label @param {string} key @param {number} to */
    const step = (label, key, to) => h('button', {
      type: 'button', class: 'button', 'data-focus': key, disabled: to < 1 || to > pages,
      onclick: async () => {
        await this.#move({ ledgerPage: to });
        this.lines.scrollIntoView({ block: 'start' });
      },
    }, label);
    return h('nav', { class: 'ledger-paging', 'aria-label': m.paging },
      step(m.previous, 'ledger-previous', page - 1),
      h('span', { class: 'soft' }, texts.fill(m.page, { page: texts.number(page), pages: texts.number(pages) })),
      step(m.next, 'ledger-next', page + 1));
  }

  /** @param {() => void} change */
  #keepingFocus(change) {
    const root = this.node.getRootNode();
    if (root instanceof ShadowRoot) keepFocus(root, change);
    else change();
  }
}
