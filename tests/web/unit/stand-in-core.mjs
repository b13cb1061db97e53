/**
 * Runs the shell's real worker script in a thread, over a stand-in for the
 * core that misbehaves when it is told to.
 *
 * A file or query named `crash…` brings the engine down, `refuse…` is refused
 * with an error of the core's own, `slow…` takes 60 ms, and an index that holds
 * a file named `poison…` falls when it is brought up to date. An
 * index that comes bit by bit is text, and counts as a file named by it. A piece of the readers' stream is text: it counts as a file named by its words, and the word
 * `end` closes its file. A share is the pieces it was made of; a piece `fall…` brings the worker down that makes one,
 * and of a piece `whole…` none is made. A page is its name, and so is its frame for the
 * annotator; the layers are text. Of a corpus in parts a question needs a part named by each of its words, in
 * their order; `again…` needs one that never helps.
 */

import { parentPort } from 'node:worker_threads';

class Explorer {
  #files = /** @type {string[]} */ ([]);
  #lines = /** @type {{ file: number, name: string, status: string, reason: string | null }[]} */ ([]);
  #shares = 0;
  #arriving = '';
  #splitBy = /** @type {string[]} */ ([]);
  #rules = '';
  #searchable = 0;
  /** Steps of what is to be made for the index. */
  #stepsLeft = 0;
  #layers = /** @type {{ state: string, names: string[], trained: boolean } | null} */ (null);

  /** @type {Set<string> | null} */
  #parts = null;

