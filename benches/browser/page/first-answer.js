/**
 * From navigation to the first answer, as a reader would wait for it: the
 * engine's script, then its saved index or the documents, then one query.
 * The address says what: `?script=…&query=…`, and `&opens=…` where the engine itself
 * fetches its index from there, `&index=…` where it is given the bytes, `&site=…`
 * where it was built ahead of time, or `&documents=…`.
 */

async function answer() {
  const asked = new URLSearchParams(location.search);
  const [index, opens, site] = [asked.get('index'), asked.get('opens'), asked.get('site')];
  // The saved index is on its way while the engine starts, as a site would have it.
  const saved = index === null ? null : fetch(index).then((response) => response.arrayBuffer());
  const { default: make } = await import(asked.get('script'));
  const engine = await make({ site, index: opens });
  if (saved !== null) await engine.restore(new Uint8Array(await saved));
  else if (opens === null && site === null) {
    const { fetchDocuments } = await import('./documents.js');
    await engine.load(await fetchDocuments(asked.get('documents')));
  }
  // In the ranking that is there at once, where an engine has several.
  const found = await engine.search(asked.get('query'), 10, undefined, engine.rankings?.[0]);
  return { milliseconds: performance.now(), found: found.length };
}

// Told by the console: whoever asks the page runs scripts of its own in it, before its answer is there.
const tell = (/** @type {object} */ told) => console.info(JSON.stringify(told));
answer().then(tell, (error) => tell({ error: String(error) }));
