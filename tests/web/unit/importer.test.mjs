/** How files are gathered and put into batches. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { wholeOf } from '../../../www/engine/file-entry.js';
import { gatherDrop, gatherInput, gatherText } from '../../../www/engine/gather-files.js';
import { Lookahead, batchesOf } from '../../../www/engine/lookahead.js';

/** @param {number | null} size */
const sized = (size) => ({ name: 'x', size, slice: async () => new ArrayBuffer(0) });
const MIB = 1 << 20;

/** @param {AsyncIterable<any>} entries */
async function all(entries) {
  const found = [];
  for await (const entry of entries) found.push(entry);
  return found;
}

/** @param {any} entry */
const textOf = async (entry) => new TextDecoder().decode(await wholeOf(entry));

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
    it(`hold ${name}`, async () => {
      assert.deepEqual(batchesOf(sizes.map(sized), (entry) => entry).map((batch) => batch.length), expected, 'of a list');
      const lookahead = new Lookahead(sizes.map(sized));
      const taken = [];
      for (let batch; (batch = await lookahead.batch()); ) taken.push(batch.length);
      assert.deepEqual(taken, expected, 'of files that are still being gathered');
      assert.ok(lookahead.isEmpty);
      assert.deepEqual([lookahead.files, lookahead.bytes], [sizes.length, sizes.reduce((sum, size) => sum + (size ?? 0), 0)]);
    });
  }
});

