/**
 * Keeps one loaded worker alive: when it falls, another is started and given
 * again all that the first one held, except what brought it down.
 *
 * @import { FileReport } from '../../src/wasm/types.js'
 * @import { ReadFile } from './importer.js'
 * @import { FileEntry, Method } from './protocol.js'
 * @import { EngineSource } from './source.js'
 */

import { ExplorerError } from './errors.js';
import { allReports, outgoing, readAgain, readBatch } from './importer.js';
import { LinkLost, WorkerLink } from './link.js';
import { batchesOf } from './lookahead.js';

/** After this many falls within `FALLS_WITHIN_MS` the engine stays down. */
const MAX_FALLS = 5;
const FALLS_WITHIN_MS = 60_000;

export class Keeper {
  /** @type {EngineSource} */
  #source;
  /** @type {(reason: string) => void} */
  #onRestarted;
  /** @type {(error: unknown) => void} */
  #onFailed;
  /** The living worker, loaded; replaced as soon as it falls. @type {Promise<WorkerLink>} */
  #link;
  /** The worker started last, loaded or not. @type {WorkerLink | null} */
  #newest = null;
  /** The worker that questions go to. @type {WorkerLink | null} */
  #serving = null;
  /** What a new worker must be given again. @type {{ entry: FileEntry, bundled: boolean }[]} */
  #loaded = [];
  /** Times of the falls. @type {number[]} */
  #falls = [];
  #isClosed = false;

  /**
   * @param {EngineSource} source
   * @param {(reason: string) => void} onRestarted
   * @param {(error: unknown) => void} onFailed The engine is down and stays down; called once.
   */
  constructor(source, onRestarted, onFailed) {
    this.#source = source;
    this.#onRestarted = onRestarted;
    this.#onFailed = onFailed;
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
   * @returns {Promise<string>} JSON text.
   */
  async ask(method, request, signal) {
    for (;;) {
      signal?.throwIfAborted();
      const link = await unlessAborted(this.#link, signal);
      try {
        return await link.ask(method, request, signal);
      } catch (error) {
        if (!(error instanceof LinkLost)) throw error;
        if (error.culprit) throw crashed(error, `answering a request for \`${method}\``);
      }
    }
  }

  /**
   * @param {ReadFile[]} files Read already; read again if a worker falls over them.
   * @param {boolean} bundled
   * @param {boolean} isLast Nothing follows soon: the index is brought up to date at once.
   * @returns {Promise<FileReport[]>} One for each file, in order.
   */
  async addBatch(files, bundled, isLast) {
    for (;;) {
      const link = await this.#link;
      const sent = outgoing(files, bundled);
      if (sent.length === 0) return allReports(files, []);
      try {
        const reports = allReports(files, await link.addFiles(sent, isLast));
        reports.forEach(({ status }, at) => {
          if (status === 'read') this.#loaded.push({ entry: files[at].entry, bundled });
        });
        return reports;
      } catch (error) {
        if (!(error instanceof LinkLost)) throw error;
        const culprit = error.culprit ? error.file : null;
        files = await readAgain(files, culprit, crashed(error, 'reading this file'));
      }
    }
  }

  /** Ends the worker and gives its memory back; whatever was asked is rejected. */
  close() {
    this.#isClosed = true;
    this.#newest?.end();
    this.#loaded = [];
  }

  /** @returns {Promise<WorkerLink>} */
  async #launch() {
    const module = this.#source.module();
    for (;;) {
      if (this.#isClosed) throw new ExplorerError('engine-closed', 'The explorer was closed.');
      const worker = await this.#source.spawn();
      const link = new WorkerLink(worker, module, (reason) => this.#fell(link, reason));
      this.#newest = link;
      if (this.#isClosed) link.end();
      await link.started;
      try {
        await this.#reload(link);
        return link;
      } catch (error) {
        if (!(error instanceof LinkLost)) throw error;
        this.#countFall(error.message);
      }
    }
  }

  /**
   * Gives a new worker what the last one held.
   * @param {WorkerLink} link
   */
  async #reload(link) {
    const loaded = this.#loaded;
    const bundledOf = new Map(loaded.map(({ entry, bundled }) => [entry, bundled]));
    for (const batch of batchesOf(loaded.map(({ entry }) => entry))) {
      const files = await readBatch(batch);
      const sent = files.flatMap((file) => outgoing([file], bundledOf.get(file.entry) === true));
      try {
        await link.addFiles(sent, false);
      } catch (error) {
        if (error instanceof LinkLost && error.culprit && error.file !== null) {
          const culprit = files.filter(({ bytes }) => bytes !== null)[error.file].entry;
          this.#loaded = loaded.filter(({ entry }) => entry !== culprit);
        }
        throw error;
      }
    }
  }

  /**
   * Called before the requests of a fallen worker are rejected, so that they
   * find the next one when they ask again.
   * @param {WorkerLink} link
   * @param {string} reason
   */
  #fell(link, reason) {
    // A worker that falls while it is being loaded is the business of `#launch`.
    if (link !== this.#serving || this.#isClosed) return;
    this.#serving = null;
    this.#link = this.#serve(this.#relaunch(reason), reason);
  }

  /** @param {string} reason */
  async #relaunch(reason) {
    this.#countFall(reason);
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
        if (reason !== null) this.#onRestarted(reason);
      },
      (error) => {
        if (!this.#isClosed) this.#onFailed(error);
      },
    );
    return launch;
  }
}

/**
 * @param {LinkLost} lost
 * @param {string} doing
 */
function crashed(lost, doing) {
  const message = `The engine stopped while ${doing} and was started again: ${lost.message}`;
  return new ExplorerError('engine-crashed', message, [['reason', lost.message]], lost);
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
