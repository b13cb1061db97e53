/** @file What stands beside the text where there is room, and folds to one line above it where there is none. */

import { h } from './dom.js';

/** @import { Child } from './dom.js' */

/** Blocks that the reader opened where they fold: drawn anew, they are open again. @type {Set<string>} */
const opened = new Set();

/**
 * @param {object} options
 * @param {string} options.key
 * @param {string} options.heading
 * @param {string} options.className
 * @param {Child | Child[]} [options.brief]  stands in for the content while it is folded
 * @param {string} [options.part]
 * @param {(Child | Child[])[]} content
 */
export function sideBlock({ key, heading, className, brief, part }, content) {
  const summary = h('summary', null, h('h3', { class: 'eyebrow' }, heading), brief && h('span', { class: 'brief' }, brief));
  const block = h('details', { class: `side-block ${className}`, part }, summary, h('div', { class: 'side-content' }, ...content));
  summary.addEventListener('click', () => {
    if (block.open) opened.delete(key);
    else opened.add(key);
  });

  // The style sheet knows whether there is room (`--beside`); it is asked whenever the width may have changed.
  /** @type {string | null} */
  let known = null;
  new ResizeObserver(() => {
    const beside = getComputedStyle(block).getPropertyValue('--beside').trim();
    if (beside === known) return;
    known = beside;
    block.open = beside === '1' || opened.has(key);
  }).observe(block);
  return block;
}
