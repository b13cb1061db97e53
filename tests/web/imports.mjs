/**
 * Files that readers bring: very many, bad ones, a very large one.
 *
 * @import { Frame } from './browsers.mjs'
 * @import { Session } from './session.mjs'
 */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { ask, eventually, waitUntilReady } from './explorer.mjs';
import { LIMIT, PAGES } from './session.mjs';
import { PAGE } from './settings.mjs';

const FILES = '#v=1&view=files';
const BUNDLED = 5;
const MANY = 3000;
const WORD = 'بوتين';
/** Occurrences of the word in the text of the bundled pages. */
const BUNDLED_HITS = 65;

const utf8 = (/** @type {string} */ text) => [...new TextEncoder().encode(text)];
const utf16 = (/** @type {string} */ text) => [...text].flatMap((letter) => [letter.charCodeAt(0) & 255, letter.charCodeAt(0) >> 8]);

/** Name, bytes, and what its line in the ledger says: status, code of the error or warning, encoding. */
const BAD_FILES = /** @type {const} */ ([
  ['فارغ.txt', [], ['failed', 'empty-file', null]],
  ['مسح.pdf', [...utf8('%PDF-1.7\n'), 0, 1, 2, 255, 254, 0, 200, ...utf8('\nendobj')], ['failed', 'binary-file', null]],
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

      await frame.evaluate(() => {
        const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
        /** @type {HTMLElement} */ (root?.querySelector('.strip button')).click();
      });
      await eventually('the import to end', async () => !(await isBusy(frame)));
      const cancelled = await ledger(frame);
      assert.ok(cancelled.length > BUNDLED && cancelled.length < BUNDLED + MANY, `${cancelled.length} lines`);
      assert.ok(cancelled.every(({ status }) => status === 'read'));
      const overview = await ask(frame, 'overview', { scope: 'pages' });
      assert.equal(overview.totals.pages, cancelled.length, 'what the ledger has read can be explored');

      // The rest: what was there is known again, and nothing is counted twice.
      await chooseMany(frame, MANY);
      await eventually('the second import to end', async () => !(await isBusy(frame)) && (await ledger(frame)).length === cancelled.length + MANY);
      const whole = await ledger(frame);
      const tally = (/** @type {string} */ status) => whole.filter((line) => line.status === status).length;
      assert.deepEqual([tally('read'), tally('duplicate'), tally('failed')], [BUNDLED + MANY, cancelled.length - BUNDLED, 0]);
      const { totals } = await ask(frame, 'search', { query: WORD, scope: 'pages' });
      assert.equal(totals.hits, BUNDLED_HITS + MANY);
      await eventually('a line of the table for each file', () => rows(frame, whole.length));
    }));

  describe('bad files', () => {
    for (const [name, address] of PAGES) {
      it(`have their lines in the ledger of ${name}, and the others are read`, LIMIT, () =>
        visit(address + FILES, async (tab) => {
          const frame = await tab.frame();
          await waitUntilReady(frame);
          await chooseFiles(frame, BAD_FILES.map(([name, bytes]) => ({ name, bytes: [...bytes] })));
          await eventually('the import to end', () => rows(frame, BUNDLED + BAD_FILES.length));
          const lines = (await ledger(frame)).slice(BUNDLED);
          assert.deepEqual(
            lines.map(({ name, status, code, encoding }) => [name, [status, code, encoding]]),
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
      // The worker is held up by it; the page itself has its turns all the while.
      assert.ok(turns > 10, `the page had ${turns} turns`);
      const [line] = (await ledger(frame)).slice(BUNDLED);
      assert.deepEqual([line.status, line.bytes, line.words], ['read', 50_000_000, 5_000_000]);
      const { totals } = await ask(frame, 'search', { query: WORD, scope: 'pages' });
      assert.equal(totals.hits, BUNDLED_HITS);
    }));
}

/**
 * Chooses files as the file dialog would.
 * @param {Frame} frame
 * @param {{ name: string, bytes: number[] }[]} files
 */
function chooseFiles(frame, files) {
  return frame.evaluate((/** @type {{ name: string, bytes: number[] }[]} */ files) => {
    const transfer = new DataTransfer();
    for (const { name, bytes } of files) transfer.items.add(new File([Uint8Array.from(bytes)], name));
    const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
    const input = /** @type {HTMLInputElement} */ (root?.querySelector('[data-testid=file-input]'));
    input.files = transfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }, files);
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

/** @param {Frame} frame @returns {Promise<boolean>} */
function isBusy(frame) {
  return frame.evaluate(() => document.querySelector('kashshaf-explorer')?.hasAttribute('data-busy') === true);
}

/**
 * The reports of all files so far.
 * @param {Frame} frame
 * @returns {Promise<{ name: string, status: string, code: string | null, encoding: string | null, bytes: number, words: number }[]>}
 */
function ledger(frame) {
  return frame.evaluate(() =>
    /** @type {any} */ (document.querySelector('kashshaf-explorer')).engine.reports.map((/** @type {any} */ report) => ({
      name: report.name,
      status: report.status,
      code: report.error?.code ?? report.warning,
      encoding: report.encoding,
      bytes: report.bytes,
      words: report.words,
    })),
  );
}

/** Whether the table has this many files, and shows as many as a page of it holds. @param {Frame} frame @param {number} count */
function rows(frame, count) {
  return frame.evaluate((/** @type {number} */ count) => {
    const table = document.querySelector('kashshaf-explorer')?.shadowRoot?.querySelector('[data-testid=ledger]');
    // Head and foot are rows too.
    const all = Number(table?.getAttribute('aria-rowcount')) - 2;
    return all === count && table?.querySelectorAll('tbody tr').length === Math.min(count, 100);
  }, count);
}
