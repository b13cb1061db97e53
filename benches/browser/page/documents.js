/** Fetches and parses the documents, a line at a time: their text may be longer than a string can be. */
export async function fetchDocuments(address) {
  const response = await fetch(address);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const docs = [];
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const lines = (rest + value).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) docs.push(JSON.parse(line));
  }
  if (rest !== '') docs.push(JSON.parse(rest));
  return docs;
}
