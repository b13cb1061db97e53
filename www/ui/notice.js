/** @file Errors and notices in the reader's language; the raw message stays behind a disclosure. */

import { bdi, code, h } from './dom.js';

/** @import { ExplorerErrorData, Notice } from '../../src/wasm/types.d.ts' */
/** @import { Texts } from '../i18n/index.js' */

/**
 * @param {Texts} texts
 * @param {Notice} notice
 */
export function queryNotice(texts, notice) {
  const sentence = texts.m.notices[notice.code] ?? texts.m.noticeUnknown;
  return note(texts.rich(sentence, { code: code(notice.code), text: bdi(notice.text, 'quoted') }));
}

/** @param {(Node | string)[]} content */
export function note(content) {
  return h('p', { class: 'note', part: 'notice' }, content);
}

/**
 * What an error says, in one sentence.
 * @param {Texts} texts
 * @param {string} errorCode
 * @returns {(Node | string)[]}
 */
export function errorSentence(texts, errorCode) {
  const known = texts.m.errors[errorCode];
  return known ? [known] : texts.rich(texts.m.errorUnknown, { code: code(errorCode) });
}

/**
 * @param {Texts} texts
 * @param {unknown} error  an `ExplorerError` or anything thrown
 * @param {Node[]} [actions]
 */
export function errorBox(texts, error, actions = []) {
  const data = errorData(error);
  return h('div', { class: 'note note-error', role: 'alert', part: 'notice error', 'data-error': data.code },
    h('p', null, errorSentence(texts, data.code)),
    actions.length > 0 && h('p', { class: 'actions' }, actions),
    errorDetails(texts, data));
}

/**
 * @param {Texts} texts
 * @param {ExplorerErrorData} data
 */
export function errorDetails(texts, data) {
  return h('details', { class: 'raw' },
    h('summary', null, texts.m.details),
    h('pre', { dir: 'ltr', lang: 'en' }, [`${data.code}: ${data.message}`, ...data.details.map(([name, value]) => `${name}: ${value}`)].join('\n')));
}

/** @param {unknown} error @returns {ExplorerErrorData} */
export function errorData(error) {
  const { code: errorCode, message, details } = /** @type {Partial<ExplorerErrorData>} */ (error ?? {});
  return {
    name: 'ExplorerError',
    code: typeof errorCode === 'string' ? errorCode : 'internal',
    message: message ?? String(error),
    details: Array.isArray(details) ? details : [],
  };
}
