/** @file Reading a page as it is: its parts told apart, hits and names marked, its data beside it. */

import { append, bdi, h, icon, textDirection } from '../ui/dom.js';
import { choice } from '../ui/choice.js';
import { queryNotice } from '../ui/notice.js';
import { HitBar } from './hit-bar.js';
import { pageData } from './page-data.js';
import { pageBlocks } from './page-parts.js';

/** @import { PageReply } from '../../src/wasm/types.d.ts' */
/** @import { Context, DrawnView } from '../ui/types.d.ts' */

/** @param {Context} context @param {AbortSignal} signal @returns {Promise<DrawnView>} */
export async function drawReader(context, signal) {
  const { texts } = context;
  const first = await askPage(context, signal, 0);
  const { page } = first;
  const text = h('div', { class: 'page-text', part: 'page', dir: textDirection(page.heading) });
  const rest = h('p', { class: 'rest' });
  const hits = new HitBar(context, text);
  /** @type {HTMLElement} */
  const node = h('div', { class: 'reader' },
    h('h2', { class: 'reader-title' }, bdi(page.heading)),
    h('div', { class: 'reader-tools' }, extrasChoice(context, () => ({ node, hits })), namesChoice(context, reload)),
    first.notices.map((notice) => queryNotice(texts, notice)),
    h('div', { class: 'reader-body' },
      pageData(context, page),
      h('div', { class: 'reader-main' }, text, rest, hits.node)),
    await pageNavigation(context, page.id));
  node.dataset.extras = context.state.extras;
  drawPiece(first);

  return {
    node,
    title: page.heading,
    key: (name) => hits.key(name),
    shown(arrived) {
      hits.refresh();
      if (arrived) goToTarget(context, text, hits, first.article);
    },
  };

  /** @param {PageReply} reply */
  function drawPiece(reply) {
    append(text, pageBlocks(context, reply));
    rest.replaceChildren();
    if (reply.nextByte === null) return;
    const from = reply.nextByte;
    rest.append(h('button', {
      type: 'button', class: 'button',
      onclick: async () => {
        const next = await askPage(context, signal, from);
        if (signal.aborted) return;
        drawPiece(next);
        hits.refresh();
      },
    }, texts.m.reader.continue));
  }

  /** Draws the text anew, in place. */
  async function reload() {
    const reply = await askPage(context, signal, 0);
    if (signal.aborted) return;
    text.replaceChildren();
    drawPiece(reply);
    hits.refresh();
  }
}

/** @param {Context} context @param {AbortSignal} signal @param {number} fromByte */
function askPage({ engine, state }, signal, fromByte) {
  const { id, query, lens, scope, names, name } = state;
  return engine.page({ id, lens, scope, fromByte, entities: names || name !== '', ...(query && { query }) }, { signal });
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

/** The page before and the page after. @param {Context} context @param {string} id */
async function pageNavigation({ texts, link, overview }, id) {
  const m = texts.m.reader;
  const { pages } = await overview();
  const at = pages.findIndex((page) => page.id === id);
  /** @param {number} step @param {string} label @param {'before' | 'after'} sign */
  const step = (step, label, sign) => {
    const page = pages[at + step];
    return page && h('a', { class: `page-step page-${sign}`, href: link({ view: 'reader', id: page.id }) },
      icon(sign), h('span', null, h('small', null, label), bdi(page.heading)));
  };
  return h('nav', { class: 'page-steps', 'aria-label': m.pageBar },
    step(-1, m.previousPage, 'before'), step(1, m.nextPage, 'after'));
}

/**
 * Where the reader wants to be: a byte, a hit, an embedded article; else the top.
 * @param {Context} context
 * @param {HTMLElement} text
 * @param {HitBar} hits
 * @param {string | null} article
 */
function goToTarget({ state }, text, hits, article) {
  if (state.at >= 0) {
    const lines = /** @type {HTMLElement[]} */ ([...text.querySelectorAll('[data-byte]')]);
    const line = lines.filter(({ dataset }) => Number(dataset.byte) <= state.at).at(-1);
    line?.classList.add('sought');
    line?.scrollIntoView({ block: 'center' });
  } else if (state.hit > 0) {
    hits.go(state.hit);
  } else if (article) {
    const block = text.querySelector(`[data-article="${CSS.escape(article)}"]`);
    if (block?.classList.contains('role-embedded')) block.scrollIntoView({ block: 'start' });
    hits.aim(block);
  }
}
