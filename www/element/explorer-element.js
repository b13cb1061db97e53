/**
 * The custom element: the whole explorer in one tag, in a shadow root of its own.
 *
 * @import { Engine } from '../engine/client.js'
 */

import { createApp } from '../app.js';
import { ExplorerError } from '../engine/errors.js';
import { missingFeatures } from '../engine/support.js';
import { AskingElement } from './asking-element.js';

/** @typedef {(list: URL | null) => Engine} OpenEngine Starts an engine over the corpus with this list; null for no bundled pages. */

/** Properties that may be set before the element is defined. */
const PROPERTIES = /** @type {const} */ (['src', 'lang', 'theme', 'permalink', 'readonly']);

/** Events of the engine that are passed on, with the names they get. */
const PASSED_ON = /** @type {const} */ ([
  ['query', 'kashshaf-query'],
  ['progress', 'kashshaf-progress'],
  ['corpus-changed', 'kashshaf-corpus-changed'],
  ['engine-restarted', 'kashshaf-restarted'],
]);

/**
 * Defines `<kashshaf-explorer>` unless the page has it already.
 * @param {OpenEngine} openEngine
 * @param {string | null} defaultList Corpus list when the element has no `src`; an address, or null for none.
 */
export function defineExplorer(openEngine, defaultList) {
  if (customElements.get('kashshaf-explorer') !== undefined) return;
  customElements.define(
    'kashshaf-explorer',
    class extends ExplorerElement {
      constructor() {
        super(openEngine, defaultList);
      }
    },
  );
}

/**
 * `<kashshaf-explorer src lang theme permalink readonly>`.
 *
 * What stands between the tags is shown until the explorer is there, and stays
 * where it cannot run: put a citation or a link there.
 *
 * - `src`: address of the corpus list (`index.json`), or of an index that `kashshaf index` made
 *   (a name ending in `.kashshaf`): it is opened and not indexed again; or of the `index.json` of a folder that
 *   `kashshaf index` filled: of that corpus each question fetches the parts that it needs. Absent: the pages that came with
 *   the explorer. Empty: no pages, only what the reader adds.
 * - `lang`: `ar` (default) or `en`, the language of the interface.
 * - `theme`: `auto` (default), `light` or `dark`.
 * - `permalink`: keep what the reader does in the page's address, after `#`. One element a page.
 * - `readonly`: the reader cannot add files.
 *
 * `data-state` on the element is `loading`, `ready` or `failed`; `data-busy` is
 * there while files are being added.
 *
 * Events bubble and leave shadow roots: `kashshaf-ready`; `kashshaf-query` (`detail`:
 * `{ request, totals }`); `kashshaf-progress`; `kashshaf-corpus-changed` (`detail.reports`);
 * `kashshaf-restarted` (`detail.reason`); `kashshaf-error` (`detail.error`, an `ExplorerError`).
 */
export class ExplorerElement extends AskingElement {
  static observedAttributes = PROPERTIES;

  #openEngine;
  #defaultList;
  /** @type {ReturnType<typeof createApp> | null} */
  #app = null;

  /**
   * @param {OpenEngine} openEngine
   * @param {string | null} defaultList
   */
  constructor(openEngine, defaultList) {
    super();
    this.#openEngine = openEngine;
    this.#defaultList = defaultList;
  }

  connectedCallback() {
    for (const name of PROPERTIES) this.#adopt(name);
    // A move within the page keeps the engine and what the reader sees.
    if (this.engine === null) this.#open();
  }

  disconnectedCallback() {
    // A move is over, and the element connected again, before this runs.
    queueMicrotask(() => {
      if (!this.isConnected) this.#close();
    });
  }

