/** @file English words of keeping the corpus, and of one that is read in parts. */

/** @type {typeof import('./ar-keep.js').arKeep} */
export const enKeep = {
  keep: {
    title: 'Keep the corpus',
    what: 'A saved index is one file with the texts, their index and their ledger: it opens here without indexing again.',
    save: 'Save it as a file',
    here: 'Keep it in this browser',
    forget: 'Forget it',
    working: 'Saving…',
    saved: 'A file of {bytes} was saved. Drop it on this page whenever you like, and it opens.',
    nothing: 'Nothing is kept in this browser.',
    kept: 'Kept in this browser since {day}: {pages}, {bytes}. It opens when you come back.',
    forgotten: 'What was kept in the browser is erased. What you see stays until you close the page.',
    note: 'Nothing is kept in the browser unless you ask, and nothing is sent anywhere.',
    fromDisk: 'This page was opened from disk: other pages opened from disk may be able to read what is kept in the browser.',
  },
  inParts: {
    note: 'This corpus is read in parts: each question fetches only what it needs. Searching and reading are complete; narrowing, sorting by date, names, dates, quotes and adding files need its whole index.',
    load: 'Load the whole index',
  },
};
