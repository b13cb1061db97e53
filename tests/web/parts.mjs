/**
 * A corpus in parts: a static server that knows no ranges and compresses nothing, and a page that fetches what its
 * questions need; what cannot be had is tried again and then told.
 *
 * @import { Frame } from './browsers.mjs'
 * @import { Session } from './session.mjs'
 */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, normalize } from 'node:path';
import { after, before, it } from 'node:test';

import { ask, eventually, search } from './explorer.mjs';
import { LIMIT } from './session.mjs';

const PROGRAM = 'target/debug/kashshaf';
const SITE = 'dist/site';
const TYPES = /** @type {Record<string, string>} */ ({
  html: 'text/html; charset=utf-8', js: 'text/javascript', json: 'application/json', wasm: 'application/wasm',
});
const PAGE = '<!doctype html><meta charset="utf-8"><title>parts</title><link rel="icon" href="data:,">'
  + '<script type="module" src="/embed/kashshaf-explorer.js"></script>'
  + '<kashshaf-explorer lang="en" permalink src="/news/index.json"></kashshaf-explorer>';
/** Pages of the corpus. */
const PAGES = 600;
/** A word of a few pages, and of one that no other question needs. */
const WORD = 'القرنفل';
const RARE = 'السنديان';
/** Someone whom some pages name. */
const PERSON = 'فلاديمير بوتين';

