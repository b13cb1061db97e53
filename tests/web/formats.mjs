/**
 * Files of other formats than plain text: read by the second module, which is
 * loaded when the first of them comes; hostile ones; tables about which the
 * reader is asked.
 *
 * @import { Frame } from './browsers.mjs'
 * @import { Session } from './session.mjs'
 */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { ask, eventually, search, waitUntilReady } from './explorer.mjs';
import { choose, press, textOf } from './imports.mjs';
import { chooseFiles, importEnds, ledger, utf8, zipOf } from './intake.mjs';
import { LIMIT, PAGES } from './session.mjs';
import { HOST, PAGE } from './settings.mjs';

const FILES = '#v=1&view=files';
const PARAGRAPH = 'نبت القرنفل في حديقة البيت القديم قبل أن يأتي الربيع، وقال الجيران إن رائحته بلغت آخر الحي وإنهم لم يروا مثله من قبل. ';

/** What must never run, wherever it stands. */
const HOSTILE = `<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8">
<title>عنوان <img src=x onerror="globalThis.ran='title'"></title>
<meta property="og:title" content="القرنفل &lt;script&gt;globalThis.ran='og'&lt;/script&gt;">
<link rel="canonical" href="javascript:globalThis.ran='canonical'">
<meta property="og:url" content="javascript:globalThis.ran='url'">
<meta http-equiv="refresh" content="0; url=javascript:globalThis.ran='refresh'">
<base href="https://evil.invalid/"><script src="https://evil.invalid/x.js"></script>
<script>globalThis.ran = 'script'</script><style>@import "https://evil.invalid/x.css"; .kashshaf { display: none }</style>
</head><body onload="globalThis.ran='load'"><iframe srcdoc="<script>parent.ran='frame'</script>"></iframe>
<article><h1>حكاية القرنفل</h1><p>${PARAGRAPH.repeat(3)}<a href="javascript:globalThis.ran='link'">رابط</a></p>
<p>${PARAGRAPH}&lt;img src=x onerror=globalThis.ran='escaped'&gt; ${PARAGRAPH}</p>
<svg onload="globalThis.ran='svg'"><script>globalThis.ran='svg script'</script></svg>
<img src="https://evil.invalid/pixel.png" onerror="globalThis.ran='image'"><form action="https://evil.invalid/"><button>زر</button></form>
</article></body></html>`;

const LINKED = `<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>خبر الياسمين</title>
<link rel="canonical" href="https://news.example/jasmine?a=1&amp;b=2"></head>
<body><article><h1>خبر الياسمين</h1><p>${PARAGRAPH.replaceAll('القرنفل', 'الياسمين').repeat(3)}</p></article></body></html>`;

