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
