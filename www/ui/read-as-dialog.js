/** @file A file of the ledger, looked at again: in another encoding, or with other columns. */

import { columnQuestion } from './column-question.js';
import { h } from './dom.js';
import { errorBox } from './notice.js';

/** @import { LedgerLineReply } from '../../src/wasm/types.d.ts' */
/** @import { Context } from './types.d.ts' */

/** @param {Context} context @param {LedgerLineReply} line */
export async function openReadAs(context, line) {
  const { texts, engine, intake, frame } = context;
  const m = texts.m.files;
  const dialog = h('dialog', { class: 'help read-as', 'aria-label': m.readAgain, 'data-testid': 'read-as' }, h('p', { class: 'soft' }, texts.m.loading));
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  frame().append(dialog);
  dialog.showModal();
  const close = () => dialog.close();
  try {
    const question = await engine.look(line.file, line.member);
    dialog.replaceChildren(columnQuestion(context, { ...question, name: line.path }, {
      heading: m.readAgain, decide: m.readAgainNow, dismiss: texts.m.close, onDismiss: close, note: line.member > 0 ? m.readMembersNote : m.readAgainNote,
      onDecide: (readAs) => {
        close();
        intake.readAgain(line.file, readAs);
      },
    }));
  } catch (error) {
    dialog.replaceChildren(errorBox(texts, error, [h('button', { type: 'button', class: 'button', onclick: close }, texts.m.close)]));
  }
}
