/** @file One name: how it is spelled, what stood before it, who is named with it, and the sentences behind the numbers. */

import { bdi, h, textDirection } from '../ui/dom.js';
import { indexList } from '../ui/index-list.js';
import { segmentNodes } from '../ui/segments.js';
import { sideBlock } from '../ui/side-block.js';
import { entityEntries } from './entity-entries.js';
import { mendName, offersOf, outletTable, quotesOf, timesOf } from './entity-more.js';
import { spellingList } from './spellings.js';
import { NO_FILTERS } from '../ui/state.js';

/** @import { EntityReply, EntitySentence } from '../../src/wasm/types.d.ts' */
/** @import { Context, DrawnView } from '../ui/types.d.ts' */

const STEP = 50;
/** Sentences and documents of a corpus in parts, which fetches a part for nearly each. */
const FEW = 10;
/** A query that every document answers. */
const EVERY = 'role:main | role:embedded | role:none';

/** @param {Context} context @param {AbortSignal} signal @returns {Promise<DrawnView>} */
export async function drawEntity(context, signal) {
  const { texts, state, link } = context;
  const m = texts.m.entities;
  const { id, scope } = state;
  const { isInParts } = context.engine;
  const reply = await context.engine.entity({ id, scope, limit: isInParts ? FEW : STEP, ...(isInParts && { documents: FEW }) }, { signal });
  const { entity } = reply;
  const node = h('div', { class: 'entity' },
    h('p', { class: 'eyebrow' }, h('a', { href: link({ view: 'entities', type: entity.type }) }, m.title), ' · ', m.type[entity.type]),
    h('h2', { class: 'entity-name' }, bdi(entity.name),
      entity.english && h('small', { lang: 'en', dir: 'ltr' }, entity.english)),
    h('p', { class: 'facts' },
      h('b', null, `${texts.count(texts.m.mentions, entity.mentions)} ${texts.count(texts.m.inDocuments, entity.documents)}`),
      h('span', null, texts.m.scopePhrases[reply.scope]),
      h('span', null, m.evidence[entity.evidence]),
      h('a', { href: link({ view: 'search', query: `«${entity.name}»` }) }, m.search),
      h('a', { href: link({ view: 'network', id }) }, texts.m.spelled.inNetwork)),
    // What is decided about names changes counts that need all mentions.
    !isInParts && offersOf(context, reply),
    h('div', { class: 'reader-body' },
      sideBlock({ key: 'entity', heading: m.summary, className: 'entity-side' }, [
        side(m.spellings, [reply.spellings.length > 0 && indexList(reply.spellings.map(([text, mentions]) => numbered(text, mentions))), !isInParts && mendName(context, reply)]),
        reply.names.length > 1 && side(texts.m.spelled.groups, spellingList(context, reply.names, entity.type)),
        side(m.cues, reply.cues.length > 0 ? indexList(reply.cues.map(([text, mentions]) => numbered(text, mentions))) : m.noCues),
        reply.descriptions.length > 0 && side(m.descriptions, indexList(reply.descriptions.map(({ text, mentions, alone }) => ({
          ...numbered(text, mentions), note: alone > 0 ? `${m.alone} ${texts.number(alone)}` : undefined,
          href: link({ view: 'search', query: `«${text}»` }),
        })))),
        side(m.companions, reply.companions.length > 0 ? indexList(companions(reply)) : m.noCompanions),
        side(m.documents, [indexList(reply.documents.map(({ document, heading, mentions }) => ({
          ...numbered(heading, mentions), href: link({ view: 'reader', id: document, query: '', name: id, names: true }),
        }))), reply.documents.length < entity.documents && restOfDocuments(reply)]),
      ]),
      h('div', { class: 'reader-main' }, sentences(context, signal, reply), outletTable(context, reply),
        isInParts ? saidOnDemand() : [quotesOf(context, signal, id), timesOf(context, signal, id)])));
  return { node, title: entity.name };

  /** @param {string} text @param {number} mentions */
  function numbered(text, mentions) {
    return { text, numbers: texts.number(mentions), spoken: texts.count(texts.m.mentions, mentions) };
  }

  /** Of a corpus in parts what was said takes its largest files: it comes when it is asked for. */
  function saidOnDemand() {
    const place = h('p', { class: 'rest' }, h('button', {
      type: 'button', class: 'button', 'data-testid': 'said',
      onclick: () => place.replaceWith(quotesOf(context, signal, id), timesOf(context, signal, id)),
    }, m.said));
    return place;
  }

  /** The way to the documents that are not listed. @param {EntityReply} reply */
  function restOfDocuments({ documents }) {
    const shown = texts.fill(m.sentencesShown, { shown: texts.number(documents.length), total: texts.count(texts.m.documents, entity.documents) });
    return h('p', { class: 'soft' }, shown, ' ', h('a', { href: link({ view: 'search', query: EVERY, ...NO_FILTERS, inEntities: id }), 'data-testid': 'all-documents' }, m.allDocuments));
  }

  /** @param {EntityReply} of */
  function companions({ companions: rows }) {
    const entries = entityEntries(context, rows.map(([row]) => row));
    return entries.map((entry, at) => ({
      ...entry, numbers: texts.number(rows[at][1]), spoken: texts.count(texts.m.sentences, rows[at][1]),
    }));
  }
}

