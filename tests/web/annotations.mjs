/**
 * Quotes and the timeline: what is shown, narrowed by a click, kept in the address.
 *
 * @import { Frame } from './browsers.mjs'
 * @import { Session } from './session.mjs'
 */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { ask, eventually, openView, waitUntilReady } from './explorer.mjs';
import { textOf } from './imports.mjs';
import { chooseFiles } from './intake.mjs';
import { LIMIT, PAGES } from './session.mjs';
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

/** Files that the page asked for, by name. @param {string[]} requests */
const asked = (requests) => requests.map((request) => new URL(request).pathname.split('/').at(-1));

/** @param {Session} session */
export function annotator({ visit }) {
  for (const [name, address] of PAGES) {
    it(`is started when names are asked for, and a search does not wait for it, in ${name}`, LIMIT, () =>
      visit(`${address}#v=1&view=search&q=${encodeURIComponent('بوتين')}&lang=ar`, async (tab) => {
        const frame = await tab.frame();
        await waitUntilReady(frame);
        assert.ok((await ask(frame, 'search', { query: 'بوتين' })).totals.hits > 0);
        assert.deepEqual(asked(tab.requests).filter((file) => file?.includes('annotator')), []);
        await openView(frame, 'entities');
        const totals = await eventually('the names', async () => (await textOf(frame, '[data-testid=entity-total]')) || null);
        assert.match(totals, /\d|[٠-٩]/);
        const untrained = await textOf(frame, '[data-testid=names-untrained]');
        if (name === 'the served page') {
          const files = asked(tab.requests).filter((file) => file?.includes('annotator') || file?.includes('names.bin'));
          assert.deepEqual(files.sort(), ['kashshaf-annotator.js', 'kashshaf-annotator.wasm', 'kashshaf-names.bin']);
          assert.equal(untrained, null);
        } else {
          assert.ok(untrained, 'a file made without the model says so');
        }
      }));
  }

  it('leaves out a page that it falls over, and says so', LIMIT, () =>
    visit(
      `${PAGE}#v=1&view=files&lang=en`,
      async (tab) => {
        const frame = await tab.frame();
        await waitUntilReady(frame);
        await chooseFiles(frame, [{ name: 'قاتل.txt', text: 'MAKE-IT-FALL قال الرئيس الروسي فلاديمير بوتين إن الأمر انتهى.' }]);
        await eventually('the file', async () => (await ask(frame, 'search', { query: 'MAKE' })).totals.hits > 0 || null);
        const { rows } = await ask(frame, 'entities', { type: 'person' });
        assert.ok(rows.length > 0);
        assert.ok((await ask(frame, 'search', { query: 'بوتين' })).totals.hits > 0);
        await openView(frame, 'entities');
        const told = await eventually('the notice', () => textOf(frame, '.notices .note'));
        assert.match(told, /قاتل\.txt/);
      },
      {
        first: () => {
          const { Blob } = globalThis;
          globalThis.Blob = class extends Blob {
            constructor(/** @type {any[]} */ parts, /** @type {any} */ options) {
              const [script] = parts;
              const isAnnotator = typeof script === 'string' && script.includes('kashshaf_annotator');
              const trap = `;{const read=kashshaf_annotator.Annotator.prototype.read;kashshaf_annotator.Annotator.prototype.read=function(bytes){
                if(new TextDecoder().decode(bytes).includes('MAKE-IT-FALL'))throw new WebAssembly.RuntimeError('unreachable');return read.call(this,bytes)}}`;
              super(isAnnotator ? [script, trap] : parts, options);
            }
          };
        },
      },
    ));
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
