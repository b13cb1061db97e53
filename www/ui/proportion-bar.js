/** @file A labelled bar of the shares of a page's words. */

import { h, withVariable } from './dom.js';

/** @import { WordGroup } from '../../src/wasm/types.d.ts' */
/** @import { Texts } from '../i18n/index.js' */

/** Reading order: from the text itself outward. @type {WordGroup[]} */
const ORDER = ['main', 'embedded', 'metadata', 'headlines', 'furniture'];

/**
 * @param {[WordGroup, number][]} wordsByGroup
 * @param {Texts} texts
 * @param {'legend' | 'plain'} form  with a legend under it, or with its text for assistive technology only
 */
export function proportionBar(wordsByGroup, texts, form) {
  const total = wordsByGroup.reduce((sum, [, words]) => sum + words, 0);
  const shares = ORDER.flatMap((group) => wordsByGroup.filter(([name, words]) => name === group && words > 0));
  const label = texts.list(shares.map(([group, words]) => `${texts.m.groups[group]} ${texts.percent(words / total)}`));
  const bar = h('div', { class: 'bar', role: 'img', 'aria-label': label, title: label },
    shares.map(([group, words]) => withVariable(h('span', { class: `bar-piece group-${group}` }), '--share', words)));
  if (form === 'plain') return bar;
  return h('div', { class: 'bar-figure' }, bar,
    h('dl', { class: 'legend', 'aria-hidden': 'true' }, shares.map(([group, words]) => h('div', null,
      h('dt', { class: `swatch group-${group}` }, texts.m.groups[group]),
      h('dd', null, h('bdi', null, h('b', null, texts.percent(words / total))), ' ', h('bdi', null, texts.count(texts.m.words, words)))))));
}
