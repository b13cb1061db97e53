/** @file One page of the corpus: its articles and the shares of its words. */

import { bdi, h } from '../ui/dom.js';
import { proportionBar } from '../ui/proportion-bar.js';
import { takeOutButton } from '../ui/take-out.js';

/** @import { ArticleInfo, PageInfo } from '../../src/wasm/types.d.ts' */
/** @import { Context } from '../ui/types.d.ts' */

/**
 * @param {Context} context
 * @param {PageInfo} page
 */
export function pageCard(context, page) {
  const { texts, link } = context;
  const main = page.articles.find(({ role }) => role === 'main');
  const embedded = page.articles.filter(({ role }) => role === 'embedded');
  return h('article', { class: 'page-card' },
    h('h3', null, h('a', { href: link({ view: 'reader', id: page.id }) }, bdi(page.heading))),
    main ? articleLine(context, main) : h('p', { class: 'facts' }, h('span', { dir: texts.m.dir }, texts.m.roles.none)),
    embedded.map((article) => h('div', { class: 'embedded-line' },
      h('p', null, roleBadge(context, article.role), ' ',
        h('a', { href: link({ view: 'reader', id: article.id }) }, article.title ? bdi(article.title) : texts.m.untitled)),
      articleLine(context, article))),
    proportionBar(page.wordsByGroup, texts, 'plain'),
    h('p', { class: 'facts' }, h('span', { dir: texts.m.dir }, texts.count(texts.m.words, page.words)), h('span', null, bdi(page.name, 'file-name')),
      takeOutButton(context, { request: { ids: [page.id] }, name: page.heading, pages: 1, key: page.id })));
}

/** @param {Context} context @param {ArticleInfo} article */
function articleLine({ texts }, { published, outlets }) {
  return h('p', { class: 'facts' }, dateFact(texts, published), outlets.map((outlet) => h('span', null, bdi(outlet))));
}

/**
 * @param {import('../i18n/index.js').Texts} texts
 * @param {import('../../src/wasm/types.d.ts').PublishedDate | null} published
 */
export function dateFact(texts, published) {
  return published
    ? h('time', { datetime: published.iso, dir: texts.m.dir }, texts.date(published.iso))
    : h('span', { class: 'undated', dir: texts.m.dir }, texts.m.undated);
}

/**
 * @param {Context} context
 * @param {import('../../src/wasm/types.d.ts').Role} role
 */
export function roleBadge({ texts }, role) {
  return h('span', { class: `badge role-${role}`, dir: texts.m.dir, title: texts.m.roleNotes[role] }, texts.m.roles[role]);
}
