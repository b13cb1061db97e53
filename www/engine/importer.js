/**
 * One import: files are gathered some way ahead, looked at one batch ahead, and
 * brought into the core in the order in which they came. A file about which a
 * reader has to be asked is put aside meanwhile.
 *
 * @import { ForecastReply, InspectReply } from '../../src/wasm/types.js'
 * @import { Feeder, Prepared, ReadAs, Source } from './feeder.js'
 * @import { Keeper } from './keeper.js'
 * @import { Lookahead } from './lookahead.js'
 * @import { ItemReply } from './protocol.js'
 * @import { ReadingRoom } from './reading-room.js'
 * @import { EngineSource } from './source.js'
 */

import { ExplorerError } from './errors.js';
import { refuse } from './feeder.js';
import { INSPECT_BYTES } from './protocol.js';
import { MOST_WORKERS, SHARES_FROM, Shares, workersFor } from './shares.js';

/**
 * How far an import is. The totals grow until `isCounted`; `current` is the name of the file in hand
 * and `member` that of the archive's member; `isWaiting` says that only questions are left;
 * `finished` is true exactly once, in the last event of an import, also of one that was cancelled.
 * @typedef {{ done: number, total: number, bytesDone: number, bytesTotal: number, isCounted: boolean,
 *   current: string | null, member: string | null, isWaiting: boolean, bundled: boolean, finished: boolean }} Progress
 */

/**
 * What a reader is asked of a file whose columns cannot be guessed, or wants to
 * have read in another way: `look` shows it so. The answer of an import goes for
 * every file with the same columns.
 * @typedef {object} Question
 * @property {string} name
 * @property {InspectReply} found
 * @property {(readAs: ReadAs) => Promise<InspectReply>} look
 */

/**
 * What whoever imports may be asked.
 * @typedef {object} Asker
 * @property {(question: Question) => Promise<ReadAs | null>} [onQuestion] Null passes the files over.
 *   Without it files are read as they are guessed.
 * @property {(forecast: ForecastReply) => Promise<boolean>} [onForecast] Called when an import comes near
 *   the room there is; false stops it. It is waited for only when there is not room enough.
 */

/** Below this many bytes an import fits for certain, and no forecast is made. */
const FORECAST_FROM = 64 << 20;
/** How long, in milliseconds, the counting may go on before the first forecast. */
const COUNTING_MS = 250;
/** How long, in milliseconds, files are still counted that a stopped import never came to. */
const ACCOUNTING_MS = 2000;
/** When the core holds this many bytes the rest of an import is refused. */
export const MEMORY_LIMIT = 3 * 2 ** 30;

const TABLES = new Set(['csv', 'tsv', 'json', 'jsonl']);

/**
 * @typedef {object} Import
 * @property {Lookahead} lookahead
 * @property {boolean} bundled
 * @property {Keeper} keeper
 * @property {Feeder} feeder
 * @property {ReadingRoom} room
 * @property {() => number} nextFile Numbers for the ledger.
 * @property {(source: Source, reply: ItemReply) => void} settled
 * @property {(progress: Progress) => void} tell Called at the start, on the way, and at the end.
 * @property {Asker} asker
 * @property {EngineSource} origin Where further workers come from.
 * @property {number | null} workers How many index beside the one that holds the corpus; null to decide by size, cores and memory.
 * @property {AbortSignal} signal
 * @property {AbortSignal} closing Aborted when there is nobody left to tell.
 */

export class Importer {
  #import;
  #done = 0;
  #bytesDone = 0;
  /** The file in hand. @type {{ source: Source, bytes: number, member: string | null } | null} */
  #current = null;
  #isWaiting = false;
  /** Columns → how files that have them are read. @type {Map<string, Promise<ReadAs | null>>} */
  #answers = new Map();
  /** Files put aside until their question is answered. @type {{ prepared: Prepared, answer: Promise<ReadAs | null> }[]} */
  #asked = [];
  /** Files that were taken in hand and have no line yet. @type {Set<Source>} */
  #open = new Set();
  /** Bytes that the last forecast was made for. */
  #forecastFor = FORECAST_FROM / 2;
  /** By the last forecast there is room enough. */
  #isRoomy = false;
  #hasCalled = false;

  /** @param {Import} what */
  constructor(what) {
    this.#import = what;
  }

