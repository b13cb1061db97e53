/**
 * The explorer as a reader meets it, in any tab or frame: wait for it, ask it,
 * read what it shows.
 *
 * @import { Frame } from './browsers.mjs'
 */

import assert from 'node:assert/strict';

const DEADLINE_MS = 10_000;

/**
 * Asks again until the answer is neither null nor false.
 * @param {string} what For the message when it never comes.
 * @param {() => Promise<any>} ask
 */
export async function eventually(what, ask) {
  const deadline = Date.now() + DEADLINE_MS;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== false && answer !== undefined) return answer;
    if (Date.now() > deadline) assert.fail(`still waiting after ${DEADLINE_MS / 1000} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

/** @param {Frame} frame */
export async function waitUntilReady(frame) {
  const state = await eventually('the explorer to show its first view', () =>
    frame.evaluate(() => {
      const state = document.querySelector('kashshaf-explorer')?.getAttribute('data-state');
      return state === 'ready' || state === 'failed' ? state : null;
    }),
  );
  assert.equal(state, 'ready');
}

/**
 * Types a query into the field, sends the form and waits for its totals.
 * @param {Frame} frame
 * @param {string} query
 * @returns {Promise<{ totals: string, results: string[] }>}
 */
export async function search(frame, query) {
  await frame.evaluate((/** @type {string} */ query) => {
    const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
    const input = /** @type {HTMLInputElement} */ (root?.querySelector('[data-testid=query]'));
    input.value = query;
    /** @type {HTMLFormElement} */ (root?.querySelector('[data-testid=search-form]')).requestSubmit();
  }, query);
  return eventually(`results for ${query}`, () =>
    frame.evaluate((/** @type {string} */ query) => {
      const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
      const view = root?.querySelector('[data-testid=view]');
      const totals = root?.querySelector('[data-testid=totals]')?.textContent ?? '';
      if (view?.getAttribute('data-view') !== 'search' || !totals.includes(query)) return null;
      const results = root?.querySelectorAll('[data-testid=results] > li') ?? [];
      return { totals, results: Array.from(results, (result) => result.textContent ?? '') };
    }, query),
  );
}

/**
 * @param {Frame} frame
 * @param {string} view
 */
export async function openView(frame, view) {
  await frame.evaluate((/** @type {string} */ view) => {
    location.hash = `#v=1&view=${view}`;
  }, view);
  await eventually(`the view ${view}`, () =>
    frame.evaluate(
      (/** @type {string} */ view) =>
        document
          .querySelector('kashshaf-explorer')
          ?.shadowRoot?.querySelector('[data-testid=view]')
          ?.getAttribute('data-view') === view,
      view,
    ),
  );
}

/**
 * Calls one of the element's promise methods, as a host page would.
 * @param {Frame} frame
 * @param {'overview' | 'search' | 'entities' | 'entity' | 'page'} method
 * @param {unknown} request
 */
export function ask(frame, method, request) {
  return frame.evaluate(
    (/** @type {{ method: string, request: unknown }} */ { method, request }) =>
      /** @type {any} */ (document.querySelector('kashshaf-explorer'))[method](request),
    { method, request },
  );
}

/**
 * Tries to fetch and returns the policy directive that stopped it, or null when it went through.
 * @param {Frame} frame
 * @param {string} address
 * @returns {Promise<string | null>}
 */
export function fetchIsRefused(frame, address) {
  return frame.evaluate(async (/** @type {string} */ address) => {
    /** @type {Promise<string>} */
    const violation = new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true });
    });
    const fetched = fetch(address).then(
      () => null,
      // The violation says why; it may come after the rejection.
      () => violation,
    );
    return Promise.race([fetched, violation]);
  }, address);
}
