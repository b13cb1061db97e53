/**
 * The three doors, the same for every browser: the served page, the one HTML
 * file opened from disk, and the embeds on a page of another origin.
 *
 * @import { Tab } from './browsers.mjs'
 * @import { Session } from './session.mjs'
 */

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';

import { ask, eventually, fetchIsRefused, openView, search, waitUntilReady } from './explorer.mjs';
import { LIMIT, PAGES, SINGLE_ADDRESS } from './session.mjs';
import { HOST, PAGE, SINGLE, SINGLE_WITH_NAMES } from './settings.mjs';

/** A word of the bundled pages, and one that only the added file has. */
const BUNDLED_WORD = 'بوتين';
const ADDED_WORD = 'القرنفل';
const ADDED_TEXT = `حكاية زهرة\n\nنبت ${ADDED_WORD} في حديقة البيت القديم، وقال الجيران إن الربيع جاء مبكرا هذا العام.\n`;

/** @param {Session} session */
export function doors({ newTab, visit }) {
  /** @type {string} */
  let folder;
  /** @type {string} */
  let addedFile;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'kashshaf-files-'));
    addedFile = join(folder, 'حكاية.txt');
    writeFileSync(addedFile, ADDED_TEXT);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [name, address] of PAGES) {
    describe(name, () => {
      it('opens with the bundled pages and answers a query', LIMIT, () =>
        visit(address, async (tab) => {
          const frame = await tab.frame();
          await waitUntilReady(frame);
          const { pages } = await ask(frame, 'overview', {});
          assert.equal(pages.length, 5);
          const { results } = await search(frame, BUNDLED_WORD);
          assert.ok(results.length > 0, 'there are results');
        }));

      it('indexes a chosen file beside the bundled ones', LIMIT, () =>
        visit(`${address}#v=1&view=files`, async (tab) => {
          const frame = await tab.frame();
          await waitUntilReady(frame);
          await tab.choose('file-input', [addedFile]);
          await addedPageIsThere(tab);
        }));

      it('indexes a dropped file beside the bundled ones', LIMIT, () =>
        visit(address, async (tab) => {
          const frame = await tab.frame();
          await waitUntilReady(frame);
          if (tab.drop === null) {
            // This browser cannot be made to drop from outside: the event is made in the page.
            await dropInPage(tab);
          } else {
            await tab.drop([addedFile]);
          }
          await addedPageIsThere(tab);
        }));
    });
  }

  describe('a browser that lacks something', () => {
    for (const [name, address] of PAGES) {
      it(`is told so by ${name}`, LIMIT, async () => {
        const tab = await newTab({
          first: () => Reflect.deleteProperty(globalThis, 'DecompressionStream'),
        });
        try {
          await tab.goto(address);
          const frame = await tab.frame();
          const notice = await eventually('the notice', () =>
            frame.evaluate(() => {
              const notice = document.getElementById('unsupported');
              return notice?.checkVisibility() ? notice.textContent : null;
            }),
          );
          assert.match(notice, /هذا المتصفح أقدم.*DecompressionStream/s);
          assert.match(notice, /too old/);
          assert.deepEqual(tab.messages, []);
        } finally {
          await tab.close();
        }
      });
    }
  });

  describe('a core that cannot be compiled', () => {
    for (const [name, address] of PAGES) {
      it(`is told about by ${name}`, LIMIT, () =>
        visit(
          address,
          async (tab) => {
            const frame = await tab.frame();
            const code = await eventually('the error', () =>
              frame.evaluate(() => {
                const element = document.querySelector('kashshaf-explorer');
                const error = element?.shadowRoot?.querySelector('[data-error]');
                return element?.getAttribute('data-state') === 'failed' && error?.checkVisibility()
                  ? error.getAttribute('data-error')
                  : null;
              }),
            );
            assert.equal(code, 'engine-unreachable');
          },
          {
            first: () => {
              WebAssembly.compileStreaming = () => Promise.reject(new WebAssembly.CompileError('broken'));
              WebAssembly.compile = WebAssembly.compileStreaming;
            },
          },
        ));
    }
  });

  describe('the notices', () => {
    it('stand in the one HTML file', LIMIT, () =>
      visit(SINGLE_ADDRESS, async (tab) => {
        const frame = await tab.frame();
        const notice = await frame.evaluate(() => document.querySelector('[data-legal=NOTICE]')?.textContent);
        assert.match(notice, /Unicode/);
      }));

    it('lie beside the served files', async () => {
      for (const folder of ['', 'embed/']) {
        for (const file of ['NOTICE', 'LICENSE-APACHE', 'LICENSE-MIT']) {
          assert.equal((await fetch(PAGE + folder + file)).status, 200, folder + file);
        }
      }
    });
  });

  describe('the one HTML file', () => {
    it('tells of damage in its data, and starts nothing', LIMIT, async () => {
      const whole = readFileSync(SINGLE, 'latin1');
      const begin = whole.indexOf('>', whole.indexOf('id="kashshaf-pack"')) + 1;
      const damages = {
        'cut off': whole.slice(0, begin + 1000) + whole.slice(whole.indexOf('<', begin)),
        // Digits all the same: what they unpack into is not what the policy names.
        'changed in a script': swappedAt(whole, begin + 500),
        'changed in the engine': swappedAt(whole, begin + 300_000),
      };
      for (const [what, text] of Object.entries(damages)) {
        const file = join(folder, 'damaged.html');
        writeFileSync(file, text, 'latin1');
        const tab = await newTab({ offline: true });
        try {
          await tab.goto(pathToFileURL(file).href);
          const frame = await tab.frame();
          const notice = await eventually(`the notice of a file ${what}`, () =>
            frame.evaluate(() => {
              const notice = document.getElementById('damaged');
              return notice?.checkVisibility() ? notice.textContent : null;
            }),
          );
          assert.match(notice, /تالف.*damaged/s);
          assert.equal(await frame.evaluate(() => customElements.get('kashshaf-explorer') === undefined), true);
          // The script before the engine is whole where the engine is not.
          assert.equal(await frame.evaluate(() => 'kashshafStart' in globalThis), what === 'changed in the engine');
        } finally {
          await tab.close();
        }
      }
    });

    it('finds the names that the served page finds where it carries the model, and says so where not', LIMIT, async () => {
      const addresses = [PAGE, pathToFileURL(SINGLE_WITH_NAMES).href, SINGLE_ADDRESS];
      /** @type {{ rows: unknown[], code: string | null }[]} */
      const found = [];
      for (const address of addresses) {
        await visit(address, async (tab) => {
          const frame = await tab.frame();
          await waitUntilReady(frame);
          const { rows } = await ask(frame, 'entities', {});
          const code = await frame.evaluate(
            () => /** @type {any} */ (document.querySelector('kashshaf-explorer')).engine.modelError?.code ?? null,
          );
          found.push({ rows, code });
        });
      }
      const [served, whole, without] = found;
      assert.equal(served.code, null);
      assert.deepEqual(whole, served);
      assert.equal(without.code, 'model-absent');
    });

    it('cannot fetch anything', LIMIT, async () => {
      const tab = await newTab();
      try {
        await tab.goto(SINGLE_ADDRESS);
        const frame = await tab.frame();
        await waitUntilReady(frame);
        assert.equal(await fetchIsRefused(frame, `${PAGE}index.html`), 'connect-src');
      } finally {
        await tab.close();
      }
    });
  });

  describe('the served page', () => {
    it('cannot fetch from another origin', LIMIT, async () => {
      const tab = await newTab();
      try {
        await tab.goto(PAGE);
        const frame = await tab.frame();
        await waitUntilReady(frame);
        assert.equal(await fetchIsRefused(frame, `${HOST}element.html`), 'connect-src');
      } finally {
        await tab.close();
      }
    });
  });

  describe('an embed on a page of another origin', () => {
    for (const page of ['element.html', 'strict.html']) {
      it(`runs as an element in ${page}`, LIMIT, () =>
        visit(HOST + page, async (tab) => {
          const frame = await tab.frame();
          await waitUntilReady(frame);
          const { totals } = await ask(frame, 'search', { query: BUNDLED_WORD });
          assert.ok(totals.hits > 0);
          const { results } = await search(frame, BUNDLED_WORD);
          assert.ok(results.length > 0);
          const hash = await frame.evaluate(() => location.hash);
          assert.equal(hash, '', "the host page's address is left alone");
        }));
    }

    it('runs in a sandboxed frame', LIMIT, () =>
      visit(`${HOST}frame.html`, async (tab) => {
        const frame = await tab.frame(`${PAGE}embed.html`);
        await waitUntilReady(frame);
        const { results } = await search(frame, BUNDLED_WORD);
        assert.ok(results.length > 0);
      }));

    it('keeps its engine when it is moved and ends it when it is removed', LIMIT, () =>
      visit(`${HOST}element.html`, async (tab) => {
        const frame = await tab.frame();
        await waitUntilReady(frame);
        const outcome = await frame.evaluate(async (/** @type {string} */ query) => {
          const element = /** @type {any} */ (document.querySelector('kashshaf-explorer'));
          document.body.prepend(element);
          await new Promise((resolve) => setTimeout(resolve, 50));
          const { totals } = await element.search({ query });
          element.remove();
          await new Promise((resolve) => setTimeout(resolve, 50));
          let code = null;
          try {
            await element.search({ query });
          } catch (error) {
            code = /** @type {any} */ (error).code;
          }
          return { hits: totals.hits, code };
        }, BUNDLED_WORD);
        assert.ok(outcome.hits > 0);
        assert.equal(outcome.code, 'engine-closed');
      }));
  });

  /** @param {Tab} tab */
  async function addedPageIsThere(tab) {
    const frame = await tab.frame();
    await eventually('the added page', async () => {
      const { pages } = await ask(frame, 'overview', {});
      return pages.some((/** @type {any} */ page) => page.name === 'حكاية.txt' && !page.bundled) && pages.length === 6;
    });
    await openView(frame, 'overview');
    const { results } = await search(frame, ADDED_WORD);
    assert.equal(results.length, 1);
    assert.ok((await search(frame, BUNDLED_WORD)).results.length > 0, 'the bundled pages are still there');
  }

  /** @param {Tab} tab */
  async function dropInPage(tab) {
    const frame = await tab.frame();
    await frame.evaluate((/** @type {string} */ text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'حكاية.txt', { type: 'text/plain' }));
      const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
      const target = root?.querySelector('[data-testid=view]');
      for (const type of ['dragenter', 'dragover', 'drop']) {
        target?.dispatchEvent(
          new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true, composed: true }),
        );
      }
    }, ADDED_TEXT);
  }
}

/** A text with each pair of neighbours swapped for a while. @param {string} text @param {number} from */
function swappedAt(text, from) {
  const end = from + 400;
  return text.slice(0, from) + text.slice(from, end).replace(/(.)(.)/gs, '$2$1') + text.slice(end);
}
