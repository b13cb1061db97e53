/** @file A labelled bar of the shares of a page's words. */

import { h, withVariable } from './dom.js';

/** @import { ArticleInfo, PartGroup } from '../../src/wasm/types.d.ts' */
/** @import { Texts } from '../i18n/index.js' */

/** @typedef {PartGroup | 'embedded'} Share  with embedded articles told apart, `article` is the page's own */

/** Reading order: from the text itself outward. @type {Share[]} */
const ORDER = ['article', 'embedded', 'metadata', 'headlines', 'furniture', 'blank'];

/**
 * @param {{wordsByGroup: [PartGroup, number][], articles: ArticleInfo[]}} of
 * @param {Texts} texts
 * @param {'legend' | 'plain'} form  with a legend under it, or with its text for assistive technology only
 */
export function proportionBar(of, texts, form) {
  const all = tellEmbeddedApart(of);
  const total = all.reduce((sum, [, words]) => sum + words, 0);
  const shares = ORDER.flatMap((group) => all.filter(([name, words]) => name === group && words > 0));
  const label = texts.list(shares.map(([group, words]) => `${texts.m.groups[group]} ${texts.percent(words / total)}`));
  const bar = h('div', { class: 'bar', role: 'img', 'aria-label': label, title: label },
    shares.map(([group, words]) => withVariable(h('span', { class: `bar-piece group-${group}` }), '--share', words)));
  if (form === 'plain') return bar;
  return h('div', { class: 'bar-figure' }, bar,
    h('dl', { class: 'legend', 'aria-hidden': 'true' }, shares.map(([group, words]) => h('div', null,
      h('dt', { class: `swatch group-${group}` }, texts.m.groups[group]),
      h('dd', null, h('bdi', null, h('b', null, texts.percent(words / total))), ' ', h('bdi', null, texts.count(texts.m.words, words)))))));
}

/**
 * @param {{wordsByGroup: [PartGroup, number][], articles: ArticleInfo[]}} of
 * @returns {[Share, number][]}
 */
function tellEmbeddedApart({ wordsByGroup, articles }) {
  const embedded = articles.filter(({ role }) => role === 'embedded').reduce((sum, { words }) => sum + words, 0);
  /** @type {[Share, number][]} */
  const told = wordsByGroup.map(([group, words]) => [group, group === 'article' ? Math.max(0, words - embedded) : words]);
  return [...told, ['embedded', embedded]];
}
