/** @file First load: what the corpus is, how much of it is article, who is in it, and what to ask. */

import { copyButton } from '../ui/copy-button.js';
import { bdi, code, h, textDirection } from '../ui/dom.js';
import { indexList } from '../ui/index-list.js';
import { intakePanel } from '../ui/intake-panel.js';
import { note } from '../ui/notice.js';
import { proportionBar } from '../ui/proportion-bar.js';
import { entityEntries } from './entity-entries.js';
import { pageCard } from './page-card.js';

/** @import { EntityType, OverviewReply } from '../../src/wasm/types.d.ts' */
/** @import { Context, DrawnView } from '../ui/types.d.ts' */

/** Examples shown. */
const EXAMPLES = 6;
/** Pages that «more» adds; the engine's own first portion is as large. */
const PAGES = 50;

/** @param {Context} context @param {AbortSignal} signal @returns {Promise<DrawnView>} */
export async function drawOverview(context, signal) {
  const { texts, options } = context;
  const m = texts.m.overview;
  const reply = await context.overview();
  const empty = reply.totals.pages === 0;
  // Of the files that came with the page; the reader's own stand in the ledger.
  const failed = context.engine.reports.filter(({ status }) => status === 'failed').length;
  const suggestions = examples(context, reply);
  const names = indexes(context, reply);
  const node = h('div', { class: empty ? 'overview overview-empty' : 'overview' },
    failed > 0 && note(texts.rich(texts.m.files.someFailed, {
      count: texts.count(texts.m.fileCount, failed), ledger: h('a', { href: context.link({ view: 'files' }) }, texts.m.files.title),
    })),
    h('div', { class: 'opening' },
      h('section', { class: 'lead', 'aria-labelledby': 'overview-title' },
        h('h2', { id: 'overview-title', class: 'eyebrow' }, empty ? m.empty : m.title),
        empty ? h('p', { class: 'lead-text' }, m.emptyNote) : leadText(context, reply),
        !empty && suggestions),
      !options.readonly && !context.engine.isInParts && intakePanel(context)),
    !empty && anatomy(context, reply),
    !empty && names,
    !empty && datesAndOutlets(context, reply),
    !empty && pages(context, reply, signal),
    !empty && fingerprint(context, reply));
  if (!empty && !reply.annotated) void fillIn();
  return { node, title: texts.m.views.overview };

  /** What is known of names comes when it is there; the rest of the view does not wait for it. */
  async function fillIn() {
    const named = await context.namedOverview().catch(() => reply);
    if (signal.aborted) return;
    suggestions.replaceWith(examples(context, named));
    // Who goes to the names themselves is told why they cannot be had.
    if (named.annotated) names.replaceWith(indexes(context, named));
    else names.remove();
  }
}

/** @param {Context} context @param {OverviewReply} reply */
function leadText({ texts }, { totals }) {
  const m = texts.m.overview;
  return h('div', { class: 'lead-text', 'data-testid': 'lead' },
    h('p', null, texts.fill(m.lead, {
      pages: texts.count(texts.m.pages, totals.pages),
      main: texts.count(texts.m.mainArticles, totals.mainArticles),
      embedded: texts.count(texts.m.embeddedArticles, totals.embeddedArticles),
    })),
    h('p', { class: 'lead-second' },
      texts.fill(m.leadWords, { words: texts.count(texts.m.words, totals.words), forms: texts.count(texts.m.forms, totals.forms) }),
      totals.pagesWithoutArticle > 0 && ` ${texts.fill(m.withoutArticle, { count: texts.number(totals.pagesWithoutArticle) })}`));
}

/** @param {Context} context @param {OverviewReply} reply */
function examples(context, reply) {
  if (reply.examples.length === 0) return h('div', { class: 'examples' });
  return h('nav', { class: 'examples', 'aria-label': context.texts.m.overview.examples },
    h('span', { class: 'soft' }, context.texts.m.overview.examples),
    h('ul', { role: 'list' }, reply.examples.slice(0, EXAMPLES).map((query) => h('li', null,
      h('a', { class: 'example', href: context.link({ view: 'search', query }) }, bdi(query))))));
}

/** @param {Context} context @param {OverviewReply} reply */
function anatomy({ texts }, reply) {
  const m = texts.m.overview;
  return h('section', { class: 'block', 'aria-labelledby': 'anatomy-title' },
    h('h2', { id: 'anatomy-title' }, m.anatomy),
    proportionBar(reply.wordsByGroup, texts, 'legend'),
    h('p', { class: 'soft measure' }, m.anatomyNote));
}

