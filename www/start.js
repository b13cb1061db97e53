/**
 * The first script of the page, served or in the single file: it starts the
 * engine before anything is drawn, so that the worker starts, the core is
 * compiled and the bundled pages are indexed while the shell is still loading,
 * and so that parts come which the search in the address needs.
 * A classic script, since module scripts beside a page opened from disk are refused.
 */

import { Engine } from './engine/client.js';
import { carriedSource } from './carried/source.js';
import { remoteSource } from './engine/source.js';
import { missingFeatures } from './engine/support.js';

performance.mark('kashshaf:start');

const script = /** @type {HTMLScriptElement} */ (document.currentScript);
const base = new URL('./', script.src || document.baseURI);
const missing = missingFeatures();
/** There in the one HTML file alone. */
const pack = globalThis.kashshafPack;

/** @param {URL | null} list Address of the corpus list; what the page itself carries comes before it. */
const open = (list) => Engine.open(pack === undefined ? remoteSource(base, list) : carriedSource(pack));

const { corpus } = script.dataset;
const list = corpus === undefined ? null : new URL(corpus, document.baseURI);
/** Until the element takes it. */
let first = missing.length === 0 ? open(list) : null;

/** What the address asks for, if it is a search. @type {Record<string, any>} */
const { q: query, view = query ? 'search' : 'overview', lens = 'clitics', scope } = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
if (view === 'search' && query) void first?.foresee({ query, lens, ...(scope && { scope }), also: ['names'] });

globalThis.kashshafStart = {
  missing,
  open(/** @type {URL | null} */ wanted) {
    if (first === null || wanted?.href !== list?.href) return open(wanted);
    const engine = first;
    first = null;
    return engine;
  },
};
