/**
 * The annotating worker, a classic script behind the generated glue of the
 * annotator: frames of pages come in, pass after pass, and leave as frames of
 * the layers that the core takes.
 *
 * @import { FromAnnotator, ToAnnotator } from './protocol.js'
 */

import { errorText, explorerErrorData } from './errors.js';

/**
 * The worker's global scope, as far as it is used here.
 * @typedef {object} Scope
 * @property {(message: FromAnnotator, transfer?: Transferable[]) => void} postMessage
 * @property {((event: MessageEvent<ToAnnotator>) => void) | null} onmessage
 */
const page = /** @type {Scope} */ (/** @type {unknown} */ (globalThis));

/** @type {Annotator | null} */
let annotator = null;
/** Number of the page being read, to be named if the annotator falls over it. @type {number | null} */
let current = null;
/** After a crash the instance is poisoned: nothing more is asked of it. */
let dead = false;

page.onmessage = (/** @type {MessageEvent<ToAnnotator>} */ { data }) => {
  if (dead) return;
  try {
    hear(data);
  } catch (error) {
    dead = true;
    page.postMessage({ kind: 'crash', page: current, message: errorText(error) });
  }
};

/** @param {ToAnnotator} message */
function hear(message) {
  if (message.kind === 'start') {
    kashshaf_annotator.initSync({ module: message.module });
    annotator = new kashshaf_annotator.Annotator();
    page.postMessage({ kind: 'started' });
  } else if (annotator !== null) {
    answer(annotator, message);
  }
}

/**
 * @param {Annotator} annotator
 * @param {Exclude<ToAnnotator, { kind: 'start' }>} message
 */
function answer(annotator, message) {
  try {
    const value = find(annotator, message);
    page.postMessage({ kind: 'answer', id: message.id, value }, value instanceof ArrayBuffer ? [value] : []);
  } catch (error) {
    const data = explorerErrorData(error);
    if (data === null) throw error;
    page.postMessage({ kind: 'refusal', id: message.id, error: data });
  }
}

/**
 * @param {Annotator} annotator
 * @param {Exclude<ToAnnotator, { kind: 'start' }>} message
 * @returns {unknown}
 */
function find(annotator, message) {
  switch (message.kind) {
    case 'model':
      return annotator.loadModel(new Uint8Array(message.bytes));
    case 'begin':
      annotator.begin();
      return kashshaf_annotator.Annotator.passes();
    case 'read':
      return read(annotator, message);
    case 'turn':
      return annotator.turn();
    case 'take': {
      const frame = annotator.take();
      return frame === undefined ? null : frame.slice().buffer;
    }
  }
}

/**
 * Page after page, so that a fall can be laid to one of them.
 * @param {Annotator} annotator
 * @param {ToAnnotator & { kind: 'read' }} message
 * @returns {{ pages: number, words: number }}
 */
function read(annotator, { from, frames, without }) {
  const view = new DataView(frames);
  let [pages, words] = [0, 0];
  for (let at = 0; at < frames.byteLength; pages += 1) {
    const end = at + 4 + view.getUint32(at, true);
    current = from + pages;
    if (!without.includes(current)) words += annotator.read(new Uint8Array(frames, at, end - at));
    at = end;
  }
  current = null;
  return { pages, words };
}