  /** @returns {Promise<boolean>} Whether it came to its end rather than was stopped. */
  async run() {
    const { lookahead, signal } = this.#import;
    const stop = () => lookahead.stop();
    signal.addEventListener('abort', stop, { once: true });
    this.#tell(false);
    try {
      if (await this.#readAll()) return true;
      lookahead.stop();
      await this.#accountForTheRest();
      return false;
    } finally {
      signal.removeEventListener('abort', stop);
      lookahead.end();
      this.#dismiss();
      this.#current = null;
      this.#isWaiting = false;
      this.#tell(true);
    }
  }

  /** @returns {Promise<boolean>} False when it was stopped. */
  async #readAll() {
    const { lookahead, signal, bundled } = this.#import;
    try {
      if (!bundled) await lookahead.settled(COUNTING_MS);
      if (!bundled && !(await this.#fits())) return false;
      let ahead = this.#next();
      for (;;) {
        const batch = await unlessAborted(ahead, signal);
        if (batch === null) break;
        ahead = this.#next();
        // Its failure is told when its turn comes.
        ahead.catch(() => {});
        if (!bundled) this.#callWorkers();
        await this.#feed(batch.prepared, batch.isLast && this.#asked.length === 0);
        if (!bundled && !(await this.#fits())) return false;
      }
      await this.#askedFor();
      return !signal.aborted;
    } catch (error) {
      if (!signal.aborted) throw error;
      return false;
    }
  }

  /**
   * What was dropped and never begun gets its lines too, so that the ledger adds
   * up. A folder that takes long to walk is left, and that is said.
   */
  async #accountForTheRest() {
    const { lookahead, bundled, closing, nextFile, feeder, keeper } = this.#import;
    if (bundled) return;
    // A batch that was being taken is taken by then.
    await new Promise((resolve) => setTimeout(resolve));
    const { entries, isComplete } = await lookahead.rest(ACCOUNTING_MS);
    if (closing.aborted) return;
    const late = (/** @type {import('./protocol.js').FileEntry} */ entry) => (
      { file: nextFile(), entry, readAs: {}, refusal: null });
    const sources = [...this.#open, ...entries.map(late)];
    for (const source of sources) refuse(source, NOT_BEGUN);
    if (!isComplete) {
      const source = late({ name: '…', size: 0, slice: async () => new ArrayBuffer(0) });
      refuse(source, NOT_COUNTED);
      sources.push(source);
    }
    const prepared = sources.map((source) => ({ source, ...UNREAD }));
    await feeder.feed(prepared, keeper, false, { settled: (source, reply) => this.#settle(source, reply) });
  }

  /** The next batch, looked at. */
  async #next() {
    const { lookahead, bundled, nextFile, feeder, keeper } = this.#import;
    // With helpers a batch is long enough that they seldom wait for the end of one.
    const entries = await lookahead.batch(feeder.shares === null ? 1 : 8);
    if (entries === null) return null;
    // Whether more will come is known before the batch has been read.
    const { isEmpty: isLast } = lookahead;
    const sources = entries.map((entry) => {
      // The plain pages that came with the explorer are no files of the reader's.
      const file = bundled && entry.name.toLowerCase().endsWith('.txt') ? null : nextFile();
      return /** @type {Source} */ ({ file, entry, readAs: {}, refusal: null });
    });
    for (const source of sources) this.#open.add(source);
    if (keeper.memory > MEMORY_LIMIT) for (const source of sources) refuse(source, memoryFull(keeper.memory));
    return { isLast, prepared: await feeder.prepare(sources, keeper) };
  }

  /** @param {Prepared[]} batch @param {boolean} isLast */
  async #feed(batch, isLast) {
    const { keeper, feeder, signal } = this.#import;
    const ready = await this.#putAside(batch);
    await feeder.feed(ready, keeper, isLast, {
      settled: (source, reply) => this.#settle(source, reply),
      progress: (source, bytes, member) => {
        this.#current = { source, bytes, member };
        this.#tell(false);
      },
    }, signal);
    this.#tell(false);
  }

  /** @param {Source} source @param {ItemReply} reply */
  #settle(source, reply) {
    const { keeper, settled } = this.#import;
    keeper.keep(source);
    this.#open.delete(source);
    this.#done += 1;
    this.#bytesDone += source.entry.size ?? 0;
    this.#current = { source, bytes: 0, member: null };
    settled(source, reply);
  }

  /**
   * Files that can be read at once. The others are asked for.
   * @param {Prepared[]} batch
   */
  async #putAside(batch) {
    const { onQuestion } = this.#import.asker;
    if (!onQuestion) return batch;
    const ready = [];
    for (const prepared of batch) {
      const question = await this.#questionOf(prepared);
      if (question === null) {
        ready.push(prepared);
        continue;
      }
      const columns = `${question.found.format}\n${question.found.columns.map(({ name }) => name).join('\n')}`;
      const answer = this.#answers.get(columns) ?? onQuestion(question);
      this.#answers.set(columns, answer);
      this.#asked.push({ prepared: { ...prepared, whole: null }, answer });
    }
    return ready;
  }

  /** What has to be asked of a file: its text is in none of the columns that are known by their names. @param {Prepared} prepared */
  async #questionOf({ source, sniffed, whole }) {
    const { room } = this.#import;
    const { entry } = source;
    if (!TABLES.has(sniffed.format) || source.refusal !== null) return null;
    try {
      const head = whole?.slice(0, INSPECT_BYTES) ?? (await entry.slice(0, INSPECT_BYTES));
      const question = await questionOf(room, entry.name, head, {});
      return isSure(question.found) ? null : question;
    } catch {
      // Whatever is wrong with it is told when it is read.
      return null;
    }
  }

  /** The files that were put aside, each when its question is answered. */
  async #askedFor() {
    const { signal, lookahead } = this.#import;
    if (this.#asked.length > 0) {
      this.#isWaiting = true;
      this.#tell(false);
    }
    for (const [at, { prepared, answer }] of this.#asked.entries()) {
      const readAs = await unlessAborted(answer, signal);
      if (readAs === null) refuse(prepared.source, PASSED_OVER);
      else Object.assign(prepared.source.readAs, readAs);
      const { feeder, keeper } = this.#import;
      const again = await feeder.prepare([prepared.source], keeper);
      this.#isWaiting = false;
      await feeder.feed(again, keeper, at === this.#asked.length - 1 && lookahead.isEmpty, {
        settled: (source, reply) => this.#settle(source, reply),
        progress: (source, bytes, member) => {
          this.#current = { source, bytes, member };
          this.#tell(false);
        },
      }, signal);
      this.#isWaiting = true;
      this.#tell(false);
    }
  }

  /** Has further workers index where that pays, once it is known to. */
  #callWorkers() {
    const { feeder, origin, workers, lookahead, keeper } = this.#import;
    if (this.#hasCalled) return;
    const pays = this.#isRoomy && lookahead.bytes >= SHARES_FROM;
    const cores = globalThis.navigator?.hardwareConcurrency ?? 1;
    const count = Math.min(MOST_WORKERS, Math.floor(workers ?? (pays ? workersFor(cores) : 0)));
    if (!(count >= 1)) return;
    this.#hasCalled = true;
    feeder.shares = new Shares(origin, count, keeper.rules);
  }

  #dismiss() {
    const { feeder } = this.#import;
    feeder.shares?.close();
    feeder.shares = null;
  }

  /** Whether the import may go on for what is known of its size; asked again whenever that has doubled. */
  async #fits() {
    const { lookahead, keeper, room, asker, signal } = this.#import;
    if (lookahead.bytes < 2 * this.#forecastFor) return true;
    this.#forecastFor = lookahead.bytes;
    /** @type {ForecastReply} */
    let forecast;
    try {
      forecast = await room.forecast({ files: await this.#bytesByFormat(), present: await presentBytes(keeper) });
    } catch {
      // No forecast is no reason not to import: limits are kept all the same.
      return true;
    }
    this.#isRoomy = forecast.verdict === 'fits';
    if (this.#isRoomy || !asker.onForecast) return true;
    const goesOn = asker.onForecast(forecast);
    return forecast.verdict === 'tight' || (await unlessAborted(goesOn, signal));
  }

  /** What is to come, by format; files not met yet are taken to be like those that were. */
  async #bytesByFormat() {
    const { lookahead, keeper } = this.#import;
    const waiting = lookahead.waiting();
    const sniffed = await keeper.sniff(waiting.map(({ name }) => [name, new ArrayBuffer(0)]));
    /** @type {Map<import('../../src/wasm/types.js').FileFormat, number>} */
    const bytes = new Map();
    let sum = 0;
    sniffed.forEach((/** @type {import('../../src/wasm/types.js').SniffReply} */ { format }, /** @type {number} */ at) => {
      const size = waiting[at].size ?? 0;
      bytes.set(format, (bytes.get(format) ?? 0) + size);
      sum += size;
    });
    const scale = sum > 0 ? Math.max(1, (lookahead.bytes - this.#bytesDone) / sum) : 1;
    return [...bytes].map(([format, size]) => /** @type {[typeof format, number]} */ ([format, Math.round(size * scale)]));
  }

  /** @param {boolean} finished */
  #tell(finished) {
    const { lookahead, bundled, tell } = this.#import;
    const current = this.#current;
    tell({
      done: this.#done,
      total: lookahead.files,
      bytesDone: this.#bytesDone + (current?.bytes ?? 0),
      bytesTotal: lookahead.bytes,
      isCounted: lookahead.isComplete,
      current: current?.source.entry.name ?? null,
      member: current?.member ?? null,
      isWaiting: this.#isWaiting,
      bundled,
      finished,
    });
  }
}

/**
 * @param {ReadingRoom} room
 * @param {string} name
 * @param {ArrayBuffer} head
 * @param {ReadAs} readAs As it is read without another word.
 * @returns {Promise<Question>}
 */
export async function questionOf(room, name, head, readAs) {
  const look = (/** @type {ReadAs} */ other) => room.inspect({ name, ...readAs, ...other }, head);
  return { name, found: await look({}), look };
}

/**
 * The same of a member of an archive; what is answered goes for all members of it.
 * @param {ReadingRoom} room
 * @param {number} file
 * @param {number} member
 * @param {import('./protocol.js').FileEntry} entry
 * @param {ReadAs} readAs
 * @returns {Promise<Question>}
 */
export async function memberQuestion(room, file, member, entry, readAs) {
  const look = async (/** @type {ReadAs} */ other) => {
    const request = { file, name: entry.name, size: entry.size ?? 0, ...readAs, ...other };
    const found = await room.peek(request, entry, member);
    if (found === null) throw new ExplorerError('file-changed', `${entry.name} does not hold its member number ${member} any more.`);
    return found;
  };
  return { name: entry.name, found: await look({}), look };
}

/**
 * Whether the columns tell by their names what they hold. Where none does, the
 * longest texts may be anything.
 * @param {InspectReply} found
 */
function isSure({ columns }) {
  const isKnown = columns.some(({ field, named }) => named && (field === 'body' || field === 'title'));
  return columns.length === 0 || (isKnown && columns.some(({ field }) => field === 'body'));
}

/** Of a file that is refused nothing is looked at. @type {Omit<Prepared, 'source'>} */
const UNREAD = { sniffed: { format: 'unknown', needsReaders: false, isRead: true }, head: new ArrayBuffer(0), whole: null };

const NOT_BEGUN = {
  code: 'not-begun',
  message: 'The import was stopped before this file was begun. Add it again to read it.',
  skipped: true,
};

const NOT_COUNTED = {
  code: 'not-counted',
  message: 'The import was stopped before all files of the folder were counted; those that follow have no lines. Add it again to read them.',
  skipped: true,
};

const PASSED_OVER = {
  code: 'columns-not-chosen',
  message: 'Nobody said which column holds the text, so the file was passed over. Add it again to choose.',
  skipped: true,
};

/** @param {number} bytes */
function memoryFull(bytes) {
  return {
    code: 'memory-full',
    message: `The corpus holds ${bytes} bytes of memory; at most ${MEMORY_LIMIT} are used. Reload the page and add fewer files, or add the others in another window.`,
    skipped: true,
  };
}

/** @param {Keeper} keeper */
async function presentBytes(keeper) {
  return JSON.parse(await keeper.ask('overview', { limit: 1 })).totals.bytes;
}

/**
 * @template T
 * @param {Promise<T>} promise
 * @param {AbortSignal} signal
 * @returns {Promise<T>}
 */
function unlessAborted(promise, signal) {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
    return undefined;
  });
}
