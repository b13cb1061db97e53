/**
 * Files on their way into the engine: read in batches, one batch ahead of the
 * worker, each file with one report whatever becomes of it.
 *
 * @import { FileReport } from '../../src/wasm/types.js'
 * @import { FileEntry, OutgoingFile } from './protocol.js'
 */

import { ExplorerError, errorText } from './errors.js';
import { BATCH_BYTES, BATCH_FILES, MAX_FILE_BYTES } from './protocol.js';

/** What a file of unknown size counts for in a batch, in bytes. */
const ASSUMED_BYTES = 16 << 10;

/**
 * A file that could be read, or the report that says why it could not.
 * @typedef {{ entry: FileEntry, bytes: ArrayBuffer, report: null }
 *   | { entry: FileEntry, bytes: null, report: FileReport }} ReadFile
 */

/**
 * The report of a file that never reached the core.
 * @param {FileEntry} entry
 * @param {ExplorerError} error
 * @returns {FileReport}
 */
export function failedReport(entry, error) {
  return {
    name: entry.name,
    status: 'failed',
    id: null,
    bytes: entry.size ?? 0,
    encoding: null,
    articles: 0,
    words: 0,
    warning: null,
    error: error.toData(),
  };
}

/**
 * Cuts a list of files into batches of at most `BATCH_FILES` and, unless one
 * file alone is larger, `BATCH_BYTES`.
 * @param {readonly FileEntry[]} entries
 * @returns {FileEntry[][]}
 */
export function batchesOf(entries) {
  /** @type {FileEntry[][]} */
  const batches = [];
  let bytes = 0;
  for (const entry of entries) {
    const size = entry.size ?? ASSUMED_BYTES;
    const last = batches.at(-1);
    if (last !== undefined && last.length < BATCH_FILES && bytes + size <= BATCH_BYTES) {
      last.push(entry);
      bytes += size;
    } else {
      batches.push([entry]);
      bytes = size;
    }
  }
  return batches;
}

/**
 * Reads a batch; never rejects.
 * @param {readonly FileEntry[]} entries
 * @returns {Promise<ReadFile[]>}
 */
export function readBatch(entries) {
  return Promise.all(entries.map(readFile));
}

/**
 * @param {FileEntry} entry
 * @returns {Promise<ReadFile>}
 */
async function readFile(entry) {
  try {
    refuseTooLarge(entry.size);
    const bytes = await entry.bytes();
    refuseTooLarge(bytes.byteLength);
    return { entry, bytes, report: null };
  } catch (error) {
    const known = error instanceof ExplorerError ? error : unreadable(entry.name, error);
    return { entry, bytes: null, report: failedReport(entry, known) };
  }
}

/** @param {number | null} size */
function refuseTooLarge(size) {
  if (size === null || size <= MAX_FILE_BYTES) return;
  const message =
    `The file has ${size} bytes; at most ${MAX_FILE_BYTES} (1 GiB) can be read at once. ` +
    'Split it into smaller files and add them together.';
  throw new ExplorerError('file-too-large', message, [
    ['bytes', String(size)],
    ['allowed', String(MAX_FILE_BYTES)],
  ]);
}

/**
 * @param {string} name
 * @param {unknown} cause
 */
export function unreadable(name, cause) {
  const reason = errorText(cause);
  const message = `The browser could not read «${name}»: ${reason}. Check that it still exists and may be read.`;
  return new ExplorerError('file-unreadable', message, [['reason', reason]], cause);
}

/**
 * @param {readonly ReadFile[]} files
 * @param {boolean} bundled
 * @returns {OutgoingFile[]} The files that could be read, in order.
 */
export function outgoing(files, bundled) {
  return files.flatMap(({ entry, bytes }) =>
    bytes === null ? [] : [{ name: entry.name, bundled, bytes }],
  );
}

/**
 * Puts the engine's reports between those of the files that it never saw.
 * @param {readonly ReadFile[]} files
 * @param {readonly FileReport[]} answers One for each file that could be read.
 * @returns {FileReport[]} One for each file, in order.
 */
export function allReports(files, answers) {
  let next = 0;
  return files.map(({ report }) => report ?? answers[next++]);
}

/**
 * Reads a batch again whose bytes went down with a worker, without the file
 * that brought it down.
 * @param {readonly ReadFile[]} files
 * @param {number | null} culprit Position among the files that could be read.
 * @param {ExplorerError} error What becomes of the culprit.
 * @returns {Promise<ReadFile[]>}
 */
export function readAgain(files, culprit, error) {
  let sent = 0;
  return Promise.all(
    files.map((file) => {
      if (file.bytes === null) return file;
      if (sent++ !== culprit) return readFile(file.entry);
      return { entry: file.entry, bytes: null, report: failedReport(file.entry, error) };
    }),
  );
}

/**
 * How far an import is. `current` is the name of the file last handed over;
 * `finished` is true exactly once, in the last event of an import, also of one
 * that was cancelled.
 * @typedef {{ done: number, total: number, bytesDone: number, bytesTotal: number,
 *   current: string | null, bundled: boolean, finished: boolean }} Progress
 */

/**
 * Hands files over batch by batch, reading one batch ahead.
 * @param {readonly FileEntry[]} entries
 * @param {boolean} bundled
 * @param {(files: ReadFile[], isLast: boolean) => Promise<FileReport[]>} add
 * @param {() => boolean} isStopped Asked between batches.
 * @param {(progress: Progress, reports: FileReport[]) => void} tell Called at the start, after
 *   each batch with its reports, and at the end.
 */
export async function importAll(entries, bundled, add, isStopped, tell) {
  const bytesTotal = entries.reduce((sum, entry) => sum + (entry.size ?? 0), 0);
  /** @type {Progress} */
  let progress = {
    done: 0,
    total: entries.length,
    bytesDone: 0,
    bytesTotal,
    current: null,
    bundled,
    finished: false,
  };
  tell(progress, []);
  try {
    const batches = batchesOf(entries);
    let ahead = batches.length > 0 ? readBatch(batches[0]) : null;
    for (let at = 0; ahead !== null && !isStopped(); at += 1) {
      const files = await ahead;
      ahead = at + 1 < batches.length ? readBatch(batches[at + 1]) : null;
      if (isStopped()) break;
      const reports = await add(files, ahead === null);
      const bytes = batches[at].reduce((sum, entry) => sum + (entry.size ?? 0), 0);
      progress = {
        ...progress,
        done: progress.done + reports.length,
        bytesDone: progress.bytesDone + bytes,
        current: files[files.length - 1].entry.name,
      };
      tell(progress, reports);
    }
  } finally {
    tell({ ...progress, finished: true }, []);
  }
}
