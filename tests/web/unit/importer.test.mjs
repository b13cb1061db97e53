/** How files are put into batches, and how reports find their files. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { allReports, batchesOf } from '../../../www/engine/importer.js';
import { gatherDrop, gatherInput, gatherText } from '../../../www/engine/gather-files.js';

/** @param {number | null} size */
const sized = (size) => ({ name: 'x', size, bytes: async () => new ArrayBuffer(0) });
const MIB = 1 << 20;

describe('batches', () => {
  const cases = [
    ['nothing', [], []],
    ['small files together', [10, 10, 10], [3]],
    ['at most a mebibyte', [MIB / 2, MIB / 2, 1], [2, 1]],
    ['a large file alone', [10, 5 * MIB, 10], [1, 1, 1]],
    ['at most 64 files', Array(130).fill(1), [64, 64, 2]],
    ['files of unknown size', Array(3).fill(null), [3]],
  ];
  for (const [name, sizes, expected] of cases) {
    it(`hold ${name}`, () => {
      assert.deepEqual(batchesOf(sizes.map(sized)).map((batch) => batch.length), expected);
    });
  }
});

it('reports stand in the order of the files', () => {
  const files = [
    { entry: sized(1), bytes: new ArrayBuffer(1), report: null },
    { entry: sized(1), bytes: null, report: { name: 'unread' } },
    { entry: sized(1), bytes: new ArrayBuffer(1), report: null },
  ];
  assert.deepEqual(
    allReports(files, [{ name: 'first' }, { name: 'second' }]).map(({ name }) => name),
    ['first', 'unread', 'second'],
  );
});

describe('gathering', () => {
  /** A folder as drag and drop hands it over, read in portions of two. */
  const folder = (name, children) => ({
    name,
    isFile: false,
    isDirectory: true,
    createReader() {
      const rest = [...children];
      return { readEntries: (resolve) => resolve(rest.splice(0, 2)) };
    },
  });
  const file = (name) => ({ name, isFile: true, isDirectory: false, file: (resolve) => resolve(new File(['x'], name)) });
  const locked = (name) => ({ ...folder(name, []), createReader: () => ({ readEntries: (_, reject) => reject(new Error('no')) }) });
  const drop = (entries, text = '') => ({
    getData: () => text,
    items: entries.map((entry) => ({
      kind: 'file',
      webkitGetAsEntry: () => entry,
      getAsFile: () => (entry.isDirectory ? null : new File(['x'], entry.name)),
    })),
  });

  it('walks dropped folders in the order of names and leaves litter out', async () => {
    const tree = folder('top', [file('c'), folder('b', [file('two'), file('one')]), file('.DS_Store'), file('a')]);
    const entries = await gatherDrop(drop([tree, file('alone')]));
    assert.deepEqual(entries.map(({ name }) => name), ['top/a', 'top/b/one', 'top/b/two', 'top/c', 'alone']);
    assert.equal((await entries[0].bytes()).byteLength, 1);
  });

  it('turns a folder that cannot be read into an entry that says so', async () => {
    const [entry, other] = await gatherDrop(drop([locked('secret'), file('open')]));
    assert.equal(entry.name, 'secret');
    await assert.rejects(entry.bytes(), { code: 'file-unreadable' });
    assert.equal(other.name, 'open');
  });

  it('takes dropped text when there are no files', async () => {
    const [entry] = await gatherDrop(drop([], 'نص'));
    assert.equal(new TextDecoder().decode(await entry.bytes()), 'نص');
    assert.deepEqual(await gatherDrop(drop([], '  \n')), []);
  });

  it('reads the list of an input before the input is reset', async () => {
    const list = [new File(['x'], 'a.txt')];
    const gathered = gatherInput(list);
    list.length = 0;
    assert.deepEqual((await gathered).map(({ name }) => name), ['a.txt']);
  });

  it('gives a typed text its size in bytes', async () => {
    const [entry] = await gatherText('نص', 'نص.txt');
    assert.equal(entry.size, 4);
    assert.deepEqual(await gatherText(' ', 'blank'), []);
  });
});
