/** @file What is known of a page and its articles, beside the text. */

import { bdi, code, h } from '../ui/dom.js';
import { outsideLink } from '../ui/outside-link.js';
import { proportionBar } from '../ui/proportion-bar.js';
import { sideBlock } from '../ui/side-block.js';
import { takeOutButton } from '../ui/take-out.js';
import { dateFact, roleBadge } from './page-card.js';

/** @import { ArticleInfo, PageInfo } from '../../src/wasm/types.d.ts' */
/** @import { Context } from '../ui/types.d.ts' */
/** @import { Child } from '../ui/dom.js' */

/**
 * @param {Context} context
 * @param {PageInfo} page
 */
export function pageData(context, page) {
  const { texts } = context;
  const m = texts.m.reader;
  return sideBlock({ key: 'page-data', heading: m.about, className: 'page-data', part: 'page-data', brief: briefly(context, page) }, [
    proportionBar(page.wordsByGroup, texts, 'legend'),
    page.articles.map((article) => articleData(context, article)),
    page.headlines.length > 0 && h('details', { class: 'headlines' },
      h('summary', null, `${m.headlines} (${texts.number(page.headlines.length)})`),
      h('ul', null, page.headlines.map((headline) => h('li', null, bdi(headline))))),
    dataList([
      [m.words, texts.number(page.words)],
      [m.size, texts.bytes(page.bytes)],
      [m.encoding, code(page.encoding)],
      [m.id, code(page.id)],
      [texts.m.files.columns.name, bdi(page.name, 'file-name')],
    ]),
    page.warning && h('p', { class: 'note' }, texts.m.warnings[page.warning] ?? code(page.warning)),
    // The page will not be there to be read.
    takeOutButton(context, {
      request: { ids: [page.id] }, name: page.heading, pages: 1, key: page.id, leave: () => context.navigate({ view: 'overview', id: '' }),
    }),
  ]);
}

/** Date and outlets of the page's own article. @param {Context} context @param {PageInfo} page */
function briefly({ texts }, { articles }) {
  const main = articles.find(({ role }) => role === 'main');
  return main ? [dateFact(texts, main.published), ...main.outlets.map((outlet) => bdi(outlet))] : [texts.m.roles.none];
}

/** @param {Context} context @param {ArticleInfo} article */
function articleData(context, article) {
  const { texts, link } = context;
  const m = texts.m.reader;
  const { published, outlets, keywords } = article;
  return h('section', { class: 'article-data' },
    h('h4', null, roleBadge(context, article.role), ' ',
      article.title && h('a', { href: link({ view: 'reader', id: article.id }) }, bdi(article.title))),
    dataList([
      [m.published, [
        dateFact(texts, published), ' ',
        h('small', { class: 'soft' }, published ? texts.rich(m.dateOrigin, {
          origin: texts.m.origins[published.origin] ?? code(published.origin), raw: bdi(published.raw),
        }) : m.undatedNote),
      ]],
      [m.dateline, article.datelinePlace && bdi(article.datelinePlace)],
      [m.outlets, joined(outlets)],
      [m.authors, joined(article.authors)],
      [m.url, outsideLink(texts, article.url)],
      [m.keywords, joined(keywords)],
      [m.keywordsRaw, article.keywordsRaw && bdi(article.keywordsRaw)],
      [m.words, texts.number(article.words)],
    ]));
}

/** @param {string[]} names @returns {Child[] | null} */
function joined(names) {
  return names.length > 0 ? names.flatMap((name, at) => [at > 0 ? ' · ' : '', bdi(name)]) : null;
}

/** Rows without a value are left out. @param {[string, Child | Child[]][]} rows */
export function dataList(rows) {
  return h('dl', { class: 'metadata' }, rows.filter(([, value]) => value).map(([name, value]) => h('div', null,
    h('dt', null, name), h('dd', null, value))));
}
