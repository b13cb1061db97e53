/** @file What the score of a result is made of, asked for when a reader opens it: every part, its terms, the formula. */

import { bdi, h } from '../ui/dom.js';
import { searchRequest } from './search-request.js';

/** @import { ExplainReply, ExplainedPart } from '../../src/wasm/types.d.ts' */
/** @import { Context } from '../ui/types.d.ts' */

/** Terms of one part before the others are passed over. */
const TERMS = 12;

/** As in src/search/bm25.rs and src/search/relevance.rs. */
const FORMULA = 'idf · n / (n + 0.6 · (0.1 + 0.9 · length / mean))';

/** @param {Context} context @param {string} document  id */
export function scoreDetails(context, document) {
  const { texts } = context;
  const m = texts.m.score;
  const body = h('div', { class: 'score-body' });
  const details = h('details', { class: 'score', dir: texts.m.dir, 'data-testid': 'score', ontoggle: open },
    h('summary', null, m.title), body);
  return details;

  async function open() {
    if (!details.open || body.hasChildNodes()) return;
    try {
      const reply = await context.engine.explain({ ...searchRequest(context.state), document });
      body.replaceChildren(...explanation(context, reply));
    } catch {
      body.replaceChildren(h('p', { class: 'soft' }, m.failed));
    }
  }
}

/** @param {Context} context @param {ExplainReply} reply */
function explanation({ texts }, reply) {
  const m = texts.m.score;
  return [
    h('table', { class: 'score-table' },
      h('thead', null, h('tr', null, h('th', { scope: 'col' }, m.part), h('th', { scope: 'col' }, m.counts), h('th', { scope: 'col' }, m.adds))),
      reply.parts.map((part) => partRows(part)),
      h('tfoot', null, h('tr', null, h('th', { scope: 'row', colspan: 2 }, m.sum), h('td', null, weight(reply.score))))),
    h('p', { class: 'soft' }, m.formula, ' ', h('bdi', { dir: 'ltr' }, FORMULA)),
  ];

  /** @param {ExplainedPart} part */
  function partRows(part) {
    const terms = [...part.terms].filter((term) => term.weight > 0).sort((a, b) => b.weight - a.weight);
    const rest = terms.slice(TERMS);
    return h('tbody', { 'data-part': part.part },
      h('tr', { class: 'score-part' },
        h('th', { scope: 'rowgroup' }, m.parts[part.part]),
        h('td', null, part.length > 0 && texts.fill(m.length, { length: texts.number(part.length), average: texts.number(Math.round(part.average)) })),
        h('td', null, weight(part.weight))),
      terms.slice(0, TERMS).map((term) => h('tr', null,
        h('td', null, part.part === 'recent' ? texts.date(term.text) : bdi(term.text)),
        h('td', null, term.df > 0 && texts.fill(m.term, { tf: weight(term.tf), df: texts.count(texts.m.documents, term.df), idf: weight(term.idf) })),
        h('td', null, weight(term.weight)))),
      rest.length > 0 && h('tr', null,
        h('td', { colspan: 2 }, texts.fill(m.others, { count: texts.number(rest.length) })),
        h('td', null, weight(rest.reduce((sum, term) => sum + term.weight, 0)))));
  }

  /** @param {number} value */
  function weight(value) {
    return texts.number(Math.round(value * 1000) / 1000);
  }
}
