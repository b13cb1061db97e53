/** @file The search panel in English; typed by the Arabic table. */

/** The words of the search panel: order, narrowing, suggestions, export. @type {typeof import('./ar-search.js').arSearch} */
export const enSearch = {
  orders: {
    title: 'Order of the results',
    names: { relevance: 'Best first', 'relevance+recent': 'Best, recent ones favoured', newest: 'Newest first', oldest: 'Oldest first', outlet: 'By outlet' },
  },
  facets: {
    title: 'Narrow the results', chosen: 'What the results are narrowed to', clear: 'Clear all', letGo: 'remove', more: '{count} more', failed: 'The groups could not be counted.',
    counting: 'Counting…', countKeywords: 'Count keywords', noKeywords: 'No keywords.',
    names: { outlet: 'Outlet', date: 'Published', keyword: 'Keyword', entity: 'Name' },
    none: { outlet: 'no outlet', date: 'undated', keyword: 'no keywords', entity: 'no names' },
  },
  suggestions: {
    title: 'Suggestions',
    kinds: { word: 'word', name: 'name', outlet: 'outlet', near: 'did you mean' },
  },
  exports: {
    title: 'Export', note: 'All results, not only those shown.', stop: 'Stop', stopped: 'The export was stopped.', failed: 'The export failed:',
    running: '{done} of {total} documents written', done: 'Saved: {hits} {documents}',
    formats: {
      csv: ['CSV for spreadsheets', 'one row a hit; opens in Excel and LibreOffice'],
      'csv-plain': ['CSV for programs', 'one row a hit; the text as it is'],
      jsonl: ['JSON Lines', 'one object a hit'],
      ris: ['RIS', 'one reference a document; Zotero, EndNote'],
      bibtex: ['BibTeX', 'one reference a document; LaTeX'],
    },
  },
  steps: { exact: 'as typed', marks: 'marks', letters: 'letter', clitics: 'clitic', stem: 'stem', similar: 'similar', prefix: 'beginning', fuzzy: 'near spelling', wildcard: 'wildcard', regex: 'expression', pattern: 'pattern', name: 'name', alias: 'other spelling' },
  apart: { title: 'Letters told apart', letters: { teh: 'Tell \u2068ة\u2069 from \u2068ه\u2069', yeh: 'Tell \u2068ى\u2069 from \u2068ي\u2069' } },
  also: { title: 'Spellings read too', kinds: { names: 'Latin names in Arabic letters too', aliases: 'Other spellings of names too' } },
  some: {
    title: 'Documents with some of the words', none: 'No document holds all the words; these hold some, the best first. They are not in the count above.',
    noMain: 'No page’s own article holds all the words; these documents hold some. They are not in the count above.',
    nowhere: 'Nowhere in the corpus as compared:', missing: 'Without:',
  },
  score: {
    title: 'Why it stands here', failed: 'The score could not be explained.', part: 'Part', counts: 'What is counted', adds: 'Adds', sum: 'Score',
    parts: { words: 'The words asked for', exact: 'Words as typed', bag: 'Near spellings (bags)', title: 'In the title', recent: 'Recent', outlet: 'Preferred outlet' },
    length: 'length taken as {length}, mean {average}', term: '{tf} × here, in {df}; idf {idf}', others: '{count} more',
    formula: 'Words as typed add a tenth of their idf, in the title half of it; the rest is BM25 (Robertson and Zaragoza 2009):',
  },
  ways: {
    'no-filters': 'The same search, not narrowed', spelling: 'Did you mean {text}?', lens: 'The same search {lens}', scope: 'The same search {scope}',
    'lens-scope': 'The same search {lens} and {scope}', 'no-exclusions': 'Excluding nothing: {query}', 'phrase-words': 'The words apart: {query}',
    fewer: 'Without {text}: {query}', alone: '{query} alone',
  },
};
