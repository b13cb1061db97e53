/** What an import added to the ledger, by what became of it. */

import assert from 'node:assert/strict';
import { it } from 'node:test';

import { STATUSES, linesBetween } from '../../../www/ui/ledger-lines.js';

/** @param {Record<string, number>} counts */
const totals = (counts) => ({ byStatus: Object.entries(counts) });

it('lines that came are counted by their status, in one order, those that there are none of left out', () => {
  const before = totals({ read: 3, failed: 1 });
  const after = totals({ failed: 4, read: 3, split: 2, duplicate: 0 });
  assert.deepEqual(linesBetween(before, after), [['split', 2], ['failed', 3]]);
  assert.deepEqual(linesBetween(totals({}), totals({})), []);
});

it('every status has a place', () => {
  const all = totals(Object.fromEntries(STATUSES.map((status) => [status, 1])));
  assert.deepEqual(linesBetween(totals({}), all).map(([status]) => status), STATUSES);
});
