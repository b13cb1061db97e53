/**
 * An engine whose files the page itself carries: the one HTML file opened from disk.
 *
 * @import { EngineSource } from '../engine/source.js'
 * @import { Pack } from './pack.js'
 */

import workerScript from 'kashshaf-worker-script';
import { ExplorerError, errorText } from '../engine/errors.js';
import { wholeEntry } from '../engine/file-entry.js';
import { FILES, WASM_TYPE, compile, loadedOnce, spawnWorker } from '../engine/source.js';

/** Names of the bundled pages begin so. */
const CORPUS = 'corpus/';

/**
 * @param {Pack} pack
 * @returns {EngineSource}
 */
export function carriedSource(pack) {
  const module = compiled(pack, FILES.core);
  // It is awaited by the engine, which may come to it late.
  module.catch(() => {});
  const carriedModule = (/** @type {string} */ wasm, /** @type {string} */ script, /** @type {[string, string]} */ absence) =>
    loadedOnce(async () => {
      const text = await carried(pack, script, absence, (response) => response.text());
      return { module: await compiled(pack, wasm), spawn: () => spawnWorker(text) };
    });
  return {
    module: () => module,
    spawn: async () => spawnWorker(workerScript),
    readers: carriedModule(FILES.readers, FILES.readersScript, [
      'readers-unreachable',
      'This file was made without the readers: it takes plain text alone. Use the complete file, or the page on a server.',
    ]),
    annotator: carriedModule(FILES.annotator, FILES.annotatorScript, [
      'annotator-unreachable',
      'This file carries no annotator; names, dates and quotes cannot be found. Use the complete file.',
    ]),
    corpus: async () =>
      pack.names
        .filter((name) => name.startsWith(CORPUS))
        .map((name) =>
          wholeEntry(name.slice(CORPUS.length), pack.size(name), () => new Response(pack.stream(name)).arrayBuffer()),
        ),
    model: () =>
      carried(
        pack,
        FILES.model,
        [
          'model-absent',
          'This file carries no model of names; use the file made by `cargo xtask single --names`, or the page on a server.',
        ],
        (response) => response.arrayBuffer(),
      ),
  };
}

/**
 * @param {Pack} pack
 * @param {string} name
 */
function compiled(pack, name) {
  return compile(new Response(pack.stream(name), { headers: { 'content-type': WASM_TYPE } }));
}

/**
 * @template T
 * @param {Pack} pack
 * @param {string} name
 * @param {[code: string, message: string]} absence The error where the file is not carried, or is damaged.
 * @param {(response: Response) => Promise<T>} read
 * @returns {Promise<T>}
 */
async function carried(pack, name, [code, message], read) {
  if (pack.size(name) === null) throw new ExplorerError(code, message);
  try {
    return await read(new Response(pack.stream(name)));
  } catch (error) {
    const reason = errorText(error);
    throw new ExplorerError(code, `${name} could not be unpacked: ${reason}.`, [['reason', reason]], error);
  }
}
