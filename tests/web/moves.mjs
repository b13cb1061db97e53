/**
 * Moving about: addresses, good and bad, the keyboard, the language, and an
 * engine that falls while the reader is there.
 *
 * @import { Frame } from './browsers.mjs'
 * @import { Session } from './session.mjs'
 */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { ask, eventually, search, waitUntilReady } from './explorer.mjs';
import { LIMIT, PAGES, SINGLE_ADDRESS } from './session.mjs';
import { PAGE } from './settings.mjs';

const WORD = 'بوتين';
const SEARCH = `#v=1&view=search&q=${encodeURIComponent(WORD)}`;

/** @param {Session} session */
export function moves({ visit }) {
  describe('an address that cannot be followed', () => {
    const cases = [
      ['broken percent-encoding', '#v=1&view=search&q=%D8%A8%D', null],
      ['a piece that is no pair', '#%E0%A4%A', 'notice'],
      ['an unknown view', '#v=1&view=nowhere', 'notice'],
      ['an unknown version', '#v=9', 'notice'],
      ['an unknown key', '#v=1&colour=green', 'notice'],
      ['an unknown lens', `${SEARCH}&lens=sharp`, 'notice'],
      ['a reader without a page', '#v=1&view=reader', 'notice'],
      ['an unknown page', '#v=1&view=reader&id=0000000000000000', 'unknown-document'],
      ['an unknown article', '#v=1&view=reader&id=0000000000000000.7', 'unknown-document'],
      ['an unknown name', '#v=1&view=entity&id=nobody', 'unknown-entity'],
      ['another corpus', '#v=1&view=overview&c=0000000000000000', 'notice'],
    ];
    for (const [name, address] of PAGES) {
      it(`is told about by ${name}, which is never blank`, LIMIT, () =>
        visit(address, async (tab) => {
          const frame = await tab.frame();
          await waitUntilReady(frame);
          for (const [what, hash, expected] of cases) {
            await tab.goto('about:blank');
            await tab.goto(address + hash);
            const shown = await eventually(`something to be shown for ${what}`, () => shownFor(frame, expected));
            assert.ok(shown.text.length > 20, `${what}: the page says «${shown.text}»`);
          }
        }));
    }
  });

  it('shows the same hits after a reload', LIMIT, () =>
    visit(PAGE + SEARCH, async (tab) => {
      const frame = await tab.frame();
      await waitUntilReady(frame);
      const { hits } = await ask(frame, 'search', { query: WORD });
      await tab.goto(`${PAGE}#v=1&view=reader&id=${hits[0].document}&q=${encodeURIComponent(WORD)}&hit=2`);
      const before = await eventually('hits in the reader', () => hitsInReader(frame));
      assert.ok(before.marks > 1);
      await tab.reload();
      assert.deepEqual(await eventually('hits after the reload', () => hitsInReader(frame)), before);
    }));

  it('offers Arabic names for a Latin word and takes one with a click', LIMIT, () =>
    visit(PAGE, async (tab) => {
      const frame = await tab.frame();
      await waitUntilReady(frame);
      const { totals } = await search(frame, 'Putin');
      assert.ok(totals.includes('Putin'));
      const offers = await frame.evaluate(() => {
        const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
        const links = /** @type {NodeListOf<HTMLElement>} */ (root?.querySelectorAll('[data-testid=name-offers] a'));
        const texts = Array.from(links, (link) => link.textContent ?? '');
        links[0]?.click();
        return texts;
      });
      assert.ok(offers[0]?.includes('Putin') && offers[0].includes(WORD), offers.join(' | '));
      const taken = await eventually('the name that was taken', () => textOf(frame, '[data-testid=totals]')
        .then((text) => (text?.includes(WORD) ? text : null)));
      const { totals: { hits } } = await ask(frame, 'search', { query: WORD });
      assert.ok(hits > 0 && taken.length > 0);
    }));

  it('changes language and direction', LIMIT, () =>
    visit(PAGE + SEARCH, async (tab) => {
      const frame = await tab.frame();
      await waitUntilReady(frame);
      assert.deepEqual(await direction(frame), ['ar', 'rtl', 'ar', 'rtl']);
      for (const expected of [['en', 'ltr', 'en', 'ltr'], ['ar', 'rtl', 'ar', 'rtl']]) {
        await frame.evaluate(() => {
          const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
          /** @type {HTMLElement} */ (root?.querySelector('a.language')).click();
        });
        assert.deepEqual(await direction(frame), expected);
        const totals = await eventually('totals in the other language', () => textOf(frame, '[data-testid=totals]'));
        assert.ok(totals.includes(WORD));
      }
    }));

  it('is reached by keys alone', LIMIT, () =>
    visit(PAGE, async (tab) => {
      const frame = await tab.frame();
      await waitUntilReady(frame);
      await tab.press('/');
      assert.equal(await focused(frame), 'query');
      await tab.type(WORD);
      await tab.press('Enter');
      await eventually('results', () => textOf(frame, '[data-testid=totals]'));
      await frame.evaluate(() => {
        const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
        /** @type {HTMLElement} */ (root?.activeElement)?.blur();
      });
      await tab.press('j');
      const first = await focused(frame);
      await tab.press('ArrowDown');
      const second = await focused(frame);
      assert.notEqual(second, first);
      await tab.press('ArrowUp');
      assert.equal(await focused(frame), first);
      await tab.press('Enter');
      const before = await eventually('hits in the reader', () => hitsInReader(frame));
      await tab.press(']');
      const one = await eventually('a hit to be chosen', async () => {
        const now = await hitsInReader(frame);
        return now && now.current !== before.current ? now : null;
      });
      await tab.press(']');
      const two = await hitsInReader(frame);
      assert.notEqual(two.current, one.current);
      await tab.press('[');
      assert.deepEqual(await hitsInReader(frame), one);
    }));

  for (const [name, address] of PAGES) {
    it(`tells the reader in ${name} when the engine fell and was started again`, LIMIT, () =>
      visit(
        // A view that asks for no names: the only worker is the engine's.
        address + SEARCH,
        async (tab) => {
          const frame = await tab.frame();
          await waitUntilReady(frame);
          // A message that no page sends brings the worker down.
          await frame.evaluate(() => {
            const [worker] = /** @type {any} */ (globalThis).workers;
            worker.postMessage({ kind: 'add', id: -1, items: [null], refresh: false });
          });
          await eventually('the notice', () => textOf(frame, '.notices .note'));
          assert.equal(await frame.evaluate(() => /** @type {any} */ (globalThis).workers.length), 2);
          const { pages } = await ask(frame, 'overview', {});
          assert.equal(pages.length, 5);
          assert.ok((await search(frame, WORD)).results.length > 0);
        },
        {
          first: () => {
            const { Worker } = globalThis;
            /** @type {Worker[]} */
            const workers = [];
            Object.assign(globalThis, {
              workers,
              Worker: class extends Worker {
                constructor(/** @type {string} */ address) {
                  super(address);
                  workers.push(this);
                }
              },
            });
          },
        },
      ));
  }

  it('opens a search from disk by its address', LIMIT, () =>
    visit(SINGLE_ADDRESS + SEARCH, async (tab) => {
      const frame = await tab.frame();
      await waitUntilReady(frame);
      assert.ok((await textOf(frame, '[data-testid=totals]'))?.includes(WORD));
    }));
}

