/**
 * The name workbench and the network: deciding, taking back, files, the picture and its table.
 *
 * @import { Frame } from './browsers.mjs'
 * @import { Session } from './session.mjs'
 */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { ask, eventually, waitUntilReady } from './explorer.mjs';
import { chooseFiles } from './intake.mjs';
import { LIMIT } from './session.mjs';
import { PAGE } from './settings.mjs';

/** One person in two spellings, too far apart to be joined unasked. */
const TWO = 'قال الوزير ميخائيل غورباتشوف إن الأمر واضح. وقال الوزير ميخائيل غورباتشيف ذلك أمس في موسكو.';

/** @param {Session} session */
export function names({ visit }) {
  describe('names', () => {
    it('joins two spellings by the keyboard, takes it back, and keeps both in a file', LIMIT, () =>
      visit(PAGE, async (tab) => {
        const frame = await tab.frame();
        await waitUntilReady(frame);
        await chooseFiles(frame, [{ name: 'two.txt', text: TWO }]);
        await eventually('the file in the ledger', async () => (await ask(frame, 'ledger', {})).totals.files > 0);
        await frame.evaluate(() => { location.hash = 'v=1&view=spellings&of=person&lang=en'; });
        const offers = () => count(frame, 'offers');
        const decisions = () => count(frame, 'decisions');
        const before = await eventually('an offer', async () => (await offers()) || null);
        await frame.evaluate(() => {
          const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
          const offer = [...(root?.querySelectorAll('[data-testid=offers] > li') ?? [])].find((item) => item.textContent?.includes('غورباتشيف'));
          /** @type {HTMLElement} */ (offer?.querySelector('[data-action=same]')).focus();
        });
        await tab.press('Enter');
        await eventually('the decision', async () => (await decisions()) === 1 && (await offers()) === before - 1);
        const text = await frame.evaluate(() => /** @type {any} */ (document.querySelector('kashshaf-explorer')).engine.decisionsFile());
        assert.match(text, /^kashshaf-names\t1\nsame\tperson\t\t/);
        const { rows } = await ask(frame, 'entities', { filter: 'غورباتشيف' });
        assert.equal(rows[0].mentions, 2);
        await click(frame, '[data-testid=decisions] button');
        await eventually('as before', async () => (await decisions()) === 0 && (await offers()) === before);
        const { rows: apart } = await ask(frame, 'entities', { filter: 'غورباتش' });
        assert.deepEqual(apart.map((/** @type {any} */ row) => row.mentions), [1, 1]);
      }));

    it('draws the network, tells the same in a table, and keeps the choice in the address', LIMIT, () =>
      visit(`${PAGE}#v=1&view=network&within=article&many=20&lang=ar`, async (tab) => {
        const frame = await tab.frame();
        await waitUntilReady(frame);
        const { nodes, edges } = await frame.evaluate(() => /** @type {any} */ (document.querySelector('kashshaf-explorer')).engine.network({ unit: 'article', limit: 20 }));
        const drawn = await eventually('the picture', () => picture(frame));
        assert.deepEqual(drawn, { nodes: nodes.length, lines: edges.length });
        const again = await frame.evaluate(place);
        await tab.reload();
        await eventually('the picture after a reload', async () => picture(await tab.frame()));
        assert.equal(await (await tab.frame()).evaluate(place), again, 'the same network gives the same picture');
        await (await tab.frame()).evaluate(() => {
          const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
          /** @type {HTMLElement} */ (root?.querySelector('[data-focus=as][data-value=table]')).click();
        });
        const rows = await eventually('the table', async () => (await (await tab.frame()).evaluate(() => {
          const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
          return root?.querySelectorAll('[data-testid=network-table] tbody tr').length ?? 0;
        })) || null);
        assert.equal(rows, edges.length);
        assert.match(await (await tab.frame()).evaluate(() => location.hash), /as=table/);
        for (const form of ['graphml', 'gexf']) {
          const text = await (await tab.frame()).evaluate((/** @type {string} */ form) =>
            /** @type {any} */ (document.querySelector('kashshaf-explorer')).engine.networkFile({ unit: 'article', limit: 20, form }), form);
          const parsed = await (await tab.frame()).evaluate((/** @type {string} */ text) => {
            const xml = new DOMParser().parseFromString(text, 'application/xml');
            return { bad: xml.querySelector('parsererror') !== null, nodes: xml.querySelectorAll('node').length, edges: xml.querySelectorAll('edge').length };
          }, text);
          assert.deepEqual(parsed, { bad: false, nodes: nodes.length, edges: edges.length }, form);
        }
      }));

    it('shows an entity with its outlets, its quotes and its times', LIMIT, () =>
      visit(PAGE, async (tab) => {
        const frame = await tab.frame();
        await waitUntilReady(frame);
        const { rows } = await ask(frame, 'entities', { type: 'person' });
        await frame.evaluate((/** @type {string} */ id) => { location.hash = `v=1&view=entity&id=${encodeURIComponent(id)}&lang=en`; }, rows[0].id);
        await eventually('quotes and times', () => frame.evaluate(() => {
          const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
          const outlets = root?.querySelectorAll('[data-testid=outlets] tbody tr').length ?? 0;
          return outlets > 1 && (root?.querySelectorAll('.said .quote').length ?? 0) > 0 && (root?.querySelectorAll('.entity .bars tr').length ?? 0) > 0;
        }));
      }));
  });
}

/** @param {Frame} frame @param {string} list @returns {Promise<number>} */
function count(frame, list) {
  return frame.evaluate((/** @type {string} */ list) => {
    const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
    return root?.querySelectorAll(`[data-testid=${list}] > li`).length ?? 0;
  }, list);
}

/** @param {Frame} frame @param {string} selector */
function click(frame, selector) {
  return frame.evaluate((/** @type {string} */ selector) => {
    const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
    /** @type {HTMLElement} */ (root?.querySelector(selector)).click();
  }, selector);
}

/** @param {Frame} frame @returns {Promise<{ nodes: number, lines: number } | null>} */
function picture(frame) {
  return frame.evaluate(() => {
    const svg = document.querySelector('kashshaf-explorer')?.shadowRoot?.querySelector('[data-testid=network-picture]');
    return svg ? { nodes: svg.querySelectorAll('a').length, lines: svg.querySelectorAll('line').length } : null;
  });
}

/** Where the names stand. */
function place() {
  const svg = document.querySelector('kashshaf-explorer')?.shadowRoot?.querySelector('[data-testid=network-picture]');
  return [...(svg?.querySelectorAll('.net-target') ?? [])].map((spot) => `${spot.getAttribute('cx')} ${spot.getAttribute('cy')}`).join(' ');
}
