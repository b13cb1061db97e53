/**
 * Bringing files in, as a reader does it: chosen, dropped, pasted; and what the
 * ledger says of them.
 *
 * @import { Frame } from './browsers.mjs'
 */

import { crc32 } from 'node:zlib';

import { eventually } from './explorer.mjs';

/**
 * A file to be made in the page: its text, or its bytes.
 * @typedef {{ name: string, text?: string, bytes?: number[] }} Made
 */

/**
 * Chooses files as the file dialog would.
 * @param {Frame} frame
 * @param {readonly Made[]} files
 */
export function chooseFiles(frame, files) {
  return frame.evaluate((/** @type {Made[]} */ files) => {
    const transfer = new DataTransfer();
    for (const { name, text, bytes } of files) transfer.items.add(new File([text ?? Uint8Array.from(bytes ?? [])], name));
    const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
    const input = /** @type {HTMLInputElement} */ (root?.querySelector('[data-testid=file-input]'));
    input.files = transfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }, [...files]);
}

/**
 * Dispatches drag or clipboard events with this data on the view, or on a field of it.
 * @param {Frame} frame
 * @param {'drop' | 'paste'} how
 * @param {{ files?: readonly Made[], texts?: Record<string, string>, on?: string }} what
 * @returns {Promise<boolean>} Whether the explorer took it from the browser.
 */
export function bring(frame, how, what) {
  return frame.evaluate((/** @type {{ how: string, files?: Made[], texts?: Record<string, string>, on?: string }} */ { how, files, texts, on }) => {
    const transfer = new DataTransfer();
    for (const { name, text, bytes } of files ?? []) transfer.items.add(new File([text ?? Uint8Array.from(bytes ?? [])], name));
    for (const [type, text] of Object.entries(texts ?? {})) transfer.setData(type, text);
    const root = document.querySelector('kashshaf-explorer')?.shadowRoot;
    const target = root?.querySelector(on ?? '[data-testid=view]');
    const shared = { bubbles: true, cancelable: true, composed: true };
    if (how === 'paste') {
      const event = new ClipboardEvent('paste', shared);
      // Firefox makes an event of its own data only.
      Object.defineProperty(event, 'clipboardData', { value: transfer });
      target?.dispatchEvent(event);
      return event.defaultPrevented;
    }
    target?.dispatchEvent(new DragEvent('dragover', { ...shared, dataTransfer: transfer }));
    const event = new DragEvent('drop', { ...shared, dataTransfer: transfer });
    target?.dispatchEvent(event);
    return event.defaultPrevented;
  }, { how, ...what, files: what.files && [...what.files] });
}

/** Whether files are being added. @param {Frame} frame @returns {Promise<boolean>} */
export function isBusy(frame) {
  return frame.evaluate(() => document.querySelector('kashshaf-explorer')?.hasAttribute('data-busy') === true);
}

/** Waits until every import is over. @param {Frame} frame */
export function importEnds(frame) {
  return eventually('the import to end', async () => !(await isBusy(frame)));
}

/**
 * All lines of the ledger.
 * @param {Frame} frame
 * @returns {Promise<import('../../src/wasm/types.d.ts').LedgerLineReply[]>}
 */
export function ledger(frame) {
  return frame.evaluate(async () => {
    const element = /** @type {any} */ (document.querySelector('kashshaf-explorer'));
    const lines = [];
    for (;;) {
      const reply = await element.ledger({ limit: 1000, offset: lines.length });
      lines.push(...reply.lines);
      if (lines.length >= reply.matching) return lines;
    }
  });
}

/** @param {string} text */
export const utf8 = (text) => [...new TextEncoder().encode(text)];

/**
 * A ZIP archive whose members are stored as they are.
 * @param {readonly { name: string, bytes: number[] }[]} members
 * @returns {number[]}
 */
export function zipOf(members) {
  /** @type {Buffer[]} */
  const pieces = [];
  /** @type {Buffer[]} */
  const directory = [];
  let at = 0;
  for (const { name, bytes } of members) {
    const [path, body] = [Buffer.from(name), Buffer.from(bytes)];
    // Version, UTF-8 names, stored, no time, checksum, both sizes, length of the name, no extra field.
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(0x800, 2);
    shared.writeUInt32LE(crc32(body), 10);
    shared.writeUInt32LE(body.length, 14);
    shared.writeUInt32LE(body.length, 18);
    shared.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), shared, path, body]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), shared, rest, path]));
    pieces.push(local);
    at += local.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(at, 16);
  return [...Buffer.concat([...pieces, listing, end])];
}