/** @param {Session} session */
export function parts({ newTab }) {
  /** @type {string} */
  let folder;
  /** @type {import('node:http').Server} */
  let server;
  let address = '';
  /** What was asked of the corpus since the last time it was emptied. @type {{ path: string, bytes: number, status: number }[]} */
  let log = [];
  /** How to answer instead; null for the file. @type {(path: string) => number | string | null} */
  let instead = () => null;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kashshaf-parts-'));
    writeFileSync(join(folder, 'news.jsonl'), records());
    const run = spawnSync(PROGRAM, ['index', '--names', '-o', `${folder}/news/`, join(folder, 'news.jsonl')], { encoding: 'utf8' });
    assert.equal(run.status, 0, run.stderr || String(run.error));
    server = createServer((request, response) => {
      const path = decodeURIComponent(new URL(request.url ?? '', 'http://host').pathname);
      const isCorpus = path.startsWith('/news/');
      assert.equal(request.headers.range, undefined, 'no range is asked for');
      /** @type {[number, Buffer | string]} */
      let [status, body] = [404, 'not found'];
      const other = isCorpus ? instead(path) : null;
      if (path === '/page.html') [status, body] = [200, PAGE];
      else if (typeof other === 'number') [status, body] = [other, 'no'];
      else if (typeof other === 'string') [status, body] = [200, other];
      else {
        try {
          [status, body] = [200, readFileSync(join(isCorpus ? folder : SITE, normalize(path)))];
        } catch {
          // 404 it is.
        }
      }
      if (isCorpus) log.push({ path: path.slice('/news/'.length), bytes: body.length, status });
      const type = TYPES[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(null)));
    const at = /** @type {import('node:net').AddressInfo} */ (server.address());
    address = `http://127.0.0.1:${at.port}/page.html`;
  });
  after(() => {
    server?.closeAllConnections();
    server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /**
   * @param {(frame: Frame) => Promise<void>} run
   * @param {string} [hash]
   */
  async function visit(run, hash = '') {
    const tab = await newTab();
    [log, instead] = [[], () => null];
    try {
      await tab.goto(address + hash);
      const frame = await tab.frame();
      await run(frame);
    } finally {
      instead = () => null;
      await tab.close();
    }
  }

  /** @param {Frame} frame @param {unknown} state */
  const hasState = (frame, state) => eventually(`the state ${state}`, () =>
    frame.evaluate((state) => document.querySelector('kashshaf-explorer')?.getAttribute('data-state') === state, state));

  it('answers a first question from a few whole files', LIMIT, () =>
    visit(async (frame) => {
      await hasState(frame, 'ready');
      assert.deepEqual(log.map(({ path }) => path.replace(/[0-9a-f]{16}/, '#')), ['index.json', 'directory-#.bin'], 'the first view takes no part');
      const { results } = await search(frame, `حديقة ${WORD}`);
      assert.equal(results.length, 10);
      assert.match(results[0], new RegExp(WORD));
      const bytes = log.reduce((sum, { bytes }) => sum + bytes, 0);
      const all = directoryBytes(folder);
      assert.ok(log.every(({ status, bytes }) => status === 200 && bytes <= 64_000), JSON.stringify(log));
      assert.ok(bytes < 300_000 && 3 * bytes < all, `${bytes} of ${all} bytes in ${log.length} requests`);
      assert.equal(new Set(log.map(({ path }) => path)).size, log.length, 'nothing is fetched twice');

      // The same question costs nothing; the page of a hit is there already.
      log = [];
      const request = { query: `حديقة ${WORD}`, lens: 'clitics', scope: 'articles' };
      const reply = await ask(frame, 'search', request);
      // The columns beside the results come when they come.
      assert.deepEqual([reply.totals.documents, log.filter(({ path }) => !path.startsWith('columns/'))], [PAGES / 20, []]);
      const page = await ask(frame, 'page', { id: reply.hits[0].document, query: WORD });
      assert.match(JSON.stringify(page.parts), new RegExp(WORD));
    }));

  it('counts as the whole index does, which a click loads', LIMIT, () =>
    visit(async (frame) => {
      await hasState(frame, 'ready');
      const questions = [WORD, `«حديقة ${WORD}»`, 'حديق*', 'بيت -حديقة', 'لا-يوجد'].flatMap((query) =>
        ['exact', 'letters', 'clitics', 'stem'].map((lens) => ({ query, lens, scope: 'pages', ranking: 'words' })));
      /** @param {'facets' | 'dates'} method @param {object} request */
      const asked = (method, request) => frame.evaluate(([method, request]) =>
        /** @type {any} */ (document.querySelector('kashshaf-explorer')).engine[method](request), /** @type {const} */ ([method, request]));
      const answers = async () => {
        const all = [];
        for (const request of [{}, { outlets: ['قناة'] }, { dates: ['2021'], sort: 'newest' }, { keywords: ['زرع'], sort: 'outlet' }, { query: 'بيت outlet:قناة' }]) {
          const question = { query: 'بيت', ranking: 'words', ...request };
          const { hits } = await ask(frame, 'search', question);
          all.push({ question, facets: await asked('facets', { ...question, facets: ['outlet', 'date', 'keyword'] }), found: hits.map((/** @type {any} */ { document }) => document) });
        }
        const { published, datedArticles, undatedArticles } = await asked('dates', {});
        all.push({ published, datedArticles, undatedArticles });
        for (const question of questions) {
          const { totals, hits } = await ask(frame, 'search', question);
          const { byScope } = await ask(frame, 'around', question);
          all.push({ question, totals, byScope, found: hits.map((/** @type {any} */ { document, score, snippet }) => ({ document, score, snippet })) });
        }
        return all;
      };
      const inParts = await answers();
      assert.ok(inParts.filter(({ totals }) => totals?.hits > 0).length > 10);
      assert.ok(inParts.filter(({ facets }) => facets?.facets.length >= 3).length === 5, JSON.stringify(inParts[0]));
      await frame.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('kashshaf-explorer')?.shadowRoot?.querySelector('[data-testid=load-whole]')).click());
      await eventually('the whole index', async () => log.some(({ path }) => path === 'corpus.kashshaf'));
      await hasState(frame, 'ready');
      assert.deepEqual(await answers(), inParts);
    }));

  it('narrows results by columns that come behind them, and moves nothing', LIMIT, () =>
    visit(async (frame) => {
      await hasState(frame, 'ready');
      instead = (path) => (path.startsWith('/news/columns/') ? 404 : null);
      const { results } = await search(frame, 'بيت');
      assert.equal(results.length, 10, 'a search waits for no column');
      const shown = () => frame.evaluate(() => {
        const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
        const place = root?.querySelector('.facets-of-parts');
        return { groups: [...(place?.querySelectorAll('fieldset') ?? [])].map((group) => group.getAttribute('data-facet')), text: place?.textContent };
      });
      const open = () => frame.evaluate(() => {
        const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
        const block = /** @type {HTMLDetailsElement} */ (root?.querySelector('.facets-of-parts details'));
        if (!block.open) /** @type {HTMLElement} */ (block.querySelector('summary')).click();
      });
      // Where there is no room beside the results the block is folded, and nothing is fetched before it is opened.
      await open();
      await eventually('what is wrong', async () => /could not be counted/.test((await shown()).text ?? ''));
      instead = () => null;
      await search(frame, `حديقة ${WORD}`);
      await search(frame, 'بيت');
      await eventually('the facets', async () => (await shown()).groups.join() === 'outlet,date');
      const columns = () => log.filter(({ path, status }) => path.startsWith('columns/') && status === 200).length;
      assert.equal(columns(), 2, 'keywords are not fetched before they are asked for');
      const click = (/** @type {string} */ selector) => frame.evaluate((selector) =>
        /** @type {HTMLElement} */ (document.querySelector('kashshaf-explorer')?.shadowRoot?.querySelector(selector)).click(), selector);
      const total = () => frame.evaluate(() => document.querySelector('kashshaf-explorer')?.shadowRoot?.querySelector('[data-testid=totals]')?.textContent ?? '');
      const before = await total();
      await click('[data-testid=count-keywords]');
      await eventually('the keywords', async () => (await shown()).groups.join() === 'outlet,date,keyword');
      assert.equal(columns(), 3);
      await click('[data-facet=outlet] input');
      await eventually('the narrowed results', async () => {
        const narrowed = await total();
        return narrowed !== '' && narrowed !== before;
      });
      await eventually('the facets again', async () => (await shown()).groups.join() === 'outlet,date,keyword');
      assert.equal(columns(), 3, 'nothing is fetched twice');
    }));

  it('draws when articles were published, and says what it does not know', LIMIT, () =>
    visit(async (frame) => {
      await hasState(frame, 'ready');
      const series = () => frame.evaluate(() => {
        const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
        return {
          rows: root?.querySelectorAll('[data-testid=series-published] tbody tr').length,
          mentioned: root?.querySelectorAll('[data-testid=series-mentioned]').length,
          ways: root?.querySelectorAll('[data-testid=view] [data-testid=load-whole]').length,
          link: root?.querySelector('[data-testid=series-published] a')?.getAttribute('href'),
        };
      });
      const { rows, mentioned, ways, link } = await eventually('the timeline', async () => {
        const shown = await series();
        return shown.rows ? shown : null;
      });
      assert.deepEqual([mentioned, ways], [0, 1]);
      assert.ok(rows === 9 && /q=date(:|%3A)/.test(link ?? ''), `${rows} ${link}`);
    }, '#v=1&view=timeline'));

  it('lists names, opens one and finds the documents that mention it, from a few files', LIMIT, () =>
    visit(async (frame) => {
      await hasState(frame, 'ready');
      const inView = (/** @type {string} */ selector) => frame.evaluate((selector) =>
        [...(document.querySelector('kashshaf-explorer')?.shadowRoot?.querySelectorAll(`[data-testid=view] ${selector}`) ?? [])].map((node) => node.textContent ?? ''), selector);
      const rows = await eventually('the list', async () => {
        const found = await inView('.entity-list a');
        return found.length > 0 ? found : null;
      });
      assert.ok(rows.some((row) => row.includes(PERSON)), rows.join());
      const fetched = (/** @type {string} */ kind) => log.filter(({ path }) => path.startsWith(`${kind}/`)).length;
      assert.deepEqual([fetched('names'), fetched('pages')], [2, 0], 'the list takes no page');
      /** @param {'entity' | 'entities' | 'search' | 'page'} method @param {object} request */
      const asked = (method, request) => frame.evaluate(([method, request]) =>
        /** @type {any} */ (document.querySelector('kashshaf-explorer')).engine[method](request), /** @type {const} */ ([method, request]));
      const { rows: [{ id }] } = await asked('entities', { filter: PERSON });
      const request = { id, scope: 'articles', limit: 10, documents: 10 };
      const answers = async () => {
        const entity = await asked('entity', request);
        const page = await asked('page', { id: entity.documents[0].document, entities: true });
        return { entity, list: await asked('entities', { filter: 'بوتين' }), marks: JSON.stringify(page.parts).split(request.id).length };
      };
      const inParts = await answers();
      const mentioned = PAGES / 30;
      assert.deepEqual([inParts.entity.entity.documents, inParts.entity.documents.length], [mentioned, 10]);
      assert.ok(inParts.marks > 1, 'the name is marked where it stands');
      const found = await asked('search', { query: 'role:main', entities: [id], ranking: 'words' });
      assert.equal(found.totals.documents, mentioned);
      assert.ok(fetched('pages') < 30, `${fetched('pages')}`);

      await frame.evaluate((id) => {
        location.hash = `#v=1&view=entity&id=${encodeURIComponent(id)}`;
      }, request.id);
      const sentences = await eventually('the sentences', async () => {
        const found = await inView('.sentences li');
        return found.length > 0 ? found : null;
      });
      assert.equal(sentences.length, 10);
      await eventually('the way to all documents', async () => (await inView('[data-testid=all-documents]')).length === 1);
      await frame.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('kashshaf-explorer')?.shadowRoot?.querySelector('[data-testid=all-documents]')).click());
      await eventually('the documents', async () => (await inView('[data-testid=results] > li')).length === 10);

      await frame.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('kashshaf-explorer')?.shadowRoot?.querySelector('[data-testid=load-whole]')).click());
      await eventually('the whole index', async () => log.some(({ path }) => path === 'corpus.kashshaf'));
      await hasState(frame, 'ready');
      assert.deepEqual(await answers(), inParts);
    }, '#v=1&view=entities&type=person'));

  it('fetches quotes and dates that texts mention when they are asked for', LIMIT, () =>
    visit(async (frame) => {
      await hasState(frame, 'ready');
      const click = (/** @type {string} */ id) => eventually(id, () => frame.evaluate((id) => {
        const button = /** @type {HTMLElement | null} */ (document.querySelector('kashshaf-explorer')?.shadowRoot?.querySelector(`[data-testid=view] [data-testid=${id}]`) ?? null);
        button?.click();
        return button !== null;
      }, id));
      const names = () => log.filter(({ path }) => path.startsWith('names/')).length;
      await click('count-mentioned');
      await eventually('the dates', () => frame.evaluate(() =>
        document.querySelector('kashshaf-explorer')?.shadowRoot?.querySelector('[data-testid=series-mentioned] tbody tr') != null));
      const fetched = names();
      assert.ok(fetched > 1);
      /** @param {'quotes' | 'network' | 'dates'} method */
      const asked = (method) => frame.evaluate((method) =>
        /** @type {any} */ (document.querySelector('kashshaf-explorer')).engine[method]({}), method);
      const answers = async () => [await asked('quotes'), await asked('network'), await asked('dates')];
      const inParts = await answers();
      assert.ok(inParts[0].matching > 0 && inParts[1].nodes.length > 0, JSON.stringify(inParts[0].totals));
      assert.equal(names(), fetched, 'all that was found is there by now');
      await frame.evaluate(() => /** @type {HTMLElement | null} */ (document.querySelector('kashshaf-explorer')?.shadowRoot?.querySelector('[data-testid=load-whole]'))?.click());
      await eventually('the whole index', async () => log.some(({ path }) => path === 'corpus.kashshaf'));
      await hasState(frame, 'ready');
      assert.deepEqual(await answers(), inParts);
    }, '#v=1&view=timeline'));

  it('says what a corpus in parts cannot do, and how it can', LIMIT, () =>
    visit(async (frame) => {
      await hasState(frame, 'ready');
      const shown = await eventually('the error', () => frame.evaluate(() => {
        const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
        const error = root?.querySelector('[data-testid=view] [data-error]');
        return error ? { code: error.getAttribute('data-error'), hasWay: error.querySelector('[data-testid=load-whole]') !== null } : null;
      }));
      assert.deepEqual(shown, { code: 'index-in-parts', hasWay: true });
    }, `#v=1&view=search&recent=1&q=${encodeURIComponent('بيت')}`));

  it('tries again, and past a cache that gave something else', LIMIT, () =>
    visit(async (frame) => {
      await hasState(frame, 'ready');
      /** @type {Map<string, number>} */
      const asked = new Map();
      instead = (path) => {
        const times = (asked.get(path) ?? 0) + 1;
        asked.set(path, times);
        if (times > 1) return null;
        return path.startsWith('/news/words/') ? '<!doctype html>Welcome' : 503;
      };
      const { totals } = await ask(frame, 'search', { query: WORD });
      assert.equal(totals.documents, PAGES / 20);
      assert.ok(log.some(({ status }) => status === 503) && [...asked.values()].every((times) => times === 2));
    }));

  it('tells the reader of a part that cannot be had, and goes on when it can', LIMIT, () =>
    visit(async (frame) => {
      await hasState(frame, 'ready');
      await search(frame, WORD);
      instead = (path) => (path.startsWith('/news/pages/') ? 404 : null);
      await frame.evaluate((query) => {
        location.hash = `#v=1&view=search&q=${encodeURIComponent(query)}`;
      }, RARE);
      const error = () => frame.evaluate(() =>
        document.querySelector('kashshaf-explorer')?.shadowRoot?.querySelector('[data-testid=view] [data-error]')?.getAttribute('data-error') ?? null);
      assert.equal(await eventually('the error', error), 'part-unreachable');
      // What is there is still answered, and another try finds the rest.
      const { totals } = await ask(frame, 'search', { query: WORD });
      assert.equal(totals.documents, PAGES / 20);
      instead = () => null;
      await frame.evaluate(() => /** @type {HTMLElement} */ (
        document.querySelector('kashshaf-explorer')?.shadowRoot?.querySelector('[data-testid=view] [data-error] button')).click());
      await eventually('the result', () => frame.evaluate(() =>
        document.querySelector('kashshaf-explorer')?.shadowRoot?.querySelectorAll('[data-testid=results] > li').length === 1));
    }));

  it('fails with a reason where there is no directory', LIMIT, () =>
    visit(async (frame) => {
      // The page was opened before: it is opened again without.
      await hasState(frame, 'ready');
      instead = (path) => (path.includes('directory') ? 404 : null);
      await frame.evaluate(() => document.querySelector('kashshaf-explorer')?.setAttribute('src', '/news/index.json?again'));
      await hasState(frame, 'failed');
    }));
}

