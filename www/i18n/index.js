/** @file The shell's words in one language: tables, plurals, numbers, dates. Direction lives in the table. */

import { ar } from './ar.js';
import { arAnnotations } from './ar-annotations.js';
import { arCodes } from './ar-codes.js';
import { arKeep } from './ar-keep.js';
import { arNames } from './ar-names.js';
import { arSearch } from './ar-search.js';
import { en } from './en.js';
import { enAnnotations } from './en-annotations.js';
import { enCodes } from './en-codes.js';
import { enKeep } from './en-keep.js';
import { enNames } from './en-names.js';
import { enSearch } from './en-search.js';

/** @import { Digits, Language } from '../ui/types.d.ts' */
/** @import { Plural } from './plural.js' */

const TABLES = { ar: { ...ar, ...arCodes, ...arAnnotations, ...arKeep, ...arNames, ...arSearch }, en: { ...en, ...enCodes, ...enAnnotations, ...enKeep, ...enNames, ...enSearch } };

/** @typedef {ReturnType<typeof createTexts>} Texts */

/**
 * @param {Language} language
 * @param {Digits} digits
 */
export function createTexts(language, digits) {
  const m = TABLES[language];
  const numbering = digits === 'arabic' ? 'arab' : 'latn';
  const locale = `${language}-u-ca-gregory-nu-${numbering}`;
  const numbers = new Intl.NumberFormat(locale);
  const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const smallPercents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const plurals = new Intl.PluralRules(language);
  const lists = new Intl.ListFormat(language, { style: 'long', type: 'conjunction' });
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });

  const months = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long', timeZone: 'UTC' });

  /** @param {number} value */
  const number = (value) => apart(numbers.format(value));

  /** Arabic digits with a sign between them would change places in a line of Latin script. @param {string} digitsOf */
  const apart = (digitsOf) => (language === 'en' && digits === 'arabic' ? `\u2068${digitsOf}\u2069` : digitsOf);

  return {
    m,
    language,
    digits,
    number,
    /** @param {number} share  0..1 */
    percent: (share) => (share < 0.01 ? smallPercents : percents).format(share),
    /** @param {string} iso  calendar day, `2023-09-18` */
    date(iso) {
      const day = new Date(`${iso}T00:00:00Z`);
      if (Number.isNaN(day.valueOf())) return iso;
      return dates.formatToParts(day).map(({ type, value }) => (type === 'day' || type === 'year' ? apart(value) : value)).join('');
    },
    /** @param {string} value  `2023-09` or `2023` */
    month: (value) => (value.length === 4 ? apart(numbers.format(Number(value)).replace(/[^\p{Nd}]/gu, '')) : months.format(new Date(`${value}-01T00:00:00Z`))),
    /** @param {number} bytes */
    bytes(bytes) {
      const [unit, size] = bytes < 1000 ? ['byte', 1] : bytes < 1e6 ? ['kilobyte', 1e3] : bytes < 1e9 ? ['megabyte', 1e6] : ['gigabyte', 1e9];
      return new Intl.NumberFormat(locale, {
        style: 'unit', unit: String(unit), unitDisplay: language === 'ar' || size === 1 ? 'long' : 'short', maximumFractionDigits: size === 1 ? 0 : 1,
      }).format(bytes / Number(size));
    },
    /** The form of a plural for a number, the number in it. @param {Plural} plural @param {number} value */
    count(plural, value) {
      const form = plural[plurals.select(value)] ?? plural.other;
      return form.replace('{count}', number(value));
    },
    /** @param {string[]} items */
    list: (items) => lists.format(items),
    /** A sentence with its blanks filled. @param {string} sentence @param {Record<string, string>} values */
    fill: (sentence, values) => sentence.replace(/\{(\w+)\}/g, (blank, name) => values[name] ?? blank),
    /** The same with nodes, so that corpus text in it is isolated. @param {string} sentence @param {Record<string, Node | string>} values */
    rich: (sentence, values) => sentence.split(/(\{\w+\})/).filter(Boolean).map((piece) => values[piece.slice(1, -1)] ?? piece),
  };
}
