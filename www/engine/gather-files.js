/**
 * What a reader drops, chooses, pastes or types, as entries that come one by
 * one: a folder is walked while its first files are already being read, and no
 * list of all its files is ever made. A folder or file that cannot be read is
 * an entry that rejects when it is read.
 *
 * @import { FileEntry } from './protocol.js'
 */

import { blobEntry, unreadableEntry } from './file-entry.js';

/** @typedef {AsyncIterable<FileEntry>} Gathering Can be walked once. */

/** Left in folders by operating systems; nobody's text. */
const LITTER = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini', '__MACOSX']);

/**
 * Everything in a drop or on the clipboard, folders included. Call it inside
 * the `drop` or `paste` event, without awaiting anything before: the items are
 * gone after the first await.
 *
 * Handles come first, since from disk Chromium reads folders by no other way;
 * then entries (Firefox, Safari); then plain files; then text. Text that was
 * dragged from a page is taken as plain text; only where there is none, as the
 * HTML it came as, which is read and never shown as HTML.
 * @param {DataTransfer} transfer
 * @param {string} textName Name to give to text, without an ending.
 * @returns {Gathering}
 */
export function gatherDrop(transfer, textName) {
  const files = Array.from(transfer.items).filter((item) => item.kind === 'file');
  if (files.length === 0) return gatherDroppedText(transfer, textName);
  // All three are read before the first await.
  const routes = files.map((item) => ({
    handle: item.getAsFileSystemHandle?.().catch((error) => unreadableEntry(item.getAsFile()?.name ?? '', error)),
    entry: item.webkitGetAsEntry?.() ?? null,
    file: item.getAsFile(),
  }));
  return walkRoutes(routes);
}

/**
 * The files of an `<input type="file">`, with `webkitdirectory` or without. The
 * list is read at once: it is empty after the input's value was reset.
 * @param {FileList | readonly File[]} files
 * @returns {Gathering}
 */
export function gatherInput(files) {
  return walkFiles(Array.from(files));
}

/**
 * A text that was typed or pasted; nothing when it is blank.
 * @param {string} text
 * @param {string} name
 * @returns {Gathering}
 */
export function gatherText(text, name) {
  return walkFiles(text.trim() === '' ? [] : [new File([text], name)]);
}

/**
 * @param {DataTransfer} transfer
 * @param {string} name
 */
function gatherDroppedText(transfer, name) {
  const plain = transfer.getData('text/plain') || uriLines(transfer.getData('text/uri-list'));
  if (plain.trim() !== '') return gatherText(plain, `${name}.txt`);
  return gatherText(transfer.getData('text/html'), `${name}.html`);
}

/** The addresses of a list, without its comments. @param {string} list */
function uriLines(list) {
  const lines = list.split(/\r?\n/);
  return lines.filter((line) => line !== '' && !line.startsWith('#')).join('\n');
}

/** @param {File[]} files */
async function* walkFiles(files) {
  for (const file of files) {
    const name = file.webkitRelativePath || file.name;
    if (!isLitter(name)) yield blobEntry(file, name);
  }
}

/**
 * @typedef {object} Route The ways to one dropped thing.
 * @property {Promise<FileSystemHandle | FileEntry | null> | undefined} handle
 * @property {FileSystemEntry | null} entry
 * @property {File | null} file
 */

/** @param {Route[]} routes */
async function* walkRoutes(routes) {
  for (const { handle, entry, file } of routes) {
    const held = await handle;
    if (held && 'kind' in held) yield* walkHandle(held, '');
    else if (entry?.isDirectory) yield* walkEntry(entry, '');
    else if (file !== null) yield* walkFiles([file]);
    else if (entry !== null) yield* walkEntry(entry, '');
    else if (held) yield held;
  }
}

/**
 * Of a folder only the names of its children are kept: each child is opened
 * when its turn comes.
 * @param {FileSystemHandle} handle
 * @param {string} folder Path of the folder it was found in, empty or ending with `/`.
 * @returns {AsyncGenerator<FileEntry>}
 */
async function* walkHandle(handle, folder) {
  const name = folder + handle.name;
  if (handle.kind === 'file') {
    const file = /** @type {FileSystemFileHandle} */ (handle);
    yield await opened(name, async () => blobEntry(await file.getFile(), name));
    return;
  }
  const directory = /** @type {FileSystemDirectoryHandle} */ (handle);
  /** @type {{ name: string, kind: FileSystemHandleKind }[]} */
  const children = [];
  try {
    for await (const { name, kind } of directory.values()) children.push({ name, kind });
  } catch (error) {
    yield unreadableEntry(name, error);
  }
  for (const child of inOrder(children)) {
    const inside = `${name}/${child.name}`;
    const found = await opened(inside, () => childOf(directory, child));
    if ('slice' in found) yield found;
    else yield* walkHandle(found, `${name}/`);
  }
}

/**
 * @param {FileSystemDirectoryHandle} directory
 * @param {{ name: string, kind: FileSystemHandleKind }} child
 * @returns {Promise<FileSystemHandle>}
 */
function childOf(directory, { name, kind }) {
  return kind === 'file' ? directory.getFileHandle(name) : directory.getDirectoryHandle(name);
}

/**
 * @param {FileSystemEntry} entry
 * @param {string} folder
 * @returns {AsyncGenerator<FileEntry>}
 */
async function* walkEntry(entry, folder) {
  const name = folder + entry.name;
  if (entry.isFile) {
    const file = /** @type {FileSystemFileEntry} */ (entry);
    yield await opened(name, async () => blobEntry(await called((resolve, reject) => file.file(resolve, reject)), name));
    return;
  }
  const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
  /** @type {FileSystemEntry[]} */
  const children = [];
  try {
    for (;;) {
      // A folder is read in portions; an empty one ends it.
      /** @type {FileSystemEntry[]} */
      const portion = await called((resolve, reject) => reader.readEntries(resolve, reject));
      if (portion.length === 0) break;
      children.push(...portion);
    }
  } catch (error) {
    yield unreadableEntry(name, error);
  }
  for (const child of inOrder(children)) yield* walkEntry(child, `${name}/`);
}

/**
 * The children of a folder in the order of their names, whatever order the
 * browser found them in.
 * @template {{ name: string }} T
 * @param {T[]} children
 */
function inOrder(children) {
  return children.filter(({ name }) => !LITTER.has(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** @param {string} path */
function isLitter(path) {
  return path.split('/').some((part) => LITTER.has(part));
}

/**
 * What was opened, or an entry that says why it could not be.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} open
 * @returns {Promise<T | FileEntry>}
 */
async function opened(name, open) {
  try {
    return await open();
  } catch (error) {
    return unreadableEntry(name, error);
  }
}

/**
 * A promise of what a function with two callbacks gives.
 * @template T
 * @param {(resolve: (value: T) => void, reject: (error: unknown) => void) => void} start
 * @returns {Promise<T>}
 */
function called(start) {
  return new Promise(start);
}
