/**
 * The script of the page itself, served or in the single file: a classic
 * script, since module scripts beside a page opened from disk are refused.
 */

import { defineExplorer } from './element/explorer-element.js';
import { inlineSource, remoteSource } from './engine/source.js';
import { missingFeatures } from './engine/support.js';

performance.mark('kashshaf:start');

const script = document.currentScript;
const base = new URL('./', script instanceof HTMLScriptElement && script.src ? script.src : document.baseURI);
const missing = missingFeatures();

if (missing.length === 0) {
  defineExplorer((list) => inlineSource(document) ?? remoteSource(base, list), null);
} else {
  const notice = document.getElementById('unsupported');
  const names = document.getElementById('missing-features');
  if (names !== null) names.textContent = missing.join(', ');
  if (notice !== null) notice.hidden = false;
}
