/** @file Nothing typed, or nothing found: never a blank, always a way on. */

import { bdi, h } from '../ui/dom.js';

/** @import { SearchReply } from '../../src/wasm/types.d.ts' */
/** @import { Context } from '../ui/types.d.ts' */

/** @param {Context} context */
export async function searchPrompt(context) {
  const { texts, link } = context;
  const { syntax, prompt } = texts.m.search;
  return h('div', { class: 'prompt' },
    h('h2', null, prompt),
    h('dl', { class: 'syntax' }, syntax.map(([query, meaning]) => h('div', null,
      h('dt', null, h('a', { class: 'example', href: link({ view: 'search', query }) }, bdi(query))), h('dd', null, meaning)))),
    await exampleList(context));
}

/** @param {Context} context */
async function exampleList(context) {
  const { examples } = await context.namedOverview();
  if (examples.length === 0) return null;
  return h('nav', { class: 'examples', 'aria-label': context.texts.m.overview.examples },
    h('span', { class: 'soft' }, context.texts.m.overview.examples),
    h('ul', { role: 'list' }, examples.map((query) => h('li', null,
      h('a', { class: 'example', href: context.link({ view: 'search', query }) }, bdi(query))))));
}

/**
 * Searches that find something, each with how much.
 * @param {Context} context
 * @param {SearchReply} reply
 */
export async function noResults(context, reply) {
  const { texts, link } = context;
  const { m } = texts;
  const hasWay = reply.ways.length > 0 || reply.similar.length > 0 || reply.some !== null;
  return [
    h('h3', { class: 'nowhere' }, hasWay ? m.search.noneHere : m.search.nowhere),
    reply.ways.length > 0 && h('ul', { role: 'list', class: 'way-list', 'data-testid': 'ways' }, reply.ways.map((way) => h('li', null,
      h('a', { class: 'way', href: link({ view: 'search', query: way.query, lens: way.lens, scope: way.scope }) },
        h('span', { class: 'way-what' }, texts.rich(m.ways[way.kind], {
          text: bdi(way.text), query: bdi(way.query), lens: m.lensPhrases[way.lens], scope: m.scopePhrases[way.scope],
        })),
        h('span', { class: 'counts' }, texts.fill(m.hitsInDocuments, {
          hits: texts.count(m.hits, way.hits), documents: texts.count(m.inDocuments, way.documents),
        })))))),
    !hasWay && await exampleList(context),
  ];
}
