/** @file Where the reader is: in the address's hash, or in memory when the page is not ours. */

import { formatHash, initialState, nextState, parseHash } from './state.js';

/** @import { AppOptions, NavigateOptions, State } from './types.d.ts' */

/**
 * @typedef {object} Move
 * @property {boolean} back   the reader went through the history rather than followed a link
 * @property {State} from     where the reader was
 * @property {number} scroll  where the page stood when it was left, in CSS pixels
 */

export class Router {
  /** @type {State} */
  #initial;
  /** @type {State[]} */
  #past = [];
  #address = '';

  /**
   * @param {AppOptions} options
   * @param {(move: Move) => void} onMove
   */
  constructor(options, onMove) {
    this.permalink = options.permalink;
    this.onMove = onMove;
    this.#initial = initialState(options);
    /** @type {State} */
    this.state = this.#initial;
    /** Pieces of the address that were not understood. @type {string[]} */
    this.misread = [];
    if (!this.permalink) return;
    this.#read();
    addEventListener('popstate', this.#addressChanged);
    addEventListener('hashchange', this.#addressChanged);
  }

  dispose() {
    removeEventListener('popstate', this.#addressChanged);
    removeEventListener('hashchange', this.#addressChanged);
  }

  /**
   * @param {Partial<State>} patch
   * @returns {string}
   */
  link(patch) {
    return formatHash(nextState(this.state, patch, this.#initial), this.#initial);
  }

  /**
   * @param {Partial<State>} patch
   * @param {NavigateOptions} [options]
   */
  navigate(patch, { replace = false, quiet = false } = {}) {
    const from = this.state;
    this.state = nextState(from, patch, this.#initial);
    this.misread = [];
    if (this.permalink) this.#write(replace);
    else if (!replace) this.#past.push(from);
    if (!quiet) this.onMove({ back: false, from, scroll: 0 });
  }

  /** A link of the shell was followed. @param {string} href  a hash */
  follow(href) {
    const from = this.state;
    const { state } = parseHash(href, this.#initial);
    const same = formatHash(state, this.#initial) === formatHash(from, this.#initial);
    this.state = state;
    this.misread = [];
    if (this.permalink) this.#write(same);
    else if (!same) this.#past.push(from);
    this.onMove({ back: false, from, scroll: 0 });
  }

  /** Back by one step; false when there is none in memory. */
  back() {
    if (this.permalink) {
      history.back();
      return true;
    }
    const state = this.#past.pop();
    if (!state) return false;
    const from = this.state;
    this.state = state;
    this.onMove({ back: true, from, scroll: 0 });
    return true;
  }

  /** @param {boolean} replace */
  #write(replace) {
    const address = formatHash(this.state, this.#initial);
    if (replace) {
      history.replaceState(history.state, '', address);
    } else {
      history.replaceState({ kashshafScroll: scrollY }, '');
      history.pushState(null, '', address);
    }
    this.#address = location.hash;
  }

  #read() {
    const { state, misread } = parseHash(location.hash, this.#initial);
    this.state = state;
    this.misread = misread;
    this.#address = location.hash;
  }

  #addressChanged = () => {
    if (location.hash === this.#address) return;
    const from = this.state;
    this.#read();
    this.onMove({ back: true, from, scroll: Number(history.state?.kashshafScroll ?? 0) });
  };
}
