/**
 * The engine's worker, a classic script: the generated glue stands in front of
 * it and defines `wasm_bindgen`. It answers questions first and adds files in
 * steps of at most `STEP_MS` in between, so that neither a question nor a
 * cancellation waits for a long import.
 *
 * @import { FromWorker, Method, OutgoingFile, ToWorker } from './protocol.js'
 * @import { FileReport } from '../../src/wasm/types.js'
 */

import { errorText, explorerErrorData } from './errors.js';
import { STEP_MS } from './protocol.js';

/** @typedef {{ id: number, method: Method, request: unknown }} Question */
/** @typedef {{ id: number, files: OutgoingFile[], refresh: boolean, reports: FileReport[] }} Batch */

/**
 * The worker's global scope, as far as it is used here.
 * @typedef {object} Scope
 * @property {(message: FromWorker) => void} postMessage
 * @property {((event: MessageEvent<ToWorker>) => void) | null} onmessage
 */
const page = /** @type {Scope} */ (/** @type {unknown} */ (globalThis));

/** @type {Explorer | null} */
let explorer = null;
/** After a crash the instance is poisoned: nothing more is asked of it. */
let dead = false;
/** Files were added since the index was last brought up to date. */
let stale = false;

/** @type {Question[]} */
const questions = [];
/** @type {Batch[]} */
const batches = [];

// A message to oneself comes after the messages that are already waiting, so
// that a cancellation is heard before the question it cancels is taken up.
const pulse = new MessageChannel();
let scheduled = false;
pulse.port1.onmessage = () => {
  scheduled = false;
  step();
};

page.onmessage = (/** @type {MessageEvent<ToWorker>} */ { data }) => {
  if (dead) return;
  switch (data.kind) {
    case 'start':
      start(data.module);
      break;
    case 'ask':
      questions.push(data);
      schedule();
      break;
    case 'add':
      batches.push({ id: data.id, files: data.files, refresh: data.refresh, reports: [] });
      schedule();
      break;
    case 'cancel':
      drop(data.id);
      break;
  }
};

/** @param {WebAssembly.Module} module */
function start(module) {
  try {
    wasm_bindgen.initSync({ module });
    explorer = new wasm_bindgen.Explorer();
    page.postMessage({ kind: 'started' });
  } catch (error) {
    crash(null, null, error);
  }
}

function schedule() {
  if (scheduled || dead) return;
  scheduled = true;
  pulse.port2.postMessage(null);
}

function step() {
  if (dead || explorer === null) return;
  const question = questions.shift();
  if (question !== undefined) answer(explorer, question);
  else addSome(explorer);
  if (questions.length > 0 || batches.length > 0) schedule();
}

/**
 * @param {Explorer} explorer
 * @param {Question} question
 */
function answer(explorer, { id, method, request }) {
  try {
    refresh(explorer);
    const json = method === 'refresh' ? 'null' : explorer[method](request);
    page.postMessage({ kind: 'answer', id, json });
  } catch (error) {
    const data = explorerErrorData(error);
    if (data === null) crash(id, null, error);
    else page.postMessage({ kind: 'refusal', id, error: data });
  }
}

/**
 * Adds files for at most one step; at least one file is added.
 * @param {Explorer} explorer
 */
function addSome(explorer) {
  const deadline = performance.now() + STEP_MS;
  while (batches.length > 0) {
    const batch = batches[0];
    const file = batch.files[batch.reports.length];
    try {
      if (file !== undefined) batch.reports.push(addFile(explorer, file));
      if (batch.refresh && batch.reports.length >= batch.files.length) refresh(explorer);
    } catch (error) {
      // The last file read is to blame also when the index falls over it.
      crash(batch.id, Math.min(batch.reports.length, batch.files.length - 1), error);
      return;
    }
    if (batch.reports.length >= batch.files.length) {
      batches.shift();
      page.postMessage({ kind: 'reports', id: batch.id, reports: batch.reports });
    }
    if (performance.now() >= deadline) return;
  }
}

/** @param {Explorer} explorer */
function refresh(explorer) {
  if (!stale) return;
  explorer.refresh();
  stale = false;
}

/**
 * @param {Explorer} explorer
 * @param {OutgoingFile} file
 * @returns {FileReport}
 */
function addFile(explorer, file) {
  const { name, bundled, bytes } = file;
  // The bytes live on in the engine only.
  file.bytes = new ArrayBuffer(0);
  stale = true;
  try {
    return explorer.addFile({ name, bundled }, new Uint8Array(bytes));
  } catch (thrown) {
    const error = explorerErrorData(thrown);
    if (error === null) throw thrown;
    return {
      name,
      status: 'failed',
      id: null,
      bytes: bytes.byteLength,
      encoding: null,
      articles: 0,
      words: 0,
      warning: null,
      error,
    };
  }
}

/** @param {number} id */
function drop(id) {
  const at = questions.findIndex((question) => question.id === id);
  if (at < 0) return;
  questions.splice(at, 1);
  page.postMessage({ kind: 'dropped', id });
}

/**
 * @param {number | null} id
 * @param {number | null} file
 * @param {unknown} error
 */
function crash(id, file, error) {
  dead = true;
  page.postMessage({ kind: 'crash', id, file, message: errorText(error) });
}
