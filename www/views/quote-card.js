/** @file One quote: the line it stands in, who says it, by which word, who hands it on, and why we think so. */

import { bdi, h, textDirection } from '../ui/dom.js';
import { segmentNodes } from '../ui/segments.js';
import { dateFact } from './page-card.js';

/** @import { QuoteRow, SpeakerReply } from '../../src/wasm/types.d.ts' */
/** @import { Context } from '../ui/types.d.ts' */

/** @param {Context} context @param {QuoteRow} quote */
export function quoteItem(context, quote) {
  return h('li', { dir: textDirection(quote.words) }, quoteCard(context, quote));
}

/** @param {Context} context @param {QuoteRow} quote */
export function quoteCard(context, quote) {
  const { texts, link } = context;
  const m = texts.m.quotes;
  const { place } = quote;
  return h('figure', { class: `quote quote-${quote.kind}`, 'data-kind': quote.kind, part: 'quote' },
    h('figcaption', { class: 'quote-speaker', dir: texts.m.dir },
      h('span', { class: 'badge' }, m.kinds[quote.kind]), ' ', quote.kind !== 'scare' && speakerNodes(context, quote.speaker)),
    h('blockquote', { dir: 'auto' }, segmentNodes(quote.segments, context)),
    h('p', { class: 'facts', dir: texts.m.dir },
      quote.cue && h('span', null, `${m.cue}: `, bdi(quote.cue)),
      quote.relay.length > 0 && h('span', null, `${m.relay} `, quote.relay.map((speaker) => speakerNodes(context, speaker))),
      quote.addressee && h('span', null, `${m.addressee} `, h('a', { href: link({ view: 'entity', id: quote.addressee[0] }) }, bdi(quote.addressee[1]))),
      quote.flags.map((flag) => h('span', { class: 'quote-flag' }, m.flags[flag]))),
    h('p', { class: 'facts', dir: texts.m.dir },
      h('a', { href: link({ view: 'reader', id: place.document, at: place.startByte, query: '' }) },
        m.read, h('span', { class: 'visually-hidden' }, `: ${quote.words.slice(0, 60)}`)),
      h('span', null, bdi(place.heading)),
      h('span', null, texts.fill(m.place, { line: texts.number(place.line) })),
      place.published && dateFact(texts, place.published),
      place.outlets.map((outlet) => h('span', null, bdi(outlet)))),
    h('details', { class: 'quote-why', dir: texts.m.dir }, h('summary', null, m.why),
      h('p', { class: 'soft' }, `${m.rules[/** @type {keyof typeof m.rules} */ (quote.rule)] ?? quote.rule} · ${
        m.speakerRules[/** @type {keyof typeof m.speakerRules} */ (quote.speaker.rule)] ?? quote.speaker.rule}`)));
}

/** @param {Context} context @param {SpeakerReply} speaker */
function speakerNodes({ texts, link }, { entities, words }) {
  const m = texts.m.quotes;
  if (entities.length === 0) {
    return words ? h('span', { class: 'soft' }, texts.rich(m.described, { words: bdi(words) })) : h('span', { class: 'soft' }, m.unknown);
  }
  return h('b', null, entities.flatMap(([id, name], at) => [at > 0 ? '، ' : null, h('a', { href: link({ view: 'quotes', speaker: id, kind: 'speech' }) }, bdi(name))]));
}
