/**
 * The life of one worker, from its start to its end. A link that is lost stays
 * lost; `Engine` opens another.
 *
 * @import { FromWorker, Item, ItemReply, Method, ToWorker, WorkerLike } from './protocol.js'
 */

import { ExplorerError } from './errors.js';

/** The worker ended before it replied. Whoever was not the cause may ask the next one. */
export class LinkLost extends Error {
  /**
   * @param {string} message What the worker said last.
   * @param {boolean} culprit Whether it fell while doing this very request.
   * @param {Item | null} item What it fell over, among what was being added.
   * @param {boolean} inRefresh It fell while bringing the index up to date: anything added since the
   *   last time may be to blame.
   */
  constructor(message, culprit = false, item = null, inRefresh = false) {
    super(message);
    this.name = 'LinkLost';
    this.culprit = culprit;
    this.item = item;
    this.inRefresh = inRefresh;
  }
}

/** @typedef {{ resolve(value: any): void, reject(error: unknown): void, items?: Item[] }} Pending */
/** @typedef {WorkerLike<ToWorker, FromWorker>} EngineWorker */
/** @typedef {{ replies: ItemReply[], memory: number }} Added */

export class WorkerLink {
  /** @type {EngineWorker} */
  #worker;
  /** @type {Map<number, Pending>} */
  #pending = new Map();
  #lastId = 0;
  /** @type {LinkLost | ExplorerError | null} */
  #ended = null;
  #isStarted = false;
  /** @type {(lost: LinkLost) => void} */
  #onLost;
  /** @type {Pending} */
  #start;

  /**
   * @param {EngineWorker} worker
   * @param {Promise<WebAssembly.Module>} module Compiled while the worker starts.
   * @param {(lost: LinkLost) => void} onLost Called once, before any request is rejected, when
   *   the worker is lost after it had started.
   */
  constructor(worker, module, onLost) {
    this.#worker = worker;
    this.#onLost = onLost;
    /** @type {Pending} */
    let start = { resolve() {}, reject() {} };
    /** Settled by the worker's first word. @type {Promise<void>} */
    this.started = new Promise((resolve, reject) => {
      start = { resolve, reject };
    });
    this.#start = start;
    worker.onmessage = ({ data }) => this.#hear(data);
    worker.onerror = (event) => {
      event.preventDefault?.();
      const message = event.message || 'the browser gave no reason';
      if (this.#isStarted) this.#lose({ kind: 'crash', id: null, item: null, inRefresh: false, message });
      else this.#failToStart('worker-refused', message);
    };
    module.then(
      (module) => {
        if (this.#ended === null) worker.postMessage({ kind: 'start', module }, []);
      },
      (error) => this.#finish(error, null),
    );
  }

  /**
   * @param {Method} method
   * @param {unknown} request
   * @param {AbortSignal} [signal] Takes the question back if it still waits.
   * @returns {Promise<any>} JSON text, or bytes.
   */
  ask(method, request, signal) {
    return this.#send((id) => {
      this.#worker.postMessage({ kind: 'ask', id, method, request }, []);
    }, signal);
  }

  /**
   * @param {Item[]} items Their buffers are given away.
   * @param {boolean} refresh Whether the index is to be up to date when the replies come.
   * @returns {Promise<Added>} One reply for each item, in order.
   */
  add(items, refresh) {
    return this.#send((id) => {
      const buffers = items.flatMap(buffersOf);
      this.#worker.postMessage({ kind: 'add', id, items, refresh }, buffers);
    }, undefined, items);
  }

  /** Ends the worker, whatever it is doing. */
  end() {
    this.#finish(new ExplorerError('engine-closed', 'The explorer was closed.'), null);
  }

  /**
   * @param {(id: number) => void} post
   * @param {AbortSignal} [signal]
   * @param {Item[]} [items]
   * @returns {Promise<any>}
   */
  #send(post, signal, items) {
    if (this.#ended) return Promise.reject(this.#ended);
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const abort = () => {
        this.#pending.delete(id);
        this.#worker.postMessage({ kind: 'cancel', id }, []);
        reject(signal?.reason);
      };
      const settle = () => signal?.removeEventListener('abort', abort);
      this.#pending.set(id, {
        resolve: (value) => (settle(), resolve(value)),
        reject: (error) => (settle(), reject(error)),
        items,
      });
      try {
        post(id);
      } catch (error) {
        // A request that cannot be cloned is the caller's mistake.
        this.#pending.delete(id);
        reject(error);
        return;
      }
      signal?.addEventListener('abort', abort, { once: true });
    });
  }

  /** @param {FromWorker} message */
  #hear(message) {
    switch (message.kind) {
      case 'started':
        this.#isStarted = true;
        this.#start.resolve(undefined);
        break;
      case 'answer':
        this.#take(message.id)?.resolve(message.json);
        break;
      case 'bytes':
        this.#take(message.id)?.resolve(message.bytes);
        break;
      case 'added':
        this.#take(message.id)?.resolve({ replies: message.replies, memory: message.memory });
        break;
      case 'refusal':
        this.#take(message.id)?.reject(ExplorerError.from(message.error));
        break;
      case 'dropped':
        // Its asker was told when it took the question back.
        break;
      case 'crash':
        if (this.#isStarted) this.#lose(message);
        else this.#failToStart('engine-failed', message.message);
        break;
    }
  }

  /** @param {number} id */
  #take(id) {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }

  /**
   * @param {string} code
   * @param {string} message
   */
  #failToStart(code, message) {
    const advice =
      "A page that embeds the explorer must allow `worker-src blob:` and `script-src 'wasm-unsafe-eval'` " +
      'in its Content-Security-Policy.';
    const text = `The engine could not be started in a worker: ${message}. ${advice}`;
    this.#finish(new ExplorerError(code, text, [['reason', message]]), null);
  }

  /** @param {FromWorker & { kind: 'crash' }} crash */
  #lose({ id, item, inRefresh, message }) {
    if (this.#ended) return;
    const culprit = id === null ? undefined : this.#take(id);
    const what = item === null ? null : (culprit?.items?.[item] ?? null);
    this.#finish(new LinkLost(message), new LinkLost(message, false, what, inRefresh));
    culprit?.reject(new LinkLost(message, true, what, inRefresh));
  }

  /**
   * @param {LinkLost | ExplorerError} reason
   * @param {LinkLost | null} lost
   */
  #finish(reason, lost) {
    if (this.#ended) return;
    this.#ended = reason;
    this.#worker.terminate();
    if (lost !== null) this.#onLost(lost);
    this.#start.reject(reason);
    for (const pending of this.#pending.values()) pending.reject(reason);
    this.#pending.clear();
  }
}

/** What is given away with an item. @param {Item} item */
function buffersOf(item) {
  if (item.kind === 'abandon' || item.kind === 'arrived') return [];
  return item.kind === 'share' ? [item.bytes, ...item.pieces.map(({ bytes }) => bytes)] : [item.bytes];
}
