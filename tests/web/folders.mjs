/**
 * Folders dropped from outside, which only Chromium can be made to do.
 *
 * @import { Session } from './session.mjs'
 */

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';

import { ask, eventually, waitUntilReady } from './explorer.mjs';
import { LIMIT, PAGES } from './session.mjs';

/** @param {Session} session */
export function folders({ visit }) {
  /** @type {string} */
  let parent;
  /** @type {string} */
  let folder;
  before(() => {
    parent = mkdtempSync(join(tmpdir(), 'kashshaf-folder-'));
    folder = join(parent, 'أرشيف');
    mkdirSync(join(folder, 'قديم'), { recursive: true });
    writeFileSync(join(folder, 'أول.txt'), 'نبت القرنفل في حديقة البيت القديم.');
    writeFileSync(join(folder, 'ثان.txt'), 'كتب الأستاذ مقالة عن الزعفران.');
    writeFileSync(join(folder, 'قديم', 'ثالث.txt'), 'زار الضيف متحف القرنفل.');
    writeFileSync(join(folder, '.DS_Store'), 'litter');
  });
  after(() => rmSync(parent, { recursive: true, force: true }));

  for (const [name, address] of PAGES) {
    it(`are read with all their folders by ${name}`, LIMIT, () =>
      visit(address, async (tab) => {
        const frame = await tab.frame();
        await waitUntilReady(frame);
        await /** @type {NonNullable<typeof tab.drop>} */ (tab.drop)([folder]);
        const pages = await eventually('the pages of the folder', async () => {
          const { pages } = await ask(frame, 'overview', {});
          return pages.length === 8 && pages;
        });
        assert.deepEqual(
          pages.filter((/** @type {any} */ page) => !page.bundled).map((/** @type {any} */ page) => page.name),
          ['أرشيف/أول.txt', 'أرشيف/ثان.txt', 'أرشيف/قديم/ثالث.txt'],
        );
        const { totals } = await ask(frame, 'search', { query: 'القرنفل' });
        assert.equal(totals.documents, 2);
      }));
  }
}