/** @param {Context} context @param {OverviewReply} reply */
function indexes(context, reply) {
  const { texts } = context;
  const m = texts.m.overview;
  /** @type {[EntityType, string, import('../../src/wasm/types.d.ts').EntityRow[]][]} */
  const columns = [['person', m.people, reply.people], ['place', m.places, reply.places], ['organisation', m.organisations, reply.organisations]];
  const title = h('h2', { id: 'names-title' }, texts.m.entities.title);
  if (!reply.annotated) {
    const looking = h('p', { class: 'soft', 'data-testid': 'names-awaited' }, texts.m.entities.looking, '…');
    return h('section', { class: 'block names-awaited', 'aria-labelledby': 'names-title', 'aria-busy': 'true' }, title, looking);
  }
  return h('section', { class: 'block', 'aria-labelledby': 'names-title' }, title,
    h('p', { class: 'soft' }, `${texts.m.entities.columns} (${texts.m.scopePhrases[context.state.scope]})`),
    h('div', { class: 'columns' }, columns.map(([type, label, rows]) => h('section', { class: 'column' },
      h('h3', null, label),
      indexList(entityEntries(context, rows)),
      h('p', null, h('a', { href: context.link({ view: 'entities', type }) }, m.allOf))))));
}

/** @param {Context} context @param {OverviewReply} reply */
function datesAndOutlets({ texts }, reply) {
  const m = texts.m.overview;
  const { earliest, latest } = reply;
  return h('div', { class: 'block columns' },
    h('section', { class: 'column' },
      h('h3', null, m.dates),
      earliest && latest && h('p', { class: 'range' }, texts.fill(earliest === latest ? m.oneDay : m.range, {
        from: texts.date(earliest), to: texts.date(latest),
      })),
      h('p', null, `${texts.fill(m.dated, { count: texts.count(texts.m.articles, reply.dated) })} · `,
        texts.fill(m.undated, { count: texts.count(texts.m.articles, reply.undated) })),
      h('p', { class: 'soft' }, m.undatedNote)),
    h('section', { class: 'column' },
      h('h3', null, m.outlets),
      reply.outlets.length === 0 ? h('p', { class: 'soft' }, m.noOutlets) : indexList(reply.outlets.map(([text, articles]) => ({
        text, numbers: texts.number(articles), spoken: texts.count(texts.m.articles, articles),
      })))));
}

/** The first pages, and a button for more. @param {Context} context @param {OverviewReply} first @param {AbortSignal} signal */
function pages(context, first, signal) {
  const { texts, engine, state } = context;
  const list = h('ol', { class: 'page-cards', role: 'list' });
  const rest = h('div', { class: 'rest' });
  let shown = 0;
  add(first);
  return h('section', { class: 'block', 'aria-labelledby': 'pages-title' },
    h('h2', { id: 'pages-title' }, texts.m.overview.pages), list, rest);

  /** @param {OverviewReply} reply */
  function add(reply) {
    list.append(...reply.pages.map((page) => h('li', { dir: textDirection(page.heading) }, pageCard(context, page))));
    shown += reply.pages.length;
    const { pages: total } = reply.totals;
    if (shown >= total || (reply.pages.length === 0 && reply !== first)) return rest.replaceChildren();
    rest.replaceChildren(
      h('p', { class: 'soft' }, texts.fill(texts.m.search.shownOf, { shown: texts.number(shown), total: texts.count(texts.m.pages, total) })),
      h('button', { type: 'button', class: 'button', onclick: () => void readOn(shown) },
        texts.fill(texts.m.search.moreResults, { count: texts.count(texts.m.pages, Math.min(PAGES, total - shown)) })));
  }

  /** @param {number} offset */
  async function readOn(offset) {
    const reply = await engine.overview({ scope: state.scope, limit: PAGES, offset }, { signal });
    if (signal.aborted || offset !== shown) return;
    add(reply);
    list.children.item(offset)?.querySelector('a')?.focus();
  }
}

/** @param {Context} context @param {OverviewReply} reply */
export function fingerprint({ texts, announce }, reply) {
  const m = texts.m.overview;
  return h('section', { class: 'block fingerprint', 'aria-labelledby': 'fingerprint-title' },
    h('h3', { id: 'fingerprint-title' }, m.fingerprint),
    h('p', null, h('span', { title: reply.fingerprint, 'data-testid': 'fingerprint' }, code(reply.fingerprint.slice(0, 16))), ' ',
      copyButton(texts, texts.m.copy, async () => reply.fingerprint, announce)),
    h('p', { class: 'soft' }, m.fingerprintNote));
}
