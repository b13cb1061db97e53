/**
 * Where the engine comes from: files beside the page or the script that embeds
 * it, or elements of the page itself when all is in one HTML file.
 *
 * @import { AnnotatingWorker } from './annotation.js'
 * @import { EngineWorker } from './link.js'
 * @import { FileEntry } from './protocol.js'
 * @import { ReadingWorker } from './reading-room.js'
 */

import workerScript from 'kashshaf-worker-script';
import { ExplorerError, errorText } from './errors.js';
import { wholeEntry } from './file-entry.js';
import { PartFiles } from './parts.js';
import { BATCH_BYTES, BATCH_FILES } from './protocol.js';

/**
 * A module beside the core: compiled, and how to start a worker for it.
 * @template W
 * @typedef {{ module: WebAssembly.Module, spawn: () => W }} ModuleSource
 */

/**
 * @typedef {object} EngineSource
 * @property {() => Promise<WebAssembly.Module>} module The compiled core; the same at each call.
 * @property {() => Promise<EngineWorker>} spawn A new worker.
 * @property {() => Promise<ModuleSource<ReadingWorker>>} readers Loaded at the first call, when a file comes that
 *   the core cannot read alone.
 * @property {() => Promise<ModuleSource<AnnotatingWorker>>} annotator Loaded at the first call, when names, dates or
 *   quotes are asked for.
 * @property {() => Promise<FileEntry[]>} corpus The bundled pages, or one index of them. Never rejects: a list that cannot
 *   be had is one entry that cannot be read.
 * @property {() => Promise<PartFiles | null>} [parts] The corpus in parts, in place of pages; null where it comes as pages or as one index.
 * @property {() => Promise<ArrayBuffer>} model The trained model of names, fetched when it is asked for.
 */

const WASM_FILE = 'kashshaf.wasm';
const READERS_WASM_FILE = 'kashshaf-readers.wasm';
const READERS_SCRIPT_FILE = 'kashshaf-readers.js';
const ANNOTATOR_WASM_FILE = 'kashshaf-annotator.wasm';
const ANNOTATOR_SCRIPT_FILE = 'kashshaf-annotator.js';
const MODEL_FILE = 'kashshaf-names.bin';
/** Names of index files end so; `kashshaf index` writes them. */
const INDEX_ENDING = '.kashshaf';
const WASM_TYPE = 'application/wasm';

/** Data blocks of the single file; their text is base64 of gzip. */
const INLINE_WASM = 'engine-wasm';
const INLINE_READERS_WASM = 'readers-wasm';
const INLINE_READERS_SCRIPT = 'readers-script';
const INLINE_ANNOTATOR_WASM = 'annotator-wasm';
const INLINE_ANNOTATOR_SCRIPT = 'annotator-script';
const INLINE_MODEL = 'names-model';
const INLINE_PAGE = 'script[data-corpus-page]';

/**
 * An engine whose files lie under `base`. Loading starts at once.
 * @param {URL} base Ends with `/`.
 * @param {URL | null} list Address of the corpus list, its pages beside it, of an index, or of the manifest of one in parts. Null for none.
 * @returns {EngineSource}
 */
export function remoteSource(base, list) {
  const module = load(new URL(WASM_FILE, base), 'engine-unreachable').then(compile);
  const listed = list === null ? Promise.resolve([]) : remoteCorpus(list);
  // It is awaited by the engine, which may come to it late.
  module.catch(() => {});
  const remoteModule = (/** @type {string} */ wasm, /** @type {string} */ worker, /** @type {string} */ code) =>
    loadedOnce(async () => {
      const [module, script] = await Promise.all([
        load(new URL(wasm, base), code).then(compile),
        load(new URL(worker, base), code).then((response) => response.text()),
      ]);
      return { module, spawn: () => spawnWorker(script) };
    });
  return {
    module: () => module,
    spawn: async () => spawnWorker(workerScript),
    readers: remoteModule(READERS_WASM_FILE, READERS_SCRIPT_FILE, 'readers-unreachable'),
    annotator: remoteModule(ANNOTATOR_WASM_FILE, ANNOTATOR_SCRIPT_FILE, 'annotator-unreachable'),
    corpus: async () => entriesIn(await listed),
    parts: async () => partsIn(await listed),
    model: async () => (await load(new URL(MODEL_FILE, base), 'model-unreachable')).arrayBuffer(),
  };
}

