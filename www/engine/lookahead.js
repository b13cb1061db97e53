/**
 * Entries on their way in: gathered some way ahead of what is being read, so
 * that the totals grow early, and no further, so that memory does not.
 *
 * @import { FileEntry } from './protocol.js'
 */

import { BATCH_BYTES, BATCH_FILES } from './protocol.js';

/** Entries gathered ahead of those that are being read. */
const AHEAD = 4096;
/** What a file of unknown size counts for in a batch, in bytes. */
const ASSUMED_BYTES = 16 << 10;

export class Lookahead {
  /** @type {AsyncIterator<FileEntry>} */
  #source;
  /** @type {FileEntry[]} */
  #waiting = [];
  /** Where `#waiting` starts: entries before were taken. */
  #at = 0;
  /** @type {(() => void)[]} */
  #wake = [];
  #isStopped = false;
  #isDraining = false;
  #isEnded = false;
  /** @type {{ error: unknown } | null} */
  #failure = null;

  /** Files met so far. */
  files = 0;
  /** Bytes of those whose size is known. */
  bytes = 0;
  /** Whether all were met: the totals grow no more. */
  isComplete = false;

  /** @param {AsyncIterable<FileEntry> | Iterable<FileEntry>} source */
  constructor(source) {
    this.#source = (async function* () {
      yield* source;
    })();
    void this.#gather();
  }

  /**
   * The next files, at most so many times `BATCH_FILES` and, unless one file alone is larger,
   * `BATCH_BYTES`; null when there are no more, or it was stopped. Rejects when gathering failed.
   * @param {number} [times]
   * @returns {Promise<FileEntry[] | null>}
   */
  async batch(times = 1) {
    const [most, mostBytes] = [times * BATCH_FILES, times * BATCH_BYTES];
    while (this.#left() < most && !this.isComplete && !this.#isFull(mostBytes) && !this.#isStopped) await this.#change();
    if (this.#isStopped) return null;
    const first = this.#waiting[this.#at];
    if (first === undefined) {
      if (this.#failure !== null) throw this.#failure.error;
      return null;
    }
    const batch = [first];
    let bytes = sizeOf(first);
    for (let at = this.#at + 1; at < this.#waiting.length && batch.length < most; at += 1) {
      bytes += sizeOf(this.#waiting[at]);
      if (bytes > mostBytes) break;
      batch.push(this.#waiting[at]);
    }
    this.#take(batch.length);
    return batch;
  }

  /** Whether there is nothing more to take. */
  get isEmpty() {
    return this.isComplete && this.#left() === 0;
  }

  /** Waits until all are met, or there is much to read, or `ms` milliseconds have passed. @param {number} ms */
  async settled(ms) {
    const until = performance.now() + ms;
    while (!this.isComplete && this.#left() < AHEAD) {
      const left = until - performance.now();
      if (left <= 0) return;
      await Promise.race([this.#change(), new Promise((resolve) => setTimeout(resolve, left))]);
    }
  }

  /** What was gathered and not taken yet. */
  waiting() {
    return this.#waiting.slice(this.#at);
  }

  /** Gives no more batches and gathers nothing meanwhile. */
  stop() {
    this.#isStopped = true;
    this.#changed();
  }

  /** Gathers no more. */
  end() {
    this.#isEnded = true;
    this.stop();
  }

  /**
   * After it was stopped: what was gathered and never taken. Gathering goes on for
   * `ms` milliseconds at most; `isComplete` tells whether nothing else was to come.
   * @param {number} ms
   */
  async rest(ms) {
    const until = performance.now() + ms;
    this.#isDraining = true;
    this.#changed();
    for (let left = ms; !this.isComplete && left > 0; left = until - performance.now()) {
      await Promise.race([this.#change(), new Promise((resolve) => setTimeout(resolve, left))]);
    }
    const rest = { entries: this.waiting(), isComplete: this.isComplete };
    this.end();
    return rest;
  }

  async #gather() {
    try {
      for (;;) {
        while (this.#mustWait()) await this.#change();
        if (this.#isEnded) break;
        // What comes without a pause must not keep the clock from being heard.
        if (this.#isDraining && this.files % AHEAD === 0) await new Promise((resolve) => setTimeout(resolve));
        const { done, value } = await this.#source.next();
        if (done) break;
        this.#waiting.push(value);
        this.files += 1;
        this.bytes += value.size ?? 0;
        this.#changed();
      }
    } catch (error) {
      this.#failure = { error };
    }
    this.isComplete = true;
    this.#changed();
    await this.#source.return?.();
  }

  #mustWait() {
    if (this.#isEnded) return false;
    return this.#isStopped ? !this.#isDraining : this.#left() >= AHEAD;
  }

  #left() {
    return this.#waiting.length - this.#at;
  }

  /** Whether a batch can be filled with what is there. @param {number} mostBytes */
  #isFull(mostBytes) {
    let bytes = 0;
    for (let at = this.#at; at < this.#waiting.length; at += 1) bytes += sizeOf(this.#waiting[at]);
    return bytes >= mostBytes;
  }

  /** @param {number} count */
  #take(count) {
    this.#at += count;
    if (this.#at >= AHEAD || this.#at === this.#waiting.length) {
      this.#waiting.splice(0, this.#at);
      this.#at = 0;
    }
    this.#changed();
  }

  #changed() {
    for (const wake of this.#wake.splice(0)) wake();
  }

  /** @returns {Promise<void>} */
  #change() {
    return new Promise((resolve) => this.#wake.push(resolve));
  }
}

/**
 * Cuts a list into batches of files.
 * @template T
 * @param {readonly T[]} items
 * @param {(item: T) => FileEntry} entryOf
 * @returns {T[][]}
 */
export function batchesOf(items, entryOf) {
  /** @type {T[][]} */
  const batches = [];
  let bytes = 0;
  for (const item of items) {
    const size = sizeOf(entryOf(item));
    const last = batches.at(-1);
    if (last !== undefined && last.length < BATCH_FILES && bytes + size <= BATCH_BYTES) {
      last.push(item);
      bytes += size;
    } else {
      batches.push([item]);
      bytes = size;
    }
  }
  return batches;
}

/** @param {FileEntry} entry */
function sizeOf(entry) {
  return entry.size ?? ASSUMED_BYTES;
}
