/** @file The explorer: one shadow root, one engine, one view at a time. Views ask the engine and draw; nothing is counted here. */

import { createTexts } from './i18n/index.js';
import { styleSheets } from './styles/index.js';
import { Announcer } from './ui/announcer.js';
import { h } from './ui/dom.js';
import { acceptDrops, acceptPastes } from './ui/drops.js';
import { keepFocus } from './ui/focus.js';
import { openHelp } from './ui/help-dialog.js';
import { createIntake } from './ui/intake.js';
import { intakeStrip } from './ui/intake-strip.js';
import { listenToKeys } from './ui/keyboard.js';
import { showLooking } from './ui/looking.js';
import { tellAboutLink } from './ui/link-notices.js';
import { masthead } from './ui/masthead.js';
import { queryBar } from './ui/query-bar.js';
import { Router } from './ui/router.js';
import { createScheme } from './ui/scheme.js';
import { drawFailure } from './views/failure.js';
import { kept } from './engine/shelf.js';
import { VIEWS } from './views/index.js';

/** @import { AppOptions, Context, DrawnView, State } from './ui/types.d.ts' */
/** @import { OverviewReply } from '../src/wasm/types.d.ts' */
/** @import { Move } from './ui/router.js' */

/** Settings that the whole frame is drawn with. @type {(keyof State)[]} */
const FRAME_SETTINGS = ['language', 'digits'];

/**
 * @param {ShadowRoot} root
 * @param {AppOptions} options
 * @returns {{dispose(): void}}
 */
export function createApp(root, options) {
  const app = new App(root, options);
  return { dispose: () => app.dispose() };
}

class App {
  /** @type {DrawnView | null} */
  #drawn = null;
  #stop = new AbortController();
  /** @type {(() => void)[]} */
  #closers = [];
  /** @type {Map<string, Promise<OverviewReply>>} */
  #overviews = new Map();
  #redraw = 0;
  #restarted = false;
  /** What is wrong with the page rules of the address. @type {unknown} */
  #rulesError = null;
  /** Names of pages that the annotator left out. @type {string[]} */
  #lost = [];
  #isReady = false;
  #isShown = false;