describe('gathering ahead', () => {
  it('goes some way ahead of what is read, and no further', async () => {
    let made = 0;
    const endless = (async function* () {
      for (;;) {
        made += 1;
        yield sized(1);
      }
    })();
    const lookahead = new Lookahead(endless);
    for (let at = 0; at < 10; at += 1) assert.equal((await lookahead.batch())?.length, 64);
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.ok(made > 640 && made < 10_000, `${made} were made`);
    assert.equal(lookahead.isComplete, false);
    lookahead.stop();
    assert.equal(await lookahead.batch(), null);
    const { entries, isComplete } = await lookahead.rest(50);
    assert.deepEqual([entries.length > 0, isComplete], [true, false]);
    const after = made;
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.ok(made - after < 2, 'nothing is gathered any more');
  });

  it('tells what was left when it was stopped, to the last file', async () => {
    const lookahead = new Lookahead(Array.from({ length: 10_000 }, () => sized(1)));
    await lookahead.batch();
    lookahead.stop();
    const { entries, isComplete } = await lookahead.rest(60_000);
    assert.deepEqual([entries.length, isComplete], [10_000 - 64, true]);
  });

  it('gives what was found before it failed, then fails', async () => {
    const failing = (async function* () {
      yield sized(1);
      throw new Error('the disk went away');
    })();
    const lookahead = new Lookahead(failing);
    assert.equal((await lookahead.batch())?.length, 1);
    await assert.rejects(lookahead.batch(), { message: 'the disk went away' });
  });
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
  const drop = (entries, texts = {}) => ({
    getData: (type) => texts[type] ?? '',
    items: entries.map((entry) => ({
      kind: 'file',
      webkitGetAsEntry: () => entry,
      getAsFile: () => (entry.isDirectory ? null : new File(['x'], entry.name)),
    })),
  });

  /** The same as handles; the names of files opened are noted. */
  const handleOf = (opened, name, children) => {
    if (children === undefined) {
      return { kind: 'file', name, getFile: async () => (opened.push(name), new File(['x'], name)) };
    }
    const handles = children.map(([child, inside]) => handleOf(opened, child, inside));
    const find = async (wanted) => handles.find(({ name }) => name === wanted);
    return {
      kind: 'directory',
      name,
      getFileHandle: find,
      getDirectoryHandle: find,
      async *values() {
        yield* handles;
      },
    };
  };
  const dropHandle = (handle) => ({
    getData: () => '',
    items: [{ kind: 'file', getAsFileSystemHandle: async () => handle, webkitGetAsEntry: () => null, getAsFile: () => null }],
  });

  it('walks dropped folders in the order of names and leaves litter out', async () => {
    const tree = folder('top', [file('c'), folder('b', [file('two'), file('one')]), file('.DS_Store'), file('a')]);
    const entries = await all(gatherDrop(drop([tree, file('alone')]), 'dropped'));
    assert.deepEqual(entries.map(({ name }) => name), ['top/a', 'top/b/one', 'top/b/two', 'top/c', 'alone']);
    assert.equal(await textOf(entries[0]), 'x');
  });

  it('walks handles the same way, and opens a file when its turn comes', async () => {
    const opened = [];
    const tree = handleOf(opened, 'top', [['c'], ['b', [['two'], ['one']]], ['Thumbs.db'], ['a']]);
    const walk = gatherDrop(dropHandle(tree), 'dropped')[Symbol.asyncIterator]();
    assert.equal((await walk.next()).value.name, 'top/a');
    assert.deepEqual(opened, ['a']);
    const rest = await all({ [Symbol.asyncIterator]: () => walk });
    assert.deepEqual(rest.map(({ name }) => name), ['top/b/one', 'top/b/two', 'top/c']);
  });

  it('turns a file that went away since its folder was listed into an entry that says so', async () => {
    const tree = handleOf([], 'top', [['gone'], ['there']]);
    const find = tree.getFileHandle;
    tree.getFileHandle = async (name) => (name === 'gone' ? Promise.reject(new Error('not found')) : find(name));
    const [gone, there] = await all(gatherDrop(dropHandle(tree), 'dropped'));
    await assert.rejects(wholeOf(gone), { code: 'file-unreadable' });
    assert.deepEqual([gone.name, there.name], ['top/gone', 'top/there']);
  });

  it('turns a folder that cannot be read into an entry that says so', async () => {
    const [entry, other] = await all(gatherDrop(drop([locked('secret'), file('open')]), 'dropped'));
    assert.equal(entry.name, 'secret');
    await assert.rejects(wholeOf(entry), { code: 'file-unreadable' });
    assert.equal(other.name, 'open');
  });

  const texts = [
    ['plain text', { 'text/plain': 'نص', 'text/html': '<p>نص' }, [['dropped.txt', 'نص']]],
    ['HTML where there is no plain text', { 'text/html': '<p>نص' }, [['dropped.html', '<p>نص']]],
    ['a list of addresses, without its comments', { 'text/uri-list': '#c\r\nhttps://a.example/\r\nhttps://b.example/' }, [
      ['dropped.txt', 'https://a.example/\nhttps://b.example/'],
    ]],
    ['nothing that is blank', { 'text/plain': '  \n' }, []],
  ];
  for (const [name, data, expected] of texts) {
    it(`takes ${name}`, async () => {
      const entries = await all(gatherDrop(drop([], data), 'dropped'));
      assert.deepEqual(await Promise.all(entries.map(async (entry) => [entry.name, await textOf(entry)])), expected);
    });
  }

  it('reads the list of an input before the input is reset', async () => {
    const list = [new File(['x'], 'a.txt'), new File(['x'], '.DS_Store')];
    const gathered = gatherInput(list);
    list.length = 0;
    assert.deepEqual((await all(gathered)).map(({ name }) => name), ['a.txt']);
  });

  it('gives a typed text its size in bytes', async () => {
    const [entry] = await all(gatherText('نص', 'نص.txt'));
    assert.equal(entry.size, 4);
    assert.deepEqual(await all(gatherText(' ', 'blank')), []);
  });

  it('reads any stretch of a file', async () => {
    const [entry] = await all(gatherText('0123456789', 'digits'));
    const cut = async (from, to) => new TextDecoder().decode(await entry.slice(from, to));
    assert.deepEqual([await cut(0, 3), await cut(3, 6), await cut(8, 99), await cut(10, 20)], ['012', '345', '89', '']);
  });
});