/** @param {string} heading @param {import('../ui/dom.js').Child | import('../ui/dom.js').Child[]} content */
function side(heading, content) {
  return h('section', null, h('h3', { class: 'eyebrow' }, heading), typeof content === 'string' ? h('p', { class: 'soft' }, content) : content);
}

/** @param {Context} context @param {AbortSignal} signal @param {EntityReply} first */
function sentences(context, signal, first) {
  const { texts, engine, state } = context;
  const m = texts.m.entities;
  const list = h('ol', { class: 'sentences', role: 'list' });
  const rest = h('div', { class: 'rest' });
  const heading = h('h3', null, m.sentences);
  let shown = 0;
  /** Of the sentence before. */
  let document = '';
  add(first);
  return h('section', null, heading, list, rest);

  /** @param {EntityReply} reply */
  function add(reply) {
    for (const sentence of reply.sentences) {
      const isNew = sentence.document !== document;
      document = sentence.document;
      list.append(h('li', { class: isNew ? 'sentence-first' : null, dir: textDirection(sentence.segments.map(({ text }) => text).join('')) },
        isNew && documentLine(context, sentence), sentenceCard(context, sentence)));
    }
    shown += reply.sentences.length;
    rest.replaceChildren(h('p', { class: 'soft' }, texts.fill(m.sentencesShown, {
      shown: texts.number(shown), total: texts.count(texts.m.sentences, reply.sentenceCount),
    })));
    if (shown >= reply.sentenceCount || reply.sentences.length === 0) return;
    rest.append(h('button', {
      type: 'button', class: 'button',
      onclick: async () => {
        const next = await engine.entity({ id: state.id, scope: state.scope, ...(engine.isInParts ? { limit: FEW, documents: 1 } : { limit: STEP }), offset: shown }, { signal });
        if (!signal.aborted) add(next);
      },
    }, m.moreSentences));
  }
}

/** The document that the sentences below come from. @param {Context} context @param {EntitySentence} sentence */
function documentLine({ state, link }, { document, heading }) {
  return h('h4', { class: 'sentence-document' },
    h('a', { href: link({ view: 'reader', id: document, query: '', name: state.id, names: true }) }, bdi(heading)));
}

/** @param {Context} context @param {EntitySentence} sentence */
function sentenceCard(context, { document, startByte, segments }) {
  const { texts, state, link } = context;
  return h('figure', { class: 'sentence' },
    h('blockquote', { dir: 'auto' }, segmentNodes(segments, context)),
    h('figcaption', { class: 'facts' },
      h('a', { dir: texts.m.dir, href: link({ view: 'reader', id: document, at: startByte, query: '', name: state.id, names: true }) }, texts.m.entities.read)));
}
