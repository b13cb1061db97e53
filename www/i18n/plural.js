/** @file Plurals by the classes of Unicode CLDR: `Intl.PluralRules` chooses, the table has a form for each. */

/** @typedef {Partial<Record<Intl.LDMLPluralRule, string>> & {other: string}} Plural */

/**
 * All six classes of Arabic: 0, 1, 2, 3–10, 11–99, 100 and the like.
 * @param {string} zero @param {string} one @param {string} two @param {string} few @param {string} many @param {string} other
 * @returns {Plural}
 */
export const six = (zero, one, two, few, many, other) => ({ zero, one, two, few, many, other });

/**
 * The two classes of English.
 * @param {string} one @param {string} other
 * @returns {Plural}
 */
export const pair = (one, other) => ({ one, other });
