/** @file All that a search finds, as a file: made piece by piece, so that the page goes on answering. */

import { download } from '../ui/download.js';
import { h, icon } from '../ui/dom.js';
import { searchRequest } from './search-request.js';

/** @import { ExportFormat } from '../../src/wasm/types.d.ts' */
/** @import { Context } from '../ui/types.d.ts' */

/** Format → ending and media type of its file. @type {Record<ExportFormat, [string, string]>} */
const FILES = {
  csv: ['csv', 'text/csv;charset=utf-8'],
  'csv-plain': ['csv', 'text/csv;charset=utf-8'],
  jsonl: ['jsonl', 'application/x-ndjson'],
  ris: ['ris', 'application/x-research-info-systems'],
  bibtex: ['bib', 'application/x-bibtex'],
};

/** @param {Context} context @param {number} documents  in all */
export function exportMenu(context, documents) {
  const { texts, engine, state, announce, signal } = context;
  const m = texts.m.exports;
  const status = h('p', { class: 'export-status soft', role: 'status' });
  let stop = new AbortController();

  /** @param {ExportFormat} format */
  const take = async (format) => {
    stop.abort();
    stop = new AbortController();
    const aborted = AbortSignal.any([stop.signal, signal]);
    /** @type {string[]} */
    const pieces = [];
    let [done, hits] = [0, 0];
    const cancel = h('button', { type: 'button', class: 'quiet', onclick: () => { stop.abort(); status.replaceChildren(m.stopped); } }, m.stop);
    try {
      for await (const piece of engine.exported({ ...searchRequest(state), format }, { signal: aborted })) {
        if (aborted.aborted) return;
        pieces.push(piece.text);
        done += piece.documents;
        hits += piece.hits;
        if (piece.next !== null) status.replaceChildren(texts.fill(m.running, { done: texts.number(done), total: texts.number(documents) }), ' ', cancel);
      }
    } catch (error) {
      if (!aborted.aborted) status.replaceChildren(`${m.failed} ${/** @type {Error} */ (error).message}`);
      return;
    }
    if (aborted.aborted) return;
    const [ending, type] = FILES[format];
    const name = `${texts.m.name} ${state.query}`.replace(/[\\/:*?"<>|\u0000-\u001f]+/g, ' ').trim().slice(0, 80);
    download(`${name}.${ending}`, type, pieces);
    const told = texts.fill(m.done, { hits: texts.count(texts.m.hits, hits), documents: texts.count(texts.m.inDocuments, done) });
    status.replaceChildren(told);
    announce(told);
  };

  const formats = /** @type {ExportFormat[]} */ (Object.keys(FILES));
  return h('details', { class: 'menu export', 'data-testid': 'export' },
    h('summary', { class: 'quiet' }, icon('take'), m.title),
    h('div', { class: 'menu-panel' },
      h('p', { class: 'soft' }, m.note),
      h('ul', { role: 'list' }, formats.map((format) => h('li', null,
        h('button', { type: 'button', class: 'menu-item', 'data-format': format, onclick: () => void take(format) },
          h('b', null, m.formats[format][0]), h('small', null, m.formats[format][1]))))),
      status));
}
