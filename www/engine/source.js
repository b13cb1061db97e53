/**
 * Where the engine comes from: files beside the page or beside the script that embeds it.
 * `carried/source.js` is for the one HTML file.
 *
 * @import { AnnotatingWorker } from './annotation.js'
 * @import { EngineWorker } from './link.js'
 * @import { FileEntry } from './protocol.js'
 * @import { ReadingWorker } from './reading-room.js'
 */

import workerScript from 'kashshaf-worker-script';
import { ExplorerError, errorText } from './errors.js';
import { streamedEntry, wholeEntry } from './file-entry.js';
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

/** Names of the engine's files, as they lie on a server and in the one HTML file. */
export const FILES = {
  core: 'kashshaf.wasm',
  readers: 'kashshaf-readers.wasm',
  readersScript: 'kashshaf-readers.js',
  annotator: 'kashshaf-annotator.wasm',
  annotatorScript: 'kashshaf-annotator.js',
  model: 'kashshaf-names.bin',
};
/** Names of index files end so; `kashshaf index` writes them. */
const INDEX_ENDING = '.kashshaf';
const WASM_TYPE = 'application/wasm';

/**
 * An engine whose files lie under `base`. Loading starts at once.
 * @param {URL} base Ends with `/`.
 * @param {URL | null} list Address of the corpus list, its pages beside it, of an index, or of the manifest of one in parts. Null for none.
 * @returns {EngineSource}
 */
export function remoteSource(base, list) {
  const module = load(new URL(FILES.core, base), 'engine-unreachable').then(compile);
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
    readers: remoteModule(FILES.readers, FILES.readersScript, 'readers-unreachable'),
    annotator: remoteModule(FILES.annotator, FILES.annotatorScript, 'annotator-unreachable'),
    corpus: async () => entriesIn(await listed),
    parts: async () => partsIn(await listed),
    model: async () => (await load(new URL(FILES.model, base), 'model-unreachable')).arrayBuffer(),
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
    return [streamedEntry(decodeURIComponent(list.pathname.split('/').at(-1) ?? ''), () => load(list, 'corpus-unreachable'))];
  }
  try {
    const { files, parts } = await (await load(list, 'corpus-unreachable')).json();
    if (typeof parts?.directory === 'string') return new PartFiles(list, parts).fetchAhead();
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
export function loadedOnce(load) {
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
export async function compile(response) {
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

/**
 * Starts a classic worker from a Blob: the one form that works on a served
 * page, from disk, on a page of another origin and in a sandboxed frame.
 * @param {string} script
 */
export function spawnWorker(script) {
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
