/** @file A button that copies a text and says so. */

import { h } from './dom.js';

/** @import { Texts } from '../i18n/index.js' */

/** How long the button says that it copied. */
const SAID_MS = 2000;

/**
 * @param {Texts} texts
 * @param {string} label
 * @param {() => Promise<string>} getText
 * @param {(text: string) => void} announce
 */
export function copyButton(texts, label, getText, announce) {
  const button = h('button', { type: 'button', class: 'quiet' }, label);
  button.addEventListener('click', async () => {
    const copied = await copyText(await getText(), button);
    button.textContent = copied ? texts.m.copied : texts.m.copyFailed;
    announce(button.textContent);
    setTimeout(() => { button.textContent = label; }, SAID_MS);
  });
  return button;
}

/**
 * The clipboard, else the old way, which works from `file://` and in frames.
 * @param {string} text
 * @param {HTMLElement} beside
 */
async function copyText(text, beside) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = h('textarea', { class: 'visually-hidden', 'aria-hidden': 'true', tabindex: '-1' });
    field.value = text;
    beside.after(field);
    field.select();
    const copied = document.execCommand('copy');
    field.remove();
    beside.focus();
    return copied;
  }
}
