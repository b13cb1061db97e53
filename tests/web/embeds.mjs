/**
 * More of the embed, and pages that cannot run it.
 *
 * @import { Session } from './session.mjs'
 */

import assert from 'node:assert/strict';
import { it } from 'node:test';

import { eventually } from './explorer.mjs';
import { LIMIT, PAGES } from './session.mjs';
import { HOST } from './settings.mjs';

/** @param {Session} session */
export function embeds({ newTab, visit }) {
  it('stand twice on one page, each with its own corpus', LIMIT, () =>
    visit(`${HOST}two.html`, async (tab) => {
      const frame = await tab.frame();
      const found = await eventually('both to be ready', () =>
        frame.evaluate(async () => {
          const elements = /** @type {any[]} */ ([...document.querySelectorAll('kashshaf-explorer')]);
          if (!elements.every((element) => element.dataset.state === 'ready')) return null;
          const [one, two] = elements;
          const bytes = new TextEncoder().encode('نبت القرنفل في الحديقة.');
          await two.addFiles([new File([bytes], 'زهرة.txt')]);
          const hits = async (/** @type {any} */ element) => (await element.search({ query: 'القرنفل' })).totals.hits;
          const directions = elements.map((element) => element.shadowRoot.querySelector('.kashshaf').dir);
          return { hits: [await hits(one), await hits(two)], directions };
        }),
      );
      assert.deepEqual(found, { hits: [0, 1], directions: ['rtl', 'ltr'] });
    }));

  const texts = /** @type {const} */ ([
    ...PAGES.map(([name, address]) => /** @type {const} */ ([name, address, /يحتاج كشّاف إلى JavaScript/])),
    ['a page that embeds the element', `${HOST}element.html`, /مستكشف المدوّنات العربية/],
  ]);
  for (const [name, address, expected] of texts) {
    it(`leave ${name} its own text where scripts are off`, LIMIT, async () => {
      const tab = await newTab({ scripts: false });
      try {
        await tab.goto(address);
        const frame = await tab.frame();
        assert.match(await frame.evaluate(() => document.body.innerText), expected);
        assert.deepEqual(tab.messages, []);
      } finally {
        await tab.close();
      }
    });
  }
}
