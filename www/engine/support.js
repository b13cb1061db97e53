/**
 * What the engine stands on. A browser without it is told so in words instead
 * of being shown a page that does nothing.
 */

/** A module of one function that uses a SIMD instruction: valid only where SIMD is. */
// prettier-ignore
const SIMD_PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
]);

/**
 * Names, as a developer would search for them, of what this browser lacks.
 * @returns {string[]} Empty when the explorer can run.
 */
export function missingFeatures() {
  /** @type {[string, () => boolean][]} */
  const needs = [
    ['WebAssembly', () => typeof WebAssembly === 'object'],
    ['WebAssembly SIMD', () => WebAssembly.validate(SIMD_PROBE)],
    ['Worker', () => typeof Worker === 'function'],
    ['DecompressionStream', () => typeof DecompressionStream === 'function'],
    ['CSSStyleSheet.replaceSync', () => typeof CSSStyleSheet.prototype.replaceSync === 'function'],
  ];
  return needs.filter(([, has]) => !holds(has)).map(([name]) => name);
}

/** @param {() => boolean} has */
function holds(has) {
  try {
    return has();
  } catch {
    // A probe that throws for want of its global has answered.
    return false;
  }
}

/**
 * Shows the page's notice for browsers that lack something.
 * @param {string[]} missing
 */
export function tellMissing(missing) {
  const notice = document.getElementById('unsupported');
  const names = document.getElementById('missing-features');
  if (names !== null) names.textContent = missing.join(', ');
  if (notice !== null) notice.hidden = false;
}
