/**
 * The search panel: completions by keys, narrowing, order, ways on where
 * nothing is found, similar documents, and exports of all that was found.
 *
 * @import { Frame, Tab } from './browsers.mjs'
 * @import { Session } from './session.mjs'
 */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { ask, eventually, search, waitUntilReady } from './explorer.mjs';
import { chooseFiles } from './intake.mjs';
import { LIMIT } from './session.mjs';
import { PAGE } from './settings.mjs';

const WORD = 'بوتين';
const SEARCH = `#v=1&view=search&q=${encodeURIComponent(WORD)}`;

/** @param {Session} session */
export function results({ visit }) {
  describe('suggestions', () => {
    it('are chosen by keys as a combobox does', LIMIT, () =>
      visit(PAGE, async (tab) => {
        const frame = await tab.frame();
        await waitUntilReady(frame);
        await tab.press('/');
        await tab.type('بوت');
        const shown = await eventually('suggestions', () => options(frame));
        assert.ok(shown.options.includes(WORD), shown.options.join(' | '));
        assert.deepEqual([shown.role, shown.expanded, shown.active], ['combobox', 'true', null]);
        await tab.press('ArrowDown');
        const moved = await options(frame);
        assert.ok(moved?.active && moved.selected === 1);
        await tab.press('Escape');
        assert.equal(await options(frame), null);
        await tab.press('ArrowDown');
        await eventually('the list again', () => options(frame));
        await tab.press('ArrowDown');
        await tab.press('Enter');
        const totals = await eventually('results', () => textOf(frame, '[data-testid=totals]'));
        assert.ok(totals.includes(WORD), totals);
        assert.equal(await options(frame), null);
      }));

    it('stay away from a query that is empty', LIMIT, () =>
      visit(PAGE, async (tab) => {
        const frame = await tab.frame();
        await waitUntilReady(frame);
        await tab.press('/');
        await tab.press('ArrowDown');
        assert.equal(await options(frame), null);
      }));
  });

  it('is narrowed by a facet, whose count is what it leaves, and goes back', LIMIT, () =>
    visit(PAGE + SEARCH, async (tab) => {
      const frame = await tab.frame();
      await waitUntilReady(frame);
      const facet = await eventually('facets', () => frame.evaluate(() => {
        const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
        const group = root?.querySelector('[data-facet=outlet]');
        const input = /** @type {HTMLInputElement | null | undefined} */ (group?.querySelector('input'));
        const count = group?.querySelector('.facet-count')?.textContent;
        input?.click();
        return count ?? null;
      }));
      const chips = await eventually('the choice', () => textOf(frame, '[data-testid=filters]'));
      assert.ok(chips.length > 3);
      const hash = await frame.evaluate(() => decodeURIComponent(location.hash));
      const outlet = /in-outlet=([^&]*)/.exec(hash)?.[1].replaceAll('+', ' ') ?? '';
      const { totals, hits } = await ask(frame, 'search', { query: WORD, outlets: [outlet] });
      assert.equal(String(totals.documents), facet);
      const shown = await eventually('narrowed results', () => count(frame, '[data-testid=results] > li', hits.length));
      assert.equal(shown, totals.documents);
      await tab.reload();
      await eventually('the same after a reload', () => count(frame, '[data-testid=results] > li', hits.length));
      await frame.evaluate(() => {
        const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
        /** @type {HTMLElement} */ (root?.querySelector('[data-testid=filters] button')).click();
      });
      await eventually('all of them', () => frame.evaluate(() => !location.hash.includes('in-outlet')));
    }));

  it('is put in the order asked for, in its address', LIMIT, () =>
    visit(`${PAGE}${SEARCH}&order=newest`, async (tab) => {
      const frame = await tab.frame();
      await waitUntilReady(frame);
      const expected = (await ask(frame, 'search', { query: WORD, sort: 'newest' })).hits.map((/** @type {any} */ hit) => hit.document);
      const shown = await frame.evaluate(() => {
        const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
        return [...(root?.querySelectorAll('[data-testid=results] [data-document]') ?? [])].map((node) => node.getAttribute('data-document'));
      });
      assert.deepEqual(shown, expected);
    }));

  it('counts the other lenses and scopes behind the answer, and nothing moves', LIMIT, () =>
    visit(PAGE, async (tab) => {
      const frame = await tab.frame();
      await waitUntilReady(frame);
      // The second reply is held back, so that the page is seen without it.
      await frame.evaluate(() => {
        const { engine } = /** @type {any} */ (document.querySelector('kashshaf-explorer'));
        const { around } = engine;
        engine.around = async (/** @type {any[]} */ ...asked) => {
          await new Promise((resolve) => { engine.letGo = resolve; });
          return around.apply(engine, asked);
        };
      });
      await search(frame, WORD);
      await eventually('results', () => count(frame, '[data-testid=results] > li', null));
      const { lens, scope, totals } = await ask(frame, 'search', { query: WORD });
      const before = await choices(frame);
      assert.ok(before.counts.length > 6, before.counts.join());
      const own = [lens, scope].map((name) => `${name} ${totals.hits} / ${totals.documents}`);
      assert.deepEqual(before.counts.filter((text) => /\d/.test(text)), own);
      await frame.evaluate(() => /** @type {any} */ (document.querySelector('kashshaf-explorer')).engine.letGo());
      const after = await eventually('all counts', async () => {
        const now = await choices(frame);
        return now.counts.every((text) => /\d/.test(text)) ? now : null;
      });
      const { byLens, byScope } = await frame.evaluate((/** @type {string} */ query) => {
        const { engine } = /** @type {any} */ (document.querySelector('kashshaf-explorer'));
        delete engine.around;
        return engine.around({ query });
      }, WORD);
      const expected = [...byLens, ...byScope].map(([name, { hits, documents }]) => `${name} ${hits} / ${documents}`);
      assert.deepEqual(after.counts, expected);
      assert.deepEqual(after.top, before.top);
    }));

  it('offers ways on where nothing is found, and each leads to what it says', LIMIT, () =>
    visit(PAGE, async (tab) => {
      const frame = await tab.frame();
      await waitUntilReady(frame);
      await search(frame, `${WORD} قرنفل`);
      const ways = await eventually('ways', () => textOf(frame, '[data-testid=ways]'));
      assert.ok(ways.includes(WORD), ways);
      await frame.evaluate(() => {
        const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
        /** @type {HTMLElement} */ (root?.querySelector('[data-testid=ways] a')).click();
      });
      await eventually('results', () => count(frame, '[data-testid=results] > li', null));
    }));

  it('exports all that was found and not only what is shown', LIMIT, () =>
    visit(PAGE + SEARCH, async (tab) => {
      const frame = await tab.frame();
      await waitUntilReady(frame);
      const { totals } = await ask(frame, 'search', { query: WORD });
      for (const [format, mark, expected] of /** @type {const} */ ([
        ['csv', '\r\n', totals.hits + 1], ['jsonl', '\n', totals.hits], ['ris', 'ER  - ', totals.documents], ['bibtex', '\n}\n', totals.documents],
      ])) {
        const text = await frame.evaluate(async (/** @type {string} */ format) => {
          const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
          const { createObjectURL } = URL;
          try {
            return await new Promise((resolve) => {
              URL.createObjectURL = (file) => {
                void /** @type {Blob} */ (file).arrayBuffer().then((bytes) => resolve(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)));
                return createObjectURL(file);
              };
              /** @type {HTMLElement} */ (root?.querySelector(`[data-format=${format}]`)).click();
            });
          } finally {
            URL.createObjectURL = createObjectURL;
          }
        }, format);
        assert.equal(text.split(mark).length - 1, expected, format);
        assert.equal(text.startsWith('\uFEFF'), format === 'csv');
      }
    }));

  it('opens an article where it was published, and here as well', LIMIT, () =>
    visit(PAGE, async (tab) => {
      const frame = await tab.frame();
      await waitUntilReady(frame);
      const rows = [
        { title: 'زهرة القرنفل', body: 'نبت القرنفل في حديقة البيت القديم قبل أن يأتي الربيع.', url: 'https://example.org/1' },
        { title: 'قرنفل آخر', body: 'وكان القرنفل الثاني عند باب الدار ينتظر من يسقيه كل صباح.', url: 'javascript:alert(1)' },
      ];
      await tab.goto(`${PAGE}#v=1&view=files`);
      await chooseFiles(frame, [{ name: 'أخبار.jsonl', text: rows.map((row) => JSON.stringify(row)).join('\n') }]);
      await eventually('the articles', async () => (await ask(frame, 'search', { query: 'قرنفل' })).totals.documents === 2);
      await search(frame, 'قرنفل');
      const links = await frame.evaluate(() => {
        const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
        const results = [...(root?.querySelectorAll('[data-testid=results] > li') ?? [])];
        return results.map((result) => [result.querySelector('h3 a')?.getAttribute('href'), result.querySelector('[data-testid=read-here]') !== null]);
      });
      const outside = links.filter(([href]) => href === 'https://example.org/1');
      assert.deepEqual(outside.map(([, here]) => here), [true]);
      assert.ok(links.every(([href]) => href === 'https://example.org/1' || String(href).startsWith('#v=1&view=reader')), JSON.stringify(links));
    }));

  it('marks a part of a word without breaking its joining', LIMIT, () =>
    visit(PAGE + SEARCH, async (tab) => {
      const frame = await tab.frame();
      await waitUntilReady(frame);
      const widths = await frame.evaluate(() => {
        const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
        const snippet = /** @type {HTMLElement} */ (root?.querySelector('.snippet'));
        /** @param {string[]} pieces the second is marked */
        const width = ([before, hit, after]) => {
          const span = document.createElement('span');
          const mark = document.createElement('mark');
          mark.textContent = hit;
          span.append(before, mark, after);
          snippet.append(span);
          const { width } = span.getBoundingClientRect();
          span.replaceChildren(before + hit + after);
          const whole = span.getBoundingClientRect().width;
          span.remove();
          return [width, whole];
        };
        return [width(['وكـ', 'يم', '']), width(['', 'و', 'كيم']), width(['للر', 'ئي', 'س'])];
      });
      for (const [marked, whole] of widths) assert.ok(Math.abs(marked - whole) < 0.5, `${marked} for ${whole}`);
    }));
}

