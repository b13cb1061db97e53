/**
 * Runs the shell's real annotating worker in a thread, over a stand-in for the
 * annotator. A page is its name: one that begins with `faint` brings the annotator
 * down, `slow` takes 60 ms; a model named `refuse` is refused. The layers are the
 * names that were read in all three passes.
 */

import { parentPort } from 'node:worker_threads';

const PASSES = 3;

class Annotator {
  #trained = false;
  #pass = 0;
  #read = /** @type {string[]} */ ([]);
  #taken = false;

  static passes() {
    return PASSES;
  }
  loadModel(bytes) {
    const name = new TextDecoder().decode(bytes);
    if (name.startsWith('faint')) throw new WebAssembly.RuntimeError('unreachable');
    if (name !== 'refuse') return void (this.#trained = true);
    const error = Object.assign(new Error('It was refused.'), { code: 'refused', details: [] });
    error.name = 'ExplorerError';
    throw error;
  }
  begin() {
    [this.#pass, this.#read, this.#taken] = [0, [], false];
  }
  read(frame) {
    const name = new TextDecoder().decode(frame.subarray(4));
    if (name.startsWith('faint')) throw new WebAssembly.RuntimeError('unreachable');
    const until = performance.now() + (name.startsWith('slow') ? 60 : 0);
    while (performance.now() < until);
    this.#read.push(name);
    return 1;
  }
  turn() {
    this.#pass += 1;
    return this.#pass < PASSES;
  }
  take() {
    if (this.#taken) return undefined;
    this.#taken = true;
    const names = this.#read.filter((name, at, all) => all.filter((other) => other === name).length === PASSES && all.indexOf(name) === at);
    return new TextEncoder().encode(JSON.stringify({ names, trained: this.#trained }));
  }
}

globalThis.kashshaf_annotator = { initSync() {}, Annotator };
globalThis.postMessage = (message) => parentPort.postMessage(message);
await import('../../../www/engine/annotator-worker.js');
parentPort.on('message', (data) => globalThis.onmessage({ data }));