/** A corpus of many parts: words by their rank, and some by place. */
function records() {
  let state = 12345;
  const next = (/** @type {number} */ most) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
  const letters = [...'بترسلمنيودكعفق'];
  const words = Array.from({ length: 8000 }, () => Array.from({ length: 3 + next(5) }, () => letters[next(letters.length)]).join(''));
  const lines = Array.from({ length: PAGES }, (_, at) => {
    const some = Array.from({ length: 180 }, () => words[Math.floor((next(8000) * next(8000)) / 8000)]);
    if (at % 20 === 7) some.splice(90, 0, 'في', 'حديقة', WORD);
    if (at % 3 === 0) some.splice(30, 0, 'بيت', 'من', 'حديقة.');
    if (at === PAGES - 1) some.splice(10, 0, RARE);
    if (at % 30 === 4) some.splice(50, 0, 'والتقى', 'الرئيس', PERSON, 'في', 'موسكو', 'في', '15', 'سبتمبر', '2019.', 'وقال', 'بوتين:', '«لن نترك بلدنا وحده اليوم».');
    return JSON.stringify({ title: `خبر ${words[at]}`, body: some.join(' '), source: at % 2 === 0 ? 'صحيفة' : 'قناة',
      date: at % 7 === 0 ? undefined : `20${20 + (at % 3)}-0${1 + (at % 9)}-1${at % 10}`, keywords: at % 5 === 0 ? ['زرع', `وسم ${at % 11}`] : [] });
  });
  return lines.join('\n');
}

/** @param {string} folder */
function directoryBytes(folder) {
  return readFileSync(join(folder, 'news/corpus.kashshaf')).length;
}
