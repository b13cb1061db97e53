/**
 * What the page says to its workers and hears from them. The engine's
 * worker holds the core and answers; every `ask` and every `add` gets exactly
 * one reply with its id: `answer`, `bytes`, `added`, `refusal`, `dropped`, or the `crash`
 * that ends the worker. The reading worker turns files into a stream of pieces
 * for the core; it is started when a file comes that the core cannot read alone.
 * The annotating worker finds names, dates and quotes; it is started when they
 * are first asked for.
 *
 * @import {
 *   AbandonRequest, AddedReply, BeginRequest, ExplorerErrorData, FileReport, InspectRequest, ForecastRequest,
 * } from '../../src/wasm/types.js'
 */

/** @typedef {'overview' | 'search' | 'around' | 'explain' | 'facets' | 'suggest' | 'export' | 'page' | 'entities' | 'entity' | 'aliases' | 'decide' | 'decisionsFile' | 'loadDecisions' | 'network' | 'networkFile' | 'dates' | 'quotes' | 'conflicts' | 'ledger' | 'ledgerFile' | 'sniff' | 'saveIndex' | 'refresh' | 'setRules' | 'bundledRules' | 'annotation' | 'pagesToAnnotate' | 'takeAnnotations' | 'openParts' | 'takePart' | 'removePages' | 'share'} Method */

/**
 * Something on its way into the core: a file that it reads by itself, the next bytes of an index file and word that
 * all of them were sent, a piece of the stream of the readers, pieces with the share that another worker made of
 * them, or word of a file that cannot be read. `bytes` are transferred, not copied; `file` is the number of the file in the ledger,
 * null for those that came with the explorer.
 * @typedef {{ kind: 'file', file: number | null, name: string, bytes: ArrayBuffer }
 *   | { kind: 'arriving', bytes: ArrayBuffer, areFirst: boolean }
 *   | { kind: 'arrived', file: number | null, name: string }
 *   | { kind: 'piece', file: number, bytes: ArrayBuffer }
 *   | { kind: 'share', bytes: ArrayBuffer, pieces: { file: number, bytes: ArrayBuffer }[] }
 *   | { kind: 'abandon', request: AbandonRequest & { file: number } }} Item
 */

/** What became of an item, in the kind of its item; null for word of a file. @typedef {FileReport | AddedReply | null} ItemReply */

/**
 * From the page to the engine's worker. `refresh`: bring the index up to date before replying.
 * @typedef {{ kind: 'start', module: WebAssembly.Module }
 *   | { kind: 'ask', id: number, method: Method, request: any }
 *   | { kind: 'add', id: number, items: Item[], refresh: boolean }
 *   | { kind: 'cancel', id: number }} ToWorker
 */

/**
 * From the engine's worker to the page. `memory`: bytes that the core holds. In
 * a crash `item` is the place, among those sent together, of what was being
 * added; `id` is null when the worker fell outside any request; `inRefresh` says
 * that it fell while bringing the index up to date, for which anything added
 * since the last time may be to blame.
 * @typedef {{ kind: 'started' }
 *   | { kind: 'answer', id: number, json: string }
 *   | { kind: 'bytes', id: number, bytes: ArrayBuffer }
 *   | { kind: 'added', id: number, replies: ItemReply[], memory: number }
 *   | { kind: 'refusal', id: number, error: ExplorerErrorData }
 *   | { kind: 'dropped', id: number }
 *   | { kind: 'crash', id: number | null, item: number | null, inRefresh: boolean, message: string }} FromWorker
 */

/**
 * A file for the reading worker: its bytes where they were read already, else
 * they are asked for in slices.
 * @typedef {{ request: BeginRequest & { file: number }, bytes: ArrayBuffer | null }} FileToRead
 */

/**
 * From the page to the reading worker. A slice of null says that the file cannot
 * be read on; `go` that another portion may be sent.
 * @typedef {{ kind: 'start', module: WebAssembly.Module }
 *   | { kind: 'read', id: number, files: FileToRead[] }
 *   | { kind: 'slice', bytes: ArrayBuffer | null }
 *   | { kind: 'go' }
 *   | { kind: 'inspect', id: number, request: InspectRequest, head: ArrayBuffer }
 *   | { kind: 'peek', id: number, request: BeginRequest & { file: number }, member: number }
 *   | { kind: 'forecast', id: number, request: ForecastRequest }
 *   | { kind: 'limits', id: number }} ToReader
 */

/**
 * What the readers made since the last portion: pieces of the stream, and the
 * files that are done. `bytesDone` are bytes of the file in hand, `member` the
 * member of an archive.
 * @typedef {{ pieces: { file: number, bytes: ArrayBuffer }[], closed: number[], file: number,
 *   bytesDone: number, member: string | null }} Portion
 */

/**
 * From the reading worker to the page. `file` in a crash is the one being read.
 * @typedef {{ kind: 'started' }
 *   | { kind: 'want', file: number, from: number, length: number }
 *   | { kind: 'portion', id: number, portion: Portion }
 *   | { kind: 'answer', id: number, value: any }
 *   | { kind: 'refusal', id: number, error: ExplorerErrorData }
 *   | { kind: 'crash', file: number | null, message: string }} FromReader
 */

/**
 * From the page to the annotating worker. `frames` are pages from number `from` on, `without` the numbers of those to
 * be left out; `turn` ends a pass, `take` asks for the next frame of the layers.
 * @typedef {{ kind: 'start', module: WebAssembly.Module }
 *   | { kind: 'model', id: number, bytes: ArrayBuffer }
 *   | { kind: 'begin' | 'turn' | 'take', id: number }
 *   | { kind: 'read', id: number, from: number, frames: ArrayBuffer, without: number[] }} ToAnnotator
 */

/**
 * From the annotating worker to the page. `page` in a crash is the one being read.
 * @typedef {{ kind: 'started' }
 *   | { kind: 'answer', id: number, value: any }
 *   | { kind: 'refusal', id: number, error: ExplorerErrorData }
 *   | { kind: 'crash', page: number | null, message: string }} FromAnnotator
 */

/**
 * The part of a `Worker` that the page uses, so that tests can stand in for it.
 * @template To, From
 * @typedef {object} WorkerLike
 * @property {(message: To, transfer: Transferable[]) => void} postMessage
 * @property {() => void} terminate
 * @property {((event: MessageEvent<From>) => void) | null} onmessage
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
 * @property {() => AsyncIterable<ArrayBuffer>} [stream] All its bytes as they come, where they come slowly.
 */

/** The longest stretch, in milliseconds, for which adding files keeps the worker from answering. */
export const STEP_MS = 20;

/** A reader who has searched rests when no further search comes for so many milliseconds. */
export const REST_MS = 250;

/** A batch of files ends at this many files … */
export const BATCH_FILES = 64;
/** … or at this many bytes, whichever comes first. */
export const BATCH_BYTES = 1 << 20;

/** Pages go to the annotator in portions of at least this many bytes: some milliseconds of the core's time. */
export const FRAME_BYTES = 1 << 18;

/** Plain text above this many bytes goes through the readers, slice by slice, rather than whole. */
export const WHOLE_BYTES = 16 << 20;

/** First bytes of a file that tell what it is. */
export const HEAD_BYTES = 4096;
/** First bytes of a file that tell its columns and its encoding. */
export const INSPECT_BYTES = 64 << 10;

/** A portion of the readers' stream ends at about this many bytes … */
export const PORTION_BYTES = 1 << 20;
/** … and this many portions are made ahead of what the core has taken. */
export const PORTIONS_AHEAD = 2;
