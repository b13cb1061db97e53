/**
 * The one script of the one HTML file that stands there as text: it unpacks
 * the two that the served page loads, and runs them. The page's policy names
 * them by their hashes, so that no other can run in their place.
 */

import { XzReadableStream } from 'xz-decompress';
import { missingFeatures, tellMissing } from '../engine/support.js';
import { Pack, packedStream } from './pack.js';

const SCRIPTS = ['start.js', 'app.js'];

const missing = missingFeatures();
if (missing.length === 0) {
  open().catch(tellDamaged);
} else {
  tellMissing(missing);
}

async function open() {
  const element = document.getElementById('kashshaf-pack');
  if (element === null) throw new Error('the file is damaged: its data is missing');
  const { files = '[]', bytes } = element.dataset;
  const unpacked = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (
    new XzReadableStream(packedStream(element.textContent ?? '', Number(bytes)))
  );
  const pack = new Pack(unpacked, JSON.parse(files));
  globalThis.kashshafPack = pack;
  for (const name of SCRIPTS) {
    const script = document.createElement('script');
    script.textContent = await pack.text(name);
    document.head.append(script);
  }
  // A script that is not what it was does not run.
  if (customElements.get('kashshaf-explorer') === undefined) throw new Error('the file is damaged: its scripts are not what they were');
}

/** @param {unknown} error */
function tellDamaged(error) {
  const notice = document.getElementById('damaged');
  const reason = document.getElementById('damage');
  if (reason !== null) reason.textContent = error instanceof Error ? error.message : String(error);
  if (notice !== null) notice.hidden = false;
}
