/** @file What is read at most, told before anything is added. */

import { code, h } from './dom.js';
import { errorBox } from './notice.js';

/** @import { Context } from './types.d.ts' */

/**
 * A list that is fetched when it is opened: the readers know their limits, and are loaded for it.
 * @param {Context} context
 */
export function limitsList({ texts, engine }) {
  const m = texts.m.intake;
  const list = h('div', { class: 'limits-list', 'aria-live': 'polite' });
  const details = h('details', {
    class: 'limits', 'data-testid': 'limits',
    ontoggle: () => { if (details.open && list.childElementCount === 0) void fill(); },
  }, h('summary', { 'data-focus': 'limits' }, m.limits), list);
  return details;

  async function fill() {
    list.replaceChildren(h('p', { class: 'soft' }, texts.m.loading));
    try {
      const limits = await engine.limits();
      list.replaceChildren(
        h('p', { class: 'soft' }, m.limitsNote),
        h('dl', null, limits.flatMap(({ name, value, unit }) => [
          h('dt', null, texts.m.limits[name] ?? code(name)),
          h('dd', null, unit === 'bytes' ? texts.bytes(value) : texts.number(value)),
        ])));
    } catch (error) {
      list.replaceChildren(errorBox(texts, error, [h('button', { type: 'button', class: 'button', onclick: () => void fill() }, texts.m.errorRetry)]));
    }
  }
}
