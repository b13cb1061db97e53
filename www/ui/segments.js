/** @file Segments of the engine as nodes: text as text, hits as `mark`, names as links to their entity. */

import { h } from './dom.js';

/** @import { Segment } from '../../src/wasm/types.d.ts' */
/** @import { Context } from './types.d.ts' */

/**
 * @param {Segment[]} segments
 * @param {Context | null} [names]  with a context, names of entities become links
 * @returns {Node[]}
 */
export function segmentNodes(segments, names) {
  return segments.map(({ text, hit, entity }) => {
    const word = hit ? h('mark', null, text) : document.createTextNode(text);
    if (!entity || !names) return word;
    return h('a', {
      class: entity === names.state.name ? 'name name-current' : 'name',
      href: names.link({ view: 'entity', id: entity }),
    }, word);
  });
}

/**
 * Splits segments at line breaks; lines without text are left out.
 * @param {Segment[]} segments
 * @returns {{segments: Segment[], startByte: number}[]} with the UTF-8 byte each line starts at, counted from the first segment
 */
export function paragraphs(segments) {
  const utf8 = new TextEncoder();
  /** @type {{segments: Segment[], startByte: number}[]} */
  const lines = [];
  let line = { segments: /** @type {Segment[]} */ ([]), startByte: 0 };
  let byte = 0;
  const close = () => {
    if (line.segments.some(({ text }) => text.trim())) lines.push(line);
    line = { segments: [], startByte: byte };
  };
  for (const segment of segments) {
    const pieces = segment.text.split('\n');
    pieces.forEach((text, at) => {
      if (at > 0) {
        byte += 1;
        close();
      }
      if (text) line.segments.push({ ...segment, text });
      byte += utf8.encode(text).length;
    });
  }
  close();
  return lines;
}

/**
 * The hits among the marks of a node, each with all its marks: a hit that an entity's edge cuts in two is one stop.
 * @param {ParentNode} node
 * @returns {HTMLElement[][]}
 */
export function hitStops(node) {
  /** @type {HTMLElement[][]} */
  const stops = [];
  for (const mark of node.querySelectorAll('mark')) {
    const before = (mark.previousSibling ? mark : mark.closest('a') ?? mark).previousSibling;
    const last = stops.at(-1);
    const joined = last && before && (before === last.at(-1) || before.contains(last.at(-1) ?? null));
    if (joined) last.push(mark);
    else stops.push([mark]);
  }
  return stops;
}
