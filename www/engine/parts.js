/**
 * A corpus in parts: whole files with checksums for names beside a manifest, fetched when a question needs them.
 * No range of a file is asked for, which not every static host understands.
 */

import { ExplorerError, errorText } from './errors.js';

/** A part is asked for so often … */
const TRIES = 3;
/** … with so many milliseconds before the second time, and twice as many before each later one. */
const PAUSE_MS = 250;

/** The directory, parts of pages, columns and names are deflated; their names begin so. */
const DEFLATED = /^(directory-|pages\/|columns\/|names\/)/;

/** @typedef {{ directory: string, whole?: string }} Manifest */

/** The files of one corpus. */
export class PartFiles {
  #base;
  #directory;
  /** The directory on its way, for whoever asks first. @type {Promise<ArrayBuffer> | null} */
  #ahead = null;

  /**
   * @param {URL} base Address of the manifest.
   * @param {Manifest} manifest
   */
  constructor(base, { directory, whole }) {
    this.#base = base;
    this.#directory = directory;
    /** Address of the same corpus as one index; null where there is none. */
    this.whole = typeof whole === 'string' ? new URL(whole, base) : null;
  }

  /** Fetches the directory while the engine starts. */
  fetchAhead() {
    this.#ahead = this.take(this.#directory);
    // Its failure is told to whoever asks for it.
    this.#ahead.catch(() => {});
    return this;
  }

  /** The bytes of the directory. */
  directory() {
    const ahead = this.#ahead ?? this.take(this.#directory);
    this.#ahead = null;
    return ahead;
  }

  /**
   * What a part holds, inflated where it is deflated.
   * @param {string} name
   * @param {boolean} [again] Past what the browser keeps: what it gave was not the part.
   * @returns {Promise<ArrayBuffer>}
   */
  async take(name, again = false) {
    const address = new URL(name, this.#base);
    let reason = '';
    for (let tried = 0; tried < TRIES; tried += 1) {
      if (tried > 0) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * 2 ** (tried - 1)));
      try {
        const response = await fetch(address, again || tried > 0 ? { cache: 'reload' } : {});
        if (response.ok && response.body !== null) {
          const { body } = response;
          const held = DEFLATED.test(name) ? body.pipeThrough(new DecompressionStream('deflate')) : body;
          return await new Response(held).arrayBuffer();
        }
        reason = `the server answered ${response.status}`;
        // What is not there will not be there in a moment.
        if (response.status >= 400 && response.status < 500 && response.status !== 408 && response.status !== 429) break;
      } catch (error) {
        reason = errorText(error);
      }
    }
    throw new ExplorerError(
      'part-unreachable',
      `A part of the corpus, ${address.href}, could not be had: ${reason}. Try again; the other parts stay.`,
      [
        ['address', address.href],
        ['reason', reason],
      ],
    );
  }
}

/** A request that a corpus in parts cannot answer. @param {string} asked */
export function inParts(asked) {
  return new ExplorerError(
    'index-in-parts',
    `This corpus is read in parts, which cannot do this: ${asked}; load its whole index.`,
    [['asked', asked]],
  );
}
