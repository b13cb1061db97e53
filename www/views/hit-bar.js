/** @file From hit to hit within a page. */

import { h, icon } from '../ui/dom.js';
import { hitStops } from '../ui/segments.js';

/** @import { Context } from '../ui/types.d.ts' */

export class HitBar {
  /** @type {HTMLElement[][]} */
  #stops = [];
  /** From 1; 0 before the first is chosen. */
  #current = 0;
  /** More of the page is to come. */
  isPartial = false;

  /**
   * @param {Context} context
   * @param {HTMLElement} text  the page's text, whose marks are the hits
   * @param {() => Promise<boolean>} readOn  adds the next piece of the page, if there is one
   */
  constructor(context, text, readOn) {
    const m = context.texts.m.reader;
    this.context = context;
    this.text = text;
    this.readOn = readOn;
    this.count = h('span', { class: 'hit-count', 'data-testid': 'hit-count' });
    this.node = h('div', { class: 'hit-bar', role: 'group', 'aria-label': m.hitBar, hidden: true },
      h('button', { type: 'button', class: 'quiet', 'aria-label': m.previousHit, title: `${m.previousHit}  [`, onclick: () => void this.step(-1) }, icon('before')),
      this.count,
      h('button', { type: 'button', class: 'quiet', 'aria-label': m.nextHit, title: `${m.nextHit}  ]`, onclick: () => void this.step(1) }, icon('after')));
  }

  /** Hits in the pieces shown. */
  get total() {
    return this.#stops.length;
  }

  /** The text or what of it is visible changed. */
  refresh() {
    this.#stops = hitStops(this.text).filter(([mark]) => mark.getClientRects().length > 0);
    this.#current = Math.min(this.#current, this.#stops.length);
    this.node.hidden = !this.context.state.query;
    this.#draw();
  }

  /** The first hit within a block becomes the one that «next» goes to. @param {Element | null} block */
  aim(block) {
    const at = this.#stops.findIndex(([mark]) => block?.contains(mark));
    if (at >= 0) this.#current = at;
  }

  /** From the last hit shown on to the next piece; from the last of all to the first. @param {number} by */
  async step(by) {
    while (by > 0 && this.#current >= this.#stops.length && this.isPartial && await this.readOn());
    if (this.#stops.length === 0) return;
    const count = this.#stops.length;
    this.go((Math.max(this.#current, by > 0 ? 0 : 1) - 1 + by + count) % count + 1);
  }

  /** @param {number} hit  from 1 */
  go(hit) {
    const { context } = this;
    this.#current = Math.min(hit, this.#stops.length);
    const stop = this.#stops[this.#current - 1];
    if (!stop) return;
    for (const mark of this.text.querySelectorAll('mark.current')) mark.classList.remove('current');
    for (const mark of stop) mark.classList.add('current');
    stop[0].scrollIntoView({ block: 'center' });
    this.#draw();
    context.announce(this.count.textContent ?? '');
    context.navigate({ hit: this.#current }, { replace: true, quiet: true });
  }

  /** @param {string} name */
  key(name) {
    if (name !== '[' && name !== ']') return false;
    void this.step(name === ']' ? 1 : -1);
    return true;
  }

  #draw() {
    const { texts } = this.context;
    const total = this.#stops.length;
    const isChosen = this.text.querySelector('mark.current') !== null;
    if (total === 0) this.count.textContent = texts.m.reader.noHits;
    else if (!isChosen) this.count.textContent = texts.count(texts.m.hits, total);
    else this.count.textContent = texts.fill(texts.m.reader.hitOf, { hit: texts.number(this.#current), total: texts.number(total) });
    if (total > 0 && this.isPartial) this.count.append(' ', texts.m.reader.inPart);
    for (const button of this.node.querySelectorAll('button')) button.disabled = total === 0 && !this.isPartial;
  }
}
