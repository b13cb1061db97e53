/**
 * @file Keys. A key is known by what it types or by its place on the board, so an Arabic layout has the same shortcuts.
 * On our own page they work everywhere; in an embed only while the focus is inside.
 */

/** @import { ViewName } from './types.d.ts' */

/** Letter after `g` → view. @type {Record<string, ViewName>} */
const GO = { c: 'overview', s: 'search', n: 'entities', f: 'files', a: 'about' };
const GO_WAIT_MS = 1500;

/** Place on the board → what a Latin layout types there. @type {Record<string, string>} */
const PLACES = {
  Slash: '/', BracketLeft: '[', BracketRight: ']',
  KeyJ: 'j', KeyK: 'k', KeyG: 'g', KeyC: 'c', KeyS: 's', KeyN: 'n', KeyF: 'f', KeyA: 'a',
};

/**
 * @typedef {object} KeyActions
 * @property {() => boolean} enabled           single-key shortcuts are on
 * @property {() => void} focusQuery
 * @property {() => void} help
 * @property {(view: ViewName) => void} go
 * @property {(name: string) => boolean} view  a key the view may use: true when it did
 */

/**
 * @param {HTMLElement | Document} target
 * @param {KeyActions} actions
 * @returns {() => void} stops listening
 */
export function listenToKeys(target, actions) {
  let goUntil = 0;
  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    const name = keyName(event);
    if ((event.ctrlKey || event.metaKey) && name === 'k') {
      event.preventDefault();
      actions.focusQuery();
      return;
    }
    if (event.ctrlKey || event.metaKey || isTyping(event)) return;
    const used = act(name);
    if (used) event.preventDefault();
  };
  /** @param {string} name */
  const act = (name) => {
    if (name.startsWith('Arrow') || name === 'Escape') return actions.view(name);
    if (!actions.enabled()) return false;
    if (performance.now() < goUntil && GO[name]) {
      goUntil = 0;
      actions.go(GO[name]);
      return true;
    }
    goUntil = 0;
    if (name === '/') actions.focusQuery();
    else if (name === '?') actions.help();
    else if (name === 'g') goUntil = performance.now() + GO_WAIT_MS;
    else return actions.view(name);
    return true;
  };
  target.addEventListener('keydown', /** @type {EventListener} */ (onKey));
  return () => target.removeEventListener('keydown', /** @type {EventListener} */ (onKey));
}

/** @param {KeyboardEvent} event */
function keyName(event) {
  if (event.key === '?' || event.key === '؟') return '?';
  if (event.shiftKey && event.code === 'Slash') return '?';
  if (/^[a-z/[\]]$/.test(event.key)) return event.key;
  if (event.shiftKey) return event.key;
  return PLACES[event.code] ?? event.key;
}

/** Whether the key goes into a field. @param {KeyboardEvent} event */
function isTyping(event) {
  const field = event.composedPath()[0];
  if (!(field instanceof HTMLElement)) return false;
  if (field instanceof HTMLInputElement) return field.type !== 'checkbox' && (field.type !== 'radio' || event.key.startsWith('Arrow'));
  return field.isContentEditable || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement || Boolean(field.closest('dialog'));
}
