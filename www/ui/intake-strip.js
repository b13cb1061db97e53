/** @file A strip under the head while files are read, and what came of it. */

import { bdi, h } from './dom.js';
import { STATUSES } from './ledger-lines.js';
import { errorBox, note } from './notice.js';

/** @import { FileReport } from '../../src/wasm/types.d.ts' */
/** @import { Texts } from '../i18n/index.js' */
/** @import { Context, ImportProgress } from './types.d.ts' */

/** @param {Context} context */
export function intakeStrip(context) {
  const { texts, intake, announce } = context;
  const m = texts.m.intake;
  const bar = h('progress', { max: '1', value: '0', 'aria-label': m.title });
  const line = h('span', { class: 'strip-line', 'data-testid': 'progress' });
  const current = h('span', { class: 'strip-current soft' });
  const strip = h('div', { class: 'strip', hidden: true }, bar,
    h('div', { class: 'strip-text' }, line, current),
    h('button', { type: 'button', class: 'quiet', 'data-focus': 'stop-import', onclick: () => intake.cancel() }, m.cancel));
  const outcome = h('div', { class: 'strip-outcome' });

  const onProgress = () => {
    const { progress, waiting } = intake;
    strip.hidden = !progress && waiting === 0;
    if (strip.hidden) return;
    outcome.replaceChildren();
    // Without a total the bar says only that something goes on.
    if (progress?.bytesTotal && progress.isCounted) bar.value = Math.min(1, progress.bytesDone / progress.bytesTotal);
    else bar.removeAttribute('value');
    const said = progress ? [progressText(texts, progress)] : [];
    if (waiting > 0) said.push(texts.count(m.waiting, waiting));
    line.textContent = said.join(' · ');
    current.replaceChildren(...(progress?.current ? [bdi(progress.current, 'file-name')] : []));
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

/** @param {Texts} texts @param {ImportProgress} progress */
function progressText(texts, { done, total, bytesDone, bytesTotal, isCounted }) {
  const m = texts.m.intake;
  return texts.fill(isCounted ? m.running : m.counting, {
    done: texts.number(done), total: texts.number(total),
    bytesDone: texts.bytes(bytesDone), bytesTotal: texts.bytes(bytesTotal),
  });
}

/** How many files were read, met before, or not read. @param {Texts} texts @param {readonly FileReport[]} reports */
export function tally(texts, reports) {
  return STATUSES
    .map((status) => /** @type {const} */ ([status, reports.filter((report) => report.status === status).length]))
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${texts.m.files.status[status]}: ${texts.count(texts.m.fileCount, count)}`).join(' · ');
}
