/**
 * The files that the one HTML file carries: one after the other in one stream
 * of xz, so that each is told by what it shares with those before it, and
 * unpacked no further than to the last one that was asked for.
 */

import { BYTES_IN_GROUP, DIGITS_IN_GROUP, fromBase116 } from './base116.js';

/** So many groups of digits are read at a time. */
const GROUPS = 8192;
/** After so long the page gets its turn, in milliseconds. */
const TURN_MS = 12;

/** @typedef {{ size: number, got: number, chunks: Uint8Array<ArrayBuffer>[] }} CarriedFile */

export class Pack {
  /** @type {Map<string, CarriedFile>} */
  #files = new Map();
  /** Those that are not whole, in their order. @type {CarriedFile[]} */
  #waiting = [];
  /** @type {ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>} */
  #unpacked;
  /** The chunk that is on its way. @type {Promise<void> | null} */
  #next = null;
  #turnEnds = performance.now() + TURN_MS;

  /**
   * @param {ReadableStream<Uint8Array<ArrayBuffer>>} unpacked
   * @param {[name: string, bytes: number][]} files In their order.
   */
  constructor(unpacked, files) {
    for (const [name, size] of files) {
      const file = { size, got: 0, chunks: [] };
      this.#files.set(name, file);
      if (size > 0) this.#waiting.push(file);
    }
    this.#unpacked = unpacked.getReader();
  }

  /** Names of the files, in their order. */
  get names() {
    return [...this.#files.keys()];
  }

  /**
   * @param {string} name
   * @returns {number | null} Its length in bytes; null for a file that is not carried.
   */
  size(name) {
    return this.#files.get(name)?.size ?? null;
  }

  /**
   * A file, once it is unpacked; it can be asked for again, and beside others. No `Response` reads it from a stream of
   * ours: Firefox may collect the two while they wait for each other.
   * @param {string} name One of `names`.
   * @returns {Promise<Uint8Array<ArrayBuffer>>}
   */
  async bytes(name) {
    const file = this.#files.get(name);
    if (file === undefined) throw new Error(`${name} is not carried`);
    while (file.got < file.size) await this.#advance();
    const bytes = new Uint8Array(file.size);
    let at = 0;
    for (const chunk of file.chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    return bytes;
  }

  /** @param {string} name One of `names`, text in UTF-8. */
  async text(name) {
    return new TextDecoder().decode(await this.bytes(name));
  }

  /** Unpacks one chunk more, for whoever waits for it. */
  #advance() {
    this.#next ??= this.#take().finally(() => (this.#next = null));
    return this.#next;
  }

  async #take() {
    if (performance.now() > this.#turnEnds) {
      await nextTask();
      this.#turnEnds = performance.now() + TURN_MS;
    }
    const { done, value } = await this.#unpacked.read();
    if (done) throw new Error('the file is damaged: its data ends early');
    for (let rest = value; rest.length > 0; ) {
      const [file] = this.#waiting;
      if (file === undefined) throw new Error('the file is damaged: it has more data than files');
      const chunk = rest.subarray(0, file.size - file.got);
      file.chunks.push(chunk);
      file.got += chunk.length;
      if (file.got === file.size) this.#waiting.shift();
      rest = rest.subarray(chunk.length);
    }
  }
}

/**
 * The packed stream out of its digits.
 * @param {string} text
 * @param {number} length In bytes.
 * @returns {ReadableStream<Uint8Array<ArrayBuffer>>}
 */
export function packedStream(text, length) {
  let group = 0;
  return new ReadableStream({
    pull(controller) {
      const from = group * BYTES_IN_GROUP;
      if (from >= length) return controller.close();
      const bytes = Math.min(GROUPS * BYTES_IN_GROUP, length - from);
      controller.enqueue(fromBase116(text, group * DIGITS_IN_GROUP, bytes));
      group += GROUPS;
    },
  });
}

/** Firefox may collect a channel that nothing holds, with the message that is on its way. @type {Set<MessageChannel>} */
const held = new Set();

/** Resolves when the page has had its turn, also where timers are slowed down. @returns {Promise<void>} */
function nextTask() {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    held.add(channel);
    channel.port1.onmessage = () => {
      held.delete(channel);
      channel.port1.close();
      resolve();
    };
    channel.port2.postMessage(null);
  });
}
