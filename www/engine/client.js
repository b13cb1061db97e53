/**
 * The page's side of the engine: typed promises over one worker, which is
 * replaced and loaded again when it falls, and beside it one that reads files
 * and one that annotates.
 *
 * @import * as Contract from '../../src/wasm/types.js'
 * @import { ReadAs, Source } from './feeder.js'
 * @import { Asker, Progress, Question } from './importer.js'
 * @import { FileEntry, ItemReply, Method } from './protocol.js'
 * @import { PartFiles } from './parts.js'
 * @import { EngineSource } from './source.js'
 */

import { Annotation } from './annotation.js';
import { ExplorerError } from './errors.js';
import { Feeder } from './feeder.js';
import { asEntry } from './file-entry.js';
import { Importer, MEMORY_LIMIT, memberQuestion, questionOf } from './importer.js';
import { Keeper } from './keeper.js';
import { Lookahead } from './lookahead.js';
import { inParts } from './parts.js';
import { INSPECT_BYTES } from './protocol.js';
import { ReadingRoom } from './reading-room.js';

/** @typedef {{ signal?: AbortSignal }} AskOptions */

/**
 * What an import came to. `before` and `after` are the totals of the ledger: it
 * has the lines. `isComplete` is false when it was stopped, on the way or before
 * it began. `takenOut` are the pages that were taken out of the corpus.
 * @typedef {{ before: Contract.LedgerTotalsReply, after: Contract.LedgerTotalsReply, isComplete: boolean, takenOut: number }} Imported
 */

/**
 * One corpus, held by one worker.
 *
 * Events, all `CustomEvent`s:
 * - `progress`, detail `Progress`;
 * - `corpus-changed`, detail `Imported`: files were added after the bundled ones and can be searched, or pages were taken out;
 * - `names-changed`, detail `DecisionsReply`: the reader decided about spellings of names;
 * - `recognising`, detail `{ done, total }` in words: names, dates and quotes are being looked for;
 * - `annotation-lost`, detail `{ name, reason }`, the name of a page: the annotator fell over it, and read the others;
 * - `query`, detail `{ request, totals }`: a search was answered;
 * - `engine-restarted`, detail `{ reason }`: the worker fell and was loaded again;
 * - `engine-failed`, detail `{ error }`: the engine is down and stays down.
 */
