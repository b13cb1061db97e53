/** @file Keeping the corpus: as a file, or in the browser's storage until it is forgotten. */

import { explorerErrorData, ExplorerError, errorText } from '../engine/errors.js';
import { forget, keep, kept } from '../engine/shelf.js';
import { h } from './dom.js';
import { download } from './download.js';
import { errorDetails, errorSentence } from './notice.js';

/** @import { Kept } from '../engine/shelf.js' */
/** @import { Context } from './types.d.ts' */

/** Files of an index are named so: the page knows them again. */
const ENDING = 'kashshaf';

/** @param {Context} context */
export function keepPanel(context) {
  const { texts, engine } = context;
  const m = texts.m.keep;
  const state = h('div', { class: 'keep-state', 'data-testid': 'keep-state', 'aria-live': 'polite' });
  const forgetButton = h('button', { type: 'button', class: 'quiet', hidden: true, 'data-focus': 'forget', onclick: () => act(forgetIt) }, m.forget);
  const buttons = [
    h('button', { type: 'button', class: 'button', 'data-focus': 'save-index', onclick: () => act(saveFile) }, m.save),
    h('button', { type: 'button', class: 'button', 'data-focus': 'keep-index', onclick: () => act(keepHere) }, m.here),
    forgetButton,
  ];
  const node = h('section', { class: 'keep', 'aria-labelledby': 'keep-title' },
    h('h2', { id: 'keep-title' }, m.title),
    h('p', { class: 'soft' }, m.what),
    h('p', { class: 'actions' }, buttons),
    state,
    h('p', { class: 'soft' }, m.note, location.protocol === 'file:' && ` ${m.fromDisk}`));
  // What cannot be looked at is told when the reader asks for it, not before.
  kept().then(show, () => show(null));
  return node;

  /** @param {Kept | null} found */
  function show(found) {
    forgetButton.hidden = found === null;
    state.replaceChildren(h('p', null, found === null ? m.nothing : texts.fill(m.kept, {
      pages: texts.count(texts.m.pages, found.pages), bytes: texts.bytes(found.size), day: texts.date(found.kept.toISOString().slice(0, 10)),
    })));
  }

  /** Runs one action at a time; what goes wrong is told in place. @param {() => Promise<void>} action */
  async function act(action) {
    buttons.forEach((button) => { button.disabled = true; });
    state.replaceChildren(h('p', { class: 'soft' }, m.working));
    try {
      await action();
    } catch (thrown) {
      const error = thrown instanceof ExplorerError ? thrown : explorerErrorData(thrown);
      const code = error?.code ?? 'internal';
      state.replaceChildren(h('div', { class: 'note note-error' }, h('p', null, errorSentence(texts, code)),
        errorDetails(texts, { name: 'ExplorerError', code, message: error?.message ?? errorText(thrown), details: [] })));
    } finally {
      buttons.forEach((button) => { button.disabled = false; });
    }
  }

  async function saveFile() {
    const bytes = await engine.saveIndex();
    const day = new Date().toISOString().slice(0, 10);
    download(`kashshaf-${day}.${ENDING}`, 'application/octet-stream', [bytes]);
    state.replaceChildren(h('p', null, texts.fill(m.saved, { bytes: texts.bytes(bytes.byteLength) })));
  }

  async function keepHere() {
    const { fingerprint, totals } = await context.overview();
    show(await keep(await engine.saveIndex(), { pages: totals.pages, fingerprint }));
  }

  async function forgetIt() {
    await forget();
    show(null);
    state.replaceChildren(h('p', null, m.forgotten));
  }
}
