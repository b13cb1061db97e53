/**
 * The shell of the page itself, served or in the single file, over the engine
 * that `start.js` has started.
 */

import { defineExplorer } from './element/explorer-element.js';
import { tellMissing } from './engine/support.js';

const { missing, open } = globalThis.kashshafStart;

if (missing.length === 0) {
  defineExplorer(open, null);
} else {
  tellMissing(missing);
}