/**
 * An engine carried by the document itself; null when it carries none.
 * @param {Document} document
 * @returns {EngineSource | null}
 */
export function inlineSource(document) {
  const wasm = document.getElementById(INLINE_WASM);
  if (wasm === null) return null;
  const module = compileInline(wasm);
  module.catch(() => {});
  const inlineModule = (/** @type {string} */ wasmId, /** @type {string} */ scriptId, /** @type {() => Error} */ absent) =>
    loadedOnce(async () => {
      const wasm = document.getElementById(wasmId);
      const script = document.getElementById(scriptId);
      if (wasm === null || script === null) throw absent();
      const text = await new Response(unpack(script)).text();
      return { module: await compileInline(wasm), spawn: () => spawnWorker(text) };
    });
  return {
    module: () => module,
    spawn: async () => spawnWorker(workerScript),
    readers: inlineModule(INLINE_READERS_WASM, INLINE_READERS_SCRIPT, () => {
      const message =
        'This file was made without the readers: it takes plain text alone. Use the complete file, or the page on a server.';
      return new ExplorerError('readers-unreachable', message);
    }),
    annotator: inlineModule(INLINE_ANNOTATOR_WASM, INLINE_ANNOTATOR_SCRIPT, () => {
      const message = 'This file carries no annotator; names, dates and quotes cannot be found. Use the complete file.';
      return new ExplorerError('annotator-unreachable', message);
    }),
    corpus: async () =>
      Array.from(document.querySelectorAll(INLINE_PAGE), (element) =>
        wholeEntry(
          element.getAttribute('data-corpus-page') ?? '',
          Number(element.getAttribute('data-bytes')),
          async () => new Response(unpack(element)).arrayBuffer(),
        ),
      ),
    model: async () => {
      const model = document.getElementById(INLINE_MODEL);
      if (model !== null) return new Response(unpack(model)).arrayBuffer();
      throw new ExplorerError(
        'model-absent',
        'This file carries no model of names; use the file made by `cargo xtask single --names`, or the page on a server.',
      );
    },
  };
}

/** @param {FileEntry[] | PartFiles} listed */
function entriesIn(listed) {
  return listed instanceof PartFiles ? [] : listed;
}

/** @param {FileEntry[] | PartFiles} listed */
function partsIn(listed) {
  return listed instanceof PartFiles ? listed : null;
}

/**
 * @param {URL} list
 * @returns {Promise<FileEntry[] | PartFiles>}
 */
async function remoteCorpus(list) {
  if (list.pathname.endsWith(INDEX_ENDING)) {
    const fetchIndex = async () => (await load(list, 'corpus-unreachable')).arrayBuffer();
    return [wholeEntry(decodeURIComponent(list.pathname.split('/').at(-1) ?? ''), null, fetchedOnce(fetchIndex))];
  }
  try {
    const { files, parts } = await (await load(list, 'corpus-unreachable')).json();
    if (typeof parts?.directory === 'string') return new PartFiles(list, parts);
    let [ahead, bytesAhead] = [0, 0];
    return files.map((/** @type {{ name: string, bytes: number }} */ { name, bytes }) => {
      const address = new URL(name.split('/').map(encodeURIComponent).join('/'), list);
      const fetchPage = async () => (await load(address, 'file-unreadable')).arrayBuffer();
      ahead += 1;
      bytesAhead += bytes;
      // What the engine takes first is on its way before the engine asks for it.
      const fits = ahead <= BATCH_FILES && bytesAhead <= BATCH_BYTES;
      return wholeEntry(name, bytes, fits ? fetchedOnce(fetchPage) : fetchPage);
    });
  } catch (error) {
    const reason = errorText(error);
    const known =
      error instanceof ExplorerError
        ? error
        : new ExplorerError(
            'corpus-unreachable',
            `The list of pages at ${list.href} is not one: ${reason}. It must be JSON such as ` +
              '{"format":1,"files":[{"name":"page.txt","bytes":1234}]}, or what `kashshaf index` writes into a folder.',
            [['reason', reason]],
            error,
          );
    return [wholeEntry(list.pathname.split('/').at(-1) ?? '', null, () => Promise.reject(known))];
  }
}

