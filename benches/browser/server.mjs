/**
 * A static server on this machine. Its pages are cross-origin isolated: their
 * clocks then tick in 5 µs instead of 0.1 ms, and their memory can be measured.
 */

import { createReadStream, readFileSync, statSync } from 'node:fs';
import { appendFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

/** Bytes that are read and sent at once: small pieces would measure this server. */
const PIECE = 1 << 20;
const NOTHING = { bytes: 0, requests: 0 };

/** @type {Record<string, string>} */
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/**
 * @param {Record<string, string>} folders Prefix of the address, with slashes at both ends, to folder.
 *   What is PUT under `/save/` is stored there.
 */
export async function serve(folders) {
  /** Prefix to what was sent of it. @type {Map<string, { bytes: number, requests: number }>} */
  const sent = new Map();
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent((request.url ?? '').split('?')[0]);
    const prefix = Object.keys(folders).find((prefix) => path.startsWith(prefix));
    const file = prefix === undefined ? '' : join(folders[prefix], normalize(`/${path.slice(prefix.length)}`));
    if (request.method === 'PUT' && prefix === '/save/') {
      const parts = [];
      for await (const part of request) parts.push(part);
      await (request.url?.endsWith('?more') ? appendFile : writeFile)(file, Buffer.concat(parts));
      response.end('stored');
      return;
    }
    const size = statSync(file, { throwIfNoEntry: false })?.size;
    if (size === undefined) {
      response.writeHead(404).end();
      return;
    }
    const { bytes, requests } = sent.get(prefix ?? '') ?? NOTHING;
    sent.set(prefix ?? '', { bytes: bytes + size, requests: requests + 1 });
    response.writeHead(200, {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'content-length': size,
      'cache-control': 'no-store',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
    });
    if (size <= PIECE) response.end(readFileSync(file));
    else createReadStream(file, { highWaterMark: PIECE }).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    origin: `http://127.0.0.1:${port}`,
    /** What was sent since the last call: all, or what lies under a prefix. @param {string} [prefix] */
    count(prefix) {
      const counted = [...sent].filter(([of]) => prefix === undefined || of === prefix).map(([, sums]) => sums);
      sent.clear();
      return counted.reduce((sum, { bytes, requests }) => ({ bytes: sum.bytes + bytes, requests: sum.requests + requests }), NOTHING);
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
