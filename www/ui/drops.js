/** @file The whole explorer takes what is dropped on it or pasted into it: files, folders, and text from elsewhere. */

/** @import { Context, Intake } from './types.d.ts' */

/** What is taken when it is dragged in from elsewhere. */
const TAKEN = ['Files', 'text/plain', 'text/html', 'text/uri-list'];

/**
 * @param {HTMLElement} node
 * @param {Intake} intake
 * @param {string} textName  name to give to text that comes without one
 */
export function acceptDrops(node, intake, textName) {
  /** What is dragged was picked up in here: the explorer's own text is no new text. */
  let isOwn = false;
  /** @param {DragEvent} event */
  const isTaken = (event) => {
    const types = event.dataTransfer?.types ?? [];
    if (types.includes('Files')) return true;
    // A field takes dragged text itself.
    return !isOwn && !isField(event) && TAKEN.some((type) => types.includes(type));
  };
  node.addEventListener('dragstart', () => { isOwn = true; });
  node.addEventListener('dragend', () => { isOwn = false; });
  node.addEventListener('dragover', (event) => {
    node.classList.toggle('dropping', isTaken(event));
    if (isTaken(event)) event.preventDefault();
  });
  node.addEventListener('dragleave', ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && node.contains(relatedTarget))) node.classList.remove('dropping');
  });
  node.addEventListener('drop', (event) => {
    node.classList.remove('dropping');
    if (!isTaken(event) || !event.dataTransfer) return;
    event.preventDefault();
    intake.addDrop(event.dataTransfer, textName);
  });
}

/**
 * Files on the clipboard are added like dropped ones. Text is put into the
 * form for pasting, to be looked at first; a field keeps what is pasted into it.
 * @param {HTMLElement | Document} target
 * @param {() => Context} context
 * @returns {() => void} stops listening
 */
export function acceptPastes(target, context) {
  /** @param {ClipboardEvent} event */
  const onPaste = (event) => {
    const { clipboardData } = event;
    if (event.defaultPrevented || !clipboardData) return;
    const { intake, navigate, texts, announce } = context();
    if (clipboardData.files.length > 0) {
      event.preventDefault();
      intake.addDrop(clipboardData, texts.m.intake.pasteNamePlaceholder);
      return;
    }
    const text = clipboardData.getData('text/plain');
    if (isField(event) || text.trim() === '') return;
    event.preventDefault();
    const { draft } = intake;
    Object.assign(draft, { text: draft.text.trim() ? `${draft.text}\n\n${text}` : text, isOpen: true });
    navigate({ view: 'files' });
    announce(texts.m.intake.pasted);
  };
  target.addEventListener('paste', /** @type {EventListener} */ (onPaste));
  return () => target.removeEventListener('paste', /** @type {EventListener} */ (onPaste));
}

/** @param {Event} event */
function isField(event) {
  const [target] = event.composedPath();
  return target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement || (target instanceof HTMLElement && target.isContentEditable);
}
