/**
 * Where the engine comes from: files beside the page or the script that embeds
 * it, or elements of the page itself when all is in one HTML file.
 *
 * @import { FileEntry, WorkerLike } from './protocol.js'
 */

import { ExplorerError, errorText } from './errors.js';

/**
 * @typedef {object} EngineSource
 * @property {() => Promise<WebAssembly.Module>} module The compiled core; the same at each call.
 * @property {() => Promise<WorkerLike>} spawn A new worker.
 * @property {() => Promise<FileEntry[]>} corpus The bundled pages. Never rejects: a list that cannot
 *   be had is one entry that cannot be read.
 */

const WASM_FILE = 'kashshaf.wasm';
const WORKER_FILE = 'engine-worker.js';

/** Attributes of the data blocks in the single file; their text is base64 of gzip. */
const INLINE_WASM = 'engine-wasm';
const INLINE_WORKER = 'engine-worker';
const INLINE_PAGE = 'script[data-corpus-page]';

/**
 * An engine whose files lie under `base`. Loading starts at once.
 * @param {URL} base Ends with `/`.
 * @param {URL | null} list Address of the corpus list; its pages lie beside it. Null for none.
 * @returns {EngineSource}
 */
export function remoteSource(base, list) {
  const module = fetchBytes(new URL(WASM_FILE, base), 'engine-unreachable').then(compile);
  const script = fetchBytes(new URL(WORKER_FILE, base), 'engine-unreachable');
  const corpus = list === null ? Promise.resolve([]) : remoteCorpus(list);
  // Each is awaited by the engine, which may come to it late.
  module.catch(() => {});
  script.catch(() => {});
  return {
    module: () => module,
    spawn: async () => spawnWorker(await script),
    corpus: () => corpus,
  };
}

/**
 * An engine carried by the document itself; null when it carries none.
 * @param {Document} document
 * @returns {EngineSource | null}
 */
export function inlineSource(document) {
  const wasm = document.getElementById(INLINE_WASM);
  const script = document.getElementById(INLINE_WORKER);
  if (wasm === null || script === null) return null;
  const module = unpack(wasm).then(compile);
  module.catch(() => {});
  return {
    module: () => module,
    spawn: async () => spawnWorker(script.textContent ?? ''),
    corpus: async () =>
      Array.from(document.querySelectorAll(INLINE_PAGE), (element) => ({
        name: element.getAttribute('data-corpus-page') ?? '',
        size: Number(element.getAttribute('data-bytes')),
        bytes: () => unpack(element),
      })),
  };
}

/**
 * @param {URL} list
 * @returns {Promise<FileEntry[]>}
 */
async function remoteCorpus(list) {
  try {
    const bytes = await fetchBytes(list, 'corpus-unreachable');
    const { files } = JSON.parse(new TextDecoder().decode(bytes));
    return files.map((/** @type {{ name: string, bytes: number }} */ { name, bytes }) => {
      const address = new URL(name.split('/').map(encodeURIComponent).join('/'), list);
      return { name, size: bytes, bytes: () => fetchBytes(address, 'file-unreadable') };
    });
  } catch (error) {
    const reason = errorText(error);
    const known =
      error instanceof ExplorerError
        ? error
        : new ExplorerError(
            'corpus-unreachable',
            `The list of pages at ${list.href} is not one: ${reason}. It must be JSON such as ` +
              '{"format":1,"files":[{"name":"page.txt","bytes":1234}]}.',
            [['reason', reason]],
            error,
          );
    return [{ name: list.pathname.split('/').at(-1) ?? '', size: null, bytes: () => Promise.reject(known) }];
  }
}

/**
 * @param {URL} address
 * @param {string} code Of the error when it cannot be had.
 * @returns {Promise<ArrayBuffer>}
 */
async function fetchBytes(address, code) {
  let reason;
  try {
    const response = await fetch(address);
    if (response.ok) return await response.arrayBuffer();
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
 * @param {ArrayBuffer} bytes
 * @returns {Promise<WebAssembly.Module>}
 */
async function compile(bytes) {
  try {
    return await WebAssembly.compile(bytes);
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
 * @param {BlobPart} script
 * @returns {WorkerLike}
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
 * @returns {Promise<ArrayBuffer>}
 */
function unpack(element) {
  const packed = fromBase64((element.textContent ?? '').trim());
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).arrayBuffer();
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
