/** @file Keeping the corpus: as a file, or in the browser's storage until it is forgotten. */

import { explorerErrorData, ExplorerError, errorText } from '../engine/errors.js';
import { forget, keep, kept } from '../engine/shelf.js';
import { h } from './dom.js';
import { download } from './download.js';
import { errorDetails, errorSentence } from './notice.js';

/** @import { Kept } from '../engine/shelf.js' */
/** @import { Texts } from '../i18n/index.js' */
/** @import { Context } from './types.d.ts' */

/** Files of an index are named so: the page knows them again. */
const ENDING = 'kashshaf';

/** @param {Context} context */
export function keepPanel(context) {
  const { texts, engine, intake: { draft } } = context;
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
  draft.showKept = show;
  show();
  // What cannot be looked at is told when the reader asks for it, not before.
  kept().then(found, () => found(null));
  return node;

  /** What came of the last action, also when the page was drawn anew meanwhile. */
  function show() {
    buttons.forEach((button) => { button.disabled = draft.isKeeping; });
    if (draft.isKept !== null) forgetButton.hidden = !draft.isKept;
    if (draft.keptSaid !== null) state.replaceChildren(draft.keptSaid(texts));
  }

  /** @param {(texts: Texts) => Node} made In the language of the panel that shows it. */
  function say(made) {
    draft.keptSaid = made;
    draft.showKept?.();
  }

  /** Tells what is kept, unless something newer was said. @param {Kept | null} what */
  function found(what) {
    if (draft.isKept === null) forgetButton.hidden = what === null;
    if (draft.keptSaid === null) state.replaceChildren(inWords(texts, what));
  }

  /** Runs one action at a time; what goes wrong is told in place. @param {() => Promise<(texts: Texts) => Node>} action */
  async function act(action) {
    draft.isKeeping = true;
    say(({ m }) => h('p', { class: 'soft' }, m.keep.working));
    /** @type {(texts: Texts) => Node} */
    let said;
    try {
      said = await action();
    } catch (thrown) {
      const error = thrown instanceof ExplorerError ? thrown : explorerErrorData(thrown);
      const code = error?.code ?? 'internal';
      said = (told) => h('div', { class: 'note note-error' }, h('p', null, errorSentence(told, code)),
        errorDetails(told, { name: 'ExplorerError', code, message: error?.message ?? errorText(thrown), details: [] }));
    }
    draft.isKeeping = false;
    say(said);
  }

  async function saveFile() {
    const bytes = await engine.saveIndex();
    const day = new Date().toISOString().slice(0, 10);
    download(`kashshaf-${day}.${ENDING}`, 'application/octet-stream', [bytes]);
    return (/** @type {Texts} */ told) => h('p', null, told.fill(told.m.keep.saved, { bytes: told.bytes(bytes.byteLength) }));
  }

  async function keepHere() {
    const { fingerprint, totals } = await context.overview();
    const what = await keep(await engine.saveIndex(), { pages: totals.pages, fingerprint, without: engine.takenOut.bundled });
    draft.isKept = true;
    return (/** @type {Texts} */ told) => inWords(told, what);
  }

  async function forgetIt() {
    await forget();
    draft.isKept = false;
    return (/** @type {Texts} */ { m }) => h('p', null, m.keep.forgotten);
  }
}

/** What is kept. @param {Texts} texts @param {Kept | null} what */
function inWords(texts, what) {
  const m = texts.m.keep;
  return h('p', null, what === null ? m.nothing : texts.fill(m.kept, {
    pages: texts.count(texts.m.pages, what.pages), bytes: texts.bytes(what.size), day: texts.date(what.kept.toISOString().slice(0, 10)),
  }));
}
