/**
 * A worker beside the core's, that answers numbered questions: the reading one
 * and the annotating one. `link.js` is the core's.
 *
 * @import { ExplorerErrorData } from '../../src/wasm/types.js'
 * @import { WorkerLike } from './protocol.js'
 * @import { ModuleSource } from './source.js'
 */

import { ExplorerError } from './errors.js';

/**
 * @typedef {{ kind: 'started' } | { kind: 'answer', id: number, value: any } | { kind: 'refusal', id: number, error: ExplorerErrorData }} Answer
 * What every such worker says.
 */

/** The first of the numbers, for the start. */
const START = 0;

/**
 * One worker, from its start to its end.
 * @template To
 * @template From
 */
export class Desk {
  #worker;
  #onEnd;
  #lastId = START;
  /** @type {Map<number, { resolve(value: any): void, reject(error: unknown): void }>} */
  #pending = new Map();
  /** Why it ended. @type {Error | null} */
  #ended = null;

  /**
   * @param {WorkerLike<To | { kind: 'start', module: WebAssembly.Module }, From>} worker
   * @param {WebAssembly.Module} module
   * @param {() => void} onEnd
   */
  constructor(worker, module, onEnd) {
    this.#worker = worker;
    this.#onEnd = onEnd;
    worker.onmessage = ({ data }) => this.hear(data);
    worker.onerror = (event) => {
      event.preventDefault?.();
      this.end(this.fall(event.message || 'the browser gave no reason', null));
    };
    this.started = /** @type {Promise<void>} */ (this.#wait(START));
    worker.postMessage({ kind: 'start', module }, []);
  }

  /**
   * The error of whoever waits when the worker falls.
   * @param {string} message What it said last.
   * @param {number | null} _culprit What it fell over, as a number.
   * @returns {Error}
   */
  fall(message, _culprit) {
    return new Error(message);
  }

  /** @param {(id: number) => To} message @param {Transferable[]} [transfer] @returns {Promise<any>} */
  ask(message, transfer = []) {
    if (this.#ended) return Promise.reject(this.#ended);
    const id = ++this.#lastId;
    const answer = this.#wait(id);
    this.post(message(id), transfer);
    return answer;
  }

  /** Says what has no answer; nothing once it has ended. @param {To} message @param {Transferable[]} [transfer] */
  post(message, transfer = []) {
    if (this.#ended === null) this.#worker.postMessage(message, transfer);
  }

  /** Ends the worker; whoever waits gets the error. @param {Error} error */
  end(error) {
    if (this.#ended) return;
    this.#ended = error;
    this.#worker.terminate();
    this.#onEnd();
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }

  /** Hears what one kind of worker alone says; the rest goes to `hearAnswer`. @param {From} message */
  hear(message) {
    this.hearAnswer(/** @type {any} */ (message));
  }

  /** @param {Answer} message */
  hearAnswer(message) {
    if (message.kind === 'started') this.#take(START)?.resolve(undefined);
    else if (message.kind === 'answer') this.#take(message.id)?.resolve(message.value);
    else this.#take(message.id)?.reject(ExplorerError.from(message.error));
  }

  /** @param {number} id @returns {Promise<any>} */
  #wait(id) {
    return new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject }));
  }

  /** @param {number} id */
  #take(id) {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }
}

/**
 * The desk that is open: opened at the first call, and at the next one after it fell or was closed.
 * @template W
 * @template {Desk<any, any>} D
 */
export class Opened {
  #source;
  #make;
  /** @type {Promise<D> | null} */
  #desk = null;

  /**
   * @param {() => Promise<ModuleSource<W>>} source
   * @param {(worker: W, module: WebAssembly.Module, onEnd: () => void) => D} make
   */
  constructor(source, make) {
    this.#source = source;
    this.#make = make;
  }

  /** @returns {Promise<D>} */
  get() {
    if (this.#desk !== null) return this.#desk;
    const forget = () => {
      if (this.#desk === opening) this.#desk = null;
    };
    const opening = this.#source().then(async ({ module, spawn }) => {
      const desk = this.#make(spawn(), module, forget);
      await desk.started;
      return desk;
    });
    this.#desk = opening;
    opening.catch(forget);
    return opening;
  }

  /** Ends the worker and gives its memory back. */
  close() {
    const desk = this.#desk;
    this.#desk = null;
    desk?.then((desk) => desk.end(desk.fall('it was closed', null)), () => {});
  }
}