  /**
   * @param {string} name
   * @param {string | null} before
   * @param {string | null} after
   */
  attributeChangedCallback(name, before, after) {
    if (before === after || this.engine === null) return;
    if (name === 'src') {
      this.#close();
      if (this.isConnected) this.#open();
    } else if (name === 'lang') {
      queueMicrotask(() => this.#followLanguage());
    } else {
      this.#show(this.engine);
    }
  }

  /** The reader's own choice of language is written to `lang` by the view, which then shows it already. */
  #followLanguage() {
    const shown = this.shadowRoot?.querySelector('[lang]')?.getAttribute('lang');
    if (this.engine !== null && shown !== this.#language()) this.#show(this.engine);
  }

  /** @returns {'ar' | 'en'} */
  #language() {
    return this.lang.toLowerCase().startsWith('en') ? 'en' : 'ar';
  }

  /** Address of the corpus list; null for the pages that came with the explorer. @type {string | null} */
  get src() {
    return this.getAttribute('src');
  }
  set src(value) {
    if (value === null) this.removeAttribute('src');
    else this.setAttribute('src', value);
  }

  /** @type {'auto' | 'light' | 'dark'} */
  get theme() {
    const theme = this.getAttribute('theme');
    return theme === 'light' || theme === 'dark' ? theme : 'auto';
  }
  set theme(value) {
    this.setAttribute('theme', value);
  }

  get permalink() {
    return this.hasAttribute('permalink');
  }
  set permalink(value) {
    this.toggleAttribute('permalink', value);
  }

  get readonly() {
    return this.hasAttribute('readonly');
  }
  set readonly(value) {
    this.toggleAttribute('readonly', value);
  }

  #open() {
    this.dataset.state = 'loading';
    const missing = missingFeatures();
    if (missing.length > 0) {
      const message = `This browser lacks what the explorer stands on: ${missing.join(', ')}. Use a newer one.`;
      this.#fail(new ExplorerError('unsupported-browser', message, [['missing', missing.join(', ')]]));
      return;
    }
    const list = this.src ?? this.#defaultList;
    const engine = this.#openEngine(list ? new URL(list, this.baseURI) : null);
    this.engine = engine;
    this.#listen(engine);
    this.#show(engine);
  }

  #close() {
    this.#app?.dispose();
    this.#app = null;
    this.engine?.dispose();
    this.engine = null;
    delete this.dataset.busy;
    delete this.dataset.state;
  }

  /**
   * Builds the view anew; the engine and its corpus stay.
   * @param {Engine} engine
   */
  #show(engine) {
    this.#app?.dispose();
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    this.#app = createApp(root, {
      engine,
      language: this.#language(),
      permalink: this.permalink,
      theme: this.theme,
      readonly: this.readonly,
    });
  }

  /** @param {Engine} engine */
  #listen(engine) {
    for (const [type, name] of PASSED_ON) {
      engine.addEventListener(type, (event) => this.#emit(name, /** @type {CustomEvent} */ (event).detail));
    }
    engine.addEventListener('engine-failed', (event) => {
      if (engine === this.engine) this.#fail(/** @type {CustomEvent} */ (event).detail.error);
    });
    engine.ready.then(
      () => {
        for (const { error } of engine.reports) {
          if (error !== null) this.#emit('kashshaf-error', { error: ExplorerError.from(error) });
        }
        this.#emit('kashshaf-ready', { reports: engine.reports });
      },
      // An engine that failed before it was listened to has told it already.
      (error) => {
        if (engine === this.engine) this.#fail(error);
      },
    );
  }

  /** @param {unknown} error */
  #fail(error) {
    if (this.dataset.state === 'failed') return;
    this.dataset.state = 'failed';
    this.#emit('kashshaf-error', { error });
  }

  /**
   * Turns a property set before the element was defined into one that works.
   * @param {(typeof PROPERTIES)[number]} name
   */
  #adopt(name) {
    if (!Object.hasOwn(this, name)) return;
    const self = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (this));
    const value = self[name];
    delete self[name];
    self[name] = value;
  }

  /**
   * @param {string} name
   * @param {unknown} detail
   */
  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}
