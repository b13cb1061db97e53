/** @file Keeping the focus where it was when a part of the page is drawn anew. */

/** Fields that one types into: what was typed goes on. @typedef {HTMLInputElement | HTMLTextAreaElement} TextField */

/**
 * Runs a change that replaces nodes; a choice, a button or a field that had the focus has it again in its new form, with what was typed.
 * @param {ShadowRoot} root
 * @param {() => void} change
 */
export function keepFocus(root, change) {
  const focused = /** @type {HTMLElement | null} */ (root.activeElement);
  const key = focused?.dataset.focus;
  change();
  if (!key || root.contains(focused)) return;
  const again = /** @type {HTMLElement | null} */ (root.querySelector(`[data-focus="${key}"]:is(:checked, :not([type=radio]))`));
  if (again === null) return;
  for (let menu = again.closest('details'); menu; menu = menu.parentElement?.closest('details') ?? null) menu.open = true;
  if (isTextField(again) && isTextField(focused)) {
    again.value = focused.value;
    again.setSelectionRange(focused.selectionStart, focused.selectionEnd, focused.selectionDirection ?? undefined);
    again.scrollTop = focused.scrollTop;
  }
  again.focus({ preventScroll: true });
}

/** @param {unknown} element @returns {element is TextField} */
function isTextField(element) {
  if (element instanceof HTMLTextAreaElement) return true;
  return element instanceof HTMLInputElement && (element.type === 'search' || element.type === 'text');
}
