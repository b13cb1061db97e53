/**
 * The reading worker, a classic script behind the generated glue of the
 * readers: files come in, in slices that it asks for, and leave as pieces of
 * the stream that the core takes.
 *
 * @import { BeginRequest } from '../../src/wasm/types.js'
 * @import { FileToRead, FromReader, Portion, ToReader } from './protocol.js'
 */

import { errorText, explorerErrorData } from './errors.js';
import { PORTIONS_AHEAD, PORTION_BYTES } from './protocol.js';

/**
 * The worker's global scope, as far as it is used here.
 * @typedef {object} Scope
 * @property {(message: FromReader, transfer?: Transferable[]) => void} postMessage
 * @property {((event: MessageEvent<ToReader>) => void) | null} onmessage
 */
const page = /** @type {Scope} */ (/** @type {unknown} */ (globalThis));

/** Longest time in milliseconds that the page hears nothing of a file that is being read. */
const TELL_MS = 100;

/** The page waits for a slice; what it is given comes here. @type {((bytes: ArrayBuffer | null) => void) | null} */
let onSlice = null;
/** Portions that may still be sent. */
let credit = PORTIONS_AHEAD;
/** @type {(() => void) | null} */
let onCredit = null;
/** Number of the file being read, to be named if the readers fall over it. @type {number | null} */
let current = null;
/** After a crash the instance is poisoned: nothing more is asked of it. */
let dead = false;

page.onmessage = (/** @type {MessageEvent<ToReader>} */ { data }) => {
  if (dead) return;
  switch (data.kind) {
    case 'start':
      guard(() => {
        kashshaf_readers.initSync({ module: data.module });
        page.postMessage({ kind: 'started' });
      });
      break;
    case 'read':
      void read(data.id, data.files);
      break;
    case 'slice':
      onSlice?.(data.bytes);
      break;
    case 'go':
      credit += 1;
      onCredit?.();
      break;
    case 'inspect':
      answer(data.id, () => kashshaf_readers.Reader.inspect(data.request, new Uint8Array(data.head)));
      break;
    case 'peek':
      void peek(data.id, data.request, data.member);
      break;
    case 'forecast':
      answer(data.id, () => kashshaf_readers.Reader.forecast(data.request));
      break;
    case 'limits':
      answer(data.id, () => {
        const reader = new kashshaf_readers.Reader({});
        const limits = reader.limits();
        reader.free();
        return limits;
      });
      break;
  }
};

/**
 * @param {number} id
 * @param {FileToRead[]} files
 */
async function read(id, files) {
  const shelf = new Shelf(id);
  try {
    await readAll(id, files, shelf);
  } catch (error) {
    // What was made before stays made.
    shelf.handOver();
    crash(error);
  }
}

/**
 * @param {number} id
 * @param {FileToRead[]} files
 * @param {Shelf} shelf
 */
async function readAll(id, files, shelf) {
  let reader = new kashshaf_readers.Reader({});
  for (const { request, bytes: whole } of files) {
    const { file } = request;
    current = file;
    shelf.turnTo(file, 0, null);
    try {
      reader.begin(request);
    } catch (error) {
      // The page asked for what there is not: no file is to blame.
      const data = explorerErrorData(error);
      if (data === null) throw error;
      page.postMessage({ kind: 'refusal', id, error: data });
      return;
    }
    shelf.take(reader, file);
    let isCut = false;
    for (let want; (want = reader.want()) !== null; ) {
      const { from, length } = want;
      const slice = whole === null ? await ask(file, from, length) : whole;
      if (slice === null) {
        // What it had begun is dropped with it; the page closes the file's lines.
        isCut = true;
        reader.free();
        reader = new kashshaf_readers.Reader({});
        break;
      }
      reader.give(whole === null ? new Uint8Array(slice) : bytesOf(whole, from, length));
      shelf.take(reader, file);
      shelf.turnTo(file, from + length, reader.progress()?.member ?? null);
      if (shelf.isFull()) await shelf.send();
    }
    shelf.portion.closed.push(file);
    current = null;
    // A stream that was cut ends with its portion: the next one is a new stream.
    if (isCut) await shelf.send();
  }
  reader.free();
  await shelf.send();
  page.postMessage({ kind: 'answer', id, value: null });
}

