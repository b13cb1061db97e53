/**
 * Workers that index parts of the readers' stream apart from the corpus. The engine's worker takes their shares in the
 * order of the stream, so that nothing tells afterwards how many there were. Whatever goes wrong with one of them
 * costs time alone: the part is then given to the engine's worker as it is.
 *
 * @import { Item } from './protocol.js'
 * @import { EngineSource } from './source.js'
 */

import { WorkerLink } from './link.js';

/** Below this many bytes an import is over before further workers would pay. */
export const SHARES_FROM = 64 << 20;
/** A share is made of at least so many bytes: in a longer one fewer forms are new. */
export const SHARE_BYTES = 4 << 20;
/** Reading is done by one worker, which keeps so many busy. */
export const MOST_WORKERS = 4;
/** Below this many cores reading and indexing keep all of them busy already. */
const LEAST_CORES = 4;

/** How many further workers index, where nobody says: none, where that cannot pay. @param {number} cores */
export function workersFor(cores) {
  return cores < LEAST_CORES ? 0 : Math.min(MOST_WORKERS, Math.floor(cores / 2));
}

/** @typedef {{ link: WorkerLink, waiting: number }} Helper */

export class Shares {
  #origin;
  #rules;
  /** @type {Promise<Helper | null>[]} */
  #helpers;
  /** Those that live. @type {Set<Helper>} */
  #living = new Set();
  #isClosed = false;

  /** Parts that may be on their way at once. */
  ahead;

  /**
   * @param {EngineSource} origin
   * @param {number} workers
   * @param {string} rules A reader's own page rules; empty for none.
   */
  constructor(origin, workers, rules) {
    this.#origin = origin;
    this.#rules = rules;
    this.ahead = 2 * workers;
    this.#helpers = Array.from({ length: workers }, () => this.#start());
  }

  /**
   * The pieces of a part, as one item that holds them and their share; as they are where there is no share.
   * @param {(Item & { kind: 'piece' })[]} pieces
   * @returns {Promise<Item[]>}
   */
  async of(pieces) {
    // The first is waited for, then whoever has least to do is asked.
    await Promise.race(this.#helpers);
    const helper = [...this.#living].sort((one, other) => one.waiting - other.waiting)[0];
    if (helper === undefined || pieces.length === 0) return pieces;
    helper.waiting += 1;
    try {
      // The pieces are copied: should the worker fall, they are still here.
      const bytes = await helper.link.ask('share', pieces.map(({ bytes }) => bytes));
      return bytes.byteLength > 0 ? [{ kind: 'share', bytes, pieces }] : pieces;
    } catch {
      this.#living.delete(helper);
      return pieces;
    } finally {
      helper.waiting -= 1;
    }
  }

  /** Ends the workers and gives their memory back. */
  close() {
    this.#isClosed = true;
    for (const { link } of this.#living) link.end();
    this.#living.clear();
  }

  /** @returns {Promise<Helper | null>} Null where it could not be started. */
  async #start() {
    try {
      const link = new WorkerLink(await this.#origin.spawn(), this.#origin.module(), () => {});
      await link.started;
      if (this.#rules !== '') await link.ask('setRules', this.#rules);
      const helper = { link, waiting: 0 };
      if (this.#isClosed) link.end();
      else this.#living.add(helper);
      return helper;
    } catch {
      return null;
    }
  }
}
