/**
 * Keeps one loaded worker alive: when it falls, another is started and given
 * again all that the first one held, except what brought it down.
 *
 * @import { RemovedReply, RemoveRequest } from '../../src/wasm/types.js'
 * @import { Item, ItemReply, Method } from './protocol.js'
 * @import { Feeder, Sink, Source } from './feeder.js'
 * @import { EngineSource } from './source.js'
 */

import { ExplorerError } from './errors.js';
import { crashed, refuse } from './feeder.js';
import { LinkLost, WorkerLink } from './link.js';
import { batchesOf } from './lookahead.js';

/** After this many falls within `FALLS_WITHIN_MS` the engine stays down. */
const MAX_FALLS = 5;
const FALLS_WITHIN_MS = 60_000;

/** A question fetches parts so often at most: each time it knows where to look further. */
const MOST_ROUNDS = 40;

/** Questions that do not need an index that is up to date. @type {Method[]} */
const INDEXLESS = ['sniff', 'ledger', 'ledgerFile', 'setRules', 'bundledRules', 'annotation', 'pagesToAnnotate', 'takeAnnotations', 'openParts', 'takePart', 'share'];

/**
 * @typedef {object} Hearing
 * @property {(reason: string) => void} restarted
 * @property {(error: unknown) => void} failed The engine is down and stays down; called once.
 * @property {(source: Source, reply: ItemReply) => void} reloaded What became of a source when it was given to the next worker.
 */

/**
 * Pages that were taken out when so many sources were held.
 * @typedef {{ held: number, request: RemoveRequest, reply: RemovedReply }} Removal
 */

/** @implements {Sink} */
export class Keeper {
  #origin;
  #feeder;
  #hearing;
  /** The living worker, loaded; replaced as soon as it falls. @type {Promise<WorkerLink>} */
  #link;
  /** The worker started last, loaded or not. @type {WorkerLink | null} */
  #newest = null;
  /** The worker that questions go to. @type {WorkerLink | null} */
  #serving = null;
  /** What a new worker must be given again, in order. @type {Source[]} */
  #sources = [];
  /** What was taken out of the corpus, in order. @type {Removal[]} */
  #removals = [];
  /** The first of them have been in an index that was brought up to date. */
  #proven = 0;
  /** Parts on their way to the core. @type {Map<string, Promise<void>>} */
  #given = new Map();
  /** Sources that come after them and may bring the index down: each part is tried by itself. @type {Source[][]} */
  #doubted = [];
  /** Times of the falls. @type {number[]} */
  #falls = [];
  #isClosed = false;

  /** Bytes that the core holds. */
  memory = 0;
  /** A reader's own page rules, by which every new worker splits what it is given. */
  rules = '';

  /**
   * @param {EngineSource} origin
   * @param {Feeder} feeder
   * @param {Hearing} hearing
   */
  constructor(origin, feeder, hearing) {
    this.#origin = origin;
    this.#feeder = feeder;
    this.#hearing = hearing;
    this.#link = this.#serve(this.#launch(), null);
  }

  /** Resolves when the first worker is ready to be asked. */
  async started() {
    await this.#link;
  }

  /**
   * Asks until a worker lives long enough to answer; only the question that
   * brought one down is not asked again.
   * @param {Method} method
   * @param {unknown} request
   * @param {AbortSignal} [signal]
   * @returns {Promise<any>} JSON text, or bytes.
   */
  async ask(method, request, signal) {
    for (let rounds = 0; ; ) {
      signal?.throwIfAborted();
      const link = await unlessAborted(this.#link, signal);
      const held = this.#sources.length;
      try {
        const answer = await link.ask(method, request, signal);
        if (!INDEXLESS.includes(method)) this.#proven = Math.max(this.#proven, Math.min(held, this.#sources.length));
        return answer;
      } catch (error) {
        if (error instanceof ExplorerError && error.code === 'parts-missing' && (rounds += 1) < MOST_ROUNDS) {
          await this.#fetchParts(link, error);
          continue;
        }
        if (!(error instanceof LinkLost)) throw error;
        // A file brought it down, not the question.
        if (error.inRefresh || !error.culprit) continue;
        const { code, message } = crashed(error, `answering a request for \`${method}\``);
        throw new ExplorerError(code, message, [['reason', error.message]], error);
      }
    }
  }

  /**
   * Fetches the parts that a question lacked and gives them to the core. What other
   * questions brought under way is waited for; what is on its way when a question is
   * given up is kept for the next.
   * @param {WorkerLink} link
   * @param {ExplorerError} missing
   */
  async #fetchParts(link, missing) {
    const files = await this.#origin.parts?.();
    if (!files) throw missing;
    const give = async (/** @type {string} */ name) => {
      try {
        await link.ask('takePart', { name, bytes: await files.take(name) });
      } catch (error) {
        // What a cache or a host gave in its place is asked for once more.
        if (!(error instanceof ExplorerError) || error.code !== 'index-damaged') throw error;
        await link.ask('takePart', { name, bytes: await files.take(name, true) });
      }
    };
    const given = missing.details.map(([, name]) => {
      const underWay = this.#given.get(name) ?? give(name).finally(() => this.#given.delete(name));
      this.#given.set(name, underWay);
      return underWay;
    });
    // A part that cannot be had fails the question; the others are kept for the next one.
    const failed = (await Promise.allSettled(given)).find((one) => one.status === 'rejected');
    if (failed !== undefined && !(failed.reason instanceof LinkLost)) throw failed.reason;
  }

