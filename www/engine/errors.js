/**
 * Errors that cross the border as plain data and are rebuilt on this side:
 * `structuredClone` of an `Error` loses every property that is not standard.
 *
 * @import { ExplorerErrorData } from '../../src/wasm/types.js'
 */

/**
 * Codes of the errors that the shell itself raises; the core has its own.
 *
 * | code | when |
 * |---|---|
 * | `unsupported-browser` | the browser lacks something the engine stands on |
 * | `engine-unreachable` | the engine's own files could not be loaded |
 * | `worker-refused` | the page's policy does not let a worker start |
 * | `engine-crashed` | the engine stopped while doing this; it is being restarted |
 * | `engine-failed` | the engine stopped again and again and stays down |
 * | `engine-closed` | something was asked of an engine that was disposed of |
 * | `corpus-unreachable` | the list of bundled pages could not be loaded |
 * | `model-unreachable` | the model of names could not be loaded |
 * | `model-absent` | the one HTML file carries no model of names |
 * | `part-unreachable` | a part of a corpus in parts could not be loaded, tried several times |
 * | `index-in-parts` | a corpus in parts cannot do this; the core says so too |
 * | `file-unreadable` | the browser could not read a file or folder |
 * | `readers-unreachable` | the module that reads other formats than plain text could not be loaded |
 * | `reader-crashed` | the reading worker stopped over this file; the others are read on |
 * | `annotator-unreachable` | the module that finds names, dates and quotes could not be loaded |
 * | `annotator-crashed` | the annotating worker stopped again and again, or left out a page |
 * | `cancelled` | the import was stopped while this file was being read |
 * | `columns-not-chosen` | nobody said which column holds the text |
 * | `memory-full` | the corpus has as much memory as there is |
 * | `unknown-file` | no file of the ledger has that number |
 */
export const SHELL_ERROR_CODES = /** @type {const} */ ([
  'unsupported-browser',
  'engine-unreachable',
  'worker-refused',
  'engine-crashed',
  'engine-failed',
  'engine-closed',
  'corpus-unreachable',
  'model-unreachable',
  'model-absent',
  'part-unreachable',
  'index-in-parts',
  'file-unreadable',
  'readers-unreachable',
  'reader-crashed',
  'annotator-unreachable',
  'annotator-crashed',
  'cancelled',
  'columns-not-chosen',
  'memory-full',
  'unknown-file',
]);

/** An error with a stable code and the observed and allowed values by name. */
export class ExplorerError extends Error {
  /**
   * @param {string} code Stable, kebab-case.
   * @param {string} message English sentence: what was found, what is allowed, what to do.
   * @param {[string, string][]} [details]
   * @param {unknown} [cause]
   */
  constructor(code, message, details = [], cause) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'ExplorerError';
    this.code = code;
    this.details = details;
  }

  /**
   * Rebuilds an error from what the worker sent.
   * @param {ExplorerErrorData} data
   */
  static from(data) {
    return new ExplorerError(data.code, data.message, data.details);
  }

  /** @returns {ExplorerErrorData} */
  toData() {
    return { name: 'ExplorerError', code: this.code, message: this.message, details: this.details };
  }
}

/**
 * The plain data of an error that the core threw on purpose; null for any
 * other error, which means that the engine can no longer be trusted.
 * @param {unknown} error
 * @returns {ExplorerErrorData | null}
 */
export function explorerErrorData(error) {
  if (!(error instanceof Error) || error.name !== 'ExplorerError') return null;
  const { code, details } = /** @type {Partial<ExplorerError>} */ (error);
  return {
    name: 'ExplorerError',
    code: typeof code === 'string' ? code : 'unknown',
    message: error.message,
    details: Array.isArray(details) ? details : [],
  };
}

/**
 * A sentence for an error of any kind.
 * @param {unknown} error
 */
export function errorText(error) {
  return error instanceof Error ? error.message : String(error);
}

/**
 * @param {string} name
 * @param {unknown} cause
 */
export function unreadable(name, cause) {
  const reason = errorText(cause);
  const message = `The browser could not read «${name}»: ${reason}. Check that it still exists and may be read.`;
  return new ExplorerError('file-unreadable', message, [['reason', reason]], cause);
}