/** The list of suggestions while it is open. @param {Frame} frame */
function options(frame) {
  return frame.evaluate(() => {
    const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
    const input = root?.querySelector('[data-testid=query]');
    const list = /** @type {HTMLElement | null | undefined} */ (root?.querySelector('[data-testid=suggestions]'));
    if (!list || list.hidden || list.children.length === 0) return null;
    const rows = [...list.querySelectorAll('[role=option]')];
    return {
      options: rows.map((row) => row.querySelector('bdi')?.textContent ?? ''),
      role: input?.getAttribute('role') ?? null,
      expanded: input?.getAttribute('aria-expanded') ?? null,
      active: input?.getAttribute('aria-activedescendant') ?? null,
      selected: rows.filter((row) => row.getAttribute('aria-selected') === 'true').length,
    };
  });
}

/** How many elements there are once they are as many as expected, or any. @param {Frame} frame @param {string} selector @param {number | null} expected */
function count(frame, selector, expected) {
  return frame.evaluate((/** @type {{ selector: string, expected: number | null }} */ { selector, expected }) => {
    const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
    const found = root?.querySelectorAll(selector).length ?? 0;
    if (root?.querySelector('[data-testid=view]')?.hasAttribute('aria-busy')) return null;
    return found > 0 && (expected === null || found === expected) ? found : null;
  }, { selector, expected });
}

/** Text of a visible element of the explorer. @param {Frame} frame @param {string} selector */
function textOf(frame, selector) {
  return frame.evaluate((/** @type {string} */ selector) => {
    const element = document.querySelector('kashshaf-explorer')?.shadowRoot?.querySelector(selector);
    return element?.checkVisibility() ? element.textContent : null;
  }, selector);
}

/** What the lenses and scopes show, and where the results begin. @param {Frame} frame @returns {Promise<{ counts: string[], top: number | undefined }>} */
const choices = (frame) =>
  frame.evaluate(() => {
    const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
    const inputs = /** @type {HTMLInputElement[]} */ ([...(root?.querySelectorAll('.ladder input, .scopes input') ?? [])]);
    return {
      counts: inputs.map((input) => `${input.value} ${input.parentElement?.querySelector('.counts')?.textContent?.trim() ?? ''}`),
      top: root?.querySelector('[data-testid=results]')?.getBoundingClientRect().top,
    };
  });
