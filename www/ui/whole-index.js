/** @file A corpus that is read in parts: what the reader is told of it, and the way to the whole index. */

import { h } from './dom.js';
import { note } from './notice.js';

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

/** @param {Context} context */
export function inPartsNote(context) {
  const button = wholeIndexButton(context);
  return note(button === null ? [context.texts.m.inParts.note] : [context.texts.m.inParts.note, ' ', button]);
}
