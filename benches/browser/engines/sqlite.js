import start from '@sqlite.org/sqlite-wasm';

const TOKENS = /[\p{L}\p{M}\p{N}\u0640]+/gu;

/** FTS5 with unicode61, without the texts (as most engines here); bm25 with the title doubled. */
export default async function make() {
  const sqlite = await start({ print() {}, printErr() {} });
  let database = new sqlite.oo1.DB(':memory:');
  let ids = [];
  let select;
  const prepare = () => {
    select = database.prepare('SELECT rowid FROM d WHERE d MATCH ? ORDER BY bm25(d, 2.0, 1.0) LIMIT ?');
  };
  const expression = (query, mode) => {
    if (mode === 'phrase') return `"${query.replaceAll('"', ' ')}"`;
    const terms = (query.match(TOKENS) ?? []).map((term) => `"${term}"`);
    if (mode === 'question') return terms.join(' OR ');
    return terms.join(' ') + (mode === 'prefix' && terms.length > 0 ? '*' : '');
  };
  return {
    modes: ['prefix', 'phrase'],
    load(docs) {
      ids = docs.map(({ id }) => id);
      database.exec("CREATE TABLE ids(id TEXT); CREATE VIRTUAL TABLE d USING fts5(title, body, content='', tokenize='unicode61'); BEGIN");
      const add = database.prepare('INSERT INTO d(rowid, title, body) VALUES (?, ?, ?)');
      const name = database.prepare('INSERT INTO ids(rowid, id) VALUES (?, ?)');
      docs.forEach(({ id, title, body }, at) => {
        add.bind([at + 1, title, body]).stepReset();
        name.bind([at + 1, id]).stepReset();
      });
      add.finalize();
      name.finalize();
      database.exec('COMMIT');
      prepare();
    },
    search(query, count, mode) {
      const match = expression(query, mode);
      if (match === '') return [];
      const found = [];
      select.bind([match, count]);
      while (select.step()) found.push(ids[select.getInt(0) - 1]);
      select.reset();
      return found;
    },
    wasmBytes: () => sqlite.wasm.heap8u().byteLength,
    serialize: () => sqlite.capi.sqlite3_js_db_export(database),
    restore(bytes) {
      const { SQLITE_DESERIALIZE_FREEONCLOSE: free, SQLITE_DESERIALIZE_RESIZEABLE: grow } = sqlite.capi;
      const at = sqlite.wasm.allocFromTypedArray(bytes);
      database = new sqlite.oo1.DB();
      database.checkRc(
        sqlite.capi.sqlite3_deserialize(database.pointer, 'main', at, bytes.length, bytes.length, free | grow),
      );
      ids = database.selectValues('SELECT id FROM ids ORDER BY rowid');
      prepare();
    },
  };
}
