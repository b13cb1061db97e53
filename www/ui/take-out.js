/** @file Taking pages out of the corpus: a button, a question before it is done, and the way back. */

import { bdi, h } from './dom.js';

/** @import { RemoveRequest } from '../../src/wasm/types.d.ts' */
/** @import { Context } from './types.d.ts' */

/**
 * @typedef {object} Leaving
 * @property {RemoveRequest} request
 * @property {string} name  what the reader knows them by: a file, or the heading of a page
 * @property {number | null} pages  how many; null for those of an archive, which are not counted beforehand
 * @property {string} key  of the button, for the focus
 * @property {() => void} [leave]  called when it is decided
 */

/** A button that asks before it takes out; null where nothing can be taken out. @param {Context} context @param {Leaving} leaving */
export function takeOutButton(context, leaving) {
  const { texts, options, engine } = context;
  if (options.readonly || engine.isInParts) return null;
  const { name, key } = leaving;
  return h('button', {
    type: 'button', class: 'quiet take-out', 'data-focus': `take-out-${key}`, 'aria-label': `${texts.m.takeOut.action}: ${name}`,
    onclick: () => ask(context, leaving),
  }, texts.m.takeOut.action);
}

/** @param {Context} context @param {Leaving} leaving */
function ask({ texts, intake, frame }, { request, name, pages, leave }) {
  const m = texts.m.takeOut;
  const keep = h('button', { class: 'button', value: 'keep', autofocus: true }, m.keep);
  const dialog = h('dialog', { class: 'help take-out-dialog', 'aria-labelledby': 'take-out-title', 'data-testid': 'take-out' },
    h('h2', { id: 'take-out-title' }, m.title),
    h('p', null, bdi(name, 'file-name')),
    h('p', null, pages === null ? m.ofArchive : texts.fill(m.what, { pages: texts.count(texts.m.pages, pages) })),
    h('p', { class: 'soft' }, m.note),
    h('form', { method: 'dialog', class: 'actions' },
      h('button', { class: 'button', value: 'take-out', 'data-focus': 'take-out-now' }, m.action), keep));
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (dialog.returnValue !== 'take-out') return;
    leave?.();
    intake.takeOut(request);
  });
  frame().append(dialog);
  dialog.showModal();
}

/** @param {Context} context */
export function bringBackButton({ texts, intake }) {
  return h('button', { type: 'button', class: 'quiet', 'data-focus': 'bring-back', onclick: () => intake.bringBack() }, texts.m.takeOut.bringBack);
}

/** How much was taken out, with the way back; null while nothing. @param {Context} context */
export function takenOutLine(context) {
  const { texts, engine } = context;
  const { pages } = engine.takenOut;
  return pages > 0 && h('p', { class: 'soft', 'data-testid': 'taken-out' },
    texts.fill(texts.m.takeOut.sofar, { pages: texts.count(texts.m.pages, pages) }), ' ', bringBackButton(context));
}
