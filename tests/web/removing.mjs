/**
 * Pages that a reader takes out of the corpus: one of them, a file's, an archive's; and the way back.
 *
 * @import { Frame } from './browsers.mjs'
 * @import { Session } from './session.mjs'
 */

import assert from 'node:assert/strict';
import { it } from 'node:test';

import { ask, eventually, openView, waitUntilReady } from './explorer.mjs';
import { press, textOf } from './imports.mjs';
import { chooseFiles, importEnds, ledger, utf8, zipOf } from './intake.mjs';
import { LIMIT, PAGES } from './session.mjs';

const BUNDLED = 5;
const FILES = '#v=1&view=files';
const text = (/** @type {string} */ what) => `نبت ${what} في حديقة البيت القديم، وكتب الأستاذ عنه مقالة طويلة.`;
const OWN = [
  { name: 'قرنفل.txt', text: text('القرنفل') },
  { name: 'ورد.zip', bytes: zipOf([{ name: 'أ.txt', bytes: utf8(text('الورد')) }, { name: 'ب.txt', bytes: utf8(text('الياسمين')) }]) },
];

/** @param {Session} session */
export function removing({ visit }) {
  for (const [name, address] of PAGES) {
    it(`takes out the pages of a file and of an archive, and brings them back, in ${name}`, LIMIT, () =>
      visit(address + FILES, async (tab) => {
        const frame = await tab.frame();
        await waitUntilReady(frame);
        await chooseFiles(frame, OWN);
        await importEnds(frame);
        const fingerprint = async () => (await ask(frame, 'overview', {})).fingerprint;
        const whole = await fingerprint();
        assert.equal(await hits(frame, 'القرنفل'), 1);

        // Whoever is asked may leave it in, which has the focus.
        await press(frame, '[data-focus="take-out-1-0"]');
        assert.match(await eventually('the question', () => textOf(frame, '[data-testid=take-out]')), /قرنفل/);
        assert.equal(await focused(frame), 'keep');
        await press(frame, '[data-testid=take-out] [value=keep]');
        assert.equal(await hits(frame, 'القرنفل'), 1);

        await takeOut(frame, '1-0');
        await takeOut(frame, '2-0');
        assert.deepEqual([await hits(frame, 'القرنفل'), await hits(frame, 'الياسمين'), (await ask(frame, 'overview', {})).totals.pages], [0, 0, BUNDLED]);
        assert.deepEqual((await ledger(frame)).map(({ path, status, reason }) => [path, status, reason]), [
          ['قرنفل.txt', 'skipped', 'taken-out'],
          ['ورد.zip', 'split', null],
          ['ورد.zip/أ.txt', 'skipped', 'taken-out'],
          ['ورد.zip/ب.txt', 'skipped', 'taken-out'],
        ]);

        // What was taken out is accepted again.
        await chooseFiles(frame, [OWN[0]]);
        await importEnds(frame);
        assert.equal(await hits(frame, 'القرنفل'), 1);
        assert.equal((await ledger(frame)).at(-1)?.status, 'read');

        await eventually('word of what was taken out', () => textOf(frame, '[data-testid=taken-out]'));
        await press(frame, '[data-testid=taken-out] button');
        await importEnds(frame);
        assert.equal(await hits(frame, 'الياسمين'), 1);
        await eventually('the way to what was taken out before', () => textOf(frame, '[data-testid=taken-out]'));
        await press(frame, '[data-testid=taken-out] button');
        await importEnds(frame);
        assert.equal(await fingerprint(), whole);
        await eventually('nothing to be brought back', async () => (await textOf(frame, '[data-testid=taken-out]')) === null);
      }));
  }

  it('takes out a page that is read, and leaves it out of what is kept', LIMIT, () =>
    visit(PAGES[0][1], async (tab) => {
      let frame = await tab.frame();
      await waitUntilReady(frame);
      const { pages } = await ask(frame, 'overview', {});
      const { id } = pages[2];
      const { rows } = await ask(frame, 'entities', {});
      await goTo(frame, `view=reader&id=${id}`, 'reader');
      await takeOut(frame, id);
      await eventually('the corpus without it', () => frame.evaluate(() => location.hash.includes('view=overview') || null));
      assert.equal((await ask(frame, 'overview', {})).totals.pages, BUNDLED - 1);
      await assert.rejects(ask(frame, 'page', { id }));
      const fewer = await ask(frame, 'entities', {});
      assert.notDeepEqual(fewer.rows, rows, 'names are counted without it');
      // The way back has the focus: whoever has only a keyboard is not lost.
      await eventually('the way back', async () => (await focused(frame)) === 'bring-back');

      await chooseKept(frame);
      await tab.reload();
      frame = await tab.frame();
      await waitUntilReady(frame);
      await eventually('what was kept, without the page', async () => (await ask(frame, 'overview', {})).totals.pages === BUNDLED - 1);
      await importEnds(frame);
      assert.deepEqual((await ask(frame, 'entities', {})).rows, fewer.rows);
      await press(frame, '[data-focus=forget]');
      await eventually('it to be forgotten', () => frame.evaluate(async () => (await indexedDB.databases()).length === 0 || null));
    }));
}

/** Keeps the corpus in the browser. @param {Frame} frame */
async function chooseKept(frame) {
  await openView(frame, 'files');
  await press(frame, '[data-focus=keep-index]');
  await eventually('the corpus to be kept', () => frame.evaluate(() => {
    const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
    const button = /** @type {HTMLElement | null | undefined} */ (root?.querySelector('[data-focus=forget]'));
    return button && !button.hidden ? true : null;
  }));
}

/** @param {Frame} frame @param {string} key */
async function takeOut(frame, key) {
  // Beside a text it may lie in a block that is folded up.
  const isThere = (/** @type {string} */ selector) => frame.evaluate((/** @type {string} */ selector) =>
    (document.querySelector('kashshaf-explorer')?.shadowRoot?.querySelector(selector) ?? null) !== null, selector);
  await eventually(`the button ${key}`, () => isThere(`[data-focus="take-out-${key}"]`));
  await press(frame, `[data-focus="take-out-${key}"]`);
  await eventually('the question', () => textOf(frame, '[data-testid=take-out]'));
  await press(frame, '[data-focus=take-out-now]');
  await eventually('the question to be gone', async () => !(await isThere('[data-testid=take-out]')));
  await importEnds(frame);
}

/** @param {Frame} frame @param {string} hash @param {string} view */
async function goTo(frame, hash, view) {
  await frame.evaluate((/** @type {string} */ hash) => {
    location.hash = `#v=1&${hash}`;
  }, hash);
  await eventually(`the view ${view}`, () => textOf(frame, `[data-view=${view}]`));
}

/** @param {Frame} frame @param {string} query @returns {Promise<number>} */
const hits = async (frame, query) => (await ask(frame, 'search', { query })).totals.hits;

/** What has the focus, by the name it is found again by. @param {Frame} frame @returns {Promise<string | null>} */
const focused = (frame) =>
  frame.evaluate(() => {
    const element = /** @type {any} */ (document.querySelector('kashshaf-explorer')?.shadowRoot?.activeElement);
    return element?.dataset.focus ?? element?.value ?? null;
  });
