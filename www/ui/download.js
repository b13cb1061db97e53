/** @file Handing a file to the reader: no request, no storage. */

import { h } from './dom.js';

/** How long the browser has to take the file over. */
const KEPT_MS = 60_000;

/**
 * @param {string} name
 * @param {string} type  media type
 * @param {BlobPart[]} pieces
 */
export function download(name, type, pieces) {
  const address = URL.createObjectURL(new Blob(pieces, { type }));
  h('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}
