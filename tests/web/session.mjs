/**
 * One browser for many tests, and visits that hear what the page says.
 *
 * @import { Browser, Tab, TabOptions } from './browsers.mjs'
 */

import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { pathToFileURL } from 'node:url';

import { HOST, PAGE, SINGLE } from './settings.mjs';

/** Longest that one test may take, in milliseconds. */
export const LIMIT = { timeout: 90_000 };
export const SINGLE_ADDRESS = pathToFileURL(SINGLE).href;
/** The two whole pages: name and address. */
export const PAGES = /** @type {const} */ ([
  ['the served page', PAGE],
  ['the one HTML file', SINGLE_ADDRESS],
]);

/**
 * @typedef {object} Session
 * @property {(options?: TabOptions) => Promise<Tab>} newTab
 * @property {(address: string, run: (tab: Tab) => Promise<void>, options?: TabOptions) => Promise<void>} visit
 *   Opens a tab, runs a test in it, and sees that the console stayed silent and that nothing was
 *   asked of an origin that has no part in it.
 */

/**
 * @param {() => Promise<Browser>} open
 * @param {((session: Session) => void)[]} suites
 */
export function inBrowser(open, suites) {
  /** @type {Browser} */
  let browser;
  before(async () => {
    browser = await open();
  }, LIMIT);
  after(() => browser?.close());

  /** @type {Session} */
  const session = {
    newTab: (options) => browser.newTab(options),
    async visit(address, run, options = {}) {
      const isOnDisk = address.startsWith('file:');
      const tab = await browser.newTab({ offline: isOnDisk, ...options });
      try {
        await tab.goto(address);
        await run(tab);
        assert.deepEqual(tab.messages, [], 'nothing is said in the console');
        // Firefox does not report what is read from disk.
        if (!isOnDisk) assert.ok(tab.requests.length > 0, 'requests are seen');
        const own = isOnDisk ? [address.replace(/#.*/, '')] : address.startsWith(HOST) ? [HOST, PAGE] : [PAGE];
        const foreign = tab.requests.filter((request) => !own.some((origin) => request.startsWith(origin)));
        assert.deepEqual(foreign, [], 'nothing is asked of another origin');
      } catch (error) {
        if (tab.messages.length > 0) console.error('The console said:', tab.messages);
        throw error;
      } finally {
        await tab.close();
      }
    },
  };
  for (const suite of suites) describe(suite.name, () => suite(session));
}
