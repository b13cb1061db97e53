/** @file A view that could not be drawn: what happened and the way on. */

import { h } from '../ui/dom.js';
import { errorBox } from '../ui/notice.js';
import { wholeIndexButton } from '../ui/whole-index.js';

/** @import { Context, DrawnView } from '../ui/types.d.ts' */

/** Errors that another try in this page does not mend. */
const NEEDS_RELOAD = new Set(['engine-failed', 'engine-unreachable', 'engine-closed', 'corpus-unreachable', 'worker-refused', 'unsupported-browser']);

/**
 * @param {Context} context
 * @param {unknown} error
 * @param {() => void} retry
 * @returns {DrawnView}
 */
export function drawFailure(context, error, retry) {
  const { texts, link } = context;
  const { m } = texts;
  const errorCode = String(/** @type {{code?: unknown}} */ (error)?.code ?? '');
  /** @type {Node[]} */
  const actions = [];
  const whole = errorCode === 'index-in-parts' ? wholeIndexButton(context) : null;
  if (whole !== null) actions.push(whole);
  else if (NEEDS_RELOAD.has(errorCode)) {
    actions.push(h('button', { type: 'button', class: 'button', onclick: () => location.reload() }, m.errorReload));
  } else if (errorCode === 'unknown-document' || errorCode === 'unknown-entity') {
    actions.push(h('a', { class: 'way', href: link({ view: 'overview' }) }, m.overview.title));
  } else {
    actions.push(h('button', { type: 'button', class: 'button', onclick: retry }, m.errorRetry));
  }
  return { node: errorBox(texts, error, actions), title: m.name };
}
