/** @file A table as CSV that spreadsheet programs open as it is: UTF-8 with a mark, lines ended by CR LF. */

/**
 * @param {readonly string[]} columns
 * @param {readonly (string | number | null)[][]} rows
 * @returns {string[]} pieces, to be joined
 */
export function csvTable(columns, rows) {
  return ['\uFEFF', ...[columns, ...rows].map((row) => `${row.map((cell) => csvCell(cell ?? '')).join(',')}\r\n`)];
}

/**
 * Every row of a reply that comes in pages.
 * @template T
 * @param {(offset: number, limit: number) => Promise<{ matching: number, rows: T[] }>} ask
 * @returns {Promise<T[]>}
 */
export async function allRows(ask) {
  const step = 1000;
  /** @type {T[]} */
  const rows = [];
  for (;;) {
    const reply = await ask(rows.length, step);
    rows.push(...reply.rows);
    if (rows.length >= reply.matching || reply.rows.length === 0) return rows;
  }
}

/**
 * A spreadsheet program takes text that begins so for a formula; an apostrophe keeps it text.
 * @param {string | number} value
 */
function csvCell(value) {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
