/** @file The sheets of the shell, constructed: no style element and no style attribute, so a strict policy holds. */

import about from './about.css';
import annotations from './annotations.css';
import base from './base.css';
import controls from './controls.css';
import files from './files.css';
import masthead from './masthead.css';
import network from './network.css';
import names from './names.css';
import overview from './overview.css';
import pageParts from './page-parts.css';
import reader from './reader.css';
import search from './search.css';
import tokens from './tokens.css';

const TEXTS = [tokens, base, controls, masthead, overview, search, names, network, reader, pageParts, files, annotations, about];

/** @type {CSSStyleSheet[] | null} */
let sheets = null;

/** One set for every explorer of a document. @returns {CSSStyleSheet[]} */
export function styleSheets() {
  sheets ??= TEXTS.map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
  return sheets;
}
