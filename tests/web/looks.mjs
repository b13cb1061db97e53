/**
 * Every view, in both languages: accessible by the rules that a program can
 * check (WCAG 2.2, levels A and AA), and never wider than its window.
 *
 * @import { Tab } from './browsers.mjs'
 * @import { Session } from './session.mjs'
 */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

import { ask, eventually, waitUntilReady } from './explorer.mjs';
import { press, textOf } from './imports.mjs';
import { chooseFiles } from './intake.mjs';
import { LIMIT } from './session.mjs';
import { PAGE } from './settings.mjs';

const AXE = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];
const WIDTHS = [360, 1280];
const WORD = encodeURIComponent('بوتين');

/** Name and address of each view; `{document}` and `{entity}` are put in. */
const VIEWS = /** @type {const} */ ([
  ['overview', 'view=overview'],
  ['search', `view=search&q=${WORD}`],
  ['search without a query', 'view=search'],
  ['search without results', 'view=search&q=%D9%82%D8%B1%D9%86%D9%81%D9%84'],
  ['reader', `view=reader&id={document}&q=${WORD}&names=1`],
  ['entities', 'view=entities'],
  ['entity', 'view=entity&id={entity}'],
  ['spellings', 'view=spellings'],
  ['network', 'view=network'],
  ['network of one', 'view=network&id={entity}&within=article'],
  ['network as a table', 'view=network&as=table'],
  ['quotes', 'view=quotes'],
  ['quotes of one kind', 'view=quotes&kind=scare'],
  ['conflicts', 'view=quotes&tab=conflicts'],
  ['timeline', 'view=timeline'],
  ['files', 'view=files'],
  ['about', 'view=about'],
  ['unknown page', 'view=reader&id=0000000000000000'],
]);

/** @param {Session} session */
export function looks({ visit }) {
  for (const language of ['ar', 'en']) {
    describe(`in ${language}`, () => {
      it('files, with a ledger and a question', LIMIT, () =>
        visit(`${PAGE}#v=1&view=files&lang=${language}`, async (tab) => {
          const frame = await tab.frame();
          await waitUntilReady(frame);
          const long = 'نبت القرنفل في حديقة البيت القديم قبل أن يأتي الربيع وقال الجيران إن رائحته بلغت آخر الحي';
          await chooseFiles(frame, [{ name: 'أول.csv', text: `c1,c2\nخبر,${long}\n` }, { name: 'نص.txt', text: long }, { name: 'فارغ.txt', text: '' }]);
          await eventually('the question over the ledger', () => frame.evaluate(() => {
            const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
            return root?.querySelector('[data-testid=question]') && root.querySelector('[data-testid=ledger] [data-status=failed]') ? true : null;
          }));
          for (const key of ['limits', 'rules', 'bundled-rules']) await press(frame, `[data-focus=${key}]`);
          await eventually('the limits', () => textOf(frame, '[data-testid=limits] dl'));
          await tab.inject(AXE);
          for (const shown of ['the ledger', 'the question before a file is taken out']) {
            if (shown !== 'the ledger') await press(frame, '[data-testid=ledger] [data-focus^=take-out]');
            for (const width of WIDTHS) {
              await tab.resize({ width, height: 800 });
              assert.deepEqual(await violations(tab), [], `rules broken by ${shown} at ${width} pixels`);
              assert.deepEqual(await tooWide(tab), [], `${shown} wider than ${width} pixels`);
            }
          }
        }));

      for (const [name, hash] of VIEWS) {
        it(name, LIMIT, () =>
          visit(PAGE, async (tab) => {
            const frame = await tab.frame();
            await waitUntilReady(frame);
            const { hits } = await ask(frame, 'search', { query: 'بوتين' });
            const { rows } = await ask(frame, 'entities', {});
            const where = hash.replace('{document}', hits[0].document).replace('{entity}', encodeURIComponent(rows[0].id));
            await tab.goto(`${PAGE}#v=1&${where}&lang=${language}`);
            await eventually(`the view ${name}`, () => isShown(tab, where, language));
            await tab.inject(AXE);
            for (const width of WIDTHS) {
              await tab.resize({ width, height: 800 });
              assert.deepEqual(await violations(tab), [], `rules broken at ${width} pixels`);
              assert.deepEqual(await tooWide(tab), [], `wider than ${width} pixels`);
            }
          }));
      }
    });
  }
}

/** @param {Tab} tab @param {string} where @param {string} language */
async function isShown(tab, where, language) {
  const view = /view=(\w+)/.exec(where)?.[1];
  return (await tab.frame()).evaluate(
    (/** @type {{ view: string, language: string }} */ { view, language }) => {
      const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
      const shown = root?.querySelector('[data-testid=view]');
      return shown?.getAttribute('data-view') === view && !shown.hasAttribute('aria-busy') && document.documentElement.lang === language;
    },
    { view, language },
  );
}

/** @param {Tab} tab @returns {Promise<string[]>} */
async function violations(tab) {
  return (await tab.frame()).evaluate(async (/** @type {string[]} */ rules) => {
    const { violations } = await /** @type {any} */ (globalThis).axe.run(document, { runOnly: { type: 'tag', values: rules }, resultTypes: ['violations'] });
    return violations.flatMap((/** @type {any} */ { id, nodes }) =>
      nodes.map((/** @type {any} */ { target, failureSummary }) => `${id}: ${target.flat().join(' ')}: ${failureSummary}`));
  }, RULES);
}

/** What makes the page wider than its window. @param {Tab} tab @returns {Promise<string[]>} */
async function tooWide(tab) {
  return (await tab.frame()).evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
    const wide = [...(root?.querySelectorAll('*') ?? [])].filter((element) => {
      const { left, right } = element.getBoundingClientRect();
      return left < -1 || right > clientWidth + 1;
    });
    return [`${scrollWidth} > ${clientWidth}`, ...wide.slice(0, 5).map((element) => `${element.localName}.${element.className}`)];
  });
}