  /** @param {[string, ArrayBuffer][]} files Names and first bytes. */
  async sniff(files) {
    return JSON.parse(await this.ask('sniff', files));
  }

  /**
   * Throws `LinkLost` when the worker falls; what is kept is given to the next
   * one, and what was sent must be sent again.
   * @param {Item[]} items
   * @param {boolean} refresh Bring the index up to date before replying.
   */
  async add(items, refresh) {
    const link = await this.#link;
    const held = this.#sources.length;
    const { replies, memory } = await link.add(items, refresh);
    this.memory = memory;
    if (refresh) this.#proven = held;
    return replies;
  }

  /** The core holds this source, or knows why not: it is given to every new worker. @param {Source} source */
  keep(source) {
    this.#sources.push(source);
  }

  /** Takes pages out of the corpus, of the next worker's too. @param {RemoveRequest} request @returns {Promise<RemovedReply>} */
  async remove(request) {
    const reply = JSON.parse(await this.ask('removePages', request));
    // What was held is in an index that was brought up to date: no source of it will be doubted.
    if (reply.pages > 0) this.#removals.push({ held: this.#sources.length, request, reply });
    return reply;
  }

  /** What was taken out of the corpus and not brought back, in order. */
  get removals() {
    return /** @type {readonly Removal[]} */ (this.#removals);
  }

  /** Brings back what was taken out last: all sources are read again. */
  async bringBack() {
    this.#removals.pop();
    await this.reload();
  }

  /** What comes of a file from now on stays, although it was taken out. @param {number} file */
  wantAgain(file) {
    this.#removals = this.#removals.filter(({ request }) => request.file !== file);
  }

  /** The source with this number. @param {number} file */
  sourceOf(file) {
    return this.#sources.find((source) => source.file === file) ?? null;
  }

  /** Starts over with a new worker, as when sources are to be read in another way. */
  async reload() {
    const link = await this.#link;
    this.#serving = null;
    link.end();
    this.#link = this.#serve(this.#launch(), null);
    await this.#link;
  }

  /** Ends the worker and gives its memory back; whatever was asked is rejected. */
  close() {
    this.#isClosed = true;
    this.#newest?.end();
    this.#sources = [];
    this.#removals = [];
  }

  /** @returns {Promise<WorkerLink>} */
  async #launch() {
    const module = this.#origin.module();
    for (;;) {
      if (this.#isClosed) throw new ExplorerError('engine-closed', 'The explorer was closed.');
      const worker = await this.#origin.spawn();
      /** @type {LinkLost | null} */
      let fall = null;
      const link = new WorkerLink(worker, module, (lost) => {
        fall = lost;
        this.#fell(link, lost);
      });
      this.#newest = link;
      if (this.#isClosed) link.end();
      const opened = this.#openParts(link);
      // Whichever fails first is told below.
      opened.catch(() => {});
      await link.started;
      try {
        if (this.rules !== '') await link.ask('setRules', this.rules);
        await opened;
        await this.#load(link);
        return link;
      } catch (error) {
        if (!(error instanceof LinkLost)) throw error;
        const { item, inRefresh, message } = /** @type {LinkLost} */ (fall ?? error);
        // A fall that shows what is to blame brings the end nearer; any other may come for ever.
        if (inRefresh) this.#narrow(message);
        else if (item === null) this.#countFall(message);
      }
    }
  }

  /** The directory of a corpus in parts is given to a worker that may still be starting. @param {WorkerLink} link */
  async #openParts(link) {
    const files = await this.#origin.parts?.();
    if (files) await link.ask('openParts', await files.directory().catch(unreachable));
  }

  /**
   * Gives a new worker what the last one held.
   * @param {WorkerLink} link
   */
  async #load(link) {
    /** @type {Sink} */
    const sink = {
      sniff: async (files) => JSON.parse(await link.ask('sniff', files)),
      add: async (items, refresh) => (await link.add(items, refresh)).replies,
    };
    const doubted = this.#doubted.flat().length;
    const known = this.#sources.slice(0, this.#sources.length - doubted);
    let given = 0;
    for (const { held, request } of this.#removals) {
      await this.#give(known.slice(given, held), sink, false);
      await link.ask('removePages', request);
      given = held;
    }
    await this.#give(known.slice(given), sink, doubted > 0);
    for (let part; (part = this.#doubted[0]) !== undefined; this.#doubted.shift()) await this.#give(part, sink, true);
  }

  /** @param {Source[]} sources @param {Sink} sink @param {boolean} refresh */
  async #give(sources, sink, refresh) {
    const batches = batchesOf(sources, ({ entry }) => entry);
    for (const [at, batch] of batches.entries()) {
      const prepared = await this.#feeder.prepare(batch, sink);
      const isLast = at === batches.length - 1;
      await this.#feeder.feed(prepared, sink, refresh && isLast, { settled: this.#hearing.reloaded });
    }
  }

  /** One of the sources that were tried brings the index down: half of them are tried next, one alone is to blame. @param {string} message */
  #narrow(message) {
    const [part = [], ...others] = this.#doubted.length > 0 ? this.#doubted : [this.#sources.slice(this.#proven)];
    const half = Math.ceil(part.length / 2);
    if (part.length > 1) this.#doubted = [part.slice(0, half), part.slice(half), ...others];
    else if (part.length === 1 && part[0].refusal === null) {
      refuse(part[0], crashed(new Error(message), 'indexing this file'));
      this.#doubted = [part, ...others];
    } else this.#countFall(message);
  }

