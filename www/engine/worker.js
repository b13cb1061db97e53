/**
 * The engine's worker, a classic script: the generated glue stands in front of
 * it and defines `wasm_bindgen`. It answers questions first and adds files in
 * steps of at most `STEP_MS` in between, so that neither a question nor a
 * cancellation waits for a long import.
 *
 * @import { FileOptions, FileReport } from '../../src/wasm/types.js'
 * @import { FromWorker, Item, ItemReply, Method, ToWorker } from './protocol.js'
 */

import { errorText, explorerErrorData } from './errors.js';
import { REST_MS, STEP_MS } from './protocol.js';

/** @typedef {{ id: number, method: Method, request: any }} Question */
/** @typedef {{ id: number, items: Item[], refresh: boolean, replies: ItemReply[] }} Batch */

/**
 * The worker's global scope, as far as it is used here.
 * @typedef {object} Scope
 * @property {(message: FromWorker, transfer?: Transferable[]) => void} postMessage
 * @property {((event: MessageEvent<ToWorker>) => void) | null} onmessage
 */
const page = /** @type {Scope} */ (/** @type {unknown} */ (globalThis));

/** @type {Explorer | null} */
let explorer = null;
/** The core's memory, to be asked how large it is. @type {WebAssembly.Memory | null} */
let memory = null;
/** After a crash the instance is poisoned: nothing more is asked of it. */
let dead = false;
/** Files were added since the index was last brought up to date. */
let stale = false;
let isRefreshing = false;
/** What further searches need beside the index is made in idle steps, once something was searched and the reader rests. */
let isPrepared = true;
let isSearched = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let rest;

/** @type {Question[]} */
const questions = [];
/** @type {Batch[]} */
const batches = [];

// A message to oneself comes after the messages that came while the worker was
// busy, so that a cancellation is heard before the question it cancels is taken up.
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
      // An idle worker has heard all that came before.
      if (!scheduled) step();
      break;
    case 'add':
      batches.push({ id: data.id, items: data.items, refresh: data.refresh, replies: [] });
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
    memory = wasm_bindgen.initSync({ module })?.memory ?? null;
    explorer = new wasm_bindgen.Explorer();
    page.postMessage({ kind: 'started' });
    // What was asked meanwhile.
    schedule();
  } catch (error) {
    crash(null, error);
  }
}

function schedule() {
  if (scheduled || dead) return;
  scheduled = true;
  pulse.port2.postMessage(null);
}

function step() {
  if (dead || explorer === null) return;
  const question = nextQuestion();
  if (question !== undefined) {
    answer(explorer, question);
    // What came meanwhile is heard before the next one is taken up.
    schedule();
    if (!isSearched && question.method === 'search') waitForRest();
  } else if (batches.length > 0) addSome(explorer);
  else if (canPrepare()) prepareSome(explorer);
  if (questions.length > 0 || batches.length > 0 || canPrepare()) schedule();
}

/**
 * What is made for an index is made for one that is up to date, not between the batches of an import. It takes
 * time and memory that nobody who only adds files should give.
 */
function canPrepare() {
  return (isSearched || questions.length > 0) && !isPrepared && !stale;
}

/** The first question that need not wait for what is being made: others are answered meanwhile. */
function nextQuestion() {
  const isMaking = !isPrepared && !stale;
  const at = questions.findIndex(({ request }) => !isMaking || request?.ranking !== 'bags');
  return at < 0 ? undefined : questions.splice(at, 1)[0];
}

function waitForRest() {
  clearTimeout(rest);
  rest = setTimeout(() => {
    isSearched = true;
    schedule();
  }, REST_MS);
}

/**
 * While nothing is asked or added; a question waits for one step at most.
 * @param {Explorer} explorer
 */
function prepareSome(explorer) {
  const deadline = performance.now() + STEP_MS / 2;
  try {
    while (!isPrepared && performance.now() < deadline) isPrepared = explorer.prepare();
  } catch (error) {
    crash(null, error);
  }
}

/**
 * @param {Explorer} explorer
 * @param {Question} question
 */
function answer(explorer, { id, method, request }) {
  try {
    if (method === 'saveIndex') {
      const { buffer: bytes } = explorer.saveIndex();
      page.postMessage({ kind: 'bytes', id, bytes }, [bytes]);
      return;
    }
    const found = find(explorer, method, request);
    if (typeof found === 'string') page.postMessage({ kind: 'answer', id, json: found });
    else {
      const bytes = found.slice().buffer;
      page.postMessage({ kind: 'bytes', id, bytes }, [bytes]);
    }
  } catch (error) {
    const data = explorerErrorData(error);
    if (data === null) crash(id, error);
    else page.postMessage({ kind: 'refusal', id, error: data });
  }
}

/**
 * @param {Explorer} explorer
 * @param {Exclude<Method, 'saveIndex'>} method
 * @param {any} request
 * @returns {string | Uint8Array} JSON text, or bytes.
 */