/** @param {Session} session */
export function formats({ visit }) {
  for (const [name, address] of PAGES) {
    it(`are indexed by several workers as by one in ${name}`, LIMIT, () =>
      visit(address, async (tab) => {
        const frame = await tab.frame();
        await waitUntilReady(frame);
        // The worker that reads is started by the first import, and stays.
        await frame.evaluate(() => /** @type {any} */ (document.querySelector('kashshaf-explorer')).addFiles([new File(['title,body\nب,ت'], 'first.csv')]));
        const alone = await indexedBy(frame, 0);
        assert.deepEqual([alone.started, alone.pages > 2000], [0, true]);
        for (const workers of [2, 3]) {
          const { started, found, ...rest } = await indexedBy(frame, workers);
          assert.deepEqual({ ...rest, started: 0, found: alone.found }, alone);
          assert.equal(started, workers);
          assert.ok(found > 0, 'what was there is found meanwhile');
        }
      }));
  }

  const doors = [...PAGES, /** @type {const} */ (['an embed on a page of another origin', `${HOST}element.html`])];
  for (const [name, address] of doors) {
    it(`are read by ${name}, each with its line`, LIMIT, () =>
      visit(address, async (tab) => {
        const frame = await tab.frame();
        await waitUntilReady(frame);
        const before = tab.requests.length;
        const inside = zipOf([
          { name: 'خبر.html', bytes: utf8(LINKED) },
          { name: 'مجلد/نص.txt', bytes: utf8('كتب الأستاذ مقالة طويلة عن الزعفران وأهله.') },
          { name: '../../هارب.txt', bytes: utf8('زار الضيف متحف الخزامى في المدينة.') },
        ]);
        await frame.evaluate(async (/** @type {{ name: string, bytes: number[] }[]} */ files) => {
          const element = /** @type {any} */ (document.querySelector('kashshaf-explorer'));
          await element.addFiles(files.map(({ name, bytes }) => new File([Uint8Array.from(bytes)], name)));
        }, [
          { name: 'صفحة.html', bytes: utf8(HOSTILE) },
          { name: 'سجلات.jsonl', bytes: utf8('{"title":"أول","body":"نبت الريحان في الدار."}\n{"title":"ثان","body":"ونبت النعناع بجانبه."}\n') },
          { name: 'جدول.csv', bytes: utf8('title,body,date\nثالث,"نبت البابونج، في السهل.",2023-09-18\n') },
          { name: 'محفوظات.zip', bytes: inside },
        ]);
        const lines = await ledger(frame);
        assert.deepEqual(lines.map(({ path, status, pages }) => [path, status, pages]), [
          ['صفحة.html', 'read', 1],
          ['سجلات.jsonl', 'split', 2],
          ['جدول.csv', 'read', 1],
          ['محفوظات.zip', 'split', 0],
          ['محفوظات.zip/خبر.html', 'read', 1],
          ['محفوظات.zip/مجلد/نص.txt', 'read', 1],
          [lines[6].path, 'read', 1],
        ]);
        assert.doesNotMatch(lines[6].path, /\.\.\//, 'no member climbs out of its archive');
        for (const word of ['القرنفل', 'الريحان', 'النعناع', 'البابونج', 'الياسمين', 'الزعفران', 'الخزامى']) {
          const { totals } = await ask(frame, 'search', { query: word });
          assert.equal(totals.documents, 1, word);
        }
        const asked = tab.requests.slice(before).map((request) => new URL(request).pathname.split('/').at(-1));
        // The first view has names looked for at the same time.
        const readers = asked.filter((file) => !file?.startsWith('kashshaf-annotator')).sort();
        if (!address.startsWith('file:')) assert.deepEqual(readers, ['kashshaf-readers.js', 'kashshaf-readers.wasm'], 'the readers are loaded when they are needed');
      }));
  }

  for (const [name, address] of PAGES) {
    it(`as hostile HTML never run in ${name}`, LIMIT, () =>
      visit(address + FILES, async (tab) => {
        const frame = await tab.frame();
        await waitUntilReady(frame);
        await chooseFiles(frame, [{ name: '<img src=x onerror=globalThis.ran=1>.html', text: HOSTILE }, { name: 'سليم.html', text: LINKED }]);
        await importEnds(frame);
        const [line, linked] = await ledger(frame);
        assert.equal(line.status, 'read');
        await search(frame, 'القرنفل');
        await eventually('the reader', async () => {
          await press(frame, '[data-testid=results] h3 a').catch(() => {});
          return textOf(frame, '.page-text');
        });
        const found = await frame.evaluate(() => {
          const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
          const elements = [...(root?.querySelectorAll('*') ?? [])];
          return {
            ran: /** @type {any} */ (globalThis).ran ?? null,
            foreign: elements.filter(({ localName }) => ['script', 'iframe', 'img', 'base', 'object', 'embed'].includes(localName)).length,
            handlers: elements.filter((element) => element.getAttributeNames().some((name) => name.startsWith('on'))).length,
            schemes: elements.filter((element) => /^\s*(javascript|data|vbscript):/i.test(element.getAttribute('href') ?? '')).length,
            outside: elements.filter((element) => element.matches('a.outside')).length,
            text: root?.querySelector('.page-text')?.textContent ?? '',
          };
        });
        assert.deepEqual([found.ran, found.foreign, found.handlers, found.schemes, found.outside], [null, 0, 0, 0, 0]);
        assert.match(found.text, /<img src=x onerror=/, 'what was escaped in the file is text');
        assert.doesNotMatch(found.text, /globalThis\.ran = 'script'/, 'scripts are no text of the page');

        // The other page states a web address: it may be followed, and tells nothing of where one comes from.
        const { page } = await ask(frame, 'page', { id: linked.page });
        assert.equal(page.articles[0].url, 'https://news.example/jasmine?a=1&b=2');
        await search(frame, 'الياسمين');
        const link = () => frame.evaluate(() => {
          const link = document.querySelector('kashshaf-explorer')?.shadowRoot?.querySelector('a.outside');
          return link && ['href', 'rel', 'target'].map((name) => link.getAttribute(name));
        });
        const expected = ['https://news.example/jasmine?a=1&b=2', 'noopener noreferrer', '_blank'];
        assert.deepEqual(await eventually('the link in a result', link), expected);
        await press(frame, '[data-testid=read-here]');
        await eventually('the reader', () => textOf(frame, '.page-text'));
        assert.deepEqual(await eventually('the link beside the page', link), expected);
      }));
  }

  describe('a table whose columns cannot be guessed', () => {
    const table = utf8(`c1;c2;c3\nخبر القرنفل;${PARAGRAPH};2023-09-18\nخبر الورد;ونبت الورد بجانبه;2023-09-19\n`);

    it('is asked about while the others are read, and read as answered', LIMIT, () =>
      visit(PAGE + FILES, async (tab) => {
        const frame = await tab.frame();
        await waitUntilReady(frame);
        await chooseFiles(frame, [
          { name: 'أول.csv', bytes: table },
          { name: 'نص.txt', text: 'كتب الأستاذ مقالة عن الزعفران.' },
          { name: 'ثان.csv', bytes: [...table, ...utf8('خبر الريحان;نبت الريحان;2023-09-20\n')] },
        ]);
        const question = await eventually('the question', () => textOf(frame, '[data-testid=question]'));
        assert.match(question, /أول\.csv/);
        assert.match(question, /نبت القرنفل/, 'the first rows are shown');
        await eventually('the plain file', async () => (await ask(frame, 'search', { query: 'الزعفران' })).totals.hits === 1);
        await choose(frame, '[data-role=body]', '');
        await press(frame, '[data-testid=decide]');
        assert.ok(await textOf(frame, '.question .remark-error'), 'a column for the text is needed');
        for (const [role, column] of [['title', 'c1'], ['body', 'c2'], ['date', 'c3']]) await choose(frame, `[data-role=${role}]`, column);
        await press(frame, '[data-testid=decide]');
        await importEnds(frame);
        const lines = await ledger(frame);
        assert.deepEqual(lines.map(({ name, status }) => [name, status]), [['أول.csv', 'split'], ['نص.txt', 'read'], ['ثان.csv', 'read']], 'its other rows were there already');
        const { hits } = await ask(frame, 'search', { query: 'الريحان' });
        assert.deepEqual([hits[0].title, hits[0].published?.iso], ['خبر الريحان', '2023-09-20'], 'the answer went for both');
      }));

    it('is passed over when its reader says so', LIMIT, () =>
      visit(PAGE + FILES, async (tab) => {
        const frame = await tab.frame();
        await waitUntilReady(frame);
        await chooseFiles(frame, [{ name: 'أول.csv', bytes: table }]);
        await eventually('the question', () => textOf(frame, '[data-testid=question]'));
        await press(frame, '[data-focus=dismiss]');
        await importEnds(frame);
        assert.deepEqual((await ledger(frame)).map(({ status, reason }) => [status, reason]), [['skipped', 'columns-not-chosen']]);
      }));
  });

  it('are read again in the encoding that a reader chooses', LIMIT, () =>
    visit(PAGE + FILES, async (tab) => {
      const frame = await tab.frame();
      await waitUntilReady(frame);
      // «كتب محمد عن الورد» in ISO-8859-6, short enough to be taken for another encoding.
      const bytes = [0xe3, 0xca, 0xc8, 32, 0xe5, 0xcd, 0xe5, 0xcf, 32, 0xd9, 0xe6, 32, 0xc7, 0xe4, 0xe8, 0xd1, 0xcf];
      await chooseFiles(frame, [{ name: 'قديم.txt', bytes }, { name: 'آخر.txt', text: 'كتب الأستاذ مقالة عن الزعفران.' }]);
      await importEnds(frame);
      await eventually('its line', () => textOf(frame, '[data-focus^=read-as-]'));
      await press(frame, '[data-focus^=read-as-]');
      await eventually('the dialog', () => textOf(frame, '[data-testid=read-as] [data-testid=question]'));
      await choose(frame, '[data-testid=read-as] [data-focus=encoding]', 'iso-8859-6');
      await eventually('the beginning in that encoding', async () => ((await textOf(frame, '[data-testid=read-as] .preview')) ?? '').includes('كتب محمد'));
      await press(frame, '[data-testid=read-as] [data-testid=decide]');
      await importEnds(frame);
      const [line, other] = await ledger(frame);
      assert.deepEqual([line.encoding, line.status, other.status], ['iso-8859-6', 'read', 'read']);
      assert.equal((await ask(frame, 'search', { query: 'محمد' })).totals.hits, 1);
      assert.equal((await ask(frame, 'search', { query: 'الزعفران' })).totals.hits, 1);
    }));

  it('that bring the reading worker down cost their line alone', LIMIT, () =>
    visit(
      PAGE + FILES,
      async (tab) => {
        const frame = await tab.frame();
        await waitUntilReady(frame);
        await chooseFiles(frame, [
          { name: 'قبل.html', text: LINKED },
          { name: 'قاتل.html', text: HOSTILE.replace('حكاية', 'MAKE-IT-FALL') },
          { name: 'بعد.html', text: LINKED.replaceAll('الياسمين', 'النرجس') },
        ]);
        await importEnds(frame);
        assert.deepEqual((await ledger(frame)).map(({ name, status, reason }) => [name, status, reason]), [
          ['قبل.html', 'read', null], ['قاتل.html', 'failed', 'reader-crashed'], ['بعد.html', 'read', null],
        ]);
        for (const word of ['الياسمين', 'النرجس', 'بوتين']) assert.ok((await ask(frame, 'search', { query: word })).totals.hits > 0, word);
        assert.equal(await textOf(frame, '.notices .note'), null, 'the engine itself did not fall');
      },
      {
        // A reading worker that meets the word falls, as it would by a fault of its own.
        first: () => {
          const { Blob } = globalThis;
          globalThis.Blob = class extends Blob {
            constructor(/** @type {any[]} */ parts, /** @type {any} */ options) {
              const [script] = parts;
              const isReader = typeof script === 'string' && script.includes('kashshaf_readers');
              const trap = `;{const give=kashshaf_readers.Reader.prototype.give;kashshaf_readers.Reader.prototype.give=function(bytes){
                if(new TextDecoder().decode(bytes).includes('MAKE-IT-FALL'))throw new WebAssembly.RuntimeError('unreachable');return give.call(this,bytes)}}`;
              super(isReader ? [script, trap] : parts, options);
            }
          };
        },
      },
    ));
}

/**
 * Adds some megabytes of records, copies among them, with so many further workers; takes them out again.
 * @param {Frame} frame
 * @param {number} workers
 */
function indexedBy(frame, workers) {
  return frame.evaluate(async (/** @type {{ workers: number, paragraph: string }} */ { workers, paragraph }) => {
    const element = /** @type {any} */ (document.querySelector('kashshaf-explorer'));
    const record = (/** @type {number} */ at) => {
      // Every seventh has the letters of the one before.
      const of = at % 7 === 6 ? at - 1 : at;
      const words = Array.from({ length: 150 }, (_, word) => `كلمة${(of * 31 + word * word) % 4001}${word % 9 === 0 ? '، ' : ' '}`);
      const body = of === at ? words.join('') : words.join(' ');
      return at % 501 === 500 ? '{ broken' : JSON.stringify({ title: `خبر ${of}`, body: at % 97 === 0 ? 'ا' : `${paragraph}${body} Kim` });
    };
    const lines = (/** @type {number} */ from, /** @type {number} */ to) => Array.from({ length: to - from }, (_, at) => record(from + at)).join('\n');
    const files = [new File([lines(0, 2500)], 'one.jsonl'), new File(['title,body\nا,ب\n'], 'small.csv'), new File([lines(2400, 3000)], 'two.jsonl')];
    const Real = Worker;
    let started = 0;
    globalThis.Worker = class extends Real {
      constructor(/** @type {any[]} */ ...given) {
        super(.../** @type {[any]} */ (given));
        started += 1;
      }
    };
    const added = element.addFiles(files, { workers });
    const { totals } = await element.search({ query: 'بوتين' });
    const { after, before } = await added;
    globalThis.Worker = Real;
    const { fingerprint } = await element.overview({ limit: 1 });
    const sum = async (/** @type {BufferSource} */ bytes) => Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))).join();
    const { lines: told } = await element.ledger({ limit: 1000 });
    const last = told.slice(-3).map((/** @type {any} */ line) => ({ ...line, file: 0 }));
    const saved = await element.search({ query: 'كلمة31 كلمة62', limit: 50 });
    for (const { file } of told.slice(-3)) await element.removePages({ file });
    return {
      started, found: totals.hits, pages: after.pages - before.pages, fingerprint, last,
      answer: await sum(new TextEncoder().encode(JSON.stringify(saved.hits.map((/** @type {any} */ { took, ...hit }) => hit)))),
    };
  }, { workers, paragraph: PARAGRAPH });
}
