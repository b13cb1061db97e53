/**
 * Runs the shell's real reading worker in a thread, over a stand-in for the
 * readers: each slice of eight bytes becomes a piece with its text, a shorter
 * one than was wanted ends the file. A slice that begins with `crash` brings the worker down, one with `hang` never ends, one with `late` takes 110 ms
 * and makes a piece of 4 MiB: U+0000 stands behind it.
 */

import { parentPort } from 'node:worker_threads';

const SLICE = 8;

class Reader {
  #pieces = [];
  #file = null;
  #peek = 0;
  #peeked = null;

  static inspect({ name, encoding = 'utf-8', fields = [] }, head) {
    const text = new TextDecoder(encoding).decode(head);
    const [first, ...rows] = text.split('\n').map((row) => row.split(','));
    const fieldOf = (column) => fields.find(([, columns]) => columns.includes(column))?.[0] ?? (['title', 'body'].includes(column) ? column : null);
    return {
      format: 'csv', encoding, encodingConfidence: 1, rows, beginning: text,
      columns: name.endsWith('.csv') ? first.map((column) => ({ name: column, field: fieldOf(column), named: fieldOf(column) !== null, filled: rows.length })) : [],
    };
  }
  static forecast({ files }) {
    const peakBytes = files.reduce((sum, [, bytes]) => sum + 3 * bytes, 0);
    const verdict = peakBytes > 4e9 ? 'too-large' : peakBytes > 1e9 ? 'tight' : 'fits';
    return { textBytes: 0, indexBytes: 0, peakBytes, roomBytes: 2e9, verdict };
  }
  peek({ file, size }, member) {
    this.begin({ file, size });
    this.#peek = member;
  }
  peeked() {
    return this.#peeked;
  }
  limits() {
    return [{ name: 'text-bytes', value: SLICE, unit: 'bytes' }];
  }
  begin({ file, size, fields }) {
    this.#file = { file, size, at: 0, fields };
    if (size === 0) this.#close();
  }
  want() {
    return this.#file && { from: this.#file.at, length: Math.min(SLICE, this.#file.size - this.#file.at) };
  }
  give(bytes) {
    const isCut = bytes.length < this.want().length;
    const text = new TextDecoder().decode(bytes);
    // A member is a slice.
    if (this.#peek > 0 && (this.#peek -= 1) === 0) {
      this.#peeked = { ...Reader.inspect({ name: 'x' }, bytes), beginning: text };
      this.#file = null;
      return;
    }
    if (text.startsWith('crash')) throw new WebAssembly.RuntimeError('unreachable');
    if (text.startsWith('hang')) for (;;);
    if (text.startsWith('late')) for (const until = performance.now() + 110; performance.now() < until; );
    // What the core is told of columns shows in its name.
    const chosen = this.#file.fields ? `${text}=${JSON.stringify(this.#file.fields)}` : text;
    const padding = text.startsWith('late') ? '\0'.repeat(4 << 20) : '';
    this.#pieces.push(new TextEncoder().encode(`${this.#file.file}:${chosen.replaceAll(':', ' ')}${padding}`));
    this.#file.at += bytes.length;
    if (isCut || this.#file.at >= this.#file.size) this.#close();
  }
  take() {
    return this.#pieces.shift();
  }
  progress() {
    return this.#file && { file: this.#file.file, member: null, bytesDone: this.#file.at, bytesTotal: this.#file.size, members: 0 };
  }
  free() {}

  #close() {
    this.#pieces.push(new TextEncoder().encode(`${this.#file.file}:end`));
    this.#file = null;
  }
}

globalThis.kashshaf_readers = { initSync() {}, Reader };
globalThis.postMessage = (message) => parentPort.postMessage(message);
await import('../../../www/engine/reader-worker.js');
parentPort.on('message', (data) => globalThis.onmessage({ data }));
