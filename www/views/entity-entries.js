/** @file Entities as entries of an index. */

/** @import { EntityRow } from '../../src/wasm/types.d.ts' */
/** @import { Context } from '../ui/types.d.ts' */
/** @import { IndexEntry } from '../ui/index-list.js' */

/**
 * @param {Context} context
 * @param {EntityRow[]} rows
 * @returns {IndexEntry[]}
 */
export function entityEntries({ texts, link }, rows) {
  return rows.map(({ id, name, english, mentions, documents }) => ({
    text: name,
    note: texts.language === 'en' ? english : null,
    href: link({ view: 'entity', id }),
    numbers: `${texts.number(mentions)} · ${texts.number(documents)}`,
    spoken: `${texts.count(texts.m.mentions, mentions)} ${texts.count(texts.m.inDocuments, documents)}`,
  }));
}
