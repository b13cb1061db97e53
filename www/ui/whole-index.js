/** @file A corpus that is read in parts: what the reader is told of it, and the way to the whole index. */

import { h } from './dom.js';

/** @import { Context } from './types.d.ts' */

/** A button that loads the same corpus as one index; null where there is none to load. @param {Context} context */
export function wholeIndexButton({ engine, texts, frame }) {
  const { whole } = engine;
  if (whole === null) return null;
  const load = () => {
    const { host } = /** @type {ShadowRoot} */ (frame().getRootNode());
    host.setAttribute('src', whole.href);
  };
  return h('button', { type: 'button', class: 'button', 'data-testid': 'load-whole', onclick: load }, texts.m.inParts.load);
}

/**
 * A line; what it means is told to whoever asks, so that the screen is left to the results.
 * @param {Context} context
 */
export function inPartsNote(context) {
  const { inParts } = context.texts.m;
  const button = wholeIndexButton(context);
  const about = h('details', null, [h('summary', null, [inParts.about]), h('p', null, [inParts.note])]);
  return h('div', { class: 'note', part: 'notice' }, [inParts.short, ' ', ...(button === null ? [] : [button]), about]);
}
