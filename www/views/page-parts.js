/** @file The parts of a page as blocks: articles as sheets, what stands around them as furniture, each part labelled in the margin. */

import { h, scriptLanguage } from '../ui/dom.js';
import { paragraphs, segmentNodes } from '../ui/segments.js';
import { roleBadge } from './page-card.js';

/** @import { ArticleInfo, PageReply, PartView } from '../../src/wasm/types.d.ts' */
/** @import { Context } from '../ui/types.d.ts' */

/**
 * @typedef {object} Block
 * @property {string | null} article
 * @property {PartView[]} parts
 */

/**
 * @param {Context} context
 * @param {PageReply} reply
 * @param {Set<string>} begun  articles shown already: what comes of them now is a continuation
 * @returns {HTMLElement[]}
 */
export function pageBlocks(context, { page, parts }, begun) {
  return blocksOf(parts).map((block) => {
    const article = page.articles.find(({ id }) => id === block.article);
    if (!article) return extrasBlock(context, block);
    const continues = begun.has(article.id);
    begun.add(article.id);
    return articleBlock(context, block, article, continues);
  });
}

/** Neighbouring parts of one article, or of none. Space between parts has no box. @param {PartView[]} parts */
function blocksOf(parts) {
  /** @type {Block[]} */
  const blocks = [];
  for (const part of joinBullets(parts)) {
    if (!part.segments.some(({ text }) => text.trim())) continue;
    const last = blocks.at(-1);
    if (last && last.article === part.article) last.parts.push(part);
    else blocks.push({ article: part.article, parts: [part] });
  }
  return blocks;
}

/** The sign of a list's item stands on the line of its headline, not on one of its own. @param {PartView[]} parts */
function joinBullets(parts) {
  /** @type {PartView[]} */
  const joined = [];
  /** @type {PartView | null} */
  let bullet = null;
  for (const part of parts) {
    const isSame = bullet !== null && part.line === bullet.line;
    if (bullet && isSame) {
      bullet = { ...part, startByte: bullet.startByte, segments: [...bullet.segments, ...part.segments] };
      if (part.group === 'blank') continue;
      joined.push(bullet);
      bullet = null;
    } else {
      if (bullet) joined.push(bullet);
      bullet = part.reason === 'list-bullet' ? part : null;
      if (!bullet) joined.push(part);
    }
  }
  return bullet ? [...joined, bullet] : joined;
}

/**
 * @param {Context} context
 * @param {Block} block
 * @param {ArticleInfo} article
 * @param {boolean} continues
 */
function articleBlock(context, { parts }, { id, role }, continues) {
  const { texts } = context;
  return h('article', { class: `sheet role-${role}`, 'data-article': id, part: `sheet ${role}` },
    h('p', { class: 'sheet-label' }, roleBadge(context, role),
      continues && h('span', { class: 'soft', dir: texts.m.dir }, texts.m.reader.continues)),
    partNodes(context, parts));
}

/** @param {Context} context @param {Block} block */
function extrasBlock(context, { parts }) {
  const { texts, navigate } = context;
  const m = texts.m.reader;
  const text = h('div', { class: 'extras-text' }, partNodes(context, parts));
  const marks = text.querySelectorAll('mark').length;
  const hidden = h('p', { class: 'extras-hidden', dir: texts.m.dir }, m.extrasHidden,
    marks > 0 && ` · ${texts.fill(m.hiddenHits, { hits: texts.count(texts.m.hits, marks) })}`, ' ',
    h('button', { type: 'button', class: 'quiet', onclick: () => navigate({ extras: 'show', hit: 0, at: parts[0].startByte }, { replace: true }) }, m.showThem));
  return h('div', { class: 'extras', role: 'group', 'aria-label': m.extras, part: 'extras' }, text, hidden);
}

/** @param {Context} context @param {PartView[]} parts */
function partNodes(context, parts) {
  return parts.map((part, at) => {
    const before = parts[at - 1];
    const isNew = !before || before.kind !== part.kind || before.reason !== part.reason;
    return h('div', { class: `part part-${part.kind} part-of-${part.group}${isNew ? '' : ' part-same'}` },
      isNew ? marginNote(context, part) : null, partText(context, part));
  });
}

/** What the part is; on demand, why and how surely. @param {Context} context @param {PartView} part */
function marginNote({ texts }, { kind, reason, confidence }) {
  const m = texts.m.reader;
  return h('details', { class: 'margin-note' },
    h('summary', null, h('bdi', { dir: texts.m.dir }, texts.m.parts[kind])),
    h('dl', { dir: texts.m.dir },
      h('dt', null, m.reason), h('dd', null, texts.m.reasons[reason] ?? h('code', { dir: 'ltr', lang: 'en' }, reason)),
      h('dt', null, m.confidence), h('dd', null, texts.percent(confidence))));
}

/** @param {Context} context @param {PartView} part */
function partText(context, { kind, segments, startByte }) {
  const isMarked = context.state.names || context.state.name !== '';
  const tag = kind === 'title' ? 'h3' : 'p';
  return h('div', { class: 'part-text' }, paragraphs(segments).map((line) => h(tag, {
    dir: 'auto',
    lang: scriptLanguage(line.segments.map(({ text }) => text).join('')),
    'data-byte': startByte + line.startByte,
  }, segmentNodes(line.segments, isMarked ? context : null))));
}
