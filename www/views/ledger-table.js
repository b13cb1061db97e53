/** @file Lines of the ledger as a table; where there is no room each line is a card. */

import { bdi, code, h } from '../ui/dom.js';
import { openReadAs } from '../ui/read-as-dialog.js';
import { takeOutButton } from '../ui/take-out.js';

/** @import { LedgerLineReply } from '../../src/wasm/types.d.ts' */
/** @import { Context } from '../ui/types.d.ts' */

/** Formats that are read as text: in another encoding they may read better. */
const TEXTUAL = new Set(['text', 'markdown', 'html', 'json', 'jsonl', 'csv', 'tsv', 'unknown']);

/**
 * @param {Context} context
 * @param {readonly LedgerLineReply[]} shown
 * @param {number} from  lines before the first shown
 * @param {number} total  lines of the whole table
 */
export function ledgerTable(context, shown, from, total) {
  const { columns, lines } = context.texts.m.files;
  return h('table', { class: 'ledger', part: 'files', 'data-testid': 'ledger', 'aria-rowcount': total + 1 },
    h('caption', { class: 'visually-hidden' }, lines),
    h('thead', null, h('tr', { 'aria-rowindex': 1 }, Object.values(columns).map((name) => h('th', { scope: 'col' }, name)),
      h('th', { scope: 'col' }, h('span', { class: 'visually-hidden' }, context.texts.m.takeOut.action)))),
    h('tbody', null, shown.map((line, at) => ledgerRow(context, line, from + at + 2))));
}

/** @param {Context} context @param {LedgerLineReply} line @param {number} index  place of the row in the whole table, from 1 */
function ledgerRow(context, line, index) {
  const { texts } = context;
  const { columns, status } = texts.m.files;
  const isAdded = line.pages > 0;
  return h('tr', { class: `status-${line.status}${line.member > 0 ? ' is-member' : ''}`, 'aria-rowindex': index, 'data-status': line.status },
    h('th', { scope: 'row' }, nameOf(context, line), remark(context, line)),
    cell(columns.status, h('span', { class: 'badge' }, status[line.status])),
    cell(columns.articles, isAdded ? texts.number(line.articles) : '—'),
    cell(columns.words, isAdded ? texts.number(line.words) : '—'),
    cell(columns.bytes, texts.bytes(line.bytes)),
    cell(columns.encoding, encodingOf(context, line)),
    h('td', { class: 'ledger-deeds' }, takeOut(context, line)));
}

/** Of a file that gave pages, or an archive that holds some, the way to take them out. @param {Context} context @param {LedgerLineReply} line */
function takeOut(context, { file, member, name, pages, members, status }) {
  if (status === 'reading' || pages + members === 0) return null;
  return takeOutButton(context, {
    request: { file, ...(member > 0 && { member }) }, name, pages: members > 0 ? null : pages, key: `${file}-${member}`,
  });
}

/** The name, a way to its page, and the archive around a member in small. @param {Context} context @param {LedgerLineReply} line */
function nameOf({ texts, link }, line) {
  const name = bdi(line.name, 'file-name');
  const id = line.page ?? line.sameAs;
  const around = line.member > 0 ? line.path.slice(0, line.path.length - line.name.length).replace(/\/$/, '') : '';
  return h('span', { class: 'ledger-name' },
    around && h('small', { class: 'soft' }, bdi(around, 'file-name'), ' › '),
    id ? h('a', { href: link({ view: 'reader', id }), title: texts.m.files.open }, name) : name);
}

/** Why, where there is something to say. @param {Context} context @param {LedgerLineReply} line */
function remark({ texts }, line) {
  const m = texts.m.files;
  const isBad = line.status === 'failed' || line.bad > 0;
  const said = [];
  if (line.members > 0) said.push(texts.count(m.memberCount, line.members));
  if (line.pages > 1) said.push(texts.count(texts.m.pages, line.pages));
  if (line.sameBytes + line.sameText > 0 && line.pages > 0) said.push(texts.count(m.duplicateTexts, line.sameBytes + line.sameText));
  if (line.bad > 0) said.push(texts.count(m.badRecords, line.bad));
  if (said.length === 0 && line.reason === null) return null;
  return h('div', { class: isBad ? 'remark remark-error' : 'remark' },
    said.join(' · '), said.length > 0 && line.reason !== null && ' · ',
    line.reason !== null && (texts.m.importReasons[line.reason] ?? texts.m.errors[line.reason] ?? texts.m.warnings[line.reason] ?? code(line.reason)),
    line.message !== null && line.reason !== null && h('details', { class: 'raw' },
      h('summary', null, texts.m.details),
      h('pre', { dir: 'ltr', lang: 'en' }, `${line.reason}: ${line.message}`)));
}

/** The encoding; of a file read as text, a way to read it in another. @param {Context} context @param {LedgerLineReply} line */
function encodingOf(context, line) {
  const m = context.texts.m.files;
  const name = line.encoding === null ? '—' : code(line.encoding);
  if (context.options.readonly || !TEXTUAL.has(line.format) || line.status === 'reading') return name;
  return h('button', {
    type: 'button', class: 'quiet ledger-encoding', 'data-focus': `read-as-${line.file}${line.member > 0 ? `-${line.member}` : ''}`, title: m.readAgain,
    // What is seen of it comes first.
    'aria-label': `${line.encoding ?? '—'} · ${m.readAgain}: ${line.name}`, onclick: () => void openReadAs(context, line),
  }, name);
}

/** A cell that names its column, for the narrow form. @param {string} label @param {Node | string} content */
function cell(label, content) {
  return h('td', { 'data-label': label }, content);
}