export class Engine extends EventTarget {
  /** @type {Keeper} */
  #keeper;
  /** @type {Feeder} */
  #feeder;
  /** @type {ReadingRoom} */
  #room;
  /** What became of the bundled pages. @type {Map<Source, Contract.FileReport>} */
  #reports = new Map();
  /** Number of the file added last, for the ledger. */
  #lastFile = 0;
  /** Imports follow one another. @type {Promise<unknown>} */
  #imports = Promise.resolve();
  #closing = new AbortController();
  /** @type {Annotation} */
  #annotation;
  #source;
  /** The corpus in parts; null while it is whole. @type {PartFiles | null} */
  #parts = null;
  /** What the reader decided about names, as a file; null while nothing. @type {string | null} */
  #decisions = null;
  /** Whether the worker has it. */
  #hasDecisions = true;

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
    this.#source = source;
    this.#room = new ReadingRoom(source);
    this.#feeder = new Feeder(this.#room);
    this.#keeper = new Keeper(source, this.#feeder, {
      restarted: (reason) => {
        this.#hasDecisions = false;
        this.#emit('engine-restarted', { reason });
      },
      failed: (error) => this.#emit('engine-failed', { error }),
      reloaded: (source, reply) => this.#note(source, reply),
    });
    this.#annotation = new Annotation(source, (method, request) => this.#keeper.ask(method, request), {
      progress: (done, total) => this.#emit('recognising', { done, total }),
      lost: (page, reason) => void this.#tellLost(page, reason),
    });
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

  /** What became of every bundled page, in order; the files that a reader added stand in the ledger. */
  get reports() {
    return [...this.#reports.values()];
  }

  /**
   * Waits until names were looked for, by lists and cues at least, unless `names` is `'as-they-are'`. Where that
   * cannot be done, as while files are being added, it answers without them: `annotated` says whether it was.
   * @param {Contract.OverviewRequest} [request]
   * @param {AskOptions & { names?: 'wanted' | 'as-they-are' }} [options]
   * @returns {Promise<Contract.OverviewReply>}
   */
  async overview(request = {}, options) {
    if (options?.names !== 'as-they-are' && (await this.#held()) === null) {
      await this.#restoreDecisions();
      await this.#annotation.ensure(false, { signal: options?.signal, once: true }).catch((error) => {
        // Whoever asks for names themselves is told.
        if (!(error instanceof ExplorerError) || !error.code.startsWith('annotator-')) throw error;
      });
    }
    return this.#ask('overview', request, options);
  }

  /**
   * A search that is aborted before the worker takes it up is never run.
   * @param {Contract.SearchRequest} request
   * @param {AskOptions} [options]
   * @returns {Promise<Contract.SearchReply>}
   */
  async search(request, options) {
    // Other spellings of a name are known once names have been looked for.
    if (request.also?.includes('aliases')) await this.annotate(options);
    /** @type {Contract.SearchReply} */
    const reply = await this.#ask('search', request, options);
    this.#emit('query', { request, totals: reply.totals });
    return reply;
  }

  /**
   * Has the parts fetched that a search needs, before it is asked; where the corpus is whole there is nothing to fetch.
   * What is wrong with the search is told when it is asked.
   * @param {Contract.SearchRequest} request
   */
  async foresee(request) {
    if ((await this.#held()) !== null) await this.#keeper.ask('search', request).catch(() => {});
  }

  /**
   * How much a search finds under other lenses and in other scopes, similar documents where it finds few, and where it
   * finds nothing, searches that find something. To be asked with the same request once the search was answered, which does not wait for it.
   * @param {Contract.SearchRequest} request
   * @param {AskOptions} [options]
   * @returns {Promise<Contract.AroundReply>}
   */
  async around(request, options) {
    if (request.also?.includes('aliases')) await this.annotate(options);
    return this.#ask('around', request, options);
  }

  /**
   * How many documents of a search have each outlet, month, keyword and, once names have been looked for, entity.
   * @param {Contract.SearchRequest} request
   * @param {AskOptions} [options]
   * @returns {Promise<Contract.FacetsReply>}
   */
  facets(request, options) {
    return this.#ask('facets', request, options);
  }

  /**
   * How a query that is being typed may go on.
   * @param {Contract.SuggestRequest} request
   * @param {AskOptions} [options]
   * @returns {Promise<Contract.SuggestReply>}
   */
  suggest(request, options) {
    return this.#ask('suggest', request, options);
  }

  /**
   * All that a search finds, as the pieces of a file; questions are answered in between.
   * @param {Contract.SearchRequest} request
   * @param {AskOptions} [options]
   * @returns {AsyncGenerator<Contract.ExportReply>}
   */
  async *exported(request, options) {
    for (let offset = /** @type {number | null} */ (0); offset !== null; ) {
      /** @type {Contract.ExportReply} */
      const piece = await this.#ask('export', { ...request, offset }, options);
      yield piece;
      offset = piece.next;
    }
  }

  /**
   * @param {Contract.PageRequest} request
   * @param {AskOptions} [options]
   * @returns {Promise<Contract.PageReply>}
   */
  async page(request, options) {
    if ((await this.#held()) !== null) return this.#pageInParts(request, options);
    if (request.entities === true) {
      await this.#restoreDecisions();
      await this.#annotation.ensure(false, options);
    }
    return this.#ask('page', request, options);
  }

  /**
   * A page of a corpus in parts; without marks where its parts bring no names.
   * @param {Contract.PageRequest} request
   * @param {AskOptions} [options]
   * @returns {Promise<Contract.PageReply>}
   */
  async #pageInParts(request, options) {
    try {
      return await this.#ask('page', request, options);
    } catch (error) {
      if (!(error instanceof ExplorerError) || error.code !== 'index-in-parts') throw error;
      return this.#ask('page', { ...request, entities: false, also: request.also?.filter((kind) => kind !== 'aliases') }, options);
    }
  }

  /**
   * @param {Contract.EntitiesRequest} [request]
   * @param {AskOptions} [options]
   * @returns {Promise<Contract.EntitiesReply>}
   */
  async entities(request = {}, options) {
    await this.annotate(options);
    return this.#ask('entities', request, options);
  }

  /**
   * @param {Contract.EntityRequest} request
   * @param {AskOptions} [options]
   * @returns {Promise<Contract.EntityReply>}
   */
  async entity(request, options) {
    await this.annotate(options);
    return this.#ask('entity', request, options);
  }

  /**
   * @param {Contract.DatesRequest} [request]
   * @param {AskOptions} [options]
   * @returns {Promise<Contract.DatesReply>}
   */
  async dates(request = {}, options) {
    // When articles were published is known of a corpus in parts too.
    if ((await this.#held()) === null) await this.annotate(options);
    return this.#ask('dates', request, options);
  }

  /**
   * What the score of a document is made of.
   * @param {Contract.ExplainRequest} request
   * @param {AskOptions} [options]
   * @returns {Promise<Contract.ExplainReply>}
   */
  explain(request, options) {
    return this.#ask('explain', request, options);
  }

  /**
   * @param {Contract.QuotesRequest} [request]
   * @param {AskOptions} [options]
   * @returns {Promise<Contract.QuotesReply>}
   */
  async quotes(request = {}, options) {
    await this.annotate(options);
    return this.#ask('quotes', request, options);
  }

  /**
   * @param {Contract.ConflictsRequest} [request]
   * @param {AskOptions} [options]
   * @returns {Promise<Contract.ConflictsReply>}
   */
  async conflicts(request = {}, options) {
    await this.annotate(options);
    return this.#ask('conflicts', request, options);
  }

  /**
   * @param {Contract.AliasesRequest} [request]
   * @param {AskOptions} [options]
   * @returns {Promise<Contract.AliasesReply>}
   */
  async aliases(request = {}, options) {
    await this.annotate(options);
    return this.#ask('aliases', request, options);
  }

  /**
   * @param {Contract.NetworkRequest} [request]
   * @param {AskOptions} [options]
   * @returns {Promise<Contract.NetworkReply>}
   */
  async network(request = {}, options) {
    await this.annotate(options);
    return this.#ask('network', request, options);
  }

  /**
   * A network as the text of a GraphML or GEXF file.
   * @param {Contract.NetworkRequest} [request]
   * @param {AskOptions} [options]
   * @returns {Promise<string>}
   */
  async networkFile(request = {}, options) {
    await this.annotate(options);
    return this.#ask('networkFile', request, options);
  }

  /**
   * Decides about spellings of names, or takes a decision back.
   * @param {Contract.DecideRequest} request
   * @returns {Promise<Contract.DecisionsReply>}
   */
  async decide(request) {
    await this.#restoreDecisions();
    return this.#decided(await this.#ask('decide', request));
  }

  /** The decisions about spellings as the text of a small file. @returns {Promise<string>} */
  async decisionsFile() {
    await this.#restoreDecisions();
    return this.#ask('decisionsFile', {});
  }

  /**
   * Takes the decisions of a file in place of those there are.
   * @param {string} text
   * @returns {Promise<Contract.DecisionsReply>}
   */
  async loadDecisions(text) {
    return this.#decided(await this.#ask('loadDecisions', text));
  }

  /** @param {Contract.DecisionsReply} reply */
  async #decided(reply) {
    this.#decisions = await this.#ask('decisionsFile', {});
    this.#hasDecisions = true;
    this.#emit('names-changed', reply);
    return reply;
  }

  /** A worker that was started anew knows no decisions. */
  async #restoreDecisions() {
    if (this.#hasDecisions || this.#decisions === null) return;
    this.#hasDecisions = true;
    await this.#ask('loadDecisions', this.#decisions);
  }

  /**
   * Has names, dates and quotes found, while other requests are answered; what asks for them waits for it by itself.
   * @param {AskOptions} [options]
   */
  async annotate(options) {
    // Of a corpus in parts, parts bring them; the core refuses what they do not bring.
    if ((await this.#held()) !== null) return;
    await this.#restoreDecisions();
    await this.#annotation.ensure(true, options);
  }

  /**
   * Why names are found by lists and cues alone: an `ExplorerError` of the model; null while it works or was not asked for.
   * @returns {unknown}
   */
  get modelError() {
    return this.#annotation.modelError;
  }

  /**
   * Lines of the ledger: every file that was added, and every member of an archive.
   * @param {Contract.LedgerRequest} [request]
   * @param {AskOptions} [options]
   * @returns {Promise<Contract.LedgerReply>}
   */
  ledger(request = {}, options) {
    return this.#ask('ledger', request, options);
  }

  /**
   * The whole ledger as the text of a file.
   * @param {'csv' | 'json'} form
   * @returns {Promise<string>}
   */
  ledgerFile(form) {
    return this.#ask('ledgerFile', form);
  }

  /**
   * The corpus as an index file, texts included: added to any explorer, it is
   * there without being indexed again.
   * @returns {Promise<ArrayBuffer>}
   */
  saveIndex() {
    return this.#inTurn(() => this.#keeper.ask('saveIndex', {}));
  }

  /**
   * What is read at most, known before anything is added: the limits of the
   * readers and of the page itself.
   * @returns {Promise<{ name: string, value: number, unit: Contract.LimitReply['unit'] }[]>}
   */
  async limits() {
    return [...(await this.#room.limits()), { name: 'memory', value: MEMORY_LIMIT, unit: 'bytes' }];
  }

  /**
   * Adds files beside those already there, after any import under way. A file
   * that cannot be read is a line in the ledger, never a rejection. Aborting
   * keeps what was done: the promise resolves all the same.
   * @param {Iterable<File | FileEntry> | AsyncIterable<File | FileEntry>} files Walked once, some way
   *   ahead of what is being read.
   * @param {{ signal?: AbortSignal, onProgress?: (progress: Progress) => void, workers?: number } & Asker} [options]
   *   `workers`: how many index beside the one that holds the corpus, 4 at most; without it that is decided by size, cores and memory.
   * @returns {Promise<Imported>}
   */
  addFiles(files, { signal, onProgress, workers, ...asker } = {}) {
    return this.#inTurn(async () => {
      if ((await this.#held()) !== null) throw inParts('adding files');
      const before = await this.#totals();
      const isComplete = await this.#import(entriesOf(files), false, { asker, signal, onProgress, workers });
      return this.#changed(before, isComplete);
    });
  }

  /**
   * Takes pages out of the corpus, after any import under way. The files they came from are not touched.
   * @param {Contract.RemoveRequest} request
   * @returns {Promise<Imported>}
   */
  removePages(request) {
    return this.#inTurn(async () => {
      if ((await this.#held()) !== null) throw inParts('taking pages out');
      const before = await this.#totals();
      const { pages } = await this.#keeper.remove(request);
      return this.#changed(before, true, pages);
    });
  }

  /** Brings back what was taken out last. The corpus is indexed anew. @returns {Promise<Imported>} */
  bringBack() {
    return this.#inTurn(async () => {
      const before = await this.#totals();
      await this.#keeper.bringBack();
      this.#hasDecisions = false;
      return this.#changed(before, true);
    });
  }

  /** Pages that were taken out and not brought back, and the ids of those among them that came with the explorer. */
  get takenOut() {
    const replies = this.#keeper.removals.map(({ reply }) => reply);
    return { pages: replies.reduce((sum, { pages }) => sum + pages, 0), bundled: replies.flatMap(({ bundled }) => bundled) };
  }

  /**
   * Looks at a file of the ledger, or at a member of an archive: what it was
   * read as, and how it would be read in another way.
   * @param {number} file
   * @param {number} [member]
   * @returns {Promise<Question>}
   */
  async look(file, member = 0) {
    const { entry, readAs } = this.#sourceOf(file);
    if (member > 0) return memberQuestion(this.#room, file, member, entry, readAs);
    return questionOf(this.#room, entry.name, await entry.slice(0, INSPECT_BYTES), readAs);
  }

  /**
   * Reads a file of the ledger again in another way. The corpus is indexed anew.
   * @param {number} file
   * @param {ReadAs} readAs
   * @returns {Promise<Imported>}
   */
  readAgain(file, readAs) {
    return this.#inTurn(async () => {
      const source = this.#sourceOf(file);
      const before = await this.#totals();
      source.readAs = { ...source.readAs, ...readAs };
      source.refusal = null;
      this.#keeper.wantAgain(file);
      await this.#keeper.reload();
      this.#hasDecisions = false;
      return this.#changed(before, true);
    });
  }

  async #held() {
    this.#parts = (await this.#source.parts?.()) ?? null;
    return this.#parts;
  }

  /** Whether the corpus is read in parts, which cannot answer everything; known once it is `ready`. */
  get isInParts() {
    return this.#parts !== null;
  }

  /** Address of the same corpus as one index, where it is read in parts and there is one. */
  get whole() {
    return this.#parts?.whole ?? null;
  }

  /** Page rules of the reader's own that are in force; empty for none. */
  get rules() {
    return this.#keeper.rules;
  }

  /**
   * Splits all pages by these rules beside the bundled ones. The corpus is
   * indexed anew. Rejects with `bad-rules` when there is an error in them: its
   * details name line and character, and nothing is changed.
   * @param {string} rules Empty for the bundled ones alone; docs/anatomy.md tells the format.
   * @returns {Promise<number>} How many rules were read.
   */
  setRules(rules) {
    return this.#inTurn(async () => {
      /** @type {number} */
      const count = await this.#ask('setRules', rules);
      if (rules === this.#keeper.rules) return count;
      const before = await this.#totals();
      this.#keeper.rules = rules;
      await this.#keeper.reload();
      this.#hasDecisions = false;
      await this.#changed(before, true);
      return count;
    });
  }

  /** The rules that Kashshaf comes with, in the format of a reader's own. @returns {Promise<string>} */
  bundledRules() {
    return this.#ask('bundledRules', {});
  }

  /** Ends the workers and gives their memory back; whatever was asked is rejected. */
  dispose() {
    this.#closing.abort();
    this.#keeper.close();
    this.#room.close();
    this.#annotation.close();
  }

  /** @param {EngineSource} source */
  async #start(source) {
    const started = this.#keeper.started().then(() => mark('engine-ready'));
    // Who does not come as far as waiting for it hears of a failure by the import.
    started.catch(() => {});
    // The pages are fetched while the engine is being compiled.
    await this.#inTurn(async () => {
      await this.#held();
      return this.#import(await source.corpus(), true);
    });
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
   * @param {{ asker?: Asker, signal?: AbortSignal, onProgress?: (progress: Progress) => void, workers?: number }} [options]
   * @returns {Promise<boolean>} Whether it came to its end.
   */
  async #import(entries, bundled, { asker = {}, signal, onProgress, workers } = {}) {
    const stop = new AbortController();
    const abort = () => stop.abort();
    const signals = signal ? [this.#closing.signal, signal] : [this.#closing.signal];
    for (const either of signals) either.addEventListener('abort', abort, { once: true });
    if (signals.some(({ aborted }) => aborted)) abort();
    const importer = new Importer({
      lookahead: new Lookahead(entries),
      bundled,
      keeper: this.#keeper,
      feeder: this.#feeder,
      room: this.#room,
      nextFile: () => (this.#lastFile += 1),
      settled: (source, reply) => this.#note(source, reply),
      tell: (progress) => {
        this.#emit('progress', progress);
        onProgress?.(progress);
      },
      asker,
      origin: this.#source,
      workers: workers ?? null,
      signal: stop.signal,
      closing: this.#closing.signal,
    });
    try {
      return await importer.run();
    } finally {
      for (const either of signals) either.removeEventListener('abort', abort);
    }
  }

  /** @param {Source} source @param {ItemReply} reply */
  #note(source, reply) {
    if (source.file === null) this.#reports.set(source, /** @type {Contract.FileReport} */ (reply));
  }

  /** @param {number} file */
  #sourceOf(file) {
    const source = this.#keeper.sourceOf(file);
    if (source !== null) return source;
    throw new ExplorerError('unknown-file', `No file of the ledger has the number ${file}.`, [['file', String(file)]]);
  }

  async #totals() {
    return (await this.ledger({ limit: 1 })).totals;
  }

  /** @param {Contract.LedgerTotalsReply} before @param {boolean} isComplete @param {number} [takenOut] @returns {Promise<Imported>} */
  async #changed(before, isComplete, takenOut = 0) {
    await this.#ask('refresh', {});
    const imported = { before, after: await this.#totals(), isComplete, takenOut };
    this.#emit('corpus-changed', imported);
    return imported;
  }

  /** @param {number} page @param {string} reason */
  async #tellLost(page, reason) {
    /** @type {Contract.OverviewReply} */
    const { pages } = await this.#ask('overview', { limit: 1, offset: page });
    this.#emit('annotation-lost', { name: pages[0]?.name ?? '', reason });
  }

  /**
   * @template T
   * @param {() => Promise<T>} task
   * @returns {Promise<T>}
   */
  #inTurn(task) {
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
