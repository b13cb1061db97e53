/**
 * Has the pages annotated: frames go from the core to the annotator, pass after
 * pass, and the layers back, between the reader's own requests. The annotating
 * worker is started when names, dates or quotes are first asked for, and put in
 * the place of a fallen one.
 *
 * @import { AnnotationReply } from '../../src/wasm/types.js'
 * @import { FromAnnotator, Method, ToAnnotator, WorkerLike } from './protocol.js'
 * @import { EngineSource } from './source.js'
 */

import { Desk, Opened } from './desk.js';
import { ExplorerError } from './errors.js';
import { FRAME_BYTES } from './protocol.js';

/** @typedef {WorkerLike<ToAnnotator, FromAnnotator>} AnnotatingWorker */

/** Runs that fall without naming a page, before it is given up. */
const MAX_FALLS = 3;

/** The annotating worker fell. */
class AnnotatorFell extends Error {
  /**
   * @param {string} message What it said last.
   * @param {number | null} page Number of the page that it fell over.
   */
  constructor(message, page) {
    super(message);
    this.name = 'AnnotatorFell';
    this.page = page;
  }
}

/**
 * @typedef {object} Hearing
 * @property {(done: number, total: number) => void} progress In words, those of each pass counted.
 * @property {(page: number, reason: string) => void} lost A page was left out: the annotator fell over it.
 */

export class Annotation {
  #source;
  #ask;
  #hearing;
  /** @type {Opened<AnnotatingWorker, AnnotatorDesk>} */
  #desk;
  /** The run under way. @type {Promise<void> | null} */
  #run = null;
  /** Whoever waits for it; without anybody it pauses. */
  #waiting = 0;
  #wake = () => {};
  #isClosed = false;
  /** Pages that the annotator fell over, of the corpus in `#state`. @type {number[]} */
  #without = [];
  #state = '';

  /** Why names are found by lists and cues alone: an `ExplorerError` of the model; null while it works or was not asked for. @type {unknown} */
  modelError = null;

  /**
   * @param {EngineSource} source
   * @param {(method: Method, request: unknown) => Promise<any>} ask Asks the core.
   * @param {Hearing} hearing
   */
  constructor(source, ask, hearing) {
    this.#source = source;
    this.#ask = ask;
    this.#hearing = hearing;
    const annotator = async () => {
      const found = await source.annotator();
      if (this.#isClosed) throw new ExplorerError('engine-closed', 'The explorer was closed.');
      return found;
    };
    this.#desk = new Opened(annotator, (worker, module, onEnd) => new AnnotatorDesk(worker, module, onEnd));
  }

  /**
   * Resolves when the core has the layers of the pages there are. Whoever
   * aborts waits no longer; a run that nobody waits for pauses, and goes on when somebody does.
   * @param {boolean} withModel Found with the trained model, where it can be had.
   * @param {{ signal?: AbortSignal, once?: boolean }} [options] `once`: be content with one run, although the pages
   *   may be others by its end, as they are during an import.
   */
  async ensure(withModel, { signal, once = false } = {}) {
    for (;;) {
      signal?.throwIfAborted();
      const { ready, trained } = await this.#annotation();
      if (ready && (trained || !withModel || this.modelError !== null)) return;
      this.#run ??= this.#annotate(withModel).finally(() => (this.#run = null));
      await this.#wait(this.#run, signal);
      if (once) return;
    }
  }

  /** Ends the worker and gives its memory back. */
  close() {
    this.#isClosed = true;
    this.#desk.close();
    this.#wake();
  }

  /** @returns {Promise<AnnotationReply>} */
  async #annotation() {
    return JSON.parse(await this.#ask('annotation', null));
  }

  /** @param {Promise<void>} run @param {AbortSignal} [signal] */
  async #wait(run, signal) {
    this.#waiting += 1;
    this.#wake();
    let isWaiting = true;
    const leave = () => {
      if (isWaiting) this.#waiting -= 1;
      isWaiting = false;
    };
    signal?.addEventListener('abort', leave, { once: true });
    try {
      await (signal === undefined ? run : Promise.race([run, aborted(signal)]));
    } finally {
      signal?.removeEventListener('abort', leave);
      leave();
    }
  }

