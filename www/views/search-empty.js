/** @file Nothing typed, or nothing found: never a blank, always a way on. */

import { bdi, h } from '../ui/dom.js';

/** @import { AroundReply, SearchReply, Way } from '../../src/wasm/types.d.ts' */
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
 * Nothing was found: a place for the searches that find something, which come after the first answer.
 * @param {Context} context
 * @param {SearchReply} reply
 */
export function noResults(context, reply) {
  const { m } = context.texts;
  // What stands below need not move when they come.
  const hasMore = reply.some !== null;
  const node = h('div', { class: hasMore ? 'ways-place ways-before' : 'ways-place' },
    hasMore && h('h3', { class: 'nowhere' }, m.search.noneHere));
  return {
    node,
    /** @param {AroundReply} around */
    async fill({ ways, similar }) {
      const hasWay = hasMore || ways.length > 0 || similar.length > 0;
      const examples = hasWay ? null : await exampleList(context);
      node.replaceChildren(
        h('h3', { class: 'nowhere' }, hasWay ? m.search.noneHere : m.search.nowhere),
        ...[ways.length > 0 ? wayList(context, ways) : examples].filter((part) => part !== null));
    },
  };
}

/** Searches that find something, each with how much. @param {Context} context @param {Way[]} ways */
function wayList({ texts, link }, ways) {
  const { m } = texts;
  return h('ul', { role: 'list', class: 'way-list', 'data-testid': 'ways' }, ways.map((way) => h('li', null,
    h('a', { class: 'way', href: link({ view: 'search', query: way.query, lens: way.lens, scope: way.scope }) },
      h('span', { class: 'way-what' }, texts.rich(m.ways[way.kind], {
        text: bdi(way.text), query: bdi(way.query), lens: m.lensPhrases[way.lens], scope: m.scopePhrases[way.scope],
      })),
      h('span', { class: 'counts' }, texts.fill(m.hitsInDocuments, {
        hits: texts.count(m.hits, way.hits), documents: texts.count(m.inDocuments, way.documents),
      }))))));
}
