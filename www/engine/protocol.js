/**
 * What the page and the engine's worker say to each other. Every `ask` and
 * every `add` gets exactly one reply with its id: `answer`, `reports`,
 * `refusal`, `dropped`, or the `crash` that ends the worker.
 *
 * @import { ExplorerErrorData, FileReport } from '../../src/wasm/types.js'
 */

/** @typedef {'overview' | 'search' | 'page' | 'entities' | 'entity' | 'refresh'} Method */

/**
 * A file on its way into the engine; `bytes` is transferred, not copied.
 * @typedef {{ name: string, bundled: boolean, bytes: ArrayBuffer }} OutgoingFile
 */

/**
 * From the page to the worker. `refresh`: bring the index up to date before reporting.
 * @typedef {{ kind: 'start', module: WebAssembly.Module }
 *   | { kind: 'ask', id: number, method: Method, request: unknown }
 *   | { kind: 'add', id: number, files: OutgoingFile[], refresh: boolean }
 *   | { kind: 'cancel', id: number }} ToWorker
 */

/**
 * From the worker to the page. `file` in a crash is the position, in its batch,
 * of the file that was being added; `id` is null when the worker fell outside
 * any request.
 * @typedef {{ kind: 'started' }
 *   | { kind: 'answer', id: number, json: string }
 *   | { kind: 'reports', id: number, reports: FileReport[] }
 *   | { kind: 'refusal', id: number, error: ExplorerErrorData }
 *   | { kind: 'dropped', id: number }
 *   | { kind: 'crash', id: number | null, file: number | null, message: string }} FromWorker
 */

/**
 * The part of a `Worker` that the client uses, so that tests can stand in for it.
 * @typedef {object} WorkerLike
 * @property {(message: ToWorker, transfer: Transferable[]) => void} postMessage
 * @property {() => void} terminate
 * @property {((event: MessageEvent<FromWorker>) => void) | null} onmessage
 * @property {((event: ErrorEvent) => void) | null} onerror
 */

/**
 * Something that can be added to the corpus. It may be read more than once:
 * the engine reads a file again when it has to be reloaded.
 * @typedef {object} FileEntry
 * @property {string} name Path relative to what was dropped or chosen, parts joined by `/`.
 * @property {number | null} size In bytes, when it is known before reading.
 * @property {(from: number, to: number) => Promise<ArrayBuffer>} slice A fresh buffer with the bytes
 *   from `from` up to, not including, `to`, or up to the end when that comes first.
 */

/** The longest stretch, in milliseconds, for which adding files keeps the worker from answering. */
export const STEP_MS = 20;

/** A batch of files ends at this many files … */
export const BATCH_FILES = 64;
/** … or at this many bytes, whichever comes first. */
export const BATCH_BYTES = 1 << 20;

/** A single file above this many bytes (1 GiB) is refused before it is read. */
export const MAX_FILE_BYTES = 2 ** 30;
