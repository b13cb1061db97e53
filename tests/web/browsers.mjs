/**
 * Two browsers behind one small interface: Chromium by playwright-core,
 * Firefox by puppeteer-core over WebDriver BiDi.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * @typedef {object} Tab
 * @property {(address: string) => Promise<void>} goto
 * @property {(address?: string) => Promise<Frame>} frame The tab's own frame, or the one whose address starts so.
 * @property {(testId: string, paths: string[]) => Promise<void>} choose Files for a file input.
 * @property {(key: string) => Promise<void>} press
 * @property {(text: string) => Promise<void>} type
 * @property {(size: { width: number, height: number }) => Promise<void>} resize
 * @property {(path: string) => Promise<void>} screenshot
 * @property {() => Promise<void>} reload
 * @property {(source: string) => Promise<any>} inject Runs a script from outside, whatever the page's policy.
 * @property {string[]} messages What the console and uncaught errors said.
 * @property {string[]} requests Addresses that were asked for, data and blobs apart.
 * @property {((paths: string[]) => Promise<void>) | null} drop Drops files on the middle of the page; null
 *   where the browser cannot be made to.
 * @property {() => Promise<void>} close
 *
 * @typedef {{ evaluate: (run: (value: any) => any, value?: unknown) => Promise<any> }} Frame
 *
 * `first` runs in the page before its own scripts. Firefox knows only that one.
 * @typedef {{ offline?: boolean, scripts?: boolean, first?: () => unknown }} TabOptions
 *
 * @typedef {object} Browser
 * @property {string} name
 * @property {(options?: TabOptions) => Promise<Tab>} newTab
 * @property {() => Promise<void>} close
 */

const CHROMIUM_ARGUMENTS = [
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The explorer's shadow root, in the page. */
const INPUT = 'document.querySelector("kashshaf-explorer").shadowRoot.querySelector';

/**
 * @param {string} executablePath
 * @returns {Promise<Browser>}
 */
export async function openChromium(executablePath) {
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGUMENTS });
  return {
    name: 'Chromium',
    async newTab({ offline = false, scripts = true, first } = {}) {
      const context = await browser.newContext({ offline, javaScriptEnabled: scripts });
      const page = await context.newPage();
      if (first) await page.addInitScript(first);
      const session = await context.newCDPSession(page);
      return {
        ...watched(page),
        goto: async (address) => void (await page.goto(address)),
        frame: (address) => frameOf(page, address),
        choose: (testId, paths) => page.setInputFiles(`[data-testid=${testId}]`, paths),
        press: (key) => page.keyboard.press(key),
        type: (text) => page.keyboard.insertText(text),
        resize: (size) => page.setViewportSize(size),
        screenshot: async (path) => void (await page.screenshot({ path })),
        reload: async () => void (await page.reload()),
        inject: (source) => page.evaluate(source),
        async drop(paths) {
          const data = { items: [], files: paths, dragOperationsMask: 1 };
          for (const type of /** @type {const} */ (['dragEnter', 'dragOver', 'drop'])) {
            await session.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
          }
        },
        close: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
}

/**
 * @param {string} executablePath
 * @returns {Promise<Browser>}
 */
export async function openFirefox(executablePath) {
  const { default: puppeteer } = await import('puppeteer-core');
  // Without a home of its own Firefox may not start at all.
  const home = mkdtempSync(join(tmpdir(), 'kashshaf-firefox-'));
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    env: { ...process.env, HOME: home },
    // Readers have this on; without it pages opened from disk may read their neighbours.
    extraPrefsFirefox: { 'security.fileuri.strict_origin_policy': true },
  });
  return {
    name: 'Firefox',
    async newTab({ first } = {}) {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      if (first) await page.evaluateOnNewDocument(first);
      return {
        ...watched(page),
        goto: async (address) => void (await page.goto(address)),
        frame: (address) => frameOf(page, address),
        async choose(testId, paths) {
          const handle = await page.evaluateHandle(`${INPUT}('[data-testid=${testId}]')`);
          const input = /** @type {import('puppeteer-core').ElementHandle<HTMLInputElement>} */ (handle.asElement());
          await input.uploadFile(...paths);
        },
        press: (key) => page.keyboard.press(/** @type {any} */ (key)),
        type: (text) => page.keyboard.type(text),
        resize: (size) => page.setViewport(size),
        screenshot: async (path) => void (await page.screenshot({ path: /** @type {any} */ (path) })),
        reload: async () => void (await page.reload()),
        inject: (source) => page.evaluate(source),
        drop: null,
        close: () => context.close(),
      };
    },
    async close() {
      await browser.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** @param {any} page */
function watched(page) {
  /** @type {string[]} */
  const messages = [];
  /** @type {string[]} */
  const requests = [];
  page.on('console', (/** @type {any} */ message) => messages.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (/** @type {any} */ error) => messages.push(`uncaught: ${error?.message ?? error}`));
  page.on('request', (/** @type {any} */ request) => {
    const address = request.url();
    if (!/^(blob|data):/.test(address)) requests.push(address);
  });
  return { messages, requests };
}

/**
 * @param {any} page
 * @param {string} [address]
 * @returns {Promise<Frame>}
 */
async function frameOf(page, address) {
  if (address === undefined) return page.mainFrame();
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const frame = page.frames().find((/** @type {any} */ frame) => frame.url().startsWith(address));
    if (frame) return frame;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`no frame shows ${address}`);
}
