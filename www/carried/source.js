/**
 * An engine whose files the page itself carries: the one HTML file opened from disk.
 *
 * @import { EngineSource } from '../engine/source.js'
 * @import { Pack } from './pack.js'
 */

import workerScript from 'kashshaf-worker-script';
import { ExplorerError, errorText } from '../engine/errors.js';
import { wholeEntry } from '../engine/file-entry.js';
import { FILES, compile, loadedOnce, spawnWorker } from '../engine/source.js';

/** Names of the bundled pages begin so. */
const CORPUS = 'corpus/';

/**
 * @param {Pack} pack
 * @returns {EngineSource}
 */
export function carriedSource(pack) {
  const module = carried(pack, FILES.core, ['engine-unreachable', 'This file carries no engine.']).then(compiled);
  // It is awaited by the engine, which may come to it late.
  module.catch(() => {});
  const carriedModule = (/** @type {string} */ wasm, /** @type {string} */ script, /** @type {[string, string]} */ absence) =>
    loadedOnce(async () => {
      const text = new TextDecoder().decode(await carried(pack, script, absence));
      return { module: await compiled(await carried(pack, wasm, absence)), spawn: () => spawnWorker(text) };
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
          wholeEntry(name.slice(CORPUS.length), pack.size(name), async () => (await pack.bytes(name)).buffer),
        ),
    model: async () => {
      const absence =
        'This file carries no model of names; use the file made by `cargo xtask single --names`, or the page on a server.';
      return (await carried(pack, FILES.model, ['model-absent', absence])).buffer;
    },
  };
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
function compiled(bytes) {
  return compile(new Response(bytes));
}

/**
 * @param {Pack} pack
 * @param {string} name
 * @param {[code: string, message: string]} absence The error where the file is not carried, or is damaged.
 */
async function carried(pack, name, [code, message]) {
  if (pack.size(name) === null) throw new ExplorerError(code, message);
  try {
    return await pack.bytes(name);
  } catch (error) {
    const reason = errorText(error);
    throw new ExplorerError(code, `${name} could not be unpacked: ${reason}.`, [['reason', reason]], error);
  }
}
