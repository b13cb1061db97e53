/** @file The ledger as lists: which lines, in which order, what they add up to, and how they leave as a file. No node is made here. */

/** @import { FileReport } from '../../src/wasm/types.d.ts' */
/** @import { LedgerSort, LedgerStatus } from './types.d.ts' */

/** Every status, in the order in which they are told. @type {LedgerStatus[]} */
export const STATUSES = ['read', 'duplicate', 'failed'];

/** @type {LedgerSort[]} */
export const SORTS = ['arrival', 'name', 'status', 'bytes', 'articles', 'words'];

/**
 * @typedef {object} Wanted
 * @property {LedgerStatus | 'all'} status
 * @property {string} filter  a piece of the name, in any case
 * @property {LedgerSort} sort  numbers go from the largest, names and states from the first
 */

/**
 * @param {readonly FileReport[]} reports  in the order in which they came
 * @param {Wanted} wanted
 * @param {string} language  names are compared in it
 * @returns {FileReport[]}
 */
export function chosenLines(reports, { status, filter, sort }, language) {
  const piece = filter.trim().toLowerCase();
  const lines = reports.filter((report) => (status === 'all' || report.status === status)
    && (piece === '' || report.name.toLowerCase().includes(piece)));
  if (sort === 'arrival') return lines;
  // Equal lines stay in the order in which they came.
  if (sort === 'name') {
    const { compare } = new Intl.Collator(language, { numeric: true });
    return lines.sort((a, b) => compare(a.name, b.name));
  }
  if (sort === 'status') return lines.sort((a, b) => STATUSES.indexOf(b.status) - STATUSES.indexOf(a.status));
  return lines.sort((a, b) => b[sort] - a[sort]);
}

/**
 * What the ledger adds up to: every line counts under exactly one status.
 * @typedef {object} Totals
 * @property {number} files
 * @property {number} bytes
 * @property {number} articles
 * @property {number} words
 * @property {Record<LedgerStatus, { files: number, bytes: number }>} byStatus
 */

/** @param {readonly FileReport[]} reports @returns {Totals} */
export function ledgerTotals(reports) {
  const byStatus = /** @type {Totals['byStatus']} */ (Object.fromEntries(STATUSES.map((status) => [status, { files: 0, bytes: 0 }])));
  const totals = { files: 0, bytes: 0, articles: 0, words: 0, byStatus };
  for (const { status, bytes, articles, words } of reports) {
    totals.files += 1;
    totals.bytes += bytes;
    byStatus[status].files += 1;
    byStatus[status].bytes += bytes;
    if (status !== 'read') continue;
    totals.articles += articles;
    totals.words += words;
  }
  return totals;
}

/** Columns of the exported table, named as the fields are. */
const COLUMNS = /** @type {const} */ (['name', 'status', 'code', 'bytes', 'encoding', 'articles', 'words', 'id', 'message']);

/** One line as it leaves. @param {FileReport} report */
function exported({ name, status, bytes, encoding, articles, words, id, error, warning }) {
  return { name, status, code: error?.code ?? warning, bytes, encoding, articles, words, id, message: error?.message ?? null };
}

/**
 * The lines as CSV that spreadsheet programs open as it is: UTF-8 with a mark, lines ended by CR LF.
 * @param {readonly FileReport[]} reports
 * @returns {string[]} pieces, to be joined
 */
export function ledgerCsv(reports) {
  const rows = ['\uFEFF', csvRow(COLUMNS)];
  for (const report of reports) {
    const line = exported(report);
    rows.push(csvRow(COLUMNS.map((column) => line[column] ?? '')));
  }
  return rows;
}

/**
 * The lines and their totals as JSON.
 * @param {readonly FileReport[]} reports
 * @param {string} fingerprint  of the corpus they became
 * @returns {string}
 */
export function ledgerJson(reports, fingerprint) {
  return `${JSON.stringify({ format: 1, fingerprint, totals: ledgerTotals(reports), lines: reports.map(exported) }, null, 1)}\n`;
}

/** @param {readonly (string | number)[]} cells */
function csvRow(cells) {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/**
 * A spreadsheet program takes text that begins so for a formula; an apostrophe keeps it text.
 * @param {string | number} value
 */
export function csvCell(value) {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
