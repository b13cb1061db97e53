/**
 * Quotes and the timeline: what is shown, narrowed by a click, kept in the address.
 *
 * @import { Frame } from './browsers.mjs'
 * @import { Session } from './session.mjs'
 */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { ask, eventually, waitUntilReady } from './explorer.mjs';
import { LIMIT } from './session.mjs';
import { PAGE } from './settings.mjs';

/** @param {Session} session */
export function annotations({ visit }) {
  describe('quotes and dates', () => {
    it('shows the quotes of a speaker that was clicked, and again after a reload', LIMIT, () =>
      visit(`${PAGE}#v=1&view=quotes&lang=ar`, async (tab) => {
        const frame = await tab.frame();
        await waitUntilReady(frame);
        const { speakers } = await ask(frame, 'quotes', { kind: 'speech' });
        const speaker = speakers[0];
        await eventually('the quotes', async () => (await quotes(frame)).length > 0);
        await tab.goto(`${PAGE}#v=1&view=quotes&speaker=${encodeURIComponent(speaker.id)}&lang=ar`);
        const shown = await eventually('the quotes of the speaker', async () => {
          const found = await quotes(frame);
          return found.length > 0 && found.every((text) => text.includes(speaker.name)) ? found : null;
        });
        assert.ok(shown.length <= speaker.quotes);
        await tab.reload();
        const after = await eventually('the same after a reload', async () => {
          const found = await quotes(await tab.frame());
          return found.length > 0 ? found : null;
        });
        assert.deepEqual(after, shown);
      }));

    it('narrows the dates to a bar of the timeline', LIMIT, () =>
      visit(`${PAGE}#v=1&view=timeline&lang=en`, async (tab) => {
        const frame = await tab.frame();
        await waitUntilReady(frame);
        const { mentioned } = await ask(frame, 'dates', {});
        const before = await eventually('the dates', async () => (await rows(frame)) || null);
        await frame.evaluate(() => {
          const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
          /** @type {HTMLElement} */ (root?.querySelector('[data-testid=series-mentioned] a')).click();
        });
        const after = await eventually('fewer dates', async () => {
          const now = await rows(frame);
          return now > 0 && now < before ? now : null;
        });
        assert.ok(after >= mentioned[0].count);
        assert.match(await frame.evaluate(() => location.hash), /from=\d{4}-\d{2}-\d{2}&to=\d{4}-\d{2}-\d{2}/);
      }));
  });
}

/** @param {Frame} frame @returns {Promise<string[]>} */
function quotes(frame) {
  return frame.evaluate(() => {
    const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
    return [...(root?.querySelectorAll('[data-testid=quotes] > li') ?? [])].map((item) => item.textContent ?? '');
  });
}

/** @param {Frame} frame @returns {Promise<number>} */
function rows(frame) {
  return frame.evaluate(() => {
    const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
    return root?.querySelectorAll('[data-testid=dates] tbody tr').length ?? 0;
  });
}
