/**
 * Runs the shell's real worker script in a thread, over a stand-in for the
 * core that misbehaves when it is told to.
 *
 * A file or query named `crash…` brings the engine down, `refuse…` is refused
 * with an error of the core's own, `slow…` takes 60 ms.
 */

import { parentPort } from 'node:worker_threads';

class Explorer {
  #files = /** @type {string[]} */ ([]);
  #searchable = 0;

  addFile({ name }, bytes) {
    misbehave(name);
    if (this.#files.includes(name)) return report(name, bytes, 'duplicate');
    this.#files.push(name);
    return report(name, bytes, 'read');
  }
  refresh() {
    this.#searchable = this.#files.length;
  }
  overview() {
    return JSON.stringify({ files: this.#files, searchable: this.#searchable });
  }
  search({ query }) {
    misbehave(query);
    return JSON.stringify({ query, totals: { hits: this.#searchable, documents: 1 } });
  }
}

/** @param {string} name */
function misbehave(name) {
  if (name.startsWith('crash')) throw new WebAssembly.RuntimeError('unreachable');
  if (name.startsWith('refuse')) {
    const error = new Error('It was refused.');
    error.name = 'ExplorerError';
    throw Object.assign(error, { code: 'refused', details: [['name', name]] });
  }
  if (name.startsWith('slow')) {
    const until = performance.now() + 60;
    while (performance.now() < until);
  }
}

function report(name, bytes, status) {
  return { name, status, id: name, bytes: bytes.length, encoding: 'utf-8', articles: 1, words: 1, warning: null, error: null };
}

// Node empties a port that posts to itself before it looks at any other; a browser takes turns.
globalThis.MessageChannel = /** @type {any} */ (
  class {
    port1 = { onmessage: () => {} };
    port2 = { postMessage: () => setImmediate(() => this.port1.onmessage()) };
  }
);
globalThis.wasm_bindgen = { initSync() {}, Explorer };
globalThis.postMessage = (message) => parentPort.postMessage(message);
await import('../../../www/engine/worker.js');
parentPort.on('message', (data) => globalThis.onmessage({ data }));
