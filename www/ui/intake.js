/** @file Adding files: imports one after another, how far they are, and what the reader has half typed. */

import { asEntry } from '../engine/file-entry.js';
import { gatherDrop, gatherInput, gatherText } from '../engine/gather-files.js';

/** @import { Gathering } from '../engine/gather-files.js' */
/** @import { ReadAs } from '../engine/feeder.js' */
/** @import { Imported } from '../engine/client.js' */
/** @import { Question } from '../engine/importer.js' */
/** @import { Kept } from '../engine/shelf.js' */
/** @import { ForecastReply, RemoveRequest } from '../../src/wasm/types.d.ts' */
/** @import { ExplorerEngine, ImportProgress, Intake, IntakeDeed, PendingQuestion } from './types.d.ts' */

/**
 * Events: `progress`; `asked`, when there is something to answer or no more; `finished`, detail `{imported, did}`; `failed`, detail `{error}`.
 * @param {ExplorerEngine} engine
 * @param {HTMLElement} host  carries `data-busy` while files are read
 * @returns {Intake & {dispose(): void}}
 */
export function createIntake(engine, host) {
  /** Ends the import under way and those that wait. */
  let stop = new AbortController();
  /** @type {ImportProgress | null} */
  let progress = null;
  let queue = Promise.resolve();
  let waiting = 0;
  let isWorking = false;
  /** @type {PendingQuestion[]} */
  let questions = [];
  /** @type {Intake['forecast']} */
  let forecast = null;

  const intake = Object.assign(new EventTarget(), {
    draft: { text: '', name: '', isOpen: false, rules: null, rulesOpen: false, rulesOutcome: null, showRules: null, isKeeping: false, isKept: null, keptSaid: null, showKept: null },
    // A list of files and a drop are empty after their event: both are read at once.
    /** @param {FileList} files */
    addFiles: (files) => enqueue(gatherInput(files)),
    /** @param {DataTransfer} transfer @param {string} textName */
    addDrop: (transfer, textName) => enqueue(gatherDrop(transfer, textName)),
    /** @param {string} text @param {string} name */
    addText: (text, name) => enqueue(gatherText(text, name)),
    /** An index that the browser kept. What had been taken out of the pages that came with the explorer goes first. @param {Kept} kept */
    addKept({ bytes, kept, without = [] }) {
      if (without.length > 0) inTurn(() => engine.removePages({ ids: without }));
      enqueue((async function* () { yield asEntry(new File([bytes], `${kept.toISOString().slice(0, 10)}.kashshaf`)); })());
    },
    /** @param {RemoveRequest} request */
    takeOut: (request) => inTurn(() => engine.removePages(request), 'taken-out'),
    bringBack: () => inTurn(() => engine.bringBack(), 'brought-back'),
    /** @param {number} file @param {ReadAs} readAs */
    readAgain: (file, readAs) => inTurn(() => engine.readAgain(file, readAs)),
    cancel: () => stop.abort(),
    dispose: () => stop.abort(),
  });
  Object.defineProperties(intake, {
    progress: { get: () => progress }, waiting: { get: () => waiting }, isWorking: { get: () => isWorking },
    questions: { get: () => questions }, forecast: { get: () => forecast },
  });

  /** @param {string} type @param {object} detail */
  const tell = (type, detail) => intake.dispatchEvent(new CustomEvent(type, { detail }));

  /** @param {Question} question @returns {Promise<ReadAs | null>} */
  const onQuestion = (question) => new Promise((resolve) => {
    const pending = {
      question,
      /** @param {ReadAs | null} readAs */
      answer(readAs) {
        questions = questions.filter((other) => other !== pending);
        tell('asked', {});
        resolve(readAs);
      },
    };
    questions = [...questions, pending];
    tell('asked', {});
  });

  /** @param {ForecastReply} reply @returns {Promise<boolean>} */
  const onForecast = (reply) => new Promise((resolve) => {
    const isTooLarge = reply.verdict === 'too-large';
    /** @param {boolean} goOn */
    const answer = (goOn) => {
      forecast = { reply, answer: null };
      tell('asked', {});
      resolve(goOn);
    };
    forecast = { reply, answer: isTooLarge ? answer : null };
    tell('asked', {});
    if (!isTooLarge) resolve(true);
  });

  /** @param {Gathering} gathering */
  const enqueue = (gathering) => inTurn((signal) => engine.addFiles(gathering, {
    signal,
    onQuestion,
    onForecast,
    onProgress(news) {
      progress = news;
      tell('progress', news);
    },
  }));

  /** @param {(signal: AbortSignal) => Promise<Imported>} task @param {IntakeDeed} [did] */
  const inTurn = (task, did = 'added') => {
    if (stop.signal.aborted) stop = new AbortController();
    const { signal } = stop;
    waiting += 1;
    host.dataset.busy = '';
    queue = queue.then(() => run(task, signal, did));
    tell('progress', {});
  };

  /** @param {(signal: AbortSignal) => Promise<Imported>} task @param {AbortSignal} signal @param {IntakeDeed} did */
  async function run(task, signal, did) {
    waiting -= 1;
    isWorking = !signal.aborted;
    tell('progress', {});
    try {
      if (!signal.aborted) tell('finished', { imported: await task(signal), did });
    } catch (error) {
      tell('failed', { error });
    } finally {
      progress = null;
      isWorking = false;
      questions = [];
      forecast = null;
      tell('asked', {});
      if (waiting === 0) delete host.dataset.busy;
      tell('progress', {});
    }
  }

  return /** @type {any} */ (intake);
}
