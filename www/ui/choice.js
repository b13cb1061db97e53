/** @file A row of radio buttons: the browser's own roving focus and arrow keys. */

import { h } from './dom.js';

/** Names must not meet: two groups of one name in a shadow root would be one group. */
let groups = 0;

/**
 * @template {string} T
 * @param {object} options
 * @param {string} options.key  keeps the focus when the choice is drawn anew
 * @param {string} options.legend
 * @param {string} [options.className]
 * @param {[T, (Node | string | null)[]][]} options.choices  value and label
 * @param {T} options.value
 * @param {(value: T) => void} options.onChoose
 * @param {boolean} [options.quietLegend]  legend for assistive technology only
 */
export function choice({ key, legend, className = 'segmented', choices, value, onChoose, quietLegend = false }) {
  const name = `choice-${groups += 1}`;
  return h('fieldset', { class: `choice ${className}` },
    h('legend', { class: quietLegend ? 'visually-hidden' : null }, legend),
    h('div', { class: 'choice-row' }, choices.map(([option, label]) => h('label', { class: 'choice-option' },
      h('input', {
        type: 'radio', name, value: option, 'data-focus': key, checked: option === value, 'data-value': option,
        onchange: () => onChoose(option),
      }),
      h('span', { class: 'choice-face' }, label)))));
}
