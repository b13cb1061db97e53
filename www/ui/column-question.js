/** @file Which column is what, and in which encoding a file is read: a look at its beginning, and a choice for each part of an article. */

import { bdi, h } from './dom.js';

/** @import { ReadAs } from '../engine/feeder.js' */
/** @import { Question } from '../engine/importer.js' */
/** @import { Context } from './types.d.ts' */

/** What is asked for, the most needed first. */
const ROLES = /** @type {const} */ (['body', 'title', 'date', 'outlet', 'url', 'keywords', 'author']);
/** Encodings that Arabic texts come in; the one that was found is added. */
const ENCODINGS = ['utf-8', 'windows-1256', 'iso-8859-6', 'utf-16le', 'utf-16be', 'windows-1252'];

/**
 * @typedef {object} Choices
 * @property {string} heading
 * @property {string} decide  what the button that takes the choice says
 * @property {(readAs: ReadAs) => void} onDecide
 * @property {string} dismiss
 * @property {() => void} onDismiss
 * @property {string} [note]
 */

let questions = 0;

/**
 * @param {Context} context
 * @param {Question} question
 * @param {Choices} choices
 */
export function columnQuestion({ texts, announce }, question, choices) {
  const m = texts.m.intake;
  const id = `question-${questions += 1}`;
  let { found } = question;
  /** Role → the column chosen for it; empty for none. @type {Map<typeof ROLES[number], string>} */
  const chosen = new Map();
  guess();
  const encoding = h('select', { 'data-focus': 'encoding', id: `${id}-encoding`, onchange: () => void look() }, encodings(found.encoding).map((name) => (
    h('option', { value: name, selected: name === found.encoding }, name))));
  const preview = h('div', { class: 'preview', role: 'region', tabindex: '0', 'aria-label': m.preview, 'data-focus': 'preview' });
  const roles = h('div', { class: 'roles' });
  const problem = h('p', { class: 'remark remark-error', role: 'alert', hidden: true }, m.noText);
  const node = h('section', { class: 'question', 'aria-labelledby': id, 'data-testid': 'question' },
    h('h2', { id }, choices.heading),
    h('p', null, bdi(question.name, 'file-name')),
    preview,
    h('p', { class: 'question-encoding' },
      h('label', { for: `${id}-encoding` }, texts.m.reader.encoding), ' ', encoding, ' ',
      found.encodingConfidence < 0.7 && h('span', { class: 'soft' }, m.unsureEncoding)),
    roles, problem,
    h('p', { class: 'actions' },
      h('button', { type: 'button', class: 'button button-strong', 'data-focus': 'decide', 'data-testid': 'decide', onclick: decide }, choices.decide),
      h('button', { type: 'button', class: 'button', 'data-focus': 'dismiss', onclick: choices.onDismiss }, choices.dismiss)),
    choices.note && h('p', { class: 'soft' }, choices.note));
  draw();
  return node;

  function guess() {
    for (const role of ROLES) chosen.set(role, found.columns.find(({ field }) => field === role)?.name ?? '');
  }

  /** Looks at it again in the encoding chosen; names of columns may read otherwise now. */
  async function look() {
    const mine = encoding.value;
    const before = found.columns.map(({ name }) => name);
    const now = await question.look({ encoding: mine });
    if (encoding.value !== mine) return;
    found = now;
    const after = found.columns.map(({ name }) => name);
    for (const [role, column] of chosen) chosen.set(role, after[before.indexOf(column)] ?? '');
    draw();
    announce(m.lookedAgain);
  }

  function draw() {
    roles.hidden = found.columns.length === 0;
    roles.replaceChildren(...(found.columns.length === 0 ? [] : ROLES.map(roleSelect)));
    preview.replaceChildren(found.columns.length > 0 ? table() : beginning());
  }

  /** @param {typeof ROLES[number]} role */
  function roleSelect(role) {
    const select = h('select', {
      id: `${id}-${role}`, 'data-role': role, 'data-focus': `role-${role}`,
      onchange: () => {
        chosen.set(role, select.value);
        problem.hidden = true;
        preview.replaceChildren(table());
      },
    }, h('option', { value: '' }, m.noColumn), found.columns.map(({ name }) => (
      h('option', { value: name, selected: chosen.get(role) === name }, name))));
    return h('p', null, h('label', { for: `${id}-${role}` }, m.roles[role]), select);
  }

  /** The first rows, each column under its name and what it is taken for. */
  function table() {
    return h('table', null,
      h('thead', null, h('tr', null, found.columns.map(({ name }) => {
        const taken = ROLES.filter((role) => chosen.get(role) === name);
        return h('th', { scope: 'col', class: taken.length > 0 ? 'taken' : null },
          taken.map((role) => h('span', { class: 'badge' }, m.roles[role])), bdi(name));
      }))),
      h('tbody', null, found.rows.map((row) => h('tr', null, row.map((value) => h('td', { dir: 'auto' }, value))))));
  }

  /** The beginning of what is no table, as text: whatever is in it, it stays text. */
  function beginning() {
    return h('pre', { dir: 'auto' }, found.beginning);
  }

  function decide() {
    const isTable = found.columns.length > 0;
    if (isTable && !chosen.get('body') && !chosen.get('title')) {
      problem.hidden = false;
      roles.querySelector('select')?.focus();
      return;
    }
    /** @type {ReadAs} */
    const readAs = {};
    if (encoding.value !== question.found.encoding) readAs.encoding = encoding.value;
    if (isTable) readAs.fields = ROLES.map((role) => [role, chosen.get(role) ? [String(chosen.get(role))] : []]);
    choices.onDecide(readAs);
  }
}

/** @param {string} found */
function encodings(found) {
  return ENCODINGS.includes(found) ? ENCODINGS : [found, ...ENCODINGS];
}

