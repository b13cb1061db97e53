/** @file Adding files: one import at a time, its progress, and the places files come from. */

import { gatherDrop, gatherInput, gatherText } from '../engine/gather-files.js';
import { h } from './dom.js';
import { errorBox, note } from './notice.js';

/** @import { FileReport } from '../../src/wasm/types.d.ts' */
/** @import { Texts } from '../i18n/index.js' */
/** @import { Context, ExplorerEngine, ImportProgress, Intake } from './types.d.ts' */

/**
 * Events: `progress`; `finished`, detail `{reports, cancelled}`; `failed`, detail `{error}`.
 * @param {ExplorerEngine} engine
 * @param {HTMLElement} host  carries `data-busy` while files are read
 * @returns {Intake & {dispose(): void}}
 */
export function createIntake(engine, host) {
  /** @type {AbortController | null} */
  let running = null;
  /** @type {ImportProgress | null} */
  let progress = null;
  let queue = Promise.resolve();
  let failed = 0;

  const intake = Object.assign(new EventTarget(), {
    // A list of files and a drop are empty after their event: both are read at once.
    /** @param {FileList} files */
    addFiles: (files) => enqueue(gatherInput(files)),
    /** @param {DataTransfer} transfer */
    addDrop: (transfer) => enqueue(gatherDrop(transfer)),
    /** @param {string} text @param {string} name */
    addText: (text, name) => enqueue(gatherText(text, name)),
    cancel: () => running?.abort(),
    dispose: () => running?.abort(),
  });
  Object.defineProperties(intake, { progress: { get: () => progress }, failed: { get: () => failed } });

  /** @param {string} type @param {object} detail */
  const tell = (type, detail) => intake.dispatchEvent(new CustomEvent(type, { detail }));

  /** @param {Promise<any[]>} gathered */
  const enqueue = (gathered) => {
    // Its failure is told when its turn comes.
    gathered.catch(() => {});
    queue = queue.then(() => run(gathered));
  };

  /** @param {Promise<any[]>} gathered */
  async function run(gathered) {
    running = new AbortController();
    const { signal } = running;
    host.dataset.busy = '';
    try {
      const entries = await gathered;
      const reports = await engine.addFiles(entries, {
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
      running = null;
      progress = null;
      delete host.dataset.busy;
      tell('progress', {});
    }
  }

  return /** @type {any} */ (intake);
}

/**
 * Drop target, choose files or a folder, paste a text.
 * @param {Context} context
 */
export function intakePanel({ texts, intake }) {
  const m = texts.m.intake;
  const files = picker('file-input', { multiple: true });
  const folder = picker('folder-input', { webkitdirectory: true });

  /** @param {string} testId @param {Record<string, boolean>} props */
  function picker(testId, props) {
    return h('input', {
      ...props, type: 'file', hidden: true, tabindex: '-1', 'data-testid': testId,
      onchange(/** @type {Event & {target: HTMLInputElement}} */ { target }) {
        if (target.files?.length) intake.addFiles(target.files);
        target.value = '';
      },
    });
  }

  return h('section', { class: 'intake', 'aria-labelledby': 'intake-title', part: 'intake' },
    h('h2', { id: 'intake-title' }, m.title),
    h('p', { class: 'intake-drop' }, m.drop),
    h('p', { class: 'actions' },
      h('button', { type: 'button', class: 'button', onclick: () => files.click() }, m.files),
      h('button', { type: 'button', class: 'button', onclick: () => folder.click() }, m.folder)),
    files, folder, pasteForm(),
    h('p', { class: 'soft' }, m.privacy));

  function pasteForm() {
    const text = h('textarea', { rows: '6', dir: 'auto', required: true, id: 'paste-text', name: 'text' });
    const name = h('input', { type: 'text', dir: 'auto', id: 'paste-name', placeholder: m.pasteNamePlaceholder, name: 'name' });
    return h('details', { class: 'paste' }, h('summary', null, m.paste),
      h('form', {
        onsubmit: (/** @type {SubmitEvent} */ event) => {
          event.preventDefault();
          if (!text.value.trim()) return;
          intake.addText(text.value, `${name.value.trim() || m.pasteNamePlaceholder}.txt`);
          text.value = '';
        },
      },
        h('label', { for: 'paste-text' }, m.pasteLabel), text,
        h('label', { for: 'paste-name' }, m.pasteName), name,
        h('button', { class: 'button', type: 'submit' }, m.pasteAdd)));
  }
}

/**
 * A strip under the head while files are read, and what came of it.
 * @param {Context} context
 */
export function intakeStrip(context) {
  const { texts, intake, announce } = context;
  const m = texts.m.intake;
  const bar = h('progress', { max: '1', value: '0', 'aria-label': m.title });
  const line = h('span');
  const strip = h('div', { class: 'strip', hidden: true }, bar, line,
    h('button', { type: 'button', class: 'quiet', onclick: () => intake.cancel() }, m.cancel));
  const outcome = h('div', { class: 'strip-outcome' });

  const onProgress = () => {
    const { progress } = intake;
    strip.hidden = !progress;
    if (!progress) return;
    outcome.replaceChildren();
    bar.value = progress.bytesTotal ? progress.bytesDone / progress.bytesTotal : 0;
    line.textContent = texts.fill(m.running, {
      done: texts.number(progress.done), total: texts.number(progress.total),
      bytesDone: texts.bytes(progress.bytesDone), bytesTotal: texts.bytes(progress.bytesTotal),
    });
  };
  /** @param {Event} event */
  const onFinished = (event) => {
    const { reports, cancelled } = /** @type {CustomEvent} */ (event).detail;
    if (reports.length === 0 && !cancelled) return;
    const said = [cancelled ? m.cancelled : m.finished, tally(texts, reports)].filter(Boolean).join(' ');
    announce(said);
    outcome.replaceChildren(note([said, ' ', h('a', { href: context.link({ view: 'files' }) }, texts.m.files.title), ' ',
      h('button', { type: 'button', class: 'quiet', onclick: () => outcome.replaceChildren() }, texts.m.close)]));
  };
  /** @param {Event} event */
  const onFailed = (event) => outcome.replaceChildren(errorBox(texts, /** @type {CustomEvent} */ (event).detail.error));

  intake.addEventListener('progress', onProgress);
  intake.addEventListener('finished', onFinished);
  intake.addEventListener('failed', onFailed);
  onProgress();
  return {
    node: h('div', null, strip, outcome),
    /** The reader went on: what came of the last import has been seen. */
    settle: () => outcome.replaceChildren(),
    dispose() {
      intake.removeEventListener('progress', onProgress);
      intake.removeEventListener('finished', onFinished);
      intake.removeEventListener('failed', onFailed);
    },
  };
}

/** How many files were read, met before, or not read. @param {Texts} texts @param {FileReport[]} reports */
export function tally(texts, reports) {
  return /** @type {FileReport['status'][]} */ (['read', 'duplicate', 'failed'])
    .map((status) => /** @type {const} */ ([status, reports.filter((report) => report.status === status).length]))
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${texts.m.files.status[status]}: ${texts.count(texts.m.fileCount, count)}`).join(' · ');
}

/**
 * The whole explorer takes a drop of files.
 * @param {HTMLElement} node
 * @param {Intake} intake
 */
export function acceptDrops(node, intake) {
  /** @param {DragEvent} event */
  const hasFiles = (event) => Boolean(event.dataTransfer?.types.includes('Files'));
  node.addEventListener('dragover', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    node.classList.add('dropping');
  });
  node.addEventListener('dragleave', ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && node.contains(relatedTarget))) node.classList.remove('dropping');
  });
  node.addEventListener('drop', (event) => {
    node.classList.remove('dropping');
    if (!hasFiles(event) || !event.dataTransfer) return;
    event.preventDefault();
    intake.addDrop(event.dataTransfer);
  });
}
