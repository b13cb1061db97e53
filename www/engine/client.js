/**
 * The page's side of the engine: typed promises over one worker, which is
 * replaced and loaded again when it falls.
 *
 * @import * as Contract from '../../src/wasm/types.js'
 * @import { Progress, ReadFile } from './importer.js'
 * @import { FileEntry, Method } from './protocol.js'
 * @import { EngineSource } from './source.js'
 */

import { asEntry } from './file-entry.js';
import { importAll } from './importer.js';
import { Keeper } from './keeper.js';
import { Lookahead } from './lookahead.js';

/** @typedef {{ signal?: AbortSignal }} AskOptions */

/**
 * One corpus, held by one worker.
 *
 * Events, all `CustomEvent`s:
 * - `progress`, detail `Progress`;
 * - `corpus-changed`, detail `{ reports }`: files were added after the bundled ones and can be searched;
 * - `query`, detail `{ request, totals }`: a search was answered;
 * - `engine-restarted`, detail `{ reason }`: the worker fell and was loaded again;
 * - `engine-failed`, detail `{ error }`: the engine is down and stays down.
 */
export class Engine extends EventTarget {
  /** @type {Keeper} */
  #keeper;
  /** @type {Contract.FileReport[]} */
  #reports = [];
  /** Imports follow one another. @type {Promise<unknown>} */
  #imports = Promise.resolve();
  #isClosed = false;

  /**
   * Starts an engine at once; wait for `ready`, or ask: questions wait by themselves.
   * @param {EngineSource} source
   */
  static open(source) {
    return new Engine(source);
  }

  /** @param {EngineSource} source */
  constructor(source) {
    super();
    this.#keeper = new Keeper(
      source,
      (reason) => this.#emit('engine-restarted', { reason }),
      (error) => this.#emit('engine-failed', { error }),
    );
    /**
     * Resolves when the bundled corpus can be searched; rejects with an
     * `ExplorerError` when the engine cannot be started. A bundled page that
     * could not be read is a line in `reports`, not a rejection.
     * @type {Promise<void>}
     */
    this.ready = this.#start(source);
    // Whoever does not wait for `ready` hears of a failure by `engine-failed`.
    this.ready.catch(() => {});
  }

  /** What became of every file so far, in the order they were added. */
  get reports() {
    return [...this.#reports];
  }

  /**
   * @param {Contract.OverviewRequest} [request]
   * @param {AskOptions} [options]
   * @returns {Promise<Contract.OverviewReply>}
   */
  overview(request = {}, options) {
    return this.#ask('overview', request, options);
  }

  /**
   * A search that is aborted before the worker takes it up is never run.
   * @param {Contract.SearchRequest} request
   * @param {AskOptions} [options]
   * @returns {Promise<Contract.SearchReply>}
   */
  async search(request, options) {
    /** @type {Contract.SearchReply} */
    const reply = await this.#ask('search', request, options);
    this.#emit('query', { request, totals: reply.totals });
    return reply;
  }

  /**
   * @param {Contract.PageRequest} request
   * @param {AskOptions} [options]
   * @returns {Promise<Contract.PageReply>}
   */
  page(request, options) {
    return this.#ask('page', request, options);
  }

  /**
   * @param {Contract.EntitiesRequest} [request]
   * @param {AskOptions} [options]
   * @returns {Promise<Contract.EntitiesReply>}
   */
  entities(request = {}, options) {
    return this.#ask('entities', request, options);
  }

  /**
   * @param {Contract.EntityRequest} request
   * @param {AskOptions} [options]
   * @returns {Promise<Contract.EntityReply>}
   */
  entity(request, options) {
    return this.#ask('entity', request, options);
  }

  /**
   * Adds files beside those already there, after any import under way.
   * A file that cannot be read is a report with `status: 'failed'`, never a
   * rejection. Aborting keeps what was done: the promise resolves with the
   * reports of the files that were handed over.
   * @param {Iterable<File | FileEntry> | AsyncIterable<File | FileEntry>} files Walked once, some way
   *   ahead of what is being read.
   * @param {{ signal?: AbortSignal, onProgress?: (progress: Progress) => void }} [options]
   * @returns {Promise<Contract.FileReport[]>}
   */
  addFiles(files, { signal, onProgress } = {}) {
    return this.#import(entriesOf(files), false, signal, onProgress);
  }

  /** Ends the worker and gives its memory back; whatever was asked is rejected. */
  dispose() {
    this.#isClosed = true;
    this.#keeper.close();
  }

  /** @param {EngineSource} source */
  async #start(source) {
    const started = this.#keeper.started().then(() => mark('engine-ready'));
    // Who does not come as far as waiting for it hears of a failure by the import.
    started.catch(() => {});
    // The pages are fetched while the engine is being compiled.
    await this.#import(await source.corpus(), true);
    await started;
    mark('corpus-indexed');
  }

  /**
   * @param {Method} method
   * @param {unknown} request
   * @param {AskOptions} [options]
   * @returns {Promise<any>}
   */
  async #ask(method, request, options = {}) {
    return JSON.parse(await this.#keeper.ask(method, request, options.signal));
  }

  /**
   * @param {Iterable<FileEntry> | AsyncIterable<FileEntry>} entries
   * @param {boolean} bundled
   * @param {AbortSignal} [signal]
   * @param {(progress: Progress) => void} [onProgress]
   * @returns {Promise<Contract.FileReport[]>}
   */
  #import(entries, bundled, signal, onProgress) {
    /** @type {Contract.FileReport[]} */
    const added = [];
    /** @param {Progress} progress @param {Contract.FileReport[]} reports */
    const tell = (progress, reports) => {
      added.push(...reports);
      this.#reports.push(...reports);
      this.#emit('progress', progress);
      onProgress?.(progress);
    };
    const task = async () => {
      /** @param {ReadFile[]} files @param {boolean} isLast */
      const add = (files, isLast) => this.#keeper.addBatch(files, bundled, isLast);
      await importAll(new Lookahead(entries), bundled, add, () => this.#isClosed || signal?.aborted === true, tell);
      if (added.some(({ status }) => status === 'read')) await this.#ask('refresh', {});
      if (added.length > 0 && !bundled) this.#emit('corpus-changed', { reports: added });
      return added;
    };
    const result = this.#imports.then(task);
    this.#imports = result.catch(() => {});
    return result;
  }

  /**
   * @param {string} type
   * @param {unknown} detail
   */
  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** @param {Iterable<File | FileEntry> | AsyncIterable<File | FileEntry>} files */
async function* entriesOf(files) {
  for await (const file of files) yield asEntry(file);
}

/** @param {string} phase */
function mark(phase) {
  performance.mark(`kashshaf:${phase}`);
}