  static bundledRules() {
    return 'the bundled rules';
  }
  static sniff(name) {
    const format = { html: 'html', csv: 'csv', kashshaf: 'index' }[name.split('.').at(-1)] ?? 'text';
    return { format, needsReaders: format === 'html' || format === 'csv', isRead: true };
  }
  addFile({ name, file, bundled }, bytes) {
    misbehave(name);
    const status = this.#files.includes(name) ? 'duplicate' : 'read';
    if (status === 'read') this.#split(name);
    if (!bundled) this.#lines.push({ file, name, status, reason: null });
    return { name, status, id: name, bytes: bytes.length, encoding: 'utf-8', articles: 1, words: 1, warning: null, error: null };
  }
  takeArriving(bytes, areFirst) {
    const text = new TextDecoder().decode(bytes);
    misbehave(text);
    this.#arriving = areFirst ? text : `${this.#arriving}${text}`;
  }
  addArrived(options) {
    return this.addFile({ ...options, name: `${options.name}: ${this.#arriving}` }, []);
  }
  addRecords(piece) {
    const [file, text] = new TextDecoder().decode(piece).replaceAll('\0', '').split(':');
    misbehave(text);
    if (text !== 'end') this.#split(text);
    else this.#lines.push({ file: Number(file), name: `file ${file}`, status: 'read', reason: null });
    return { pages: 1, articles: 1, words: 1, duplicates: 0, merged: 0, bad: 0, closed: text === 'end' ? [Number(file)] : [] };
  }
  shareOf(stream) {
    const pieces = new TextDecoder().decode(stream).replaceAll('\0', '').match(/\d+:[^\d:]*/g) ?? [];
    const begins = (/** @type {string} */ word) => pieces.some((piece) => piece.split(':')[1].startsWith(word));
    if (begins('fall')) throw new WebAssembly.RuntimeError('unreachable');
    return begins('whole') ? undefined : new TextEncoder().encode(pieces.join('\n'));
  }
  addShare(share) {
    const pieces = new TextDecoder().decode(share).split('\n');
    this.#shares += 1;
    return pieces.map((piece) => this.addRecords(new TextEncoder().encode(piece))).at(-1);
  }
  setRules(text) {
    misbehave(text);
    this.#rules = text;
    return text.split(' ').length;
  }
  #split(name) {
    this.#files.push(name);
    this.#splitBy.push(this.#rules);
  }
  abandonFile({ file, name, code, skipped }) {
    this.#lines.push({ file, name, status: skipped ? 'skipped' : 'failed', reason: code });
  }
  removePages({ ids }) {
    for (const id of ids) misbehave(id);
    const before = this.#files.length;
    const kept = this.#files.map((name, at) => [name, this.#splitBy[at]]).filter(([name]) => !ids.includes(name));
    this.#files = kept.map(([name]) => name);
    this.#splitBy = kept.map(([, rules]) => rules);
    this.#searchable = this.#files.length;
    return JSON.stringify({ pages: before - this.#files.length, bundled: ids.filter((id) => id.endsWith('.txt')) });
  }
  refresh() {
    if (this.#files.some((name) => name.startsWith('poison'))) throw new WebAssembly.RuntimeError('unreachable');
    this.#searchable = this.#files.length;
    this.#stepsLeft = 40;
  }
  prepare() {
    if (this.#searchable !== this.#files.length) throw new Error('prepared for an index that is not up to date');
    const until = performance.now() + 2;
    while (performance.now() < until);
    this.#stepsLeft -= 1;
    return this.#stepsLeft <= 0;
  }
  annotation() {
    const state = this.#files.join();
    const layers = this.#layers?.state === state ? this.#layers : null;
    const pages = this.#files.length;
    return JSON.stringify({ state, pages, words: pages, ready: layers !== null, trained: layers?.trained ?? false });
  }
  pagesToAnnotate(state, from) {
    if (state !== this.#files.join()) misbehave('refuse', 'annotations-stale');
    const name = new TextEncoder().encode(this.#files[from] ?? '');
    if (name.length === 0) return name;
    const frame = new Uint8Array(4 + name.length);
    new DataView(frame.buffer).setUint32(0, name.length, true);
    frame.set(name, 4);
    return frame;
  }
  takeAnnotations(state, frame) {
    if (state !== this.#files.join()) misbehave('refuse', 'annotations-stale');
    this.#layers = { state, ...JSON.parse(new TextDecoder().decode(frame)) };
    return this.annotation();
  }
  entities() {
    const { names, trained } = this.#layers ?? { names: null, trained: null };
    return JSON.stringify({ names, trained });
  }
  ledger() {
    const count = (status) => this.#lines.filter((line) => line.status === status).length;
    const totals = { files: this.#lines.length, members: 0, byStatus: ['read', 'duplicate', 'skipped', 'failed'].map((status) => [status, count(status)]) };
    return JSON.stringify({ totals, matching: this.#lines.length, lines: this.#lines.toSorted((a, b) => a.file - b.file) });
  }
  overview({ offset = 0 }) {
    const pages = this.#files.slice(offset).map((name) => ({ name }));
    return JSON.stringify({ pages, files: this.#files, splitBy: this.#splitBy, shares: this.#shares, searchable: this.#searchable, totals: { bytes: 0 } });
  }
  openParts(directory) {
    misbehave(new TextDecoder().decode(directory));
    this.#parts = new Set();
  }
  takePart(name, bytes) {
    if (new TextDecoder().decode(bytes) !== `of ${name}`) misbehave('refuse', 'index-damaged');
    if (!name.startsWith('again')) this.#parts?.add(name);
  }
  search({ query, ranking }) {
    if (ranking === 'bags' && this.#stepsLeft > 0) throw new Error('asked before it was made');
    const lacking = this.#parts && query.split(' ').find((word) => !word.startsWith('crash') && !this.#parts?.has(word));
    if (lacking) misbehave('refuse', 'parts-missing', [['part', lacking]]);
    misbehave(query);
    return JSON.stringify({ query, totals: { hits: this.#searchable, documents: 1 } });
  }
}

/** @param {string} name @param {string} [code] @param {[string, string][]} [details] */
function misbehave(name, code = 'refused', details = [['name', name]]) {
  if (name.startsWith('crash')) throw new WebAssembly.RuntimeError('unreachable');
  if (name.startsWith('refuse')) {
    const error = new Error('It was refused.');
    error.name = 'ExplorerError';
    throw Object.assign(error, { code, details });
  }
  if (name.startsWith('slow')) {
    const until = performance.now() + 60;
    while (performance.now() < until);
  }
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
