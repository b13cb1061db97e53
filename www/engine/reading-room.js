/**
 * The page's side of the reading worker: started when it is first needed, put
 * in the place of a fallen one, asked by one at a time.
 *
 * @import { BeginRequest, ForecastReply, ForecastRequest, InspectReply, InspectRequest, LimitReply } from '../../src/wasm/types.js'
 * @import { FileEntry, FileToRead, FromReader, Portion, ToReader, WorkerLike } from './protocol.js'
 * @import { EngineSource } from './source.js'
 */

import { Desk, Opened } from './desk.js';

/** @typedef {WorkerLike<ToReader, FromReader>} ReadingWorker */
/** @typedef {FileToRead & { entry: FileEntry }} Reading A file to be read, and where its bytes come from. */

/** The reading worker fell. Whoever was not the cause may ask the next one. */
export class ReaderFell extends Error {
  /**
   * @param {string} message What the worker said last.
   * @param {number | null} file Number of the file that it fell over.
   */
  constructor(message, file) {
    super(message);
    this.name = 'ReaderFell';
    this.file = file;
  }
}

/** A file could not be read on: the browser refused its bytes. @typedef {{ file: number, error: unknown }} Unreadable */

export class ReadingRoom {
  /** @type {Opened<ReadingWorker, ReaderDesk>} */
  #desk;
  /** Ends of the readings before this one: they follow one another. @type {Promise<void>} */
  #turn = Promise.resolve();

  /** @param {EngineSource} source */
  constructor(source) {
    this.#desk = new Opened(source.readers, (worker, module, onEnd) => new ReaderDesk(worker, module, onEnd));
  }

  /**
   * Reads files one after the other. A portion must have been taken before the
   * next but one is made. Ends early, by `ReaderFell`, when the worker falls.
   * Leaving the loop or aborting ends the worker: a reading cannot be resumed.
   * @param {Reading[]} files Their buffers are given away.
   * @param {(unreadable: Unreadable) => void} onUnreadable A file whose bytes could not be had; the others go on.
   * @param {AbortSignal} [signal]
   * @returns {AsyncGenerator<Portion, void>}
   */
  async *read(files, onUnreadable, signal) {
    const leave = await this.#enter();
    let isDone = false;
    try {
      signal?.throwIfAborted();
      const desk = await this.#desk.get();
      for await (const portion of desk.read(files, onUnreadable, signal)) yield portion;
      isDone = true;
    } finally {
      if (!isDone) this.close();
      leave();
    }
  }

  /**
   * What a file holds, by its first bytes.
   * @param {InspectRequest} request
   * @param {ArrayBuffer} head
   * @returns {Promise<InspectReply>}
   */
  inspect(request, head) {
    return this.#ask((id) => ({ kind: 'inspect', id, request, head }));
  }

  /**
   * What a member of an archive holds, by its first bytes; null when it is not
   * there any more. The file is read as far as it stands in it, after any reading under way.
   * @param {BeginRequest & { file: number }} request
   * @param {FileEntry} entry
   * @param {number} member Its number in the ledger.
   * @returns {Promise<InspectReply | null>}
   */
  async peek(request, entry, member) {
    const leave = await this.#enter();
    try {
      return await (await this.#desk.get()).peek(request, entry, member);
    } finally {
      leave();
    }
  }

  /** @param {ForecastRequest} request @returns {Promise<ForecastReply>} */
  forecast(request) {
    return this.#ask((id) => ({ kind: 'forecast', id, request }));
  }

  /** @returns {Promise<LimitReply[]>} */
  limits() {
    return this.#ask((id) => ({ kind: 'limits', id }));
  }

  /** Ends the worker and gives its memory back; the next reading starts another. */
  close() {
    this.#desk.close();
  }

  /** Small questions are answered beside a reading. @param {(id: number) => ToReader} message */
  async #ask(message) {
    const desk = await this.#desk.get();
    return desk.ask(message);
  }

  async #enter() {
    const before = this.#turn;
    /** @type {() => void} */
    let leave = () => {};
    this.#turn = new Promise((resolve) => (leave = resolve));
    await before;
    return leave;
  }
}

/** @extends {Desk<ToReader, FromReader>} */
class ReaderDesk extends Desk {
  /** The reading under way. @type {{ id: number, portions: Portion[], entries: Map<number, Slices>, unreadable(it: Unreadable): void } | null} */
  #reading = null;
  #wake = () => {};

