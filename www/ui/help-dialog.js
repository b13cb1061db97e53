/** @file The list of keys, also a part of the About view. */

import { h, kbd } from './dom.js';

/** @import { Texts } from '../i18n/index.js' */
/** @import { Child } from './dom.js' */
/** @import { ViewName } from './types.d.ts' */

/** @param {Texts} texts */
export function keyTable(texts) {
  const { help } = texts.m;
  /** @type {[string, ViewName][]} */
  const places = [['c', 'overview'], ['s', 'search'], ['n', 'entities'], ['f', 'files'], ['a', 'about']];
  const go = [help.go, ' ', places.map(([key, view]) => h('span', { class: 'key-place' }, kbd(key), ' ', texts.m.views[view]))].flat();
  /** @type {[string[], Child | Child[]][]} */
  const rows = [
    [['/', 'Ctrl K'], help.query], [['Esc'], help.escape], [['j', 'k', '↓', '↑'], help.results], [['Enter'], help.open],
    [['[', ']'], help.hits], [['g'], go], [['?'], help.help],
  ];
  return h('dl', { class: 'keys' }, rows.map(([names, text]) => h('div', null,
    h('dt', { dir: 'ltr' }, names.flatMap((name) => [kbd(name), ' '])), h('dd', null, text))));
}

/** Opens the list of keys over the page. @param {Texts} texts @param {HTMLElement} parent */
export function openHelp(texts, parent) {
  const dialog = h('dialog', { class: 'help', 'aria-labelledby': 'help-title' },
    h('h2', { id: 'help-title' }, texts.m.help.title),
    keyTable(texts),
    h('p', { class: 'soft' }, texts.m.help.note),
    h('form', { method: 'dialog' }, h('button', { class: 'button' }, texts.m.close)));
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener('close', () => dialog.remove());
  parent.append(dialog);
  dialog.showModal();
}