function find(explorer, method, request) {
  switch (method) {
    case 'sniff':
      return JSON.stringify(
        request.map((/** @type {[string, ArrayBuffer]} */ [name, head]) =>
          wasm_bindgen.Explorer.sniff(name, new Uint8Array(head)),
        ),
      );
    case 'share':
      return explorer.shareOf(joined(request)) ?? new Uint8Array(0);
    case 'ledger':
      return explorer.ledger(request);
    case 'ledgerFile':
      return JSON.stringify(explorer.ledgerFile(request));
    case 'setRules':
      return JSON.stringify(explorer.setRules(request));
    case 'bundledRules':
      return JSON.stringify(wasm_bindgen.Explorer.bundledRules());
    case 'decisionsFile':
      return JSON.stringify(explorer.decisionsFile());
    case 'networkFile':
      refresh(explorer);
      return JSON.stringify(explorer.networkFile(request));
    case 'annotation':
      return explorer.annotation();
    case 'pagesToAnnotate':
      return explorer.pagesToAnnotate(request.state, request.from, request.bytes);
    case 'takeAnnotations':
      return explorer.takeAnnotations(request.state, new Uint8Array(request.frame));
    case 'openParts':
      explorer.openParts(new Uint8Array(request));
      return 'null';
    case 'takePart':
      explorer.takePart(request.name, new Uint8Array(request.bytes));
      return 'null';
    case 'removePages':
      refresh(explorer);
      isPrepared = false;
      return explorer.removePages(request);
    default:
      refresh(explorer);
      return method === 'refresh' ? 'null' : explorer[method](request);
  }
}

/**
 * Adds for at most one step; at least one item is added.
 * @param {Explorer} explorer
 */
function addSome(explorer) {
  const deadline = performance.now() + STEP_MS;
  while (batches.length > 0) {
    const batch = batches[0];
    const { id, items, replies } = batch;
    try {
      if (replies.length < items.length) replies.push(add(explorer, items[replies.length]));
    } catch (error) {
      crash(id, error, replies.length);
      return;
    }
    if (replies.length >= items.length) {
      try {
        if (batch.refresh) refresh(explorer);
      } catch (error) {
        crash(id, error);
        return;
      }
      batches.shift();
      page.postMessage({ kind: 'added', id, replies, memory: memory?.buffer.byteLength ?? 0 });
    }
    if (performance.now() >= deadline) return;
  }
}

/** @param {Explorer} explorer */
function refresh(explorer) {
  if (!stale) return;
  isRefreshing = true;
  explorer.refresh();
  isRefreshing = false;
  stale = false;
  isPrepared = false;
}

/**
 * @param {Explorer} explorer
 * @param {Item} item
 * @returns {ItemReply}
 */
function add(explorer, item) {
  if (item.kind === 'abandon') {
    explorer.abandonFile(item.request);
    return null;
  }
  if (item.kind === 'arrived') {
    stale = true;
    return addFile(item, (options) => explorer.addArrived(options));
  }
  const { bytes } = item;
  // The bytes live on in the core only.
  item.bytes = new ArrayBuffer(0);
  if (item.kind === 'arriving') {
    explorer.takeArriving(new Uint8Array(bytes), item.areFirst);
    return null;
  }
  stale = true;
  if (item.kind === 'share') return addShare(explorer, bytes, item.pieces);
  return item.kind === 'piece' ? addPiece(explorer, item.file, bytes) : addFile(item, (options) => explorer.addFile(options, new Uint8Array(bytes)), bytes.byteLength);
}

/**
 * What another worker indexed; where the core cannot take it, what it was made of.
 * @param {Explorer} explorer
 * @param {ArrayBuffer} bytes
 * @param {{ file: number, bytes: ArrayBuffer }[]} pieces
 * @returns {ItemReply}
 */
function addShare(explorer, bytes, pieces) {
  try {
    const added = explorer.addShare(new Uint8Array(bytes));
    if (added) return added;
  } catch (thrown) {
    if (explorerErrorData(thrown) === null) throw thrown;
  }
  return pieces.map((piece) => addPiece(explorer, piece.file, piece.bytes)).at(-1) ?? null;
}

/** @param {ArrayBuffer[]} pieces */
function joined(pieces) {
  const whole = new Uint8Array(pieces.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(new Uint8Array(piece), at);
    at += piece.byteLength;
  }
  return whole;
}

/**
 * @param {Explorer} explorer
 * @param {number} file
 * @param {ArrayBuffer} bytes
 */
function addPiece(explorer, file, bytes) {
  try {
    return explorer.addRecords(new Uint8Array(bytes));
  } catch (thrown) {
    const error = explorerErrorData(thrown);
    if (error === null) throw thrown;
    // The file's lines are closed; what comes of it after this is passed over.
    explorer.abandonFile({ file, name: '', code: error.code, message: error.message });
    return null;
  }
}

/**
 * @param {{ name: string, file: number | null }} item
 * @param {(options: FileOptions) => FileReport} add
 * @param {number} [bytes]
 * @returns {ItemReply}
 */
function addFile({ name, file }, add, bytes = 0) {
  try {
    return add(file === null ? { name, bundled: true } : { name, file });
  } catch (thrown) {
    const error = explorerErrorData(thrown);
    if (error === null) throw thrown;
    return {
      name,
      status: 'failed',
      id: null,
      bytes,
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
 * @param {unknown} error
 * @param {number | null} [item] Place of what was being added.
 */
function crash(id, error, item = null) {
  dead = true;
  page.postMessage({ kind: 'crash', id, item, inRefresh: isRefreshing, message: errorText(error) });
}
