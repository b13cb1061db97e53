/** @file Adding files: imports one after another, how far they are, and what the reader has half typed. */

import { gatherDrop, gatherInput, gatherText } from '../engine/gather-files.js';

/** @import { Gathering } from '../engine/gather-files.js' */
/** @import { ExplorerEngine, ImportProgress, Intake } from './types.d.ts' */

/**
 * Events: `progress`; `finished`, detail `{reports, cancelled}`; `failed`, detail `{error}`.
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
  let failed = 0;

  const intake = Object.assign(new EventTarget(), {
    draft: { text: '', name: '', isOpen: false },
    // A list of files and a drop are empty after their event: both are read at once.
    /** @param {FileList} files */
    addFiles: (files) => enqueue(gatherInput(files)),
    /** @param {DataTransfer} transfer @param {string} textName */
    addDrop: (transfer, textName) => enqueue(gatherDrop(transfer, textName)),
    /** @param {string} text @param {string} name */
    addText: (text, name) => enqueue(gatherText(text, name)),
    cancel: () => stop.abort(),
    dispose: () => stop.abort(),
  });
  Object.defineProperties(intake, {
    progress: { get: () => progress }, waiting: { get: () => waiting }, failed: { get: () => failed },
  });

  /** @param {string} type @param {object} detail */
  const tell = (type, detail) => intake.dispatchEvent(new CustomEvent(type, { detail }));

  /** @param {Gathering} gathering */
  const enqueue = (gathering) => {
    if (stop.signal.aborted) stop = new AbortController();
    const { signal } = stop;
    waiting += 1;
    host.dataset.busy = '';
    queue = queue.then(() => run(gathering, signal));
    tell('progress', {});
  };

  /** @param {Gathering} gathering @param {AbortSignal} signal */
  async function run(gathering, signal) {
    waiting -= 1;
    try {
      const reports = signal.aborted ? [] : await engine.addFiles(gathering, {
        signal,
        onProgress(news) {
          progress = news;
          tell('progress', news);
        },
      });
      failed += reports.filter(({ status }) => status === 'failed').length;
      tell('finished', { reports, cancelled: signal.aborted });
    } catch (error) {
      if (signal.aborted) tell('finished', { reports: [], cancelled: true });
      else tell('failed', { error });
    } finally {
      progress = null;
      if (waiting === 0) delete host.dataset.busy;
      tell('progress', {});
    }
  }

  return /** @type {any} */ (intake);
}
