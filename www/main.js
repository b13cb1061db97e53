/**
 * The shell of the page itself, served or in the single file, over the engine
 * that `start.js` has started.
 */

import { defineExplorer } from './element/explorer-element.js';

const { missing, open } = globalThis.kashshafStart;

if (missing.length === 0) {
  defineExplorer(open, null);
} else {
  const notice = document.getElementById('unsupported');
  const names = document.getElementById('missing-features');
  if (names !== null) names.textContent = missing.join(', ');
  if (notice !== null) notice.hidden = false;
}
