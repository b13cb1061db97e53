/**
 * From navigation to the first answer, as a reader would wait for it: the
 * engine's script, then its saved index or the documents, then one query.
 * The address says what: `?engine=…&documents=…&index=…&query=…`.
 */

import { fetchDocuments } from './documents.js';

async function answer() {
  const asked = new URLSearchParams(location.search);
  const index = asked.get('index');
  // The saved index is on its way while the engine starts, as a site would have it.
  const isSaved = index !== null && index !== 'built';
  const saved = isSaved ? fetch(index).then((response) => response.arrayBuffer()) : null;
  const { default: make } = await import(`/engines/${asked.get('engine')}.js`);
  const engine = await make({ site: asked.get('site') });
  if (index === 'built') await engine.restore();
  else if (saved !== null) await engine.restore(new Uint8Array(await saved));
  else await engine.load(await fetchDocuments(asked.get('documents')));
  // In the ranking that is there at once, where an engine has several.
  const found = await engine.search(asked.get('query'), 10, undefined, engine.rankings?.[0]);
  return { milliseconds: performance.now(), found: found.length };
}

answer().then(
  (result) => (globalThis.firstAnswer = result),
  (error) => (globalThis.firstAnswer = { error: String(error) }),
);