/**
 * Reads a file as far as it must be read to look at one of its members.
 * @param {number} id
 * @param {BeginRequest & { file: number }} request
 * @param {number} member
 */
async function peek(id, request, member) {
  try {
    const reader = new kashshaf_readers.Reader({});
    reader.peek(request, member);
    for (let want; (want = reader.want()) !== null; ) {
      const slice = await ask(request.file, want.from, want.length);
      if (slice === null) break;
      reader.give(new Uint8Array(slice));
    }
    const found = reader.peeked();
    reader.free();
    answer(id, () => found);
  } catch (error) {
    answer(id, () => {
      throw error;
    });
  }
}

/** What was made and not handed over yet. */
class Shelf {
  #id;
  #bytes = 0;
  #sentAt = performance.now();
  /** @type {Portion} */
  portion = { pieces: [], closed: [], file: 0, bytesDone: 0, member: null };

  /** @param {number} id */
  constructor(id) {
    this.#id = id;
  }

  /** @param {number} file @param {number} bytesDone @param {string | null} member */
  turnTo(file, bytesDone, member) {
    Object.assign(this.portion, { file, bytesDone, member });
  }

  /** @param {Reader} reader @param {number} file */
  take(reader, file) {
    for (let piece; (piece = reader.take()) !== undefined; ) {
      const isWhole = piece.byteLength === piece.buffer.byteLength;
      this.portion.pieces.push({ file, bytes: /** @type {ArrayBuffer} */ ((isWhole ? piece : piece.slice()).buffer) });
      this.#bytes += piece.byteLength;
    }
  }

  isFull() {
    return this.#bytes >= PORTION_BYTES || performance.now() - this.#sentAt >= TELL_MS;
  }

  /** Waits until the page has taken enough of what it was handed. */
  async send() {
    while (credit === 0) await new Promise((resolve) => (onCredit = () => resolve(undefined)));
    credit -= 1;
    this.handOver();
  }

  handOver() {
    const { portion } = this;
    this.portion = { ...portion, pieces: [], closed: [] };
    this.#bytes = 0;
    this.#sentAt = performance.now();
    page.postMessage({ kind: 'portion', id: this.#id, portion }, portion.pieces.map((piece) => piece.bytes));
  }
}

/**
 * @param {number} file
 * @param {number} from
 * @param {number} length
 * @returns {Promise<ArrayBuffer | null>}
 */
function ask(file, from, length) {
  return new Promise((resolve) => {
    onSlice = (bytes) => {
      onSlice = null;
      resolve(bytes);
    };
    page.postMessage({ kind: 'want', file, from, length });
  });
}

/**
 * @param {ArrayBuffer} whole
 * @param {number} from
 * @param {number} length
 */
function bytesOf(whole, from, length) {
  const start = Math.min(from, whole.byteLength);
  return new Uint8Array(whole, start, Math.min(length, whole.byteLength - start));
}

/**
 * @param {number} id
 * @param {() => unknown} find
 */
function answer(id, find) {
  guard(() => {
    try {
      page.postMessage({ kind: 'answer', id, value: find() });
    } catch (error) {
      const data = explorerErrorData(error);
      if (data === null) throw error;
      page.postMessage({ kind: 'refusal', id, error: data });
    }
  });
}

/** @param {() => void} run */
function guard(run) {
  try {
    run();
  } catch (error) {
    crash(error);
  }
}

/** @param {unknown} error */
function crash(error) {
  dead = true;
  page.postMessage({ kind: 'crash', file: current, message: errorText(error) });
}