  /**
   * Called before the requests of a fallen worker are rejected, so that they
   * find the next one when they ask again.
   * @param {WorkerLink} link
   * @param {LinkLost} lost
   */
  #fell(link, lost) {
    // A worker that falls while it is being loaded is the business of `#launch`.
    if (link !== this.#serving || this.#isClosed) return;
    this.#serving = null;
    this.#link = this.#serve(this.#relaunch(lost), lost.message);
  }

  /** @param {LinkLost} lost */
  async #relaunch({ message, inRefresh }) {
    if (inRefresh && this.#sources.length > this.#proven) this.#doubted = [this.#sources.slice(this.#proven)];
    this.#countFall(message);
    return this.#launch();
  }

  /** @param {string} reason */
  #countFall(reason) {
    const now = performance.now();
    this.#falls = [...this.#falls.filter((at) => now - at < FALLS_WITHIN_MS), now];
    if (this.#falls.length < MAX_FALLS) return;
    const message =
      `The engine stopped ${MAX_FALLS} times within a minute and was not started again; ` +
      `the last reason was: ${reason}. Reload the page.`;
    throw new ExplorerError('engine-failed', message, [['reason', reason]]);
  }

  /**
   * @param {Promise<WorkerLink>} launch
   * @param {string | null} reason Why it had to be started again; null for the first time.
   * @returns {Promise<WorkerLink>}
   */
  #serve(launch, reason) {
    launch.then(
      (link) => {
        this.#serving = link;
        if (reason !== null) this.#hearing.restarted(reason);
      },
      (error) => {
        if (!this.#isClosed) this.#hearing.failed(error);
      },
    );
    return launch;
  }
}

/** Without its directory nothing of a corpus in parts can be read. @param {ExplorerError} error @returns {never} */
function unreachable({ message, details }) {
  throw new ExplorerError('corpus-unreachable', message, details);
}

/**
 * @template T
 * @param {Promise<T>} promise
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<T>}
 */
function unlessAborted(promise, signal) {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
