/**
 * Portions of the readers' stream on their way to the core.
 *
 * @import { Sink } from './feeder.js'
 * @import { Item, ItemReply } from './protocol.js'
 * @import { Shares } from './shares.js'
 */

import { SHARE_BYTES } from './shares.js';

/** What arrives does so in order. With helpers portions are put together, and several are under way at once. */
export class Sending {
  #sink;
  #shares;
  /** What was sent last is in. @type {Promise<unknown>} */
  #last = Promise.resolve();
  /** What is to be done when each is in. @type {(() => Promise<void>)[]} */
  #sent = [];
  /** What goes with the next portion. @type {(Item & { kind: 'piece' })[]} */
  #items = [];
  /** @type {((replies: ItemReply[]) => Promise<void>)[]} */
  #settles = [];

  /** @param {Sink} sink @param {Shares | null} shares */
  constructor(sink, shares) {
    this.#sink = sink;
    this.#shares = shares;
  }

  /**
   * @param {(Item & { kind: 'piece' })[]} items
   * @param {boolean} ends The last file ends: it is sent although it may be empty.
   * @param {boolean} refresh
   * @param {(replies: ItemReply[]) => Promise<void>} settle Called in the order of sending; what was put together has no replies.
   */
  async send(items, ends, refresh, settle) {
    this.#items.push(...items);
    this.#settles.push(settle);
    const bytes = this.#items.reduce((sum, item) => sum + item.bytes.byteLength, 0);
    if (this.#shares !== null && !ends && bytes < SHARE_BYTES) return;
    this.#go(ends, refresh);
    while (this.#sent.length >= (this.#shares?.ahead ?? 1)) await this.#sent.shift()?.();
  }

  /** Waits until all is in. */
  async end() {
    if (this.#settles.length > 0) this.#go(false, false);
    for (let next; (next = this.#sent.shift()) !== undefined; ) await next();
  }

  /** @param {boolean} ends @param {boolean} refresh */
  #go(ends, refresh) {
    const [items, settles, shares] = [this.#items, this.#settles, this.#shares];
    [this.#items, this.#settles] = [[], []];
    const ready = shares?.of(items) ?? items;
    const before = this.#last;
    const add = async () => {
      await before;
      return items.length > 0 || ends ? this.#sink.add(await ready, refresh) : [];
    };
    const replies = add();
    // Told when its turn comes.
    replies.catch(() => {});
    this.#last = replies;
    this.#sent.push(async () => {
      const told = await replies;
      for (const settle of settles) await settle(shares === null ? told : []);
    });
  }
}
