/** @file The ledger: every file that came, and what became of it. */

import { bdi, code, h } from '../ui/dom.js';
import { intakePanel, tally } from '../ui/intake.js';
import { errorDetails, errorSentence } from '../ui/notice.js';

/** @import { FileReport } from '../../src/wasm/types.d.ts' */
/** @import { Context, DrawnView } from '../ui/types.d.ts' */

/** @param {Context} context @returns {Promise<DrawnView>} */
export async function drawFiles(context) {
  const { texts, engine, options } = context;
  const m = texts.m.files;
  const { reports } = engine;
  const node = h('div', { class: 'files' },
    h('h2', null, m.title),
    h('p', { class: 'soft' }, m.note),
    !options.readonly && intakePanel(context),
    reports.length === 0 ? h('p', null, m.none) : ledger(context, reports));
  return { node, title: m.title };
}

/** @param {Context} context @param {FileReport[]} reports */
function ledger(context, reports) {
  const { texts } = context;
  const m = texts.m.files;
  /** @param {keyof FileReport & ('articles' | 'words' | 'bytes')} field @param {FileReport[]} [of] */
  const sum = (field, of = reports) => of.reduce((total, report) => total + report[field], 0);
  const read = reports.filter(({ status }) => status === 'read');
  return h('table', { class: 'ledger', part: 'files', 'data-testid': 'ledger' },
    h('caption', null, tally(texts, reports)),
    h('thead', null, h('tr', null, Object.values(m.columns).map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', null, reports.map((report) => ledgerRow(context, report))),
    h('tfoot', null, h('tr', null,
      h('th', { scope: 'row' }, m.total),
      h('td', null, texts.count(texts.m.fileCount, reports.length)),
      cell(m.columns.articles, texts.number(sum('articles', read))), cell(m.columns.words, texts.number(sum('words', read))),
      cell(m.columns.bytes, texts.bytes(sum('bytes'))), h('td'))));
}

/** @param {Context} context @param {FileReport} report */
function ledgerRow({ texts, link }, report) {
  const m = texts.m.files;
  const { columns } = m;
  const name = bdi(report.name, 'file-name');
  return h('tr', { class: `status-${report.status}` },
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
