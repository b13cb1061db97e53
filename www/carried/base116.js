/**
 * Bytes as text: six bytes in seven ASCII characters, where base64 takes eight.
 * 116 digits are the fewest for which that works, and as many as an HTML file
 * can be trusted with: it keeps every ASCII character but those left out here.
 * The encoder is in `xtask/src/single/base116.rs`.
 */

/**
 * Characters that are no digits: NUL and the line ends, which reading a file changes; other white space, SUB, ESC and
 * DEL, which editors and terminals take for their own; `&` and `<`, which mean something in HTML.
 */
const NO_DIGITS = new Set([0x00, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1a, 0x1b, 0x20, 0x26, 0x3c, 0x7f]);

export const BYTES_IN_GROUP = 6;
export const DIGITS_IN_GROUP = 7;

const NO_DIGIT = 0xff;
const [ASCII, BASE] = [128, 116];
/** One more than the largest number of six bytes. */
const GROUP_END = 2 ** 48;

const VALUES = new Uint8Array(ASCII).fill(NO_DIGIT);
for (let code = 0, value = 0; code < ASCII; code += 1) {
  if (!NO_DIGITS.has(code)) VALUES[code] = value++;
}

/**
 * @param {string} text Digits from `from` on.
 * @param {number} from
 * @param {number} length Of the bytes; the digits are those of whole groups.
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function fromBase116(text, from, length) {
  const groups = Math.ceil(length / BYTES_IN_GROUP);
  const bytes = new Uint8Array(groups * BYTES_IN_GROUP);
  for (let group = 0, at = from, to = 0; group < groups; group += 1, to += BYTES_IN_GROUP) {
    let number = 0;
    for (const end = at + DIGITS_IN_GROUP; at < end; at += 1) {
      // Past the end of the text the code is NaN, and there is no value.
      const value = VALUES[text.charCodeAt(at)] ?? NO_DIGIT;
      if (value === NO_DIGIT) throw new Error(`the file is damaged: character ${at} of its data is no digit`);
      number = number * BASE + value;
    }
    if (number >= GROUP_END) throw new Error(`the file is damaged before character ${at} of its data`);
    const [high, low] = [Math.floor(number / 2 ** 24), number % 2 ** 24];
    bytes[to] = high >> 16;
    bytes[to + 1] = high >> 8;
    bytes[to + 2] = high;
    bytes[to + 3] = low >> 16;
    bytes[to + 4] = low >> 8;
    bytes[to + 5] = low;
  }
  return bytes.subarray(0, length);
}
