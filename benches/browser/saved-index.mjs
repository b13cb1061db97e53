/** A look into Kashshaf's index file (docs/index-format.md), to tell what of it is the index and what the texts. */

const HEADER_BYTES = 32;
const ENTRY_BYTES = 40;
const NAME_BYTES = 12;
/** What the texts are restored from, beside the words themselves. */
const TEXT_SECTIONS = ['forms', 'gaps', 'blocks', 'gap-words'];

/**
 * @param {Buffer} file
 * @returns {Buffer} The sections but those of the texts, one after the other.
 */
export function withoutTexts(file) {
  const sections = [];
  for (let left = file.readUInt32LE(12), at = HEADER_BYTES; left > 0; left -= 1, at += ENTRY_BYTES) {
    const name = file.toString('latin1', at, at + NAME_BYTES).replace(/\0+$/, '');
    const [offset, length] = [at + 16, at + 24].map((place) => Number(file.readBigUInt64LE(place)));
    sections.push({ name, bytes: file.subarray(offset, offset + length) });
  }
  const isText = TEXT_SECTIONS.map((text) => sections.some(({ name }) => name === text));
  if (!isText.every(Boolean)) throw new Error(`the index file lacks a section of ${TEXT_SECTIONS.join(', ')}`);
  return Buffer.concat(sections.filter(({ name }) => !TEXT_SECTIONS.includes(name)).map(({ bytes }) => bytes));
}
