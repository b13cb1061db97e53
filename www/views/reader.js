/** @file Reading a page as it is: its parts told apart, hits and names marked, its data beside it. */

import { append, bdi, h, icon, textDirection } from '../ui/dom.js';
import { choice } from '../ui/choice.js';
import { queryNotice } from '../ui/notice.js';
import { HitBar } from './hit-bar.js';
import { pageData } from './page-data.js';
import { pageBlocks } from './page-parts.js';
import { alsoOf, apartOf } from './search-request.js';

/** @import { PageLink, PageReply } from '../../src/wasm/types.d.ts' */
/** @import { Context, DrawnView } from '../ui/types.d.ts' */

/** @param {Context} context @param {AbortSignal} signal @returns {Promise<DrawnView>} */
export async function drawReader(context, signal) {
  const { texts } = context;
  const first = await askPage(context, signal, 0);
  const { page } = first;
  const text = h('div', { class: 'page-text', part: 'page', dir: textDirection(page.heading) });
  const rest = h('p', { class: 'rest' });
  const hits = new HitBar(context, text, () => readOn());
  /** Articles begun in the pieces shown. @type {Set<string>} */
  const begun = new Set();
  /** Where the next piece starts; null when the text is complete. @type {number | null} */
  let next = null;
  /** @type {HTMLElement} */
  const node = h('div', { class: 'reader' },
    h('h2', { class: 'reader-title', dir: textDirection(page.heading) }, bdi(page.heading)),
    h('div', { class: 'reader-tools' }, extrasChoice(context, () => ({ node, hits })), namesChoice(context, reload)),
    first.notices.map((notice) => queryNotice(texts, notice)),
    h('div', { class: 'reader-body' },
      pageData(context, page),
      h('div', { class: 'reader-main' }, text, rest, hits.node)),
    pageNavigation(context, first));
  node.dataset.extras = context.state.extras;
  drawPiece(first);

  return {
    node,
    title: page.heading,
    key: (name) => hits.key(name),
    shown(arrived) {
      hits.refresh();
      if (arrived) void goToTarget(context, { text, hits, article: first.article, readOn, isShown: (byte) => next === null || byte < next });
    },
  };

  /** @param {PageReply} reply */
  function drawPiece(reply) {
    append(text, pageBlocks(context, reply, begun));
    next = reply.nextByte;
    hits.isPartial = next !== null;
    rest.replaceChildren(...(next === null ? [] : [
      h('button', { type: 'button', class: 'button', onclick: () => void readOn() }, texts.m.reader.continue),
    ]));
  }

  /** Adds the next piece; false when there is none, or the reader went elsewhere. */
  async function readOn() {
    if (next === null) return false;
    const from = next;
    const reply = await askPage(context, signal, from);
    // Two may have asked for the same piece.
    if (signal.aborted || next !== from) return false;
    drawPiece(reply);
    hits.refresh();
    return true;
  }

  /** Draws what is shown of the text anew, in place. */
  async function reload() {
    const end = next ?? Infinity;
    const reply = await askPage(context, signal, 0);
    if (signal.aborted) return;
    text.replaceChildren();
    begun.clear();
    drawPiece(reply);
    while (next !== null && next < end && await readOn());
    hits.refresh();
  }
}

/** @param {Context} context @param {AbortSignal} signal @param {number} fromByte */
function askPage({ engine, state }, signal, fromByte) {
  const { id, query, lens, scope, names, name } = state;
  return engine.page({ id, lens, apart: apartOf(state), also: alsoOf(state), scope, fromByte, entities: names || name !== '', ...(query && { query }) }, { signal });
}

/**
 * @param {Context} context
 * @param {() => {node: HTMLElement, hits: HitBar}} reader
 */
function extrasChoice({ texts, state, navigate }, reader) {
  const m = texts.m.reader;
  return choice({
    key: 'extras',
    legend: m.extras,
    choices: [['show', [m.show]], ['hide', [m.hide]]],
    value: state.extras,
    onChoose(extras) {
      navigate({ extras }, { replace: true, quiet: true });
      const { node, hits } = reader();
      node.dataset.extras = extras;
      hits.refresh();
    },
  });
}

/** @param {Context} context @param {() => void} reload */
function namesChoice({ texts, state, navigate }, reload) {
  const m = texts.m.reader;
  return choice({
    key: 'names',
    legend: m.names,
    choices: [['mark', [m.mark]], ['plain', [m.plain]]],
    value: state.names || state.name ? 'mark' : 'plain',
    onChoose(names) {
      navigate({ names: names === 'mark', name: names === 'mark' ? state.name : '' }, { replace: true, quiet: true });
      reload();
    },
  });
}

/** The page before and the page after. @param {Context} context @param {PageReply} reply */
function pageNavigation({ texts, link }, { previous, next }) {
  const m = texts.m.reader;
  /** @param {PageLink | null} page @param {string} label @param {'before' | 'after'} sign */
  const step = (page, label, sign) => page && h('a', { class: `page-step page-${sign}`, href: link({ view: 'reader', id: page.id }) },
    icon(sign), h('span', null, h('small', null, label), bdi(page.heading)));
  return h('nav', { class: 'page-steps', 'aria-label': m.pageBar },
    step(previous, m.previousPage, 'before'), step(next, m.nextPage, 'after'));
}

/**
 * Where the reader wants to be: a byte, a hit, an embedded article; else the top. Pieces are read until it is there.
 * @param {Context} context
 * @param {{text: HTMLElement, hits: HitBar, article: string | null, readOn(): Promise<boolean>, isShown(byte: number): boolean}} reader
 */
async function goToTarget({ state }, { text, hits, article, readOn, isShown }) {
  const { at, hit } = state;
  if (at >= 0) {
    while (!isShown(at) && await readOn());
    const lines = /** @type {HTMLElement[]} */ ([...text.querySelectorAll('[data-byte]')]);
    const line = lines.filter(({ dataset }) => Number(dataset.byte) <= at).at(-1);
    line?.classList.add('sought');
    line?.scrollIntoView({ block: 'center' });
  } else if (hit > 0) {
    while (hits.total < hit && await readOn());
    hits.go(hit);
  } else if (article) {
    const find = () => text.querySelector(`[data-article="${CSS.escape(article)}"]`);
    while (!find() && await readOn());
    const block = find();
    if (block?.classList.contains('role-embedded')) block.scrollIntoView({ block: 'start' });
    hits.aim(block);
  }
}
