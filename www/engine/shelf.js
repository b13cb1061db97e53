/**
 * The one index that a reader keeps in the browser's storage. Nothing is kept
 * unless the reader asks, and one call forgets it.
 */

import { ExplorerError, errorText } from './errors.js';

const DATABASE = 'kashshaf';
const STORE = 'shelf';
const KEY = 'corpus';

/**
 * `without`: ids of pages that come with the explorer and were taken out before; indexes of earlier versions have none.
 * @typedef {{ bytes: Blob, size: number, pages: number, fingerprint: string, kept: Date, without?: string[] }} Kept
 */

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const settled = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/**
 * The database; null where there is none and it is not to be made: who only looks leaves nothing behind,
 * also while another forgets.
 * @param {boolean} make
 * @returns {Promise<IDBDatabase | null>}
 */
function open(make) {
  const request = indexedDB.open(DATABASE, 1);
  let isMissing = false;
  request.onupgradeneeded = () => {
    if (make) request.result.createObjectStore(STORE);
    else {
      isMissing = true;
      request.transaction?.abort();
    }
  };
  return settled(request).catch((error) => {
    if (isMissing) return null;
    throw error;
  });
}

/**
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} act
 * @param {{ make: boolean }} how
 * @returns {Promise<T | null>} Null where there is no database.
 */
async function inStore(mode, act, { make }) {
  try {
    const database = await open(make);
    if (database === null) return null;
    try {
      const transaction = database.transaction(STORE, mode);
      const request = act(transaction.objectStore(STORE));
      // What is written is there when the transaction is done, and not before.
      await new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error);
        transaction.onerror = () => reject(transaction.error);
      });
      return request.result;
    } finally {
      database.close();
    }
  } catch (error) {
    const reason = errorText(error);
    throw new ExplorerError(
      'storage-refused',
      `The browser's storage cannot be used: ${reason}. It may be full, or closed to this page, as in a private window ` +
        'or a sandboxed frame; save the index as a file instead.',
      [['reason', reason]],
      error,
    );
  }
}

/** What is kept; null when nothing is. @returns {Promise<Kept | null>} */
export async function kept() {
  return (await inStore('readonly', (store) => store.get(KEY), { make: false })) ?? null;
}

/** Keeps an index in the place of the one kept before. @param {ArrayBuffer} bytes @param {{ pages: number, fingerprint: string, without: string[] }} about */
export async function keep(bytes, about) {
  /** @type {Kept} */
  const kept = { bytes: new Blob([bytes]), size: bytes.byteLength, kept: new Date(), ...about };
  await inStore('readwrite', (store) => store.put(kept, KEY), { make: true });
  return kept;
}

/** Erases what is kept, and the database with it. */
export async function forget() {
  await inStore('readwrite', (store) => store.delete(KEY), { make: false });
  await settled(indexedDB.deleteDatabase(DATABASE)).catch(() => {});
}
