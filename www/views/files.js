/** @file Files: where texts come from, and the ledger of what became of them. */

import { bdi, h } from '../ui/dom.js';
import { intakePanel } from '../ui/intake-panel.js';
import { keepPanel } from '../ui/keep-panel.js';
import { errorDetails, errorSentence } from '../ui/notice.js';
import { rulesPanel } from '../ui/rules-panel.js';
import { Ledger } from './ledger.js';

/** @import { FileReport } from '../../src/wasm/types.d.ts' */
/** @import { Context, DrawnView } from '../ui/types.d.ts' */

/** While files are read the ledger is drawn anew this often, in milliseconds. */
const FOLLOW_MS = 1000;

/** @param {Context} context @param {AbortSignal} signal @returns {Promise<DrawnView>} */
export async function drawFiles(context, signal) {
  const { texts, engine, intake, options } = context;
  const m = texts.m.files;
  const ledger = new Ledger(context, signal);
  await ledger.refresh();
  let timer = 0;
  // The last change is told by the view being drawn anew.
  const follow = () => {
    if (timer === 0 && intake.progress) {
      timer = setTimeout(() => {
        timer = 0;
        // Whatever keeps the lines from being shown now is told when the view is drawn.
        ledger.refresh().catch(() => {});
      }, FOLLOW_MS);
    }
  };
  intake.addEventListener('progress', follow);
  // A corpus in parts cannot grow, be split anew or be saved.
  const isOpen = !options.readonly && !engine.isInParts;
  const node = h('div', { class: 'files' },
    h('h2', null, m.title),
    h('p', { class: 'soft' }, m.note),
    isOpen && intakePanel(context),
    isOpen && rulesPanel(context),
    bundledFailures(context, engine.reports),
    ledger.node,
    isOpen && keepPanel(context));
  return {
    node,
    title: m.title,
    dispose() {
      clearTimeout(timer);
      ledger.dispose();
      intake.removeEventListener('progress', follow);
    },
  };
}

/** Pages that came with the explorer and could not be read; all others are in the corpus. @param {Context} context @param {readonly FileReport[]} reports */
function bundledFailures({ texts }, reports) {
  const failed = reports.flatMap(({ name, error }) => (error === null ? [] : [{ name, error }]));
  if (failed.length === 0) return null;
  return h('section', { class: 'note note-error', part: 'notice error' },
    h('p', null, texts.fill(texts.m.files.bundledFailed, { count: texts.count(texts.m.fileCount, failed.length) })),
    h('ul', { class: 'bundled-failures', role: 'list' }, failed.map(({ name, error }) => h('li', null,
      bdi(name, 'file-name'), ' ', errorSentence(texts, error.code), errorDetails(texts, error)))));
}
