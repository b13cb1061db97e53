/** @file What the reader should know of the address: pieces not understood, another corpus, page rules with an error, an engine that was started again. */

import { bdi, code, h } from './dom.js';
import { errorBox, note } from './notice.js';
import { inPartsNote } from './whole-index.js';

/** @import { Context } from './types.d.ts' */

/**
 * @param {Context} context
 * @param {HTMLElement} place
 * @param {{misread: string[], hasRestarted: boolean, lost: string[], rulesError: unknown}} about  `lost`: pages left out by the annotator
 * @param {AbortSignal} signal
 */
export async function tellAboutLink(context, place, { misread, hasRestarted, lost, rulesError }, signal) {
  const { texts, state, overview, engine } = context;
  const { m } = texts;
  const listed = (/** @type {string[]} */ words) => words.flatMap((word, at) => [at > 0 ? ' ' : '', bdi(word, 'quoted')]);
  place.replaceChildren(
    ...(misread.length > 0 ? [note(texts.rich(m.linkMisread, { pieces: h('span', null, listed(misread)) }))] : []),
    ...(rulesError ? [errorBox(texts, rulesError)] : []),
    ...(engine.isInParts ? [inPartsNote(context)] : []),
    ...(hasRestarted ? [note([m.engineRestarted])] : []),
    ...(lost.length > 0 ? [note(texts.rich(m.annotationLost, { pages: h('span', null, listed(lost)) }))] : []));
  if (!state.corpus) return;
  const { fingerprint } = await overview();
  if (signal.aborted || fingerprint.startsWith(state.corpus)) return;
  place.append(note(texts.rich(m.linkOtherCorpus, { theirs: code(state.corpus.slice(0, 12)), ours: code(fingerprint.slice(0, 12)) })));
}
