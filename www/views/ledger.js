/** @file The ledger: every file that came and what became of it, to be filtered, sorted, paged through and taken along. */

import { choice } from '../ui/choice.js';
import { h } from '../ui/dom.js';
import { download } from '../ui/download.js';
import { keepFocus } from '../ui/focus.js';
import { SORTS, STATUSES, chosenLines, ledgerCsv, ledgerJson, ledgerTotals } from '../ui/ledger-lines.js';
import { ledgerTable } from './ledger-table.js';

/** @import { FileReport } from '../../src/wasm/types.d.ts' */
/** @import { Totals } from '../ui/ledger-lines.js' */
/** @import { Context, LedgerSort, LedgerStatus, State } from '../ui/types.d.ts' */

/** Lines on a page of the ledger. */
const PAGE = 100;
/** A pause in typing after which the lines follow. */
const FOLLOW_MS = 200;

export class Ledger {
  /** @param {Context} context */
  constructor(context) {
    this.context = context;
    this.node = h('section', { class: 'ledger-section', 'aria-labelledby': 'ledger-title' });
    this.lines = h('div', { class: 'ledger-lines' });
    this.#draw();
  }

  /** Draws it anew from what is known now; the focus stays where it is. */
  refresh() {
    const root = this.node.getRootNode();
    if (root instanceof ShadowRoot) keepFocus(root, () => this.#draw());
  }

  #draw() {
    const { texts, engine } = this.context;
    const m = texts.m.files;
    const { reports } = engine;
    const title = h('h3', { id: 'ledger-title', class: 'visually-hidden' }, m.lines);
    if (reports.length === 0) {
      this.node.replaceChildren(title, h('p', null, m.none));
      return;
    }
    const totals = ledgerTotals(reports);
    this.node.replaceChildren(title, this.#statusChoice(totals), this.#tools(), this.lines);
    this.#drawLines();
  }

  /** How many under each status: the numbers add up to the first. @param {Totals} totals */
  #statusChoice(totals) {
    const { texts, state } = this.context;
    const m = texts.m.files;
    /** @param {LedgerStatus | 'all'} status @param {{ files: number, bytes: number }} sum @returns {[LedgerStatus | 'all', Node[]]} */
    const option = (status, { files, bytes }) => [status, [
      h('span', { class: 'choice-name' }, status === 'all' ? m.all : m.status[status]),
      h('span', { class: 'counts' }, h('b', null, texts.number(files)), ' ', h('small', null, texts.bytes(bytes))),
    ]];
    // A status that nothing has is left out, unless it was asked for.
    const present = STATUSES.filter((status) => totals.byStatus[status].files > 0 || state.ledgerStatus === status);
    return choice({
      key: 'ledger-status', legend: m.filterStatus, className: 'ledger-statuses scopes', quietLegend: true, value: state.ledgerStatus,
      onChoose: (ledgerStatus) => this.#move({ ledgerStatus }),
      choices: [option('all', totals), ...present.map((status) => option(status, totals.byStatus[status]))],
    });
  }

  #tools() {
    const { texts, state } = this.context;
    const m = texts.m.files;
    let timer = 0;
    const filter = h('input', {
      type: 'search', class: 'filter', 'data-focus': 'ledger-filter', dir: 'auto', 'aria-label': m.filter, placeholder: m.filter, autocomplete: 'off',
      oninput: () => {
        clearTimeout(timer);
        timer = setTimeout(() => this.#move({ filter: filter.value.trim() }), FOLLOW_MS);
      },
    });
    filter.value = state.filter;
    const sort = h('select', {
      'data-focus': 'ledger-sort',
      onchange: () => this.#move({ ledgerSort: /** @type {LedgerSort} */ (sort.value) }),
    }, SORTS.map((name) => h('option', { value: name, selected: name === state.ledgerSort }, m.sorts[name])));
    return h('div', { class: 'ledger-tools' },
      filter,
      h('label', { class: 'ledger-sort' }, h('span', { class: 'soft' }, m.sort), ' ', sort),
      h('span', { class: 'ledger-exports' }, h('span', { class: 'soft' }, m.take),
        this.#exportButton('CSV', 'csv', 'text/csv;charset=utf-8', async (lines) => ledgerCsv(lines)),
        this.#exportButton('JSON', 'json', 'application/json', async (lines) => [
          ledgerJson(lines, (await this.context.overview()).fingerprint),
        ])));
  }

  /** All lines are taken along, whatever is shown. @param {string} label @param {string} ending @param {string} type @param {(lines: readonly FileReport[]) => Promise<string[]>} write */
  #exportButton(label, ending, type, write) {
    const { texts, engine } = this.context;
    return h('button', {
      type: 'button', class: 'quiet', 'data-focus': `take-${ending}`, 'aria-label': texts.fill(texts.m.files.takeAs, { format: label }),
      onclick: async () => download(`kashshaf-${texts.m.files.fileName}.${ending}`, type, await write(engine.reports)),
    }, h('bdi', { lang: 'en', dir: 'ltr' }, label));
  }

  /** The reader chose other lines: the first page of them is shown. @param {Partial<State>} patch */
  #move(patch) {
    this.context.navigate({ ledgerPage: 1, ...patch }, { replace: true, quiet: true });
    this.#drawLines();
    this.context.announce(this.lines.querySelector('[data-testid=ledger-shown]')?.textContent ?? '');
  }

  #drawLines() {
    const { context } = this;
    const { texts, engine, state } = context;
    const m = texts.m.files;
    const { ledgerStatus: status, ledgerSort: sort, filter } = state;
    const lines = chosenLines(engine.reports, { status, sort, filter }, texts.language);
    const pages = Math.max(1, Math.ceil(lines.length / PAGE));
    const page = Math.min(state.ledgerPage, pages);
    const from = (page - 1) * PAGE;
    const shown = lines.slice(from, from + PAGE);
    const count = h('p', { class: 'soft', 'data-testid': 'ledger-shown' }, lines.length === 0 ? m.noneMatches : texts.fill(m.shown, {
      from: texts.number(from + 1), to: texts.number(from + shown.length), total: texts.count(texts.m.fileCount, lines.length),
    }));
    this.lines.replaceChildren(count);
    if (lines.length === 0) return;
    this.lines.append(ledgerTable(context, shown, from, lines));
    if (pages > 1) this.lines.append(this.#paging(page, pages));
  }

  /** @param {number} page @param {number} pages */
  #paging(page, pages) {
    const { texts } = this.context;
    const m = texts.m.files;
    /** @param {string} label @param {string} key @param {number} to */
    const step = (label, key, to) => h('button', {
      type: 'button', class: 'button', 'data-focus': key, disabled: to < 1 || to > pages,
      onclick: () => {
        this.context.navigate({ ledgerPage: to }, { replace: true, quiet: true });
        const root = this.node.getRootNode();
        if (root instanceof ShadowRoot) keepFocus(root, () => this.#drawLines());
        this.lines.scrollIntoView({ block: 'start' });
        this.context.announce(texts.fill(m.page, { page: texts.number(to), pages: texts.number(pages) }));
      },
    }, label);
    return h('nav', { class: 'ledger-paging', 'aria-label': m.paging },
      step(m.previous, 'ledger-previous', page - 1),
      h('span', { class: 'soft' }, texts.fill(m.page, { page: texts.number(page), pages: texts.number(pages) })),
      step(m.next, 'ledger-next', page + 1));
  }
}
