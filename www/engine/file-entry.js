/**
 * Something that can be added to the corpus: a name and bytes at any place, so
 * that a file of many gigabytes is never held whole.
 *
 * @import { FileEntry } from './protocol.js'
 */

import { unreadable } from './errors.js';

/**
 * @param {Blob} blob
 * @param {string} name
 * @returns {FileEntry}
 */
export function blobEntry(blob, name) {
  return { name, size: blob.size, slice: (from, to) => blob.slice(from, to).arrayBuffer() };
}

/**
 * An entry over bytes that come whole or not at all, such as an answer of a server.
 * @param {string} name
 * @param {number | null} size
 * @param {() => Promise<ArrayBuffer>} bytes A fresh buffer at each call.
 * @returns {FileEntry}
 */
export function wholeEntry(name, size, bytes) {
  return {
    name,
    size,
    async slice(from, to) {
      const whole = await bytes();
      return from === 0 && to >= whole.byteLength ? whole : whole.slice(from, to);
    },
  };
}

/**
 * An entry over an answer of a server, which is fetched now, for whoever asks first; it can be taken as it comes.
 * @param {string} name
 * @param {() => Promise<Response>} load A fresh one at each call.
 * @returns {FileEntry}
 */
export function streamedEntry(name, load) {
  /** @type {Download | null} */
  let ahead = new Download(load());
  const stream = () => {
    const download = ahead ?? new Download(load());
    ahead = null;
    return download.chunks();
  };
  return { ...wholeEntry(name, null, () => joined(stream())), stream };
}

/** @param {AsyncIterable<ArrayBuffer>} chunks */
export async function joined(chunks) {
  /** @type {ArrayBuffer[]} */
  const all = [];
  for await (const chunk of chunks) all.push(chunk);
  return new Blob(all).arrayBuffer();
}

/** What comes from the network in small bits is passed on in pieces of so many bytes. */
const PIECE_BYTES = 1 << 20;

/** Bytes that are taken from the network as fast as they come, whoever asks for them when. */
class Download {
  /** @type {ArrayBuffer[]} */
  #waiting = [];
  #isDone = false;
  #wake = () => {};
  #end;
  /** @type {ReadableStreamDefaultReader<Uint8Array> | undefined} */
  #reader;

  /** @param {Promise<Response>} response */
  constructor(response) {
    this.#end = this.#read(response).finally(() => {
      this.#isDone = true;
      this.#wake();
    });
    // Its failure is told to whoever asks for the bytes.
    this.#end.catch(() => {});
  }

  /** @param {Promise<Response>} response */
  async #read(response) {
    this.#reader = (await response).body?.getReader();
    let [piece, filled] = [new Uint8Array(PIECE_BYTES), 0];
    const pass = () => {
      this.#waiting.push(filled === PIECE_BYTES ? piece.buffer : piece.slice(0, filled).buffer);
      [piece, filled] = [new Uint8Array(PIECE_BYTES), 0];
      this.#wake();
    };
    for (let read; (read = await this.#reader?.read()) && !read.done; ) {
      for (let { value } = read; value.byteLength > 0; ) {
        const fits = value.subarray(0, PIECE_BYTES - filled);
        piece.set(fits, filled);
        filled += fits.byteLength;
        value = value.subarray(fits.byteLength);
        if (filled === PIECE_BYTES) pass();
      }
    }
    if (filled > 0) pass();
  }

  /** The pieces, once. Whoever leaves before the last ends the download. */
  async *chunks() {
    try {
      for (;;) {
        const chunk = this.#waiting.shift();
        if (chunk !== undefined) yield chunk;
        else if (this.#isDone) break;
        else await new Promise((resolve) => (this.#wake = () => resolve(undefined)));
      }
      await this.#end;
    } finally {
      if (!this.#isDone) this.#reader?.cancel().catch(() => {});
    }
  }
}

/**
 * A file or folder that the browser names and cannot read: a line in the ledger, never an exception.
 * @param {string} name
 * @param {unknown} error
 * @returns {FileEntry}
 */
export function unreadableEntry(name, error) {
  return { name, size: null, slice: () => Promise.reject(unreadable(name, error)) };
}

/**
 * What a host page hands over, as an entry.
 * @param {File | FileEntry} file
 * @returns {FileEntry}
 */
export function asEntry(file) {
  return file instanceof Blob ? blobEntry(file, file.webkitRelativePath || file.name) : file;
}

/**
 * All bytes of an entry.
 * @param {FileEntry} entry
 */
export function wholeOf(entry) {
  return entry.slice(0, entry.size ?? Infinity);
}
