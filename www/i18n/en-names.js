/** @file Words of the name workbench and the network, in English; typed by the Arabic table. */

import { pair } from './plural.js';

/** @type {typeof import('./ar-names.js').arNames} */
export const enNames = {
  spelled: {
    nav: 'Parts of the names', index: 'Index', workbench: 'Spellings', network: 'Network',
    title: 'Spellings of names',
    lead: 'One name is written in many ways, and two people have nearly one name. Here are our rules and what they rest on; the last word is yours: join, part, rename, and save what you decided in a file.',
    kinds: { all: 'All', person: 'People', place: 'Places', organisation: 'Organisations' },
    filter: 'Filter spellings', filterHint: 'Part of a spelling',
    offers: 'May be one', noOffers: 'No two spellings lie so near and are undecided.', one: 'They are one', two: 'They are two',
    oneOf: 'They are one: {one}, {other}', twoOf: 'They are two: {one}, {other}',
    groups: 'Spellings that were joined', noGroups: 'No name has several spellings here.', part: 'Part', partOf: 'Part {one} from {other}', beside: 'with {name}',
    decisions: 'What you decided', noDecisions: 'Nothing yet.', undo: 'Take back', undoOf: 'Take back decision {number}', clear: 'Take all back',
    idle: 'Decisions about names that are not in this corpus: {count}.', save: 'Save the decisions in a file', load: 'Apply a file of decisions', loaded: 'The decisions of the file were applied.', fileName: 'name-decisions',
    kept: 'Decisions last as long as this page; save them in a file to come back to them or to apply them to another corpus.',
    done: 'Decided.', undone: 'Taken back.', more: 'More spellings',
    actions: { same: '{names}: one', apart: '{names}: two', rename: '{names} → {to}', retype: '{names}: {to}' },
    rules: {
      reader: 'your decision', letters: 'the same letters', table: 'from the table of aliases', listed: 'from the lists of names', spacing: 'only the spaces differ', 'word-order': 'the same words in another order',
      article: 'only \u2068«ال»\u2069 differs', head: 'with a word for what it is', sound: 'two transcriptions of one sound', script: 'the sound of the Arabic name', longer: 'a longer name that has the shorter', 'last-name': 'the end of the only full name',
    },
    written: { en: 'English', 'und-Latn': 'Latin letters' },
    method: 'How spellings are joined', methodText: 'Names of one type are compared by rules you can see: spaces, the order of words, a small table, and sound: \u2068غ ج ق\u2069, \u2068ت ط\u2069, long vowels. Arabic names are not compared by sound: \u2068حسن\u2069 is not \u2068حسين\u2069. From 88% sure on they are joined; what is less sure is offered to you. A bare last name follows the full name of its article.',
    mend: 'Correct this name', newName: 'Name to show', rename: 'Rename', retype: 'Type', retypeNow: 'Change the type', mayBe: 'May also be',
    outlets: 'How each outlet writes it', outlet: 'Outlet', noOutlet: 'No outlet named', spelling: 'Spelling',
    time: 'When', published: 'Articles that name it, by publication', mentioned: 'Times in the sentences that name it', noTime: 'No date.',
    saidBy: 'What it said', saidOf: 'What was said of it', allOf: 'All: {count}', nothingSaid: 'Nothing.', inNetwork: 'Its network',
  },
  net: {
    title: 'Network of names', titleOf: 'Network of {name}', lead: 'Who is named with whom {unit}. A line is as thick as the number of documents in which two meet ({scope}).',
    unit: 'They meet in', units: { sentence: 'Sentence', paragraph: 'Paragraph', article: 'Article' }, within: { sentence: 'in one sentence', paragraph: 'in one paragraph', article: 'in one article' },
    of: 'Types', nodes: 'How many names', least: 'Fewest documents', as: 'Show as', forms: { picture: 'Picture', table: 'Table' },
    everyone: 'The whole network', empty: 'No two names meet so.', shown: '{nodes} of {all} shown, with {edges} between them.',
    edges: pair('{count} link', '{count} links'),
    entities: pair('{count} name', '{count} names'),
    docs: pair('{count} document', '{count} documents'),
    one: 'Name', other: 'Named with', weight: 'Documents', picture: 'Picture of the network; each name is a link, and the table says the same.', take: 'Take it:', fileName: 'network',
    node: '{name}, {type}, {documents}, {edges}', hint: 'Point at a name, or reach it by the keyboard, to see its links.',
  },
};
