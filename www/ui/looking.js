/** @file Shows how far the search for names is, while a view waits for it. */

import { h } from './dom.js';

/** @import { ExplorerEngine } from './types.d.ts' */

/**
 * @param {ExplorerEngine} engine
 * @param {string} label
 * @param {HTMLElement} view  what is drawn next replaces the bar with the rest
 * @returns {() => void}  ends it
 */
export function showLooking(engine, label, view) {
  const stop = new AbortController();
  const bar = h('progress', { max: '1', value: '0', 'aria-label': label });
  const node = h('p', { class: 'soft', 'data-testid': 'looking' }, label, ' ', bar);
  engine.addEventListener('recognising', (event) => {
    const { done, total } = /** @type {CustomEvent<{ done: number, total: number }>} */ (event).detail;
    bar.value = total > 0 ? done / total : 0;
    if (!node.isConnected) view.prepend(node);
  }, { signal: stop.signal });
  return () => stop.abort();
}
