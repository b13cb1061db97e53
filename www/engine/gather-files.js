/**
 * What a reader drops, chooses or types, as a flat list of entries. A folder
 * or file that cannot be read is an entry whose `bytes` rejects: it becomes a
 * line in the ledger, never an exception here.
 *
 * @import { FileEntry } from './protocol.js'
 */

import { unreadable } from './importer.js';

/** Left in folders by operating systems; nobody's text. */
const LITTER = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini', '__MACOSX']);

/**
 * Everything in a drop, folders included. Call it inside the `drop` event,
 * without awaiting anything before: the items are gone after the first await.
 *
 * Handles come first, since from disk Chromium reads folders by no other way;
 * then entries (Firefox, Safari); then plain files; then dropped text.
 * @param {DataTransfer} transfer
 * @param {string} [textName] Name to give to dropped text.
 * @returns {Promise<FileEntry[]>}
 */
export async function gatherDrop(transfer, textName = 'dropped-text.txt') {
  const files = Array.from(transfer.items).filter((item) => item.kind === 'file');
  const text = transfer.getData('text/plain');
  // All three are read before the first await.
  const routes = files.map((item) => ({
    handle: item.getAsFileSystemHandle?.().catch((error) => unreadableEntry('', error)),
    entry: item.webkitGetAsEntry?.() ?? null,
    file: item.getAsFile(),
  }));
  if (routes.length === 0) return gatherText(text, textName);
  const gathered = await Promise.all(
    routes.map(async ({ handle, entry, file }) => {
      const held = await handle;
      if (held && 'kind' in held) return fromHandle(held, '');
      if (entry?.isDirectory) return fromEntry(entry, '');
      if (file !== null) return [fileEntry(file, file.name)];
      if (entry !== null) return fromEntry(entry, '');
      return held ? [held] : [];
    }),
  );
  return gathered.flat();
}

/**
 * The files of an `<input type="file">`, with `webkitdirectory` or without. The
 * list is read at once: it is empty after the input's value was reset.
 * @param {FileList | readonly File[]} files
 * @returns {Promise<FileEntry[]>}
 */
export async function gatherInput(files) {
  return Array.from(files, (file) => fileEntry(file, file.webkitRelativePath || file.name)).filter(
    ({ name }) => !name.split('/').some((part) => LITTER.has(part)),
  );
}

/**
 * A text that was typed or pasted; none when it is blank.
 * @param {string} text
 * @param {string} name
 * @returns {Promise<FileEntry[]>}
 */
export async function gatherText(text, name) {
  if (text.trim() === '') return [];
  const blob = new Blob([text]);
  return [{ name, size: blob.size, bytes: () => blob.arrayBuffer() }];
}

/**
 * @param {File} file
 * @param {string} name
 * @returns {FileEntry}
 */
function fileEntry(file, name) {
  return { name, size: file.size, bytes: () => file.arrayBuffer() };
}

/**
 * @param {string} name
 * @param {unknown} error
 * @returns {FileEntry}
 */
function unreadableEntry(name, error) {
  return { name, size: null, bytes: () => Promise.reject(unreadable(name, error)) };
}

/**
 * @param {FileSystemHandle} handle
 * @param {string} folder Path of the folder it was found in, empty or ending with `/`.
 * @returns {Promise<FileEntry[]>}
 */
async function fromHandle(handle, folder) {
  const name = folder + handle.name;
  try {
    if (handle.kind === 'file') {
      return [fileEntry(await /** @type {FileSystemFileHandle} */ (handle).getFile(), name)];
    }
    /** @type {FileSystemHandle[]} */
    const children = [];
    const directory = /** @type {FileSystemDirectoryHandle} */ (handle);
    for await (const child of directory.values()) children.push(child);
    return inFolder(children, (child) => fromHandle(child, `${name}/`));
  } catch (error) {
    return [unreadableEntry(name, error)];
  }
}

/**
 * @param {FileSystemEntry} entry
 * @param {string} folder
 * @returns {Promise<FileEntry[]>}
 */
async function fromEntry(entry, folder) {
  const name = folder + entry.name;
  try {
    if (entry.isFile) {
      const { promise, resolve, reject } = deferred();
      /** @type {FileSystemFileEntry} */ (entry).file(resolve, reject);
      return [fileEntry(/** @type {File} */ (await promise), name)];
    }
    const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
    /** @type {FileSystemEntry[]} */
    const children = [];
    for (;;) {
      // A folder is read in portions; an empty one ends it.
      const { promise, resolve, reject } = deferred();
      reader.readEntries(resolve, reject);
      const portion = /** @type {FileSystemEntry[]} */ (await promise);
      if (portion.length === 0) break;
      children.push(...portion);
    }
    return inFolder(children, (child) => fromEntry(child, `${name}/`));
  } catch (error) {
    return [unreadableEntry(name, error)];
  }
}

/**
 * The children of a folder in the order of their names, whatever order the
 * browser found them in.
 * @template {{ name: string }} T
 * @param {T[]} children
 * @param {(child: T) => Promise<FileEntry[]>} read
 * @returns {Promise<FileEntry[]>}
 */
async function inFolder(children, read) {
  const wanted = children.filter(({ name }) => !LITTER.has(name));
  wanted.sort((a, b) => (a.name < b.name ? -1 : 1));
  const found = [];
  // One after the other: a deep tree must not open all its folders at once.
  for (const child of wanted) found.push(...(await read(child)));
  return found;
}

/** @returns {{ promise: Promise<any>, resolve(value: any): void, reject(error: unknown): void }} */
function deferred() {
  /** @type {any} */
  const parts = {};
  parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return parts;
}
