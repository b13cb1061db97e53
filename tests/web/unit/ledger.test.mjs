/** The ledger as lists: chosen, sorted, summed, and written out. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { SORTS, STATUSES, chosenLines, csvCell, ledgerCsv, ledgerJson, ledgerTotals } from '../../../www/ui/ledger-lines.js';

const line = (name, status, bytes, articles, words, more = {}) => ({
  name, status, bytes, articles, words, id: null, encoding: 'utf-8', warning: null, error: null, ...more,
});
const LINES = [
  line('خبر 10.txt', 'read', 300, 2, 50),
  line('خبر 9.txt', 'duplicate', 300, 0, 0),
  line('Photo.PDF', 'failed', 900, 0, 0, { encoding: null, error: { name: 'ExplorerError', code: 'binary-file', message: 'It is "binary",\nno text', details: [] } }),
  line('أول.txt', 'read', 100, 1, 70, { warning: 'invalid-utf8-replaced' }),
];
const names = (lines) => lines.map(({ name }) => name);
const wanted = (changes) => ({ status: 'all', filter: '', sort: 'arrival', ...changes });

describe('the lines of the ledger', () => {
  const cases = [
    [{}, ['خبر 10.txt', 'خبر 9.txt', 'Photo.PDF', 'أول.txt']],
    [{ status: 'read' }, ['خبر 10.txt', 'أول.txt']],
    [{ filter: ' photo ' }, ['Photo.PDF']],
    [{ filter: 'خبر', status: 'failed' }, []],
    [{ sort: 'name' }, ['أول.txt', 'خبر 9.txt', 'خبر 10.txt', 'Photo.PDF']],
    [{ sort: 'bytes' }, ['Photo.PDF', 'خبر 10.txt', 'خبر 9.txt', 'أول.txt']],
    [{ sort: 'words' }, ['أول.txt', 'خبر 10.txt', 'خبر 9.txt', 'Photo.PDF']],
    [{ sort: 'articles' }, ['خبر 10.txt', 'أول.txt', 'خبر 9.txt', 'Photo.PDF']],
    [{ sort: 'status' }, ['Photo.PDF', 'خبر 9.txt', 'خبر 10.txt', 'أول.txt']],
  ];
  for (const [changes, expected] of cases) {
    it(`are chosen by ${JSON.stringify(changes)}`, () => {
      assert.deepEqual(names(chosenLines(LINES, wanted(changes), 'ar')), expected);
    });
  }

  it('are not moved where they came from', () => {
    const before = names(LINES);
    for (const sort of SORTS) chosenLines(LINES, wanted({ sort }), 'en');
    assert.deepEqual(names(LINES), before);
  });
});

describe('the totals of the ledger', () => {
  it('add up', () => {
    const totals = ledgerTotals(LINES);
    assert.deepEqual([totals.files, totals.bytes, totals.articles, totals.words], [4, 1600, 3, 120]);
    const sum = (field) => STATUSES.reduce((sum, status) => sum + totals.byStatus[status][field], 0);
    assert.deepEqual([sum('files'), sum('bytes')], [totals.files, totals.bytes]);
  });

  it('are nothing when nothing came', () => {
    assert.deepEqual(ledgerTotals([]).files, 0);
  });
});

describe('a cell of the exported table', () => {
  const cases = [
    ['plain', 'plain'],
    ['', ''],
    [12, '12'],
    ['=HYPERLINK("x")', '"\'=HYPERLINK(""x"")"'],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['a,b', '"a,b"'],
    ['a\nb', '"a\nb"'],
    ['say "x"', '"say ""x"""'],
  ];
  for (const [value, expected] of cases) {
    it(`holds ${JSON.stringify(value)}`, () => assert.equal(csvCell(value), expected));
  }
});

it('the ledger leaves as a table with a mark, all lines, and lines ended by CR LF', () => {
  const csv = ledgerCsv(LINES).join('');
  assert.equal(csv[0], '\uFEFF');
  const rows = csv.slice(1).split('\r\n');
  assert.equal(rows.length, LINES.length + 2);
  assert.equal(rows[0], 'name,status,code,bytes,encoding,articles,words,id,message');
  assert.equal(rows[3], 'Photo.PDF,failed,binary-file,900,,0,0,,"It is ""binary"",\nno text"');
  assert.equal(rows.at(-1), '');
});

it('the ledger leaves as JSON with its totals', () => {
  const ledger = JSON.parse(ledgerJson(LINES, 'abc'));
  assert.equal(ledger.fingerprint, 'abc');
  assert.deepEqual(ledger.totals, ledgerTotals(LINES));
  assert.deepEqual(ledger.lines.map(({ name, status, code }) => [name, status, code]), [
    ['خبر 10.txt', 'read', null], ['خبر 9.txt', 'duplicate', null], ['Photo.PDF', 'failed', 'binary-file'], ['أول.txt', 'read', 'invalid-utf8-replaced'],
  ]);
});
