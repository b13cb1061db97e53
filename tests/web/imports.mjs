/**
 * Files that readers bring: very many, bad ones, a very large one, and by every
 * way that a browser has.
 *
 * @import { Frame } from './browsers.mjs'
 * @import { Session } from './session.mjs'
 */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { ask, eventually, openView, waitUntilReady } from './explorer.mjs';
import { bring, chooseFiles, importEnds, isBusy, ledger, utf8 } from './intake.mjs';
import { LIMIT, PAGES } from './session.mjs';
import { PAGE } from './settings.mjs';

const FILES = '#v=1&view=files';
const BUNDLED = 5;
const MANY = 3000;
const WORD = 'بوتين';
/** Occurrences of the word in the text of the bundled pages. */
const BUNDLED_HITS = 65;

const utf16 = (/** @type {string} */ text) => [...text].flatMap((letter) => [letter.charCodeAt(0) & 255, letter.charCodeAt(0) >> 8]);

/** Name, bytes, and what its line in the ledger says: status, reason, encoding. */
const BAD_FILES = /** @type {const} */ ([
  ['فارغ.txt', [], ['failed', 'empty-file', null]],
  ['مسح.pdf', [...utf8('%PDF-1.7\n'), 0, 1, 2, 255, 254, 0, 200, ...utf8('\nendobj')], ['skipped', 'format-not-read-yet', null]],
  ['برنامج', [0, 1, 2, 3, 0, 255, 0, 12, 0, 0], ['failed', 'binary-file', null]],
  ['مكسور.txt', [...utf8('زار الوفد المدينة القديمة '), 0xff, 0xc3, 0x28, ...utf8(' يوم الأحد')], ['read', 'invalid-utf8-replaced', 'utf-8']],
  // «زار الرئيس المدينة»
  ['قديم.txt', [0xd2, 0xc7, 0xd1, 32, 0xc7, 0xe1, 0xd1, 0xc6, 0xed, 0xd3, 32, 0xc7, 0xe1, 0xe3, 0xcf, 0xed, 0xe4, 0xc9], ['read', null, 'windows-1256']],
  ['عريض.txt', [0xff, 0xfe, ...utf16('زار الضيف المتحف')], ['read', null, 'utf-16le']],
  ['سليم.txt', utf8('كتب الأستاذ مقالة طويلة عن الزعفران.'), ['read', null, 'utf-8']],
]);

