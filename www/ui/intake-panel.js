/** @file Where texts come from: a place to drop files, files or a folder to choose, a text to paste. */

import { h } from './dom.js';
import { limitsList } from './limits-list.js';

/** @import { Context } from './types.d.ts' */

/**
 * Drop target, choose files or a folder, paste a text.
 * @param {Context} context
 */
export function intakePanel(context) {
  const { texts, intake } = context;
  const m = texts.m.intake;
  const files = picker('file-input', { multiple: true });
  const folder = picker('folder-input', { webkitdirectory: true });

  return h('section', { class: 'intake', 'aria-labelledby': 'intake-title', part: 'intake' },
    h('h2', { id: 'intake-title' }, m.title),
    h('p', { class: 'intake-drop' }, m.drop),
    h('p', { class: 'actions' },
      h('button', { type: 'button', class: 'button', 'data-focus': 'choose-files', onclick: () => files.click() }, m.files),
      h('button', { type: 'button', class: 'button', 'data-focus': 'choose-folder', onclick: () => folder.click() }, m.folder)),
    files, folder, pasteForm(),
    h('p', { class: 'soft' }, m.formats),
    h('p', { class: 'soft' }, m.privacy),
    limitsList(context));

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

  /** What is half typed is kept beside the view: it is still there when the view was drawn anew. */
  function pasteForm() {
    const { draft } = intake;
    const text = h('textarea', {
      rows: '6', dir: 'auto', required: true, id: 'paste-text', name: 'text', 'data-focus': 'paste-text',
      oninput: () => { draft.text = text.value; },
    });
    const name = h('input', {
      type: 'text', dir: 'auto', id: 'paste-name', placeholder: m.pasteNamePlaceholder, name: 'name', 'data-focus': 'paste-name',
      oninput: () => { draft.name = name.value; },
    });
    text.value = draft.text;
    name.value = draft.name;
    const details = h('details', { class: 'paste', open: draft.isOpen, ontoggle: () => { draft.isOpen = details.open; } },
      h('summary', { 'data-focus': 'paste' }, m.paste),
      h('form', {
        onsubmit: (/** @type {SubmitEvent} */ event) => {
          event.preventDefault();
          if (!text.value.trim()) return;
          intake.addText(text.value, `${name.value.trim() || m.pasteNamePlaceholder}.txt`);
          Object.assign(draft, { text: '', name: '' });
          text.value = '';
          name.value = '';
        },
      },
        h('label', { for: 'paste-text' }, m.pasteLabel), text,
        h('label', { for: 'paste-name' }, m.pasteName), name,
        h('button', { class: 'button', type: 'submit', 'data-focus': 'paste-add' }, m.pasteAdd)));
    return details;
  }
}
