/** @file Files: where texts come from, and the ledger of what became of them. */

import { h } from '../ui/dom.js';
import { intakePanel } from '../ui/intake-panel.js';
import { Ledger } from './ledger.js';

/** @import { Context, DrawnView } from '../ui/types.d.ts' */

/** While files are read the ledger is drawn anew this often, in milliseconds. */
const FOLLOW_MS = 1000;

/** @param {Context} context @returns {Promise<DrawnView>} */
export async function drawFiles(context) {
  const { texts, intake, options } = context;
  const m = texts.m.files;
  const ledger = new Ledger(context);
  let timer = 0;
  // The last change is told by the view being drawn anew.
  const follow = () => {
    if (timer === 0 && intake.progress) {
      timer = setTimeout(() => {
        timer = 0;
        ledger.refresh();
      }, FOLLOW_MS);
    }
  };
  intake.addEventListener('progress', follow);
  const node = h('div', { class: 'files' },
    h('h2', null, m.title),
    h('p', { class: 'soft' }, m.note),
    !options.readonly && intakePanel(context),
    ledger.node);
  return {
    node,
    title: m.title,
    dispose() {
      clearTimeout(timer);
      intake.removeEventListener('progress', follow);
    },
  };
}
