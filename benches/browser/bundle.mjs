/** One script for each engine, as a site would ship it, with the WebAssembly it fetches beside it. */

import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import * as esbuild from 'esbuild';
import { HERE, OURS } from './options.mjs';

const MODULES = join(HERE, 'node_modules');
/** What an engine fetches from beside its script. */
const WASM = /** @type {Record<string, string>} */ ({ sqlite: '@sqlite.org/sqlite-wasm/dist/sqlite3.wasm' });
/** Above this many bytes brotli's best level takes minutes. */
const BEST_BELOW = 4e6;

/** `import text from 'package/file.js?text'`: a classic script as text, minified. @type {esbuild.Plugin} */
const scriptAsText = {
  name: 'script-as-text',
  setup(build) {
    build.onResolve({ filter: /\?text$/ }, ({ path }) => ({
      path: join(MODULES, path.slice(0, -'?text'.length)),
      namespace: 'script-as-text',
    }));
    build.onLoad({ filter: /.*/, namespace: 'script-as-text' }, async ({ path }) => {
      const { code } = await esbuild.transform(readFileSync(path, 'utf8'), { minify: true, legalComments: 'none' });
      return { contents: code, loader: 'text' };
    });
  },
};

/** @typedef {{ script: number, wasm: number }} LibrarySize Bytes after brotli. */

/**
 * @param {string} name
 * @param {string} folder
 * @param {{ worker: string, site: string }} shipped The worker's script and the folder of what is served.
 * @returns {Promise<LibrarySize | null>} Null where the library comes with its index.
 */
export async function bundle(name, folder, shipped) {
  mkdirSync(folder, { recursive: true });
  const probed = join(folder, 'kashshaf-worker-script.txt');
  const plainWorker = resolve(shipped.worker);
  const probe = readFileSync(join(HERE, 'page/worker-probe.js'), 'utf8');
  writeFileSync(probed, `${readFileSync(plainWorker, 'utf8')}\n${probe}`);
  const script = await build(name, join(folder, `${name}.js`), probed);
  if (name === 'pagefind') return null;
  if (name === OURS) {
    // The probe is no part of what is shipped.
    const plain = await build(name, join(folder, 'kashshaf-as-shipped.js'), plainWorker);
    return { script: brotli(plain).bytes, wasm: brotli(readFileSync(join(shipped.site, 'kashshaf.wasm'))).bytes };
  }
  const wasm = WASM[name];
  if (wasm === undefined) return { script: brotli(script).bytes, wasm: 0 };
  copyFileSync(join(MODULES, wasm), join(folder, basename(wasm)));
  return { script: brotli(script).bytes, wasm: brotli(readFileSync(join(MODULES, wasm))).bytes };
}

/** @param {string} name @param {string} to @param {string} worker */
async function build(name, to, worker) {
  await esbuild.build({
    entryPoints: [join(HERE, 'engines', `${name}.js`)],
    outfile: to,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    legalComments: 'none',
    logLevel: 'error',
    loader: { '.txt': 'text' },
    alias: { 'kashshaf-worker-script': worker },
    define: { global: 'globalThis' },
    plugins: [scriptAsText],
  });
  return readFileSync(to);
}

/** @param {Buffer} bytes @returns {{ bytes: number, quality: number }} Size, and the level it was reached with. */
export function brotli(bytes) {
  const quality = bytes.length < BEST_BELOW ? 11 : 5;
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_LGWIN]: 24 };
  return { bytes: brotliCompressSync(bytes, { params }).length, quality };
}