  /** @param {ShadowRoot} root @param {AppOptions} options */
  constructor(root, options) {
    this.root = root;
    this.host = /** @type {HTMLElement} */ (root.host);
    this.options = options;
    root.adoptedStyleSheets = styleSheets();
    this.announcer = new Announcer();
    this.scheme = createScheme(this.host);
    this.intake = createIntake(options.engine, this.host);
    this.router = new Router(options, (move) => this.#moved(move));
    this.context = this.#createContext();
    this.frame = this.#drawFrame();
    this.stopKeys = listenToKeys(options.permalink ? document : this.host, {
      enabled: () => this.context.state.keys,
      focusQuery: () => this.frame.query.focus(),
      help: () => openHelp(this.context.texts, this.frame.node),
      go: (view) => this.router.navigate({ view }),
      view: (name) => this.#drawn?.key?.(name) ?? false,
    });
    this.stopPastes = options.readonly ? () => {} : acceptPastes(options.permalink ? document : this.host, () => this.context);
    const { engine } = options;
    engine.addEventListener('corpus-changed', this.#corpusChanged);
    engine.addEventListener('names-changed', this.#corpusChanged);
    engine.addEventListener('engine-restarted', this.#engineRestarted);
    engine.addEventListener('annotation-lost', this.#annotationLost);
    engine.addEventListener('engine-failed', this.#engineFailed);
    if (this.router.state.rules !== '') void this.#followRules();
    void this.#draw();
    if (options.permalink && !options.readonly) void this.#bringBack();
  }

  /** What the reader keeps in the browser comes back with the page; a storage that is closed holds nothing. */
  async #bringBack() {
    // An engine that cannot be started is told of elsewhere.
    const found = await this.options.engine.ready.then(kept).catch(() => null);
    // Nothing is added to a corpus in parts.
    if (found !== null && !this.options.engine.isInParts) this.intake.addKept(found);
  }

  dispose() {
    const { engine } = this.options;
    engine.removeEventListener('corpus-changed', this.#corpusChanged);
    engine.removeEventListener('names-changed', this.#corpusChanged);
    engine.removeEventListener('engine-restarted', this.#engineRestarted);
    engine.removeEventListener('annotation-lost', this.#annotationLost);
    engine.removeEventListener('engine-failed', this.#engineFailed);
    this.#stop.abort();
    this.#drawn?.dispose?.();
    clearTimeout(this.#redraw);
    for (const part of [this.announcer, this.scheme, this.intake, this.router]) part.dispose();
    for (const close of this.#closers) close();
    this.stopKeys();
    this.stopPastes();
    this.root.replaceChildren();
  }

  /** @returns {Context} */
  #createContext() {
    const { router } = this;
    const app = this;
    const { language, digits } = router.state;
    return {
      engine: this.options.engine,
      options: this.options,
      texts: createTexts(language, digits),
      intake: this.intake,
      get state() { return router.state; },
      get signal() { return app.#stop.signal; },
      overview: () => this.#overview('as-they-are'),
      namedOverview: () => this.#overview('wanted'),
      navigate: (patch, options) => router.navigate(patch, options),
      link: (patch) => router.link(patch),
      permalink: async () => new URL(router.link({ corpus: (await this.#overview('as-they-are')).fingerprint.slice(0, 16) }), location.href).href,
      announce: (text) => this.announcer.say(text),
      frame: () => this.frame.node,
    };
  }

  /** @param {'wanted' | 'as-they-are'} names */
  #overview(names) {
    const { scope } = this.router.state;
    const key = `${scope} ${names}`;
    const known = this.#overviews.get(key);
    if (known) return known;
    const asked = this.options.engine.ready.then(() => this.options.engine.overview({ scope }, { names }));
    this.#overviews.set(key, asked);
    asked.catch(() => this.#overviews.delete(key));
    return asked;
  }

  /** Head, query, notices and the place of the view. */
  #drawFrame() {
    for (const close of this.#closers.splice(0)) close();
    const { texts } = this.context;
    const head = masthead(this.context);
    const query = queryBar(this.context);
    const strip = intakeStrip(this.context);
    const notices = h('div', { class: 'notices' });
    const view = h('main', { class: 'view', 'data-testid': 'view', tabindex: '-1' },
      h('p', { class: 'loading' }, texts.m.loading));
    const skip = h('button', { type: 'button', class: 'skip', onclick: () => view.focus() }, texts.m.skip);
    const node = h('div', { class: this.options.permalink ? 'kashshaf whole-page' : 'kashshaf', lang: texts.language, dir: texts.m.dir },
      skip, head.node, query.node, strip.node, notices, view,
      h('p', { class: 'drop-cover', 'aria-hidden': 'true' }, texts.m.intake.dropNow), this.announcer.node);
    node.addEventListener('click', (event) => this.#clicked(event));
    if (!this.options.readonly) acceptDrops(node, this.intake, texts.m.intake.pasteNamePlaceholder);
    this.#closers.push(() => strip.dispose(), () => query.dispose());
    this.host.lang = texts.language;
    if (this.options.permalink) Object.assign(document.documentElement, { lang: texts.language, dir: texts.m.dir });
    this.root.replaceChildren(node);
    return { node, head, query, strip, notices, view };
  }

  /** @param {Move} [move]  none when the view is drawn for the first time, or anew in place */
  async #draw(move) {
    this.#stop.abort();
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const { view } = this.frame;
    this.#showSettings();
    view.setAttribute('aria-busy', 'true');
    const looked = showLooking(this.options.engine, this.context.texts.m.entities.looking, view);
    /** @type {DrawnView} */
    let drawn;
    try {
      await this.options.engine.ready;
      this.#isReady = true;
      drawn = await VIEWS[this.router.state.view](this.context, signal);
    } catch (error) {
      if (signal.aborted) return;
      drawn = this.#failure(error);
    } finally {
      looked();
    }
    if (signal.aborted) return;
    this.#drawn?.dispose?.();
    this.#drawn = drawn;
    view.dataset.view = this.router.state.view;
    keepFocus(this.root, () => view.replaceChildren(drawn.node));
    view.removeAttribute('aria-busy');
    if (this.options.permalink) document.title = `${drawn.title} · ${this.context.texts.m.name}`;
    if (move) this.#arrive(move, drawn);
    drawn.shown?.(!this.#isShown || move !== undefined);
    if (!this.#isShown) this.#firstShown();
    void tellAboutLink(this.context, this.frame.notices, { misread: this.router.misread, hasRestarted: this.#restarted, lost: this.#lost, rulesError: this.#rulesError }, signal);
  }

  #firstShown() {
    if (!this.#isReady) return;
    this.#isShown = true;
    this.host.dataset.state = 'ready';
    requestAnimationFrame(() => setTimeout(() => performance.mark('kashshaf:first-view')));
  }

  /** Focus and scrolling after a move. @param {Move} move @param {DrawnView} drawn */
  #arrive(move, drawn) {
    const { view } = this.frame;
    const otherView = move.from.view !== this.router.state.view || move.from.id !== this.router.state.id;
    if (otherView) this.announcer.say(drawn.title);
    if (move.back) {
      if (this.options.permalink) scrollTo(0, move.scroll);
    } else if (otherView) {
      if (this.host.getBoundingClientRect().top < 0) this.host.scrollIntoView();
      if (this.root.activeElement !== this.frame.query.input) view.focus({ preventScroll: true });
    }
  }

  /** @param {Move} move */
  #moved(move) {
    if (FRAME_SETTINGS.some((name) => move.from[name] !== this.router.state[name])) {
      const typed = this.frame.query.input.value;
      this.context = this.#createContext();
      keepFocus(this.root, () => { this.frame = this.#drawFrame(); });
      this.frame.query.input.value = typed;
    }
    if (move.from.view !== this.router.state.view) this.frame.strip.settle();
    if (move.from.rules !== this.router.state.rules) void this.#followRules();
    const changed = /** @type {(keyof State)[]} */ (Object.keys(move.from)).filter((name) => move.from[name] !== this.router.state[name]);
    if (changed.length > 0 && changed.every((name) => name === 'theme' || name === 'keys')) this.#showSettings();
    else void this.#draw(move);
  }

  /** Splits pages as the address says; rules with an error are told of and change nothing. */
  async #followRules() {
    const { engine } = this.options;
    try {
      await engine.ready;
      this.#rulesError = null;
      if (this.router.state.rules !== engine.rules) await engine.setRules(this.router.state.rules);
    } catch (error) {
      this.#rulesError = error;
      void this.#draw();
    }
  }

  #showSettings() {
    this.scheme.set(this.router.state.theme);
    this.frame.head.update();
    this.frame.query.update();
  }

  /** @param {unknown} error */
  #failure(error) {
    return drawFailure(this.context, error, () => void this.#draw());
  }

  /** Links of the shell move within it; with a key held, the browser does what it does. @param {MouseEvent} event */
  #clicked(event) {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    const href = link?.getAttribute('href');
    if (!href?.startsWith('#v=') || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.router.follow(href);
  }

  #corpusChanged = () => {
    this.#overviews.clear();
    if (!this.#isReady) return;
    clearTimeout(this.#redraw);
    this.#redraw = setTimeout(() => void this.#draw(), 120);
  };

  #annotationLost = (/** @type {Event} */ event) => {
    this.#lost.push(/** @type {CustomEvent<{ name: string }>} */ (event).detail.name);
  };

  #engineRestarted = () => {
    this.#restarted = true;
    this.#corpusChanged();
  };

  /** @param {Event} event */
  #engineFailed = (event) => {
    const { error } = /** @type {CustomEvent} */ (event).detail;
    this.frame.view.replaceChildren(this.#failure(error).node);
    this.frame.view.removeAttribute('aria-busy');
  };
}