  /** @param {string} message @param {number | null} file @override */
  fall(message, file) {
    return new ReaderFell(message, file);
  }

  /**
   * @param {Reading[]} files
   * @param {(unreadable: Unreadable) => void} unreadable
   * @param {AbortSignal} [signal]
   * @returns {AsyncGenerator<Portion, void>}
   */
  async *read(files, unreadable, signal) {
    /** @type {Portion[]} */
    const portions = [];
    const entries = new Map(files.map(({ entry, request }) => [request.file, new Slices(entry)]));
    const buffers = files.flatMap(({ bytes }) => (bytes === null ? [] : [bytes]));
    /** @type {{ error: unknown } | 'done' | null} */
    let end = null;
    const answer = this.ask((id) => {
      this.#reading = { id, portions, entries, unreadable };
      return { kind: 'read', id, files: files.map(({ request, bytes }) => ({ request, bytes })) };
    }, buffers);
    const settle = (/** @type {typeof end} */ how) => {
      end ??= how;
      this.#wake();
    };
    const abort = () => settle({ error: signal?.reason });
    answer.then(() => settle('done'), (error) => settle({ error }));
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted) abort();
    try {
      for (;;) {
        // What was made before the end is handed over before the end is told.
        const portion = portions.shift();
        if (portion !== undefined) {
          yield portion;
          this.post({ kind: 'go' });
        } else if (end !== null) {
          if (end !== 'done') throw /** @type {{ error: unknown }} */ (end).error;
          return;
        } else {
          await new Promise((resolve) => (this.#wake = () => resolve(undefined)));
        }
      }
    } finally {
      signal?.removeEventListener('abort', abort);
      this.#reading = null;
    }
  }

  /** @param {BeginRequest & { file: number }} request @param {FileEntry} entry @param {number} member @returns {Promise<InspectReply | null>} */
  async peek(request, entry, member) {
    /** @type {Unreadable | null} */
    let unreadable = null;
    const answer = this.ask((id) => {
      const entries = new Map([[request.file, new Slices(entry)]]);
      this.#reading = { id, portions: [], entries, unreadable: (it) => (unreadable = it) };
      return { kind: 'peek', id, request, member };
    });
    try {
      const found = await answer;
      if (unreadable !== null) throw /** @type {Unreadable} */ (unreadable).error;
      return found;
    } finally {
      this.#reading = null;
    }
  }

  /** @param {FromReader} message @override */
  hear(message) {
    switch (message.kind) {
      case 'portion':
        if (this.#reading?.id !== message.id) break;
        this.#reading.portions.push(message.portion);
        this.#wake();
        break;
      case 'want':
        void this.#serve(message.file, message.from, message.length);
        break;
      case 'crash':
        this.end(this.fall(message.message, message.file));
        break;
      default:
        this.hearAnswer(message);
    }
  }

  /** @param {number} file @param {number} from @param {number} length */
  async #serve(file, from, length) {
    const reading = this.#reading;
    const slices = reading?.entries.get(file);
    if (!reading || !slices) return;
    /** @type {ArrayBuffer | null} */
    let bytes = null;
    try {
      bytes = await slices.take(from, length);
    } catch (error) {
      reading.unreadable({ file, error });
    }
    this.post({ kind: 'slice', bytes }, bytes === null ? [] : [bytes]);
  }
}

/** The slices of one file, the next one read while the last is at work. */
class Slices {
  #entry;
  /** @type {{ from: number, length: number, bytes: Promise<ArrayBuffer> } | null} */
  #ahead = null;

  /** @param {FileEntry} entry */
  constructor(entry) {
    this.#entry = entry;
  }

  /** @param {number} from @param {number} length */
  async take(from, length) {
    const ahead = this.#ahead;
    this.#ahead = null;
    const isAhead = ahead !== null && ahead.from === from && ahead.length >= length;
    const bytes = isAhead ? await ahead.bytes : await this.#entry.slice(from, from + length);
    const next = from + length;
    const { size } = this.#entry;
    if (size !== null && next < size) {
      this.#ahead = { from: next, length, bytes: this.#entry.slice(next, Math.min(next + length, size)) };
      // Told when it is asked for.
      this.#ahead.bytes.catch(() => {});
    }
    return bytes.byteLength > length ? bytes.slice(0, length) : bytes;
  }
}
