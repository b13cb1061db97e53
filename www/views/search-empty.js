/** @file Nothing typed, or nothing found: never a blank, always a way on. */

import { bdi, h } from '../ui/dom.js';

/** @import { SearchReply, Totals } from '../../src/wasm/types.d.ts' */
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
 * Which looser lens or wider scope would find something, and how much.
 * @param {Context} context
 * @param {SearchReply} reply
 */
export async function noResults(context, reply) {
  const { texts, link } = context;
  const { m } = texts;
  const lens = reply.byLens.find(([, { hits }]) => hits > 0);
  const scope = reply.byScope.find(([, { hits }]) => hits > 0);
  const ways = [
    lens && h('a', { class: 'way', href: link({ view: 'search', lens: lens[0] }) }, way(m.search.looser, { lens: m.lensPhrases[lens[0]] }, lens[1])),
    scope && h('a', { class: 'way', href: link({ view: 'search', scope: scope[0] }) }, way(m.search.wider, { scope: m.scopePhrases[scope[0]] }, scope[1])),
  ];
  const hasWay = Boolean(lens || scope);

  /** @param {string} sentence @param {Record<string, string>} values @param {Totals} totals */
  function way(sentence, values, { hits, documents }) {
    return texts.fill(sentence, {
      ...values, hits: texts.count(m.hits, hits), documents: texts.count(m.inDocuments, documents),
    });
  }

  return [
    hasWay ? h('p', { class: 'ways' }, ways) : h('p', { class: 'nowhere' }, m.search.nowhere, reply.clauses.length > 1 && ` ${m.search.nowhereTogether}`),
    !hasWay && await exampleList(context),
  ];
}
