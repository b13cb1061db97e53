/** @file English words of keeping the corpus, of taking pages out of it, and of one that is read in parts. */

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
  takeOut: {
    action: 'Take out', title: 'Take out of the corpus?', keep: 'Leave it in',
    what: '{pages} will be taken out; searches, counts and names will be as if this had never been there.',
    ofArchive: 'All pages that came of this file will be taken out: searches, counts and names will be as if they had never been there.',
    note: 'The file itself is not touched. You can bring back what was taken out, or add it again. Texts that were passed over as copies of it do not take its place.',
    working: 'The index is being made anew…',
    done: 'Taken out: {pages}.', sofar: 'Taken out so far: {pages}.', bringBack: 'Bring back what was taken out last', broughtBack: 'Brought back; the corpus was indexed anew.',
  },
  inParts: {
    short: 'This corpus is read in parts.',
    about: 'What that means',
    note: 'Each question fetches only what it needs. Searching, narrowing, sorting and reading are complete, and so are names, quotes and dates mentioned in texts where they were put beside it; decisions about names and adding files need its whole index.',
    load: 'Load the whole index',
  },
};
