/** @file Lines of the ledger as a table; where there is no room each line is a card. */

import { bdi, code, h } from '../ui/dom.js';
import { ledgerTotals } from '../ui/ledger-lines.js';
import { errorDetails, errorSentence } from '../ui/notice.js';

/** @import { FileReport } from '../../src/wasm/types.d.ts' */
/** @import { Context } from '../ui/types.d.ts' */

/**
 * @param {Context} context
 * @param {readonly FileReport[]} shown
 * @param {number} from  lines before the first shown
 * @param {readonly FileReport[]} all  the lines that the totals are of
 */
export function ledgerTable(context, shown, from, all) {
  const { texts } = context;
  const { columns, total, lines } = texts.m.files;
  const sums = ledgerTotals(all);
  return h('table', { class: 'ledger', part: 'files', 'data-testid': 'ledger', 'aria-rowcount': all.length + 2 },
    h('caption', { class: 'visually-hidden' }, lines),
    h('thead', null, h('tr', { 'aria-rowindex': 1 }, Object.values(columns).map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', null, shown.map((report, at) => ledgerRow(context, report, from + at + 2))),
    h('tfoot', null, h('tr', { 'aria-rowindex': all.length + 2 },
      h('th', { scope: 'row' }, total),
      h('td', null, texts.count(texts.m.fileCount, sums.files)),
      cell(columns.articles, texts.number(sums.articles)), cell(columns.words, texts.number(sums.words)),
      cell(columns.bytes, texts.bytes(sums.bytes)), h('td'))));
}

/** @param {Context} context @param {FileReport} report @param {number} index  place of the row in the whole table, from 1 */
function ledgerRow({ texts, link }, report, index) {
  const m = texts.m.files;
  const { columns } = m;
  const name = bdi(report.name, 'file-name');
  return h('tr', { class: `status-${report.status}`, 'aria-rowindex': index },
    h('th', { scope: 'row' }, report.id ? h('a', { href: link({ view: 'reader', id: report.id }), title: m.open }, name) : name,
      report.warning && h('p', { class: 'remark' }, texts.m.warnings[report.warning] ?? code(report.warning)),
      report.status === 'duplicate' && h('p', { class: 'remark' }, m.duplicateNote),
      report.error && h('div', { class: 'remark remark-error' }, errorSentence(texts, report.error.code), errorDetails(texts, report.error))),
    cell(columns.status, h('span', { class: 'badge' }, m.status[report.status])),
    cell(columns.articles, report.status === 'read' ? texts.number(report.articles) : '—'),
    cell(columns.words, report.status === 'read' ? texts.number(report.words) : '—'),
    cell(columns.bytes, texts.bytes(report.bytes)),
    cell(columns.encoding, report.encoding ? code(report.encoding) : '—'));
}

/** A cell that names its column, for the narrow form. @param {string} label @param {Node | string} content */
function cell(label, content) {
  return h('td', { 'data-label': label }, content);
}
