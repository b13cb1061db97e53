/**
 * What a reader sees and says of reading: limits before they are hit, page
 * rules of their own, columns of a table inside an archive.
 *
 * @import { Frame } from './browsers.mjs'
 * @import { Session } from './session.mjs'
 */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { ask, eventually, waitUntilReady } from './explorer.mjs';
import { choose, press, textOf } from './imports.mjs';
import { chooseFiles, importEnds, ledger, utf8, zipOf } from './intake.mjs';
import { LIMIT, PAGES } from './session.mjs';
import { PAGE } from './settings.mjs';

const FILES = '#v=1&view=files';
const NEWS = 'افتتحت البلدية حديقة جديدة في الحي الشرقي من المدينة بعد أن طال انتظار أهله لها.\nحصري: صحيفة السهل\n';

/** @param {Session} session */
export function reading({ visit }) {
  for (const [name, address] of PAGES) {
    it(`states the limits in ${name} before anything is added, in both languages`, LIMIT, () =>
      visit(address + FILES, async (tab) => {
        const frame = await tab.frame();
        for (const [language, words, size] of /** @type {const} */ ([['ar', /أرشيفات بعضها في بعض/, /جيغابايت|غيغابايت|GB/], ['en', /Archives inside one another/, /GB/]])) {
          await tab.goto('about:blank');
          await tab.goto(`${address}${FILES}&lang=${language}`);
          const shown = await tab.frame();
          await waitUntilReady(shown);
          await press(shown, '[data-focus=limits]');
          const text = await eventually(`the limits in ${language}`, async () => {
            const text = await textOf(shown, '[data-testid=limits] dl');
            return text !== null && words.test(text) ? text : null;
          });
          assert.match(text, size);
          const rows = await shown.evaluate(() => (
            document.querySelector('kashshaf-explorer')?.shadowRoot?.querySelectorAll('[data-testid=limits] dd').length));
          assert.equal(rows, 13, 'each limit has its line');
          assert.doesNotMatch(text, /[a-z]+-[a-z]+/, 'each has its name in words');
        }
        assert.ok(frame);
      }));
  }

  describe('page rules of a reader', () => {
    it('are used, stay in the address, are told apart, and go away again', LIMIT, () =>
      visit(PAGE + FILES, async (tab) => {
        const frame = await tab.frame();
        await waitUntilReady(frame);
        await chooseFiles(frame, [{ name: 'حديقة.txt', text: NEWS }]);
        await importEnds(frame);
        assert.deepEqual(await outletsOf(frame), []);
        await press(frame, '[data-focus=rules]');

        await write(frame, '# قاعدة\noutlet colon (حصري');
        await press(frame, '[data-testid=use-rules]');
        const wrong = await eventually('what is wrong', () => textOf(frame, '[data-testid=rules-error]'));
        assert.match(wrong, /2/);
        assert.match(wrong, /14/);
        assert.match(wrong, /\(حصري/);
        assert.equal(await selected(frame), '(حصري', 'the caret stands where the error is');
        assert.deepEqual(await outletsOf(frame), [], 'nothing was changed');

        await write(frame, '# قاعدة\noutlet colon حصري');
        await press(frame, '[data-testid=use-rules]');
        await eventually('the rule to be in force', () => textOf(frame, '[data-testid=rules-in-force]'));
        assert.deepEqual(await outletsOf(frame), ['صحيفة السهل']);
        const hash = await frame.evaluate(() => location.hash);
        assert.match(hash, /rules=/);

        // Whoever follows the link sees the pages split by them.
        await tab.goto('about:blank');
        await tab.goto(PAGE + hash);
        const again = await tab.frame();
        await waitUntilReady(again);
        await eventually('the rule of the address', () => textOf(again, '[data-testid=rules-in-force]'));
        await chooseFiles(again, [{ name: 'حديقة.txt', text: NEWS }]);
        await importEnds(again);
        assert.deepEqual(await outletsOf(again), ['صحيفة السهل']);

        await press(again, '[data-testid=reset-rules]');
        await eventually('the bundled rules alone', async () => (await textOf(again, '[data-testid=rules-in-force]')) === null);
        assert.deepEqual(await outletsOf(again), []);
        assert.doesNotMatch(await again.evaluate(() => location.hash), /rules=/);
        await press(again, '[data-focus=rules]');
        await press(again, '[data-focus=bundled-rules]');
        await eventually('the bundled rules', async () => /^read-also /m.test((await textOf(again, '.rules-bundled')) ?? ''));
      }));

    it('of an address that have an error are told of, and the page is shown', LIMIT, () =>
      visit(`${PAGE}#v=1&view=files&rules=${encodeURIComponent('nonsense colon حصري')}`, async (tab) => {
        const frame = await tab.frame();
        await waitUntilReady(frame);
        await eventually('what is wrong', () => textOf(frame, '[data-error=bad-rules]'));
        const { totals } = await ask(frame, 'overview', {});
        assert.ok(totals.pages > 0);
      }));
  });

  it('shows which column of a table in an archive was taken, and takes another', LIMIT, () =>
    visit(PAGE + FILES, async (tab) => {
      const frame = await tab.frame();
      await waitUntilReady(frame);
      const table = 'c1,c2\nزرع الجار شجرة تفاح,نبت القرنفل في حديقة البيت القديم قبل أن يأتي الربيع وقال الجيران إن رائحته بلغت آخر الحي\n';
      const bytes = zipOf([{ name: 'أول.txt', bytes: utf8('كتب الأستاذ مقالة.') }, { name: 'جدول.csv', bytes: utf8(table) }]);
      await chooseFiles(frame, [{ name: 'حزمة.zip', bytes }]);
      await importEnds(frame);
      const line = (await ledger(frame)).find(({ name }) => name === 'جدول.csv');
      assert.deepEqual([line?.status, line?.reason], ['read', 'column-guessed']);
      const readAs = `[data-focus="read-as-${line?.file}-${line?.member}"]`;
      await eventually('the line of the member', () => textOf(frame, readAs));
      await press(frame, readAs);
      await eventually('the columns of the member', () => textOf(frame, '[data-testid=read-as] [data-testid=question]'));
      const taken = await frame.evaluate(() => (
        /** @type {HTMLSelectElement | null | undefined} */ (document.querySelector('kashshaf-explorer')?.shadowRoot?.querySelector('[data-role=body]'))?.value));
      assert.equal(taken, 'c2', 'the guess is shown');
      await choose(frame, '[data-role=body]', 'c1');
      await press(frame, '[data-testid=decide]');
      await importEnds(frame);
      const hits = async (/** @type {string} */ query) => (await ask(frame, 'search', { query, scope: 'pages' })).totals.hits;
      await eventually('the other column', async () => (await hits('تفاح')) === 1);
      assert.equal(await hits('القرنفل'), 0);
      assert.equal((await ledger(frame)).find(({ name }) => name === 'جدول.csv')?.reason, null, 'nothing is guessed any more');
    }));
}

/** Outlets that are known of the page that was added. @param {Frame} frame @returns {Promise<string[]>} */
async function outletsOf(frame) {
  const id = (await ledger(frame)).find(({ name }) => name === 'حديقة.txt')?.page;
  const page = await ask(frame, 'page', { id });
  return page.page.articles.flatMap((/** @type {{ outlets: string[] }} */ { outlets }) => outlets);
}

/** Types into the field of the rules. @param {Frame} frame @param {string} text */
function write(frame, text) {
  return frame.evaluate((/** @type {string} */ text) => {
    const field = /** @type {HTMLTextAreaElement} */ (document.querySelector('kashshaf-explorer')?.shadowRoot?.querySelector('#own-rules'));
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }, text);
}

/** What is marked in the field of the rules. @param {Frame} frame */
function selected(frame) {
  return frame.evaluate(() => {
    const field = /** @type {HTMLTextAreaElement} */ (document.querySelector('kashshaf-explorer')?.shadowRoot?.querySelector('#own-rules'));
    return field.value.slice(field.selectionStart, field.selectionEnd);
  });
}
