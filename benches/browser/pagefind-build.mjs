/** Pagefind indexes a site with its own native program, as its users do when they publish. */

import { close, createIndex } from 'pagefind';

const escaped = (/** @type {string} */ text) => text.replace(/[&<>"]/g, (found) => `&#${found.charCodeAt(0)};`);

/**
 * Indexes one Arabic page a document into a folder.
 * @param {import('./documents.mjs').Doc[]} docs
 * @param {string} folder
 * @returns {Promise<number>} Milliseconds by the clock.
 */
export async function build(docs, folder) {
  const { index } = await createIndex({});
  if (!index) throw new Error('Pagefind made no index');
  const start = performance.now();
  for (const { id, title, body } of docs) {
    await index.addHTMLFile({
      url: `/doc/${encodeURIComponent(id)}.html`,
      content: `<!doctype html><html lang="ar" dir="rtl"><head><title>${escaped(title)}</title></head><body><h1>${escaped(title)}</h1><p>${escaped(body)}</p></body></html>`,
    });
  }
  await index.writeFiles({ outputPath: folder });
  const milliseconds = performance.now() - start;
  await close();
  return milliseconds;
}
