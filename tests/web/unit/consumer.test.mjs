/** The npm package as those meet it who install it: only the files it ships, imported by name, with its types. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const page = join(root, 'corpus', '000_53604c71472777d7.txt');

const CONSUMER = `
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { initSync, Explorer } from 'kashshaf';
initSync({ module: readFileSync(fileURLToPath(import.meta.resolve('kashshaf/kashshaf_bg.wasm'))) });
const explorer = new Explorer();
const report = explorer.addFile({ name: 'page.txt' }, readFileSync(process.argv[2]));
explorer.refresh();
const { totals } = JSON.parse(explorer.search({ query: 'بوتين' }));
explorer.free();
console.log(JSON.stringify([report.status, totals.hits > 0]));
`;

const TYPED_CONSUMER = `
import init, { Explorer } from 'kashshaf';
import type { SearchReply, SearchRequest } from 'kashshaf';

export async function count(bytes: Uint8Array): Promise<number> {
  await init();
  const explorer = new Explorer();
  const report = explorer.addFile({ name: 'page.txt' }, bytes);
  if (report.status === 'failed') throw new Error(report.error?.code);
  const request: SearchRequest = { query: 'بوتين', lens: 'clitics', scope: 'pages' };
  const reply: SearchReply = JSON.parse(explorer.search(request));
  // @ts-expect-error a lens that there is not
  explorer.search({ query: 'بوتين', lens: 'sharp' });
  // @ts-expect-error a key that there is not
  explorer.search({ query: 'بوتين', lenz: 'exact' });
  return reply.totals.hits;
}
`;

describe('whoever installs the package', () => {
  /** @type {string} */
  let folder;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'kashshaf-consumer-'));
    const installed = join(folder, 'node_modules', 'kashshaf');
    mkdirSync(installed, { recursive: true });
    const { files } = JSON.parse(readFileSync(join(root, 'pkg', 'package.json'), 'utf8'));
    for (const file of [...files, 'package.json', 'README.md']) copyFileSync(join(root, 'pkg', file), join(installed, file));
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** @param {string[]} parameters */
  function node(...parameters) {
    const { status, stdout, stderr } = spawnSync(process.execPath, parameters, { cwd: folder, encoding: 'utf8' });
    assert.equal(status, 0, stdout + stderr);
    return stdout;
  }

  it('imports it by name and asks it', () => {
    writeFileSync(join(folder, 'consumer.mjs'), CONSUMER);
    assert.deepEqual(JSON.parse(node('consumer.mjs', page)), ['read', true]);
  });

  it('has its types checked', () => {
    writeFileSync(join(folder, 'consumer.ts'), TYPED_CONSUMER);
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    for (const resolution of [['nodenext', 'nodenext'], ['esnext', 'bundler']]) {
      const [module, moduleResolution] = resolution;
      node(tsc, '--noEmit', '--strict', '--target', 'es2022', '--module', module, '--moduleResolution', moduleResolution, 'consumer.ts');
    }
  });

  it('gets its notices with it', () => {
    assert.match(readFileSync(join(folder, 'node_modules', 'kashshaf', 'NOTICE'), 'utf8'), /Unicode/);
  });
});
