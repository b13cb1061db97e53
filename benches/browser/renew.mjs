/**
 * Which sections of the document a run renews: those that it measured in full.
 * A section stands as one run left it, with its date; rows of two runs never stand in one table.
 */

import { OURS, peerNames } from './options.mjs';

/**
 * @param {any} kept The sections that there are.
 * @param {any} measured Those of this run.
 * @returns {{ all: any, left: string[] }} The sections to be written, and for each that was left as it was, why.
 */
export function renewed(kept, measured) {
  const all = { ...kept, news: { ...kept.news } };
  /** @type {string[]} */
  const left = [];
  /** @param {any} into @param {string} key @param {any} section @param {string} name */
  const renew = (into, key, section, name) => {
    const lacking = lackingIn(section, into[key]);
    if (lacking.length === 0) into[key] = section;
    else left.push(`${name}: left as of ${into[key].when.slice(0, 10)}, since this run did not measure ${lacking.join(', ')}`);
  };
  for (const [size, section] of Object.entries(measured.news ?? {})) renew(all.news, size, section, `${size} articles`);
  for (const key of ['growth', 'probes', 'retrieval']) {
    if (measured[key] !== undefined) renew(all, key, measured[key], key);
  }
  return { all, left };
}

/**
 * What an earlier section has and a new one lacks: engines that can still be measured, and sizes of ours.
 * @param {any} section @param {any} before
 * @returns {string[]}
 */
function lackingIn(section, before) {
  if (before === undefined) return [];
  const known = [OURS, ...peerNames()];
  const row = (/** @type {any} */ { engine, documents }) => (documents === undefined ? engine : `${engine} on ${documents} articles`);
  const has = section.engines.map(row);
  return before.engines.filter(({ engine }) => known.includes(engine)).map(row).filter((/** @type {string} */ one) => !has.includes(one));
}
