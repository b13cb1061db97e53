/** @file Words of the quotes and the timeline, in English; typed by the Arabic table. */

import { pair } from './plural.js';

/** @type {typeof import('./ar-annotations.js').arAnnotations} */
export const enAnnotations = {
  quoteCount: pair('{count} quote', '{count} quotes'),
  dateCount: pair('{count} date', '{count} dates'),
  conflictCount: pair('{count} conflict', '{count} conflicts'),

  quotes: {
    title: 'Who said what',
    tabs: { quotes: 'Quotes', conflicts: 'Conflicting credit' }, tab: 'List',
    kind: 'Kind of quote', filter: 'Search the quotes', filterHint: 'A word or phrase of the quote',
    kinds: { speech: 'All speech', direct: 'Direct', fragment: 'Fragment', headline: 'Headline', reported: 'Reported', scare: 'No speech' },
    none: 'No quote matches.', shown: '{shown} of {total} shown', more: 'More quotes',
    speakers: 'Speakers', outlets: 'Outlets', everyone: 'Every speaker', everyOutlet: 'Every outlet', side: 'Speakers and outlets',
    chosenSpeaker: 'Said by {name}', chosenOutlet: 'In {name}', unattributed: 'Without a known speaker: {count}',
    unknown: 'No known speaker', described: 'in the text’s words: {words}', says: '{name} says', cue: 'Cue word', relay: 'Handed on by', addressee: 'To',
    place: 'Line {line}', read: 'Read it in place', csv: 'Take the list as CSV', fileName: 'quotes', why: 'Why?',
    conflictsNote: 'The same words, letters folded, credited to different speakers. What they share is marked.',
    noConflicts: 'No words are credited to different speakers in this scope.',
    method: 'How they were found', methodText: 'What stands between marks belongs to the last verb of saying in its sentence, else to the name before its colon, else to a source named after it. Names, titles and terms in marks are no speech. Irony may count as a fragment where somebody speaks, and whom the recogniser misses is credited with nothing.',
    speakerRules: {
      named: 'named beside the verb', title: 'a title that the article gives to this name', body: 'a body the article named before', described: 'words that no name of the article answers to',
      sentence: 'whoever speaks in the same sentence', continued: 'whoever spoke last', colon: 'the name before the colon', unknown: 'nothing says who',
    },
    rules: {
      colon: 'a colon leads to it', 'cue-before': 'a verb of saying before it in the sentence', 'cue-after': 'a source or verb of saying after it', long: 'long between marks', 'headline-colon': 'a name and a colon in a headline',
      complement: 'what stands after «إنّ»', name: 'a name in marks', term: 'a title or a term', 'no-cue': 'nobody speaks in the sentence', nested: 'inside another quote',
    },
    flags: {
      unclosed: 'no mark closes it', unopened: 'no mark opens it', misdirected: 'its marks are turned round', nested: 'inside a quote', 'across-lines': 'over several lines',
    },
  },

  timeline: {
    title: 'Timeline',
    published: 'When it was published', publishedNote: 'Articles by the date of publication that they state. Without one: {count}.',
    mentioned: 'When what it tells of was', mentionedNote: 'Dates in the texts, counted from their own article’s day of publication. Longer than this unit: {count}.',
    unit: 'Unit', units: { auto: 'Automatic', day: 'Day', month: 'Month', year: 'Year' },
    resolved: 'Dates', resolvedKinds: { all: 'All', yes: 'With a value', no: 'Without one' },
    notInParts: 'This corpus is read in parts: the dates that texts mention come when they are asked for.', countMentioned: 'Count them',
    empty: 'Nothing here.', bucket: 'Time', count: 'Count', rows: 'Dates in the texts', range: 'From {from} to {to}', wholeTime: 'All time',
    words: 'As written', value: 'Value', reason: 'How it was found', where: 'Where', none: 'No date matches.', noValue: 'no value',
    shown: '{shown} of {total} shown', more: 'More dates', csv: 'Take the table as CSV', fileName: 'dates', read: 'Read it in place',
    seenFrom: 'from the day of publication, {date}', suggestion: '{value} is suggested by other dates of the article',
    rules: {
      explicit: 'written in full', 'same-day': 'the day of publication', 'days-before': 'days before publication', 'days-after': 'days after publication', 'last-weekday': 'the last day of that name, publication included',
      'weekday-before': 'the day of that name before', 'weekday-after': 'the day of that name after', 'weekday-of-week': 'a day of the week of publication', unit: 'counted from the week, month or year of publication',
      'share-of-year': 'part of a year', decade: 'a decade', 'nearest-year': 'the year nearest to publication', 'nearest-hijri-year': 'the nearest Hijri year', 'day-of-month': 'a day of a month',
      'no-anchor': 'its article states no day to count from',
    },
    dateFlags: {
      'day-first': 'read with the day first', 'month-first': 'the month stands first', 'weekday-conflict': 'the weekday named is not that of the date', 'month-conflict': 'two names of two months',
      hijri: 'converted from Hijri (±1 day)', 'calendar-conflict': 'the Hijri and the Gregorian day differ', 'year-assumed': 'the year is assumed', part: 'part of the time', approximate: 'approximate', 'future-cue': 'a verb in the future before it',
    },
  },
};
