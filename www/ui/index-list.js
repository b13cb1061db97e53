/** @file A list set like the index of a book: an entry, a leader of dots, its numbers. */

import { bdi, h } from './dom.js';

/**
 * @typedef {object} IndexEntry
 * @property {string} text        the entry, corpus text
 * @property {string} numbers     already formatted
 * @property {string} [spoken]    the numbers in words, for assistive technology
 * @property {string} [href]
 * @property {string | null} [note]  after the entry, in small
 */

/**
 * @param {IndexEntry[]} entries
 * @param {string} [className]
 */
export function indexList(entries, className = '') {
  return h('ul', { class: `index ${className}`, role: 'list' }, entries.map(indexEntry));
}

/** @param {IndexEntry} entry */
export function indexEntry({ text, numbers, spoken, href, note }) {
  const name = bdi(text, 'index-name');
  return h('li', null,
    h('span', { class: 'index-entry' },
      href ? h('a', { href }, name) : name,
      note && h('small', { class: 'index-note' }, bdi(note))),
    h('span', { class: 'leader', 'aria-hidden': 'true' }),
    h('span', { class: 'index-numbers', 'aria-hidden': spoken ? 'true' : null }, numbers),
    spoken && h('span', { class: 'visually-hidden' }, spoken));
}
