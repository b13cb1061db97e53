/** The page's side of `apart-worker.js`: the steps of a build, one at a time. */

import { fetchDocuments } from './documents.js';

let worker = null;

function ask(message, transfer = []) {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => (data.error === undefined ? resolve(data) : reject(new Error(data.error)));
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(message, transfer);
  });
}

globalThis.bench = {
  async start({ documents, script, wasm }) {
    worker = new Worker(script);
    await ask({ step: 'start', module: await WebAssembly.compileStreaming(fetch(wasm)) });
    const encoder = new TextEncoder();
    const files = (await fetchDocuments(documents)).map(({ id, title, body }) => {
      return { name: id, bytes: encoder.encode(title === '' ? body : `${title}\n\n${body}`).buffer };
    });
    return ask({ step: 'take', files }, files.map(({ bytes }) => bytes));
  },
  step: (step) => ask({ step }),
};