/**
 * What stands in the view once the notice or error that is expected stands there.
 * @param {Frame} frame
 * @param {string | null} expected
 */
function shownFor(frame, expected) {
  return frame.evaluate((/** @type {string | null} */ expected) => {
    const element = document.querySelector('kashshaf-explorer');
    const root = element?.shadowRoot;
    const view = root?.querySelector('[data-testid=view]');
    if (element?.getAttribute('data-state') !== 'ready' || view?.hasAttribute('aria-busy')) return null;
    if (expected === 'notice' && !root?.querySelector('.notices .note')?.checkVisibility()) return null;
    if (expected?.startsWith('unknown-') && !view?.querySelector(`[data-error=${expected}]`)) return null;
    return { text: /** @type {HTMLElement} */ (view).innerText.trim() };
  }, expected);
}

/** @param {Frame} frame */
function hitsInReader(frame) {
  return frame.evaluate(() => {
    const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
    const view = root?.querySelector('[data-testid=view]');
    const count = root?.querySelector('[data-testid=hit-count]');
    const marks = [...(root?.querySelectorAll('.page-text mark') ?? [])];
    if (view?.getAttribute('data-view') !== 'reader' || !count?.textContent || marks.length === 0) return null;
    return {
      count: count.textContent,
      marks: marks.length,
      current: marks.findIndex((mark) => mark.classList.contains('current')),
      text: marks.map((mark) => mark.textContent).join(' '),
    };
  });
}

/** @param {Frame} frame */
function direction(frame) {
  return frame.evaluate(() => {
    const { lang, dir } = document.documentElement;
    const frame = /** @type {HTMLElement} */ (document.querySelector('kashshaf-explorer')?.shadowRoot?.querySelector('.kashshaf'));
    return [lang, dir, frame.lang, frame.dir];
  });
}

/** Something that tells the focused element from others. @param {Frame} frame */
function focused(frame) {
  return frame.evaluate(() => {
    const element = /** @type {HTMLElement | null | undefined} */ (document.querySelector('kashshaf-explorer')?.shadowRoot?.activeElement);
    return element?.dataset.testid ?? element?.getAttribute('href') ?? element?.tagName ?? null;
  });
}

/** Text of a visible element of the explorer. @param {Frame} frame @param {string} selector */
function textOf(frame, selector) {
  return frame.evaluate((/** @type {string} */ selector) => {
    const element = document.querySelector('kashshaf-explorer')?.shadowRoot?.querySelector(selector);
    return element?.checkVisibility() ? element.textContent : null;
  }, selector);
}
