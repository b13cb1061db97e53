/**
 * Files on their way into the engine: read in batches, one batch ahead of the
 * worker, each file with one report whatever becomes of it.
 *
 * @import { FileReport } from '../../src/wasm/types.js'
 * @import { Lookahead } from './lookahead.js'
 * @import { FileEntry, OutgoingFile } from './protocol.js'
 */

import { ExplorerError, unreadable } from './errors.js';
import { wholeOf } from './file-entry.js';
import { MAX_FILE_BYTES } from './protocol.js';

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
    const bytes = await wholeOf(entry);
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
 * How far an import is. The totals grow until `isCounted`; `current` is the name of the file last
 * handed over; `finished` is true exactly once, in the last event of an import, also of one that
 * was cancelled.
 * @typedef {{ done: number, total: number, bytesDone: number, bytesTotal: number, isCounted: boolean,
 *   current: string | null, bundled: boolean, finished: boolean }} Progress
 */

/**
 * Hands files over batch by batch, reading one batch ahead.
 * @param {Lookahead} lookahead
 * @param {boolean} bundled
 * @param {(files: ReadFile[], isLast: boolean) => Promise<FileReport[]>} add
 * @param {() => boolean} isStopped Asked between batches.
 * @param {(progress: Progress, reports: FileReport[]) => void} tell Called at the start, after
 *   each batch with its reports, and at the end.
 */
export async function importAll(lookahead, bundled, add, isStopped, tell) {
  let [done, bytesDone] = [0, 0];
  /** @type {string | null} */
  let current = null;
  /** @param {boolean} finished @returns {Progress} */
  const progress = (finished) => ({
    done,
    total: lookahead.files,
    bytesDone,
    bytesTotal: lookahead.bytes,
    isCounted: lookahead.isComplete,
    current,
    bundled,
    finished,
  });
  const next = async () => {
    const batch = await lookahead.batch();
    // Whether more will come is known before the batch has been read.
    return batch && { isLast: lookahead.isEmpty, files: await readBatch(batch) };
  };
  tell(progress(false), []);
  try {
    let ahead = next();
    for (;;) {
      const batch = await ahead;
      if (batch === null || isStopped()) break;
      ahead = next();
      // Its failure is told when its turn comes.
      ahead.catch(() => {});
      const reports = await add(batch.files, batch.isLast);
      done += reports.length;
      for (const { entry } of batch.files) bytesDone += entry.size ?? 0;
      current = batch.files[batch.files.length - 1].entry.name;
      tell(progress(false), reports);
    }
  } finally {
    lookahead.stop();
    tell(progress(true), []);
  }
}
