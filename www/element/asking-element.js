/**
 * The promises of the custom element: what a script of the page can ask it.
 *
 * @import * as Contract from '../../src/wasm/types.js'
 * @import { Engine } from '../engine/client.js'
 * @import { FileEntry } from '../engine/protocol.js'
 */

import { ExplorerError } from '../engine/errors.js';

/** An element with an engine; every method throws an `ExplorerError` while it has none. */
export class AskingElement extends HTMLElement {
  /** Null before the element stands in a page, after it was removed, and where it cannot run. @type {Engine | null} */
  engine = null;

  /** Resolves when the corpus can be searched; rejects with an `ExplorerError` when it never will. */
  get ready() {
    return this.#running().ready;
  }

  /** @param {Contract.OverviewRequest} [request] @param {{ signal?: AbortSignal, names?: 'wanted' | 'as-they-are' }} [options] */
  overview(request, options) {
    return this.#running().overview(request, options);
  }

  /** @param {Contract.SearchRequest} request @param {{ signal?: AbortSignal }} [options] */
  search(request, options) {
    return this.#running().search(request, options);
  }

  /** How much the same search finds around it. @param {Contract.SearchRequest} request @param {{ signal?: AbortSignal }} [options] */
  around(request, options) {
    return this.#running().around(request, options);
  }

  /** @param {Contract.PageRequest} request @param {{ signal?: AbortSignal }} [options] */
  page(request, options) {
    return this.#running().page(request, options);
  }

  /** @param {Contract.EntitiesRequest} [request] @param {{ signal?: AbortSignal }} [options] */
  entities(request, options) {
    return this.#running().entities(request, options);
  }

  /** @param {Contract.EntityRequest} request @param {{ signal?: AbortSignal }} [options] */
  entity(request, options) {
    return this.#running().entity(request, options);
  }

  /** @param {Contract.AliasesRequest} [request] @param {{ signal?: AbortSignal }} [options] */
  aliases(request, options) {
    return this.#running().aliases(request, options);
  }

  /** @param {Contract.DecideRequest} request */
  decide(request) {
    return this.#running().decide(request);
  }

  /** The decisions about names as the text of a small file. */
  decisionsFile() {
    return this.#running().decisionsFile();
  }

  /** Takes the decisions of a file in place of those there are. @param {string} text */
  loadDecisions(text) {
    return this.#running().loadDecisions(text);
  }

  /** @param {Contract.NetworkRequest} [request] @param {{ signal?: AbortSignal }} [options] */
  network(request, options) {
    return this.#running().network(request, options);
  }

  /** A network as the text of a GraphML or GEXF file. @param {Contract.NetworkRequest} [request] @param {{ signal?: AbortSignal }} [options] */
  networkFile(request, options) {
    return this.#running().networkFile(request, options);
  }

  /** @param {Contract.DatesRequest} [request] @param {{ signal?: AbortSignal }} [options] */
  dates(request, options) {
    return this.#running().dates(request, options);
  }

  /** @param {Contract.QuotesRequest} [request] @param {{ signal?: AbortSignal }} [options] */
  quotes(request, options) {
    return this.#running().quotes(request, options);
  }

  /** @param {Contract.ConflictsRequest} [request] @param {{ signal?: AbortSignal }} [options] */
  conflicts(request, options) {
    return this.#running().conflicts(request, options);
  }

  /** @param {Iterable<File | FileEntry> | AsyncIterable<File | FileEntry>} files @param {{ signal?: AbortSignal }} [options] */
  addFiles(files, options) {
    return this.#running().addFiles(files, options);
  }

  /** Takes pages out of the corpus; a readonly view does not keep a script from it. @param {Contract.RemoveRequest} request */
  removePages(request) {
    return this.#running().removePages(request);
  }

  /** Brings back what was taken out last; the corpus is indexed anew. */
  bringBack() {
    return this.#running().bringBack();
  }

  /** @param {Contract.LedgerRequest} [request] @param {{ signal?: AbortSignal }} [options] */
  ledger(request, options) {
    return this.#running().ledger(request, options);
  }

  /** What is read of files at most. */
  limits() {
    return this.#running().limits();
  }

  /** Splits all pages by these rules beside the bundled ones; empty for the bundled ones alone. @param {string} rules */
  setRules(rules) {
    return this.#running().setRules(rules);
  }

  /** The corpus as an index file, which `addFiles` and `src` open. */
  saveIndex() {
    return this.#running().saveIndex();
  }

  #running() {
    if (this.engine !== null) return this.engine;
    throw new ExplorerError(
      'engine-closed',
      'The explorer is not running: put the element into a page first, and see its `kashshaf-error` event.',
    );
  }
}