/**
 * Loads at the first call; a failure is forgotten, so that the next call tries again.
 * @template T
 * @param {() => Promise<T>} load
 * @returns {() => Promise<T>}
 */
function loadedOnce(load) {
  /** @type {Promise<T> | null} */
  let loaded = null;
  return () => {
    if (loaded === null) {
      loaded = load();
      loaded.catch(() => (loaded = null));
    }
    return loaded;
  };
}

/**
 * Fetches now, for the first call; every other call fetches again.
 * @param {() => Promise<ArrayBuffer>} fetchBytes
 * @returns {() => Promise<ArrayBuffer>}
 */
function fetchedOnce(fetchBytes) {
  /** @type {Promise<ArrayBuffer> | null} */
  let fetched = fetchBytes();
  fetched.catch(() => {});
  return () => {
    const bytes = fetched ?? fetchBytes();
    fetched = null;
    return bytes;
  };
}

/**
 * @param {URL} address
 * @param {string} code Of the error when it cannot be had.
 * @returns {Promise<Response>} One with a body to read.
 */
async function load(address, code) {
  let reason;
  try {
    const response = await fetch(address);
    if (response.ok) return response;
    reason = `the server answered ${response.status}`;
  } catch (error) {
    reason = errorText(error);
  }
  throw new ExplorerError(
    code,
    `${address.href} could not be loaded: ${reason}. Check that the file is there and, when it lies ` +
      'on another host, that its server sends `Access-Control-Allow-Origin`.',
    [
      ['address', address.href],
      ['reason', reason],
    ],
  );
}

/**
 * Compiles the core while it is still arriving, where the server names its type.
 * @param {Response} response
 * @returns {Promise<WebAssembly.Module>}
 */
async function compile(response) {
  try {
    if (response.headers.get('content-type') === WASM_TYPE) return await WebAssembly.compileStreaming(response);
    return await WebAssembly.compile(await response.arrayBuffer());
  } catch (error) {
    const reason = errorText(error);
    throw new ExplorerError(
      'engine-unreachable',
      `The engine could not be compiled: ${reason}. A page that embeds the explorer must allow ` +
        "`script-src 'wasm-unsafe-eval'` in its Content-Security-Policy.",
      [['reason', reason]],
      error,
    );
  }
}

/** @param {Element} wasm */
function compileInline(wasm) {
  return compile(new Response(unpack(wasm), { headers: { 'content-type': WASM_TYPE } }));
}

/**
 * Starts a classic worker from a Blob: the one form that works on a served
 * page, from disk, on a page of another origin and in a sandboxed frame.
 * @param {string} script
 */
function spawnWorker(script) {
  const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  try {
    const worker = new Worker(address);
    const forget = () => URL.revokeObjectURL(address);
    worker.addEventListener('message', forget, { once: true });
    worker.addEventListener('error', forget, { once: true });
    return worker;
  } catch (error) {
    URL.revokeObjectURL(address);
    const reason = errorText(error);
    throw new ExplorerError(
      'worker-refused',
      `The page does not let the engine's worker start: ${reason}. It must allow \`worker-src blob:\` in its ` +
        'Content-Security-Policy.',
      [['reason', reason]],
      error,
    );
  }
}

/**
 * @param {Element} element Its text is base64 of gzip.
 * @returns {ReadableStream<Uint8Array<ArrayBuffer>>}
 */
function unpack(element) {
  const packed = fromBase64((element.textContent ?? '').trim());
  return new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
}

/**
 * @param {string} text
 * @returns {Uint8Array<ArrayBuffer>}
 */
function fromBase64(text) {
  const native = /** @type {{ fromBase64?: (text: string) => Uint8Array<ArrayBuffer> }} */ (
    /** @type {unknown} */ (Uint8Array)
  );
  if (native.fromBase64 !== undefined) return native.fromBase64(text);
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
