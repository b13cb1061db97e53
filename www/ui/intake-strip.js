/** @file A strip under the head while files are read: how far it is, what it asks, what came of it. */

import { columnQuestion } from './column-question.js';
import { bdi, h } from './dom.js';
import { keepFocus } from './focus.js';
import { linesBetween } from './ledger-lines.js';
import { errorBox, note } from './notice.js';
import { bringBackButton } from './take-out.js';

/** @import { Imported } from '../engine/client.js' */
/** @import { LedgerTotalsReply } from '../../src/wasm/types.d.ts' */
/** @import { Texts } from '../i18n/index.js' */
/** @import { Context, ImportProgress, Intake, IntakeDeed } from './types.d.ts' */

/** @param {Context} context */
export function intakeStrip(context) {
  const { texts, intake, announce } = context;
  const m = texts.m.intake;
  const bar = h('progress', { max: '1', value: '0', 'aria-label': m.title });
  const line = h('span', { class: 'strip-line', 'data-testid': 'progress' });
  const current = h('span', { class: 'strip-current soft' });
  const cancel = h('button', { type: 'button', class: 'quiet', 'data-focus': 'stop-import', onclick: () => intake.cancel() }, m.cancel);
  const strip = h('div', { class: 'strip', hidden: true }, bar, h('div', { class: 'strip-text' }, line, current), cancel);
  const asked = h('div', { class: 'strip-asked' });
  const outcome = h('div', { class: 'strip-outcome' });

  const onProgress = () => {
    const { progress, waiting, isWorking } = intake;
    strip.hidden = !progress && waiting === 0 && !isWorking;
    if (strip.hidden) return;
    // What is under way without progress cannot be stopped; what waits behind it can.
    cancel.hidden = !progress && waiting === 0;
    outcome.replaceChildren();
    // Without a total the bar says only that something goes on.
    if (progress?.bytesTotal && progress.isCounted) bar.value = Math.min(1, progress.bytesDone / progress.bytesTotal);
    else bar.removeAttribute('value');
    const said = progress ? [progress.isWaiting ? m.asks : progressText(texts, progress)] : isWorking ? [texts.m.takeOut.working] : [];
    if (waiting > 0) said.push(texts.count(m.waiting, waiting));
    line.textContent = said.join(' · ');
    const names = progress?.isWaiting ? [] : [progress?.current, progress?.member].filter((name) => typeof name === 'string');
    current.replaceChildren(...names.flatMap((name, at) => [at > 0 ? ' › ' : '', bdi(name, 'file-name')]));
  };

  /** What is asked now; drawn anew only when it is another question. @type {unknown} */
  let shown = null;
  const onAsked = () => {
    const [pending] = intake.questions;
    const { forecast } = intake;
    const what = forecast?.answer ?? pending ?? forecast?.reply ?? null;
    if (what === shown) return;
    shown = what;
    const node = forecast?.answer ? forecastNote(texts, forecast) : pending ? questionBox() : forecast ? forecastNote(texts, forecast) : null;
    const root = asked.getRootNode();
    const draw = () => asked.replaceChildren(...(node ? [node] : []));
    if (root instanceof ShadowRoot) keepFocus(root, draw);
    else draw();
    if (forecast?.answer || pending) announce(asked.querySelector('h2, p')?.textContent ?? '');
  };
  const questionBox = () => {
    const [pending] = intake.questions;
    const left = intake.questions.length - 1;
    return columnQuestion(context, pending.question, {
      heading: m.whichColumn, decide: m.useColumns, onDecide: (readAs) => pending.answer(readAs),
      dismiss: m.passOver, onDismiss: () => pending.answer(null),
      note: left > 0 ? texts.count(m.moreQuestions, left) : m.sameColumns,
    });
  };
  /** @param {Event} event */
  const onFinished = (event) => {
    /** @type {{ imported: Imported, did: IntakeDeed }} */
    const { imported, did } = /** @type {CustomEvent} */ (event).detail;
    const { before, after, isComplete, takenOut } = imported;
    const lines = did === 'added' ? tally(texts, before, after) : '';
    if (did === 'added' && lines === '' && isComplete) return;
    const said = did === 'taken-out' ? texts.fill(texts.m.takeOut.done, { pages: texts.count(texts.m.pages, takenOut) })
      : did === 'brought-back' ? texts.m.takeOut.broughtBack
        : [isComplete ? m.finished : m.cancelled, lines].filter(Boolean).join(' ');
    announce(said);
    const close = h('button', { type: 'button', class: 'quiet', onclick: () => outcome.replaceChildren() }, texts.m.close);
    outcome.replaceChildren(note([said, ' ',
      did === 'taken-out' && takenOut > 0 ? bringBackButton(context) : h('a', { href: context.link({ view: 'files' }) }, texts.m.files.title), ' ', close]));
    // Whoever took a page out has lost the button that did it.
    if (did === 'taken-out') outcome.querySelector('button')?.focus({ preventScroll: true });
  };
  /** @param {Event} event */
  const onFailed = (event) => outcome.replaceChildren(errorBox(texts, /** @type {CustomEvent} */ (event).detail.error));

  /** @type {[string, (event: Event) => void][]} */
  const heard = [['progress', onProgress], ['asked', onAsked], ['finished', onFinished], ['failed', onFailed]];
  for (const [type, hear] of heard) intake.addEventListener(type, hear);
  onProgress();
  onAsked();
  return {
    node: h('div', null, strip, asked, outcome),
    /** The reader went on: what came of the last import has been seen. */
    settle: () => outcome.replaceChildren(),
    dispose() {
      for (const [type, hear] of heard) intake.removeEventListener(type, hear);
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

/** What an import will need, told when it comes near what there is. @param {Texts} texts @param {NonNullable<Intake['forecast']>} forecast */
function forecastNote(texts, { reply, answer }) {
  const m = texts.m.intake;
  const said = texts.fill(reply.verdict === 'too-large' ? m.tooLarge : m.tight, {
    needed: texts.bytes(reply.peakBytes), room: texts.bytes(reply.roomBytes),
  });
  if (answer === null) return note([said]);
  return h('div', { class: 'note', part: 'notice', role: 'group', 'aria-label': m.title },
    h('p', null, said),
    h('p', { class: 'actions' },
      h('button', { type: 'button', class: 'button', 'data-focus': 'go-on', onclick: () => answer(true) }, m.goOn),
      h('button', { type: 'button', class: 'button', 'data-focus': 'do-not', onclick: () => answer(false) }, m.doNot)));
}

/** How many lines of the ledger came, by what became of them. @param {Texts} texts @param {LedgerTotalsReply} before @param {LedgerTotalsReply} after */
function tally(texts, before, after) {
  return linesBetween(before, after)
    .map(([status, count]) => `${texts.m.files.status[status]}: ${texts.count(texts.m.fileCount, count)}`).join(' · ');
}
