/** @file A link out of the explorer, to where an article was published. */

import { h } from './dom.js';

/** @import { Texts } from '../i18n/index.js' */

/**
 * Null for what is no web address: a file may state anything, and only these two are followed.
 * @param {Texts} texts
 * @param {string | null} address
 * @param {Node | string} [label]  what the link says; else the address's host
 */
export function outsideLink(texts, address, label) {
  if (address === null || !URL.canParse(address)) return null;
  const { protocol, href, hostname } = new URL(address);
  if (protocol !== 'https:' && protocol !== 'http:') return null;
  return h('a', { class: 'outside', href, target: '_blank', rel: 'noopener noreferrer', title: texts.m.opensOutside },
    label ?? h('bdi', { dir: 'ltr', lang: 'en' }, hostname));
}
