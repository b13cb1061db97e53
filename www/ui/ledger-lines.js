/** @file The ledger's states and orders, as the engine knows them. */

/** @import { LedgerSort, LedgerStatus, LedgerTotalsReply } from '../../src/wasm/types.d.ts' */

/** Every status, in the order in which they are told. @type {LedgerStatus[]} */
export const STATUSES = ['read', 'split', 'merged', 'duplicate', 'skipped', 'failed', 'reading'];

/** @type {LedgerSort[]} */
export const SORTS = ['arrival', 'name', 'status', 'bytes', 'articles', 'words'];

/**
 * Lines of each status that came between two times, without those that there are none of.
 * @param {LedgerTotalsReply} before
 * @param {LedgerTotalsReply} after
 * @returns {[LedgerStatus, number][]}
 */
export function linesBetween(before, after) {
  const earlier = new Map(before.byStatus);
  const later = new Map(after.byStatus);
  return STATUSES
    .map((status) => /** @type {[LedgerStatus, number]} */ ([status, (later.get(status) ?? 0) - (earlier.get(status) ?? 0)]))
    .filter(([, count]) => count > 0);
}