  /** Runs until the end of the pages or until they are others; those that bring the annotator down are left out. @param {boolean} withModel */
  async #annotate(withModel) {
    for (let falls = 0; ; ) {
      const asked = await this.#annotation();
      if (asked.state !== this.#state) [this.#state, this.#without] = [asked.state, []];
      try {
        return await this.#runOver(asked, withModel);
      } catch (error) {
        if (error instanceof ExplorerError && error.code === 'annotations-stale') return;
        if (!(error instanceof AnnotatorFell) || this.#isClosed) throw error;
        if (error.page === null) falls += 1;
        else {
          this.#without.push(error.page);
          this.#hearing.lost(error.page, error.message);
        }
        if (falls >= MAX_FALLS) throw crashed(error);
      }
    }
  }

  /**
   * @param {AnnotationReply} asked
   * @param {boolean} withModel
   */
  async #runOver(asked, withModel) {
    const desk = await this.#desk.get();
    if (withModel && !desk.isTrained) await this.#train(desk);
    const passes = await desk.ask((id) => ({ kind: 'begin', id }));
    const total = passes * asked.words;
    let done = 0;
    do {
      for await (const words of this.#pass(desk, asked)) {
        done += words;
        this.#hearing.progress(Math.min(done, total), total);
      }
    } while (await desk.ask((id) => ({ kind: 'turn', id })));
    for (let frame; (frame = await desk.ask((id) => ({ kind: 'take', id }))) !== null; ) {
      await this.#ask('takeAnnotations', { state: asked.state, frame });
    }
  }

  /**
   * Reads every page once; the next frames are made while the last are read.
   * @param {AnnotatorDesk} desk
   * @param {AnnotationReply} asked
   * @returns {AsyncGenerator<number, void>} Words read.
   */
  async *#pass(desk, { state, pages }) {
    const framesFrom = (/** @type {number} */ from) => {
      const frames = this.#ask('pagesToAnnotate', { state, from, bytes: FRAME_BYTES });
      // A refusal is told when it is waited for.
      frames.catch(() => {});
      return frames;
    };
    let [from, ahead] = [0, framesFrom(0)];
    while (from < pages) {
      /** @type {ArrayBuffer} */
      const frames = await ahead;
      await this.#wanted();
      if (frames.byteLength === 0) return;
      const first = from;
      from += countFrames(frames);
      ahead = framesFrom(from);
      const without = this.#without;
      const { words } = await desk.ask((id) => ({ kind: 'read', id, from: first, frames, without }), [frames]);
      yield words;
    }
  }

  /** Waits until somebody waits. */
  async #wanted() {
    while (this.#waiting === 0 && !this.#isClosed) await new Promise((resolve) => (this.#wake = () => resolve(undefined)));
  }

  /** A model that cannot be had is no failure: lists and cues go on, and `modelError` says why. @param {AnnotatorDesk} desk */
  async #train(desk) {
    try {
      const bytes = await this.#source.model();
      await desk.ask((id) => ({ kind: 'model', id, bytes }), [bytes]);
      desk.isTrained = true;
      this.modelError = null;
    } catch (error) {
      if (error instanceof AnnotatorFell) throw error;
      this.modelError = error;
    }
  }
}

/** @extends {Desk<ToAnnotator, FromAnnotator>} */
class AnnotatorDesk extends Desk {
  /** Whether it has the model. */
  isTrained = false;

  /** @param {string} message @param {number | null} page @override */
  fall(message, page) {
    return new AnnotatorFell(message, page);
  }

  /** @param {FromAnnotator} message @override */
  hear(message) {
    if (message.kind === 'crash') this.end(this.fall(message.message, message.page));
    else this.hearAnswer(message);
  }
}

/** @param {ArrayBuffer} frames Each begins with its length. */
function countFrames(frames) {
  const view = new DataView(frames);
  let count = 0;
  for (let at = 0; at < frames.byteLength; at += 4 + view.getUint32(at, true)) count += 1;
  return count;
}

/** @param {AbortSignal} signal @returns {Promise<never>} */
function aborted(signal) {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** @param {AnnotatorFell} fall */
function crashed({ message }) {
  const text = `The annotator stopped ${MAX_FALLS} times and was not started again; the last reason was: ${message}.`;
  return new ExplorerError('annotator-crashed', text, [['reason', message]]);
}
