/** @file One polite voice for assistive technology. */

import { h } from './dom.js';

/** So that a burst of changes is read once. */
const QUIET_MS = 250;

export class Announcer {
  node = h('p', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite', 'data-testid': 'announcer' });
  #timer = 0;

  /** @param {string} text */
  say(text) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      // A repeated sentence is not read again unless the text changes: a no-break space tells them apart.
      this.node.textContent = this.node.textContent === text ? `${text}\u00a0` : text;
    }, QUIET_MS);
  }

  dispose() {
    clearTimeout(this.#timer);
  }
}
