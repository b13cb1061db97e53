/**
 * A corpus that is kept: as a file that is opened again, in the browser until
 * it is forgotten, and as the index that a site serves.
 *
 * @import { Frame } from './browsers.mjs'
 * @import { Session } from './session.mjs'
 */

import assert from 'node:assert/strict';
import { it } from 'node:test';

import { ask, eventually, openView, waitUntilReady } from './explorer.mjs';
import { chooseFiles, importEnds, ledger } from './intake.mjs';
import { LIMIT, PAGES } from './session.mjs';

const BUNDLED = 5;
const FILES = '#v=1&view=files';
const OWN = [
  { name: 'قرنفل.txt', text: 'نبت القرنفل في حديقة البيت القديم، وكتب الأستاذ عنه.' },
  { name: 'فارغ.txt', text: '' },
];

/** @param {Session} session */
export function keeping({ visit }) {
  for (const [name, address] of PAGES) {
    it(`saves the corpus as a file that ${name} opens again`, LIMIT, async () => {
      /** @type {number[]} */
      let bytes = [];
      /** @type {any} */
      let before;
      /** @type {any} */
      let names;
      await visit(address + FILES, async (tab) => {
        const frame = await tab.frame();
        await waitUntilReady(frame);
        await chooseFiles(frame, OWN);
        await importEnds(frame);
        before = await ask(frame, 'search', { query: 'القرنفل' });
        names = await ask(frame, 'entities', {});
        bytes = await frame.evaluate(async () => {
          const element = /** @type {any} */ (document.querySelector('kashshaf-explorer'));
          return Array.from(new Uint8Array(await element.saveIndex()));
        });
        await press(frame, 'save-index');
        await eventually('a word that it was saved', async () => /[٠-٩0-9]/.test(await state(frame)));
      });
      await visit(address + FILES, async (tab) => {
        const frame = await tab.frame();
        await waitUntilReady(frame);
        const broken = [...bytes.slice(0, 100), bytes[100] ^ 1, ...bytes.slice(101)];
        await chooseFiles(frame, [{ name: 'تالف.kashshaf', bytes: broken }, { name: 'متن.kashshaf', bytes }]);
        await importEnds(frame);
        assert.deepEqual((await ledger(frame)).map(({ path, status, reason }) => [path, status, reason]), [
          ['تالف.kashshaf', 'failed', 'index-damaged'],
          ['متن.kashshaf', 'split', null],
          ['متن.kashshaf/قرنفل.txt', 'read', null],
          ['متن.kashshaf/فارغ.txt', 'failed', 'empty-file'],
        ]);
        assert.equal((await ask(frame, 'overview', {})).totals.pages, BUNDLED + 1, 'the bundled pages count once');
        const after = await ask(frame, 'search', { query: 'القرنفل' });
        assert.deepEqual([after.totals, after.hits], [before.totals, before.hits]);
        assert.deepEqual(await ask(frame, 'entities', {}), names);
      });
    });

    it(`keeps the corpus in the browser when it is asked to, and forgets it, in ${name}`, LIMIT, () =>
      visit(address + FILES, async (tab) => {
        let frame = await tab.frame();
        await waitUntilReady(frame);
        await eventually('word that nothing is kept', async () => (await state(frame)) !== '');
        assert.equal(await isKept(frame), false);
        await chooseFiles(frame, OWN);
        await importEnds(frame);
        await openView(frame, 'overview');
        await openView(frame, 'files');
        await press(frame, 'keep-index');
        await eventually('the corpus to be kept', () => isKept(frame));

        await tab.reload();
        frame = await tab.frame();
        await waitUntilReady(frame);
        await eventually('what was kept to be there', async () => (await ask(frame, 'search', { query: 'القرنفل' })).totals.hits === 1);
        await importEnds(frame);
        await eventually('the way to forget it', () => isKept(frame));
        await press(frame, 'forget');
        await eventually('it to be forgotten', async () => !(await isKept(frame)));
        // The way to forget it may be out of sight for a moment while the page is drawn anew.
        await eventually('nothing to be left', () => frame.evaluate(async () => (await indexedDB.databases()).length === 0));

        await tab.reload();
        frame = await tab.frame();
        await waitUntilReady(frame);
        await eventually('word that nothing is kept', async () => (await state(frame)) !== '');
        assert.equal((await ask(frame, 'overview', {})).totals.pages, BUNDLED);
      }));
  }
}

/** @param {Frame} frame @returns {Promise<string>} What the panel says. */
const state = (frame) =>
  frame.evaluate(() => document.querySelector('kashshaf-explorer')?.shadowRoot?.querySelector('[data-testid=keep-state]')?.textContent ?? '');

/** @param {Frame} frame @returns {Promise<boolean>} */
const isKept = (frame) =>
  frame.evaluate(() => {
    const button = document.querySelector('kashshaf-explorer')?.shadowRoot?.querySelector('[data-focus=forget]');
    return button instanceof HTMLElement && !button.hidden;
  });

/** @param {Frame} frame @param {string} focus */
const press = (frame, focus) =>
  frame.evaluate((/** @type {string} */ focus) => {
    const button = document.querySelector('kashshaf-explorer')?.shadowRoot?.querySelector(`[data-focus=${focus}]`);
    /** @type {HTMLButtonElement} */ (button).click();
  }, focus);
