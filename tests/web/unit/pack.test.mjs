/** What the one HTML file carries: digits to bytes, and files out of one stream, whatever is asked for first. */

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';

import { fromBase116 } from '../../../www/carried/base116.js';
import { Pack, packedStream } from '../../../www/carried/pack.js';

const { XzReadableStream } = createRequire(import.meta.url)('xz-decompress');

/** The digits as they are defined: ASCII but for what files, editors and HTML change. */
const DIGITS = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)).filter(
  (digit) => !'\0\t\n\v\f\r\x1a\x1b &<\x7f'.includes(digit),
);

/** @param {Uint8Array} bytes */
function toBase116(bytes) {
  let text = '';
  for (let at = 0; at < bytes.length; at += 6) {
    let number = 0n;
    for (let place = 0; place < 6; place += 1) number = number * 256n + BigInt(bytes[at + place] ?? 0);
    let group = '';
    for (let place = 0; place < 7; place += 1, number /= 116n) group = DIGITS[Number(number % 116n)] + group;
    text += group;
  }
  return text;
}

/** By xz itself: the three files below, one after the other. */
const XZ = Uint8Array.from(
  atob(
    '/Td6WFoAAAFpIt42AgAhARYAAAB0L+Wj4AEmAP9dADCbCNSDZVMYr2I2VGqbYfsKhvFALna8baAFXNKmhyTZyrXuYrLNBQSm6HPna9pe7WSz' +
      'eDGPukn3HnkzoUAXICP1WGbsbRJolgu2FLCs73AUiNSdeMP6vdaTtx8sw2wM1D+KL8tIfXJFKGYL972y5wu4ITRflpTyxFDGsvAHR6v0SNQ6' +
      'AaYD+E84ykK58EVgvdKuaODStQTyllVrK2SJdUL8cHhc6rz6torAa3bXoh4rMg5h+8C3jqy5EPudh/LMgTiMT/PjwPw11DhptCYM0DmezPlD' +
      'ZQn+KPwwOL1MLy3grOrvRCh52Gj81wBhkzuffOENBeKfNdDs9vVDA/FkvgAAOHil+gABlwKnAgAAlFTOaj4wDYsCAAAAAAFZWg==',
  ),
  (character) => character.charCodeAt(0),
);
const CONTENTS = /** @type {const} */ ([
  ['start.js', new TextEncoder().encode('alert(1)\n')],
  ['empty', new Uint8Array()],
  ['corpus/كشّاف', new TextEncoder().encode('كشّافكشّافكشّاف')],
  ['bytes', Uint8Array.from({ length: 256 }, (_, byte) => byte)],
]);
/** @type {[string, number][]} */
const FILES = CONTENTS.map(([name, bytes]) => [name, bytes.length]);

describe('base 116', () => {
  it('has 116 digits', () => assert.equal(DIGITS.length, 116));

  it('gives back bytes of every length', () => {
    let seed = 7;
    const random = () => (seed = (seed * 1103515245 + 12345) % 2 ** 31) >> 8;
    for (let length = 0; length < 200; length += 1) {
      const bytes = Uint8Array.from({ length }, () => random());
      assert.deepEqual(fromBase116(`~~${toBase116(bytes)}`, 2, length), bytes);
    }
    const highest = new Uint8Array(12).fill(0xff);
    assert.deepEqual(fromBase116(toBase116(highest), 0, 12), highest);
  });

  it('refuses what no encoder writes', () => {
    const text = toBase116(Uint8Array.of(1, 2, 3, 4, 5, 6));
    for (const foreign of ['&', '\n', 'ك', '\0']) {
      assert.throws(() => fromBase116(text.slice(0, 3) + foreign + text.slice(4), 0, 6), /damaged/);
    }
    assert.throws(() => fromBase116('~~~~~~~', 0, 6), /damaged/, 'a number of more than six bytes');
    assert.throws(() => fromBase116(text.slice(0, 6), 0, 6), /damaged/, 'a text that ends early');
  });
});

describe('the pack', () => {
  /** @param {string} text @param {number} length @param {[string, number][]} files */
  const opened = (text, length, files) => new Pack(new XzReadableStream(packedStream(text, length)), files);
  const pack = () => opened(toBase116(XZ), XZ.length, FILES);

  it('names its files and their lengths', async () => {
    const whole = pack();
    assert.deepEqual(whole.names, FILES.map(([name]) => name));
    for (const [name, size] of FILES) assert.equal(whole.size(name), size);
    assert.equal(whole.size('else'), null);
    await assert.rejects(whole.bytes('else'), /not carried/);
    await whole.bytes('bytes');
  });

  it('gives every file, the last first, again, and all at once', async () => {
    const whole = pack();
    for (const [name, bytes] of CONTENTS.toReversed()) assert.deepEqual(await whole.bytes(name), bytes);
    const other = pack();
    const twice = [...CONTENTS, ...CONTENTS];
    const all = await Promise.all(twice.map(([name]) => other.bytes(name)));
    assert.deepEqual(all, twice.map(([, bytes]) => bytes));
    assert.equal(await other.text('corpus/كشّاف'), 'كشّافكشّافكشّاف');
  });

  it('tells damage from whoever asks for what is behind it', async () => {
    const text = toBase116(XZ);
    const damages = {
      'a foreign digit': opened(`${text.slice(0, 350)}&${text.slice(351)}`, XZ.length, FILES),
      'another digit': opened(`${text.slice(0, 90)}!!${text.slice(92)}`, XZ.length, FILES),
      'an early end': opened(text.slice(0, 233), 200, FILES),
      'less than the files need': opened(text, XZ.length, [...FILES, ['more', 1]]),
    };
    for (const [what, damaged] of Object.entries(damages)) {
      const last = damaged.names.at(-1) ?? '';
      const rest = damaged.names.map((name) => damaged.bytes(name));
      await assert.rejects(Promise.all(rest), what);
      await assert.rejects(damaged.bytes(last), what);
    }
  });
});
