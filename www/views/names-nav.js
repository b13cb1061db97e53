/** @file The parts of the names: index, spellings, network. */

import { h } from '../ui/dom.js';

/** @import { Context, ViewName } from '../ui/types.d.ts' */

/** @type {[ViewName, 'index' | 'workbench' | 'network'][]} */
const PARTS = [['entities', 'index'], ['spellings', 'workbench'], ['network', 'network']];

/** @param {Context} context */
export function namesNav({ texts, state, link }) {
  const m = texts.m.spelled;
  return h('nav', { class: 'parts', 'aria-label': m.nav }, PARTS.map(([view, name]) => h('a', {
    href: link({ view }), 'aria-current': state.view === view ? 'page' : null,
  }, m[name])));
}
