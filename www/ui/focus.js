/** @file Keeping the focus where it was when a part of the page is drawn anew. */

/**
 * Runs a change that replaces nodes; a choice or a field that had the focus has it again in its new form, with what was typed.
 * @param {ShadowRoot} root
 * @param {() => void} change
 */
export function keepFocus(root, change) {
  const focused = /** @type {HTMLElement | null} */ (root.activeElement);
  const key = focused?.dataset.focus;
  change();
  if (!key || root.contains(focused)) return;
  const again = /** @type {HTMLElement | null} */ (root.querySelector(`[data-focus="${key}"]:is(:checked, a, [type=search])`));
  const menu = again?.closest('details');
  if (menu) menu.open = true;
  if (again instanceof HTMLInputElement && again.type === 'search' && focused instanceof HTMLInputElement) {
    again.value = focused.value;
    again.setSelectionRange(focused.selectionStart, focused.selectionEnd);
  }
  again?.focus({ preventScroll: true });
}