/** @param {Session} session */
export function imports({ visit }) {
  it('answers during a large import, and keeps what was done when it is cancelled', LIMIT, () =>
    visit(PAGE + FILES, async (tab) => {
      const frame = await tab.frame();
      await waitUntilReady(frame);
      await chooseMany(frame, MANY);
      const during = await ask(frame, 'search', { query: WORD, scope: 'pages' });
      assert.ok(await isBusy(frame), 'the answer came while files were being added');
      assert.ok(during.totals.hits >= BUNDLED_HITS && during.totals.hits < BUNDLED_HITS + MANY, `${during.totals.hits} hits`);
      // The total grows while the files are counted.
      await eventually('the total to be known', async () =>
        /3[,٬]?000/.test((await textOf(frame, '[data-testid=progress]')) ?? ''));
      await eventually('a file to be read', async () => (await ledger(frame)).length > 0);

      await press(frame, '.strip button');
      await importEnds(frame);
      const all = await ledger(frame);
      assert.equal(all.length, MANY, 'every file that was dropped has a line');
      const cancelled = all.filter(({ status }) => status === 'read');
      assert.ok(cancelled.length > 0 && cancelled.length < MANY, `${cancelled.length} were read`);
      const others = all.filter(({ status }) => status !== 'read');
      assert.ok(others.every(({ status, reason }) => status === 'skipped' && reason === 'not-begun'));
      const overview = await ask(frame, 'overview', { scope: 'pages' });
      assert.equal(overview.totals.pages, BUNDLED + cancelled.length, 'what the ledger has read can be explored');
      const said = await eventually('what came of it', () => textOf(frame, '.strip-outcome .note'));
      assert.match(said, /أُوقفت/);

      // The rest: what was there is known again, and nothing is counted twice.
      await chooseMany(frame, MANY);
      await importEnds(frame);
      const whole = await ledger(frame);
      const tally = (/** @type {string} */ status) => whole.filter((line) => line.status === status).length;
      assert.deepEqual([tally('read'), tally('duplicate'), tally('skipped'), tally('failed')], [MANY, cancelled.length, others.length, 0]);
      const { totals } = await ask(frame, 'search', { query: WORD, scope: 'pages' });
      assert.equal(totals.hits, BUNDLED_HITS + MANY);
      await eventually('a page of the table', () => rows(frame, whole.length));
    }));

  it('reads a second import after the first, and says that it waits', LIMIT, () =>
    visit(PAGE + FILES, async (tab) => {
      const frame = await tab.frame();
      await waitUntilReady(frame);
      await chooseMany(frame, 500);
      await chooseFiles(frame, [{ name: 'ثانية.txt', text: 'نبت القرنفل في الحديقة.' }]);
      assert.match((await textOf(frame, '[data-testid=progress]')) ?? '', /تنتظر/);
      await importEnds(frame);
      const lines = await ledger(frame);
      assert.equal(lines.length, 501);
      assert.equal(lines[500].name, 'ثانية.txt');
    }));

  describe('bad files', () => {
    for (const [name, address] of PAGES) {
      it(`have their lines in the ledger of ${name}, and the others are read`, LIMIT, () =>
        visit(address + FILES, async (tab) => {
          const frame = await tab.frame();
          await waitUntilReady(frame);
          await chooseFiles(frame, BAD_FILES.map(([name, bytes]) => ({ name, bytes: [...bytes] })));
          await importEnds(frame);
          await eventually('a line of the table for each', () => rows(frame, BAD_FILES.length));
          assert.deepEqual(
            (await ledger(frame)).map(({ name, status, reason, encoding }) => [name, [status, reason, encoding]]),
            BAD_FILES.map(([name, , line]) => [name, [...line]]),
          );
          const { totals } = await ask(frame, 'search', { query: 'الرئيس', scope: 'pages' });
          const { hits } = await ask(frame, 'search', { query: 'الزعفران', scope: 'pages' });
          assert.ok(totals.hits > 0);
          assert.equal(hits.length, 1);
        }));
    }
  });

  it('stays awake while one line of 50 MB is read', LIMIT, () =>
    visit(PAGE + FILES, async (tab) => {
      const frame = await tab.frame();
      await waitUntilReady(frame);
      const turns = await frame.evaluate(async () => {
        const element = /** @type {any} */ (document.querySelector('kashshaf-explorer'));
        const input = element.shadowRoot.querySelector('[data-testid=file-input]');
        const transfer = new DataTransfer();
        transfer.items.add(new File(['كلمة طويلة '.repeat(2_500_000)], 'سطر.txt'));
        input.files = transfer.files;
        input.dispatchEvent(new Event('change', { bubbles: true }));
        let turns = 0;
        do {
          await new Promise((resolve) => setTimeout(resolve, 10));
          turns += 1;
        } while (element.hasAttribute('data-busy'));
        return turns;
      });
      // A worker is held up by it; the page itself has its turns all the while.
      assert.ok(turns > 10, `the page had ${turns} turns`);
      const [line] = await ledger(frame);
      assert.deepEqual([line.status, line.bytes, line.words], ['read', 50_000_000, 5_000_000]);
      const { totals } = await ask(frame, 'search', { query: WORD, scope: 'pages' });
      assert.equal(totals.hits, BUNDLED_HITS);
    }));

  describe('what is brought', () => {
    const ways = /** @type {const} */ ([
      ['files that are pasted', 'paste', { files: [{ name: 'ملصق.txt', text: 'نبت القرنفل في الحديقة.' }] }, 'ملصق.txt'],
      ['text that is dropped', 'drop', { texts: { 'text/plain': 'نبت القرنفل في البستان.', 'text/html': '<b>نبت' } }, 'نص ملصق.txt'],
      ['a list of addresses that is dropped', 'drop', { texts: { 'text/uri-list': 'https://a.example/القرنفل\r\n' } }, 'نص ملصق.txt'],
    ]);
    for (const [name, address] of PAGES) {
      it(`by drop and paste reaches ${name}`, LIMIT, () =>
        visit(address + FILES, async (tab) => {
          const frame = await tab.frame();
          await waitUntilReady(frame);
          for (const [what, how, data, expected] of ways) {
            assert.ok(await bring(frame, how, /** @type {any} */ (data)), what);
            await importEnds(frame);
            const last = (await ledger(frame)).at(-1);
            assert.deepEqual([last?.name, last?.status], [expected, 'read'], what);
          }
          const { totals } = await ask(frame, 'search', { query: 'القرنفل', scope: 'pages' });
          assert.equal(totals.documents, ways.length);
        }));
    }

    it('stays a matter of the field it is brought to', LIMIT, () =>
      visit(PAGE + FILES, async (tab) => {
        const frame = await tab.frame();
        await waitUntilReady(frame);
        const on = '[data-testid=query]';
        assert.equal(await bring(frame, 'paste', { texts: { 'text/plain': 'بوتين' }, on }), false);
        assert.equal(await bring(frame, 'drop', { texts: { 'text/plain': 'بوتين' }, on }), false);
        assert.deepEqual(await ledger(frame), []);
      }));

    it('as pasted text stands in its form first, and is not lost when an import ends', LIMIT, () =>
      visit(PAGE, async (tab) => {
        const frame = await tab.frame();
        await waitUntilReady(frame);
        assert.ok(await bring(frame, 'paste', { texts: { 'text/plain': 'نبت الزعفران في الحديقة.' } }));
        await openView(frame, 'files');
        const field = '#paste-text';
        await eventually('the pasted text', () => valueOf(frame, field));
        await press(frame, `${field} ~ button`, 'focus');
        await chooseFiles(frame, [{ name: 'أ.txt', text: 'نص آخر' }]);
        await importEnds(frame);
        await eventually('the view with the new line', () => rows(frame, 1));
        assert.equal(await valueOf(frame, field), 'نبت الزعفران في الحديقة.');
        assert.equal(await focusKey(frame), 'paste-add', 'the focus stays where it was');
        await press(frame, `${field} ~ button`);
        await importEnds(frame);
        assert.deepEqual((await ledger(frame)).map(({ name }) => name), ['أ.txt', 'نص ملصق.txt']);
        await eventually('an empty form', async () => (await valueOf(frame, field)) === '');
      }));
  });

  it('filters, sorts and pages the ledger, keeps that in the address, and hands it over', LIMIT, () =>
    visit(PAGE + FILES, async (tab) => {
      const frame = await tab.frame();
      await waitUntilReady(frame);
      await chooseMany(frame, 250);
      await chooseFiles(frame, [{ name: '=SUM(A1).txt', bytes: [] }, { name: 'طويل.txt', text: 'كلمة '.repeat(500) }]);
      await importEnds(frame);
      await eventually('all lines', () => rows(frame, 252));
      await press(frame, '[data-focus=ledger-next]');
      await eventually('the second page', async () => ((await textOf(frame, '[data-testid=ledger-shown]')) ?? '').includes('101'));
      await choose(frame, '[data-focus=ledger-sort]', 'words');
      await eventually('the longest first', async () => (await names(frame))[0] === 'طويل.txt');
      await press(frame, '[data-focus=ledger-status][value=failed]');
      await eventually('the failed one', async () => (await names(frame)).join() === '=SUM(A1).txt');
      const hash = await frame.evaluate(() => location.hash);
      assert.match(hash, /status=failed/);
      assert.match(hash, /sort=words/);
      await tab.goto('about:blank');
      await tab.goto(`${PAGE}#v=1&view=files&status=failed&sort=words&p=7`);
      await waitUntilReady(await tab.frame());
      await chooseFiles(await tab.frame(), [{ name: '=SUM(A1).txt', bytes: [] }]);
      const again = await tab.frame();
      await importEnds(again);
      await eventually('the failed one after a reload', async () => (await names(again)).join() === '=SUM(A1).txt');
      const csv = await handedOver(again, '[data-focus=take-csv]');
      assert.match(csv.name, /\.csv$/);
      assert.deepEqual(csv.bytes.slice(0, 3), [0xef, 0xbb, 0xbf], 'a mark for spreadsheet programs');
      assert.match(csv.text, /'=SUM\(A1\)\.txt/, 'a name that looks like a formula stays text');
      assert.match(csv.text, /empty-file/);
      const json = await handedOver(again, '[data-focus=take-json]');
      assert.equal(JSON.parse(json.text).lines[0].name, '=SUM(A1).txt');
    }));
}

/** Chooses small files that are made in the page. @param {Frame} frame @param {number} count */
function chooseMany(frame, count) {
  return frame.evaluate((/** @type {number} */ count) => {
    const transfer = new DataTransfer();
    for (let at = 1; at <= count; at += 1) {
      const text = `خبر رقم ${at}\n\nقال بوتين في اليوم ${at} إن المدينة القديمة تستقبل الزوار من كل مكان.\n`;
      transfer.items.add(new File([text], `خبر-${at}.txt`));
    }
    const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
    const input = /** @type {HTMLInputElement} */ (root?.querySelector('[data-testid=file-input]'));
    input.files = transfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }, count);
}

/** Whether the table has this many lines, and shows as many as a page of it holds. @param {Frame} frame @param {number} count */
function rows(frame, count) {
  return frame.evaluate((/** @type {number} */ count) => {
    const table = document.querySelector('kashshaf-explorer')?.shadowRoot?.querySelector('[data-testid=ledger]');
    // The head is a row too.
    const all = Number(table?.getAttribute('aria-rowcount')) - 1;
    return all === count && table?.querySelectorAll('tbody tr').length === Math.min(count, 100);
  }, count);
}

/** Names of the lines shown. @param {Frame} frame @returns {Promise<string[]>} */
function names(frame) {
  return frame.evaluate(() => {
    const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
    return [...(root?.querySelectorAll('[data-testid=ledger] tbody .file-name') ?? [])].map(({ textContent }) => textContent);
  });
}

/** Clicks an element, or gives it the focus, once it is drawn. @param {Frame} frame @param {string} selector @param {'click' | 'focus'} [how] */
export async function press(frame, selector, how = 'click') {
  await eventually(`${selector} to be there`, () =>
    frame.evaluate((/** @type {{ selector: string, how: 'click' | 'focus' }} */ { selector, how }) => {
      const element = document.querySelector('kashshaf-explorer')?.shadowRoot?.querySelector(selector);
      if (element instanceof HTMLElement) element[how]();
      return element instanceof HTMLElement;
    }, { selector, how }),
  );
}

/** @param {Frame} frame @param {string} selector @param {string} value */
export function choose(frame, selector, value) {
  return frame.evaluate((/** @type {{ selector: string, value: string }} */ { selector, value }) => {
    const select = /** @type {HTMLSelectElement} */ (document.querySelector('kashshaf-explorer')?.shadowRoot?.querySelector(selector));
    select.value = value;
    select.dispatchEvent(new Event('change', { bubbles: true }));
  }, { selector, value });
}

/** Text of a visible element. @param {Frame} frame @param {string} selector @returns {Promise<string | null>} */
export function textOf(frame, selector) {
  return frame.evaluate((/** @type {string} */ selector) => {
    const element = document.querySelector('kashshaf-explorer')?.shadowRoot?.querySelector(selector);
    return element?.checkVisibility() ? element.textContent : null;
  }, selector);
}

/** @param {Frame} frame @param {string} selector @returns {Promise<string | null>} */
function valueOf(frame, selector) {
  return frame.evaluate((/** @type {string} */ selector) => {
    const field = document.querySelector('kashshaf-explorer')?.shadowRoot?.querySelector(selector);
    return field instanceof HTMLTextAreaElement ? field.value : null;
  }, selector);
}

/** @param {Frame} frame @returns {Promise<string | null>} */
function focusKey(frame) {
  return frame.evaluate(() => {
    const focused = /** @type {HTMLElement | null | undefined} */ (document.querySelector('kashshaf-explorer')?.shadowRoot?.activeElement);
    return focused?.dataset.focus ?? null;
  });
}

/** What the browser is given to keep when a button is pressed. @param {Frame} frame @param {string} selector @returns {Promise<{ name: string, text: string, bytes: number[] }>} */
function handedOver(frame, selector) {
  return frame.evaluate(async (/** @type {string} */ selector) => {
    const { createObjectURL } = URL;
    const { click } = HTMLAnchorElement.prototype;
    try {
      /** @type {Blob | null} */
      let blob = null;
      URL.createObjectURL = (/** @type {any} */ what) => ((blob = what), createObjectURL.call(URL, what));
      const name = await new Promise((resolve) => {
        HTMLAnchorElement.prototype.click = function () {
          resolve(this.download);
        };
        const button = document.querySelector('kashshaf-explorer')?.shadowRoot?.querySelector(selector);
        /** @type {HTMLElement} */ (button).click();
      });
      const bytes = new Uint8Array(await /** @type {Blob} */ (/** @type {unknown} */ (blob)).arrayBuffer());
      return { name, text: new TextDecoder().decode(bytes), bytes: [...bytes.slice(0, 3)] };
    } finally {
      Object.assign(URL, { createObjectURL });
      HTMLAnchorElement.prototype.click = click;
    }
  }, selector);
}
