/** @file A network drawn: a link for each name, a line for each two that meet. */

import { scriptLanguage } from '../ui/dom.js';
import { layOut, placeLabels } from '../ui/graph-layout.js';

/** @import { NetworkReply } from '../../src/wasm/types.d.ts' */
/** @import { Context } from '../ui/types.d.ts' */

const SPACE = 'http://www.w3.org/2000/svg';
const LABEL_SIZE = 15;
/** What a picture taken out of the page keeps of its looks. */
const LOOKS = ['fill', 'stroke', 'stroke-width', 'stroke-opacity', 'font-family', 'font-size', 'font-weight', 'paint-order', 'text-anchor'];

/**
 * @param {Context} context @param {NetworkReply} network @param {number} width  of the picture, in CSS pixels
 * @returns {SVGElement}
 */
export function networkPicture(context, network, width) {
  const { texts, link } = context;
  const m = texts.m.net;
  const { nodes, edges } = network;
  const height = Math.round(Math.min(760, Math.max(width * 0.6, Math.min(560, 200 + nodes.length * 9))));
  const most = Math.max(1, ...nodes.map(({ documents }) => documents));
  const radii = nodes.map(({ documents }) => 6 + 12 * Math.sqrt(documents / most));
  const spots = layOut(radii, edges, { width, height, margin: 16 });
  const labels = placeLabels(spots, nodes.map(({ name }) => name), { width, height, size: LABEL_SIZE });
  const heaviest = Math.max(1, ...edges.map(([, , weight]) => weight));

  const svg = draw('svg', { class: 'net-picture', viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': m.picture, 'data-testid': 'network-picture' });
  const lines = draw('g', { class: 'net-lines', 'aria-hidden': 'true' });
  const drawn = edges.map(([a, b, weight]) => {
    const line = draw('line', {
      x1: round(spots[a].x), y1: round(spots[a].y), x2: round(spots[b].x), y2: round(spots[b].y),
      class: 'net-line', 'stroke-width': round(0.75 + 5 * Math.sqrt((weight - 0.9) / heaviest)), 'stroke-opacity': round(0.22 + 0.5 * (weight / heaviest)),
    });
    lines.append(line);
    return { a, b, line };
  });
  svg.append(lines);
  const beside = nodes.map(() => 0);
  for (const [a, b] of edges) {
    beside[a] += 1;
    beside[b] += 1;
  }
  const links = nodes.map(({ id, name, type, documents }, at) => {
    const { x, y, radius } = spots[at];
    const label = texts.fill(m.node, {
      name, type: texts.m.entities.type[type], documents: texts.count(m.docs, documents), edges: texts.count(m.edges, beside[at]),
    });
    const anchor = draw('a', { href: link({ view: 'entity', id }), class: `net-node net-${type}`, 'aria-label': label, 'data-id': id });
    anchor.append(draw('circle', { class: 'net-target', cx: round(x), cy: round(y), r: round(Math.max(radius, 13)) }), shape(type, x, y, radius));
    const place = labels[at] ?? { x, y: y + radius + LABEL_SIZE };
    const text = draw('text', {
      x: round(place.x), y: round(place.y), class: labels[at] ? 'net-label' : 'net-label net-label-hidden', 'aria-hidden': 'true', direction: scriptLanguage(name) === 'ar' ? 'rtl' : 'ltr',
    });
    text.textContent = name;
    anchor.append(text);
    for (const event of ['pointerenter', 'focus']) anchor.addEventListener(event, () => light(at));
    for (const event of ['pointerleave', 'blur']) anchor.addEventListener(event, () => light(null));
    svg.append(anchor);
    return anchor;
  });
  return svg;

  /** Sets a name and those it meets apart. @param {number | null} at */
  function light(at) {
    svg.classList.toggle('net-lit', at !== null);
    const near = new Set([at]);
    for (const { a, b, line } of drawn) {
      const isOn = a === at || b === at;
      line.classList.toggle('net-on', isOn);
      if (isOn) near.add(a === at ? b : a);
    }
    links.forEach((anchor, number) => anchor.classList.toggle('net-on', near.has(number)));
  }
}

/** The picture as a file of its own, its looks written into it. @param {SVGElement} svg @param {string} title */
export function pictureFile(svg, title) {
  const copy = /** @type {SVGElement} */ (svg.cloneNode(true));
  const [from, to] = [svg, copy].map((node) => [...node.querySelectorAll('line, circle, rect, path, text')]);
  from.forEach((element, at) => {
    const looks = getComputedStyle(element);
    for (const name of LOOKS) to[at].setAttribute(name, looks.getPropertyValue(name));
  });
  for (const hidden of copy.querySelectorAll('.net-target, .net-label-hidden')) hidden.remove();
  // Links of a page mean nothing outside it.
  for (const anchor of copy.querySelectorAll('a')) {
    const group = draw('g', { 'aria-label': anchor.getAttribute('aria-label') ?? '' });
    group.append(...anchor.childNodes);
    anchor.replaceWith(group);
  }
  const name = draw('title', {});
  name.textContent = title;
  const paper = draw('rect', { width: '100%', height: '100%', fill: getComputedStyle(svg).getPropertyValue('--kashshaf-sheet').trim() || '#fff' });
  copy.prepend(name, paper);
  copy.setAttribute('xmlns', SPACE);
  for (const attribute of ['class', 'data-testid']) copy.removeAttribute(attribute);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy)}\n`;
}

/** A person is a disc, a place a diamond, an organisation a square: colour alone would not do. @param {string} type @param {number} x @param {number} y @param {number} radius */
function shape(type, x, y, radius) {
  const className = { class: 'net-shape' };
  if (type === 'person') return draw('circle', { ...className, cx: round(x), cy: round(y), r: round(radius) });
  const side = radius * 0.9;
  if (type === 'organisation') return draw('rect', { ...className, x: round(x - side), y: round(y - side), width: round(side * 2), height: round(side * 2), rx: 2 });
  const far = radius * 1.2;
  return draw('path', { ...className, d: `M${round(x)} ${round(y - far)}L${round(x + far)} ${round(y)} ${round(x)} ${round(y + far)} ${round(x - far)} ${round(y)}z` });
}

/** @param {string} tag @param {Record<string, string | number>} attributes @returns {SVGElement} */
function draw(tag, attributes) {
  const element = /** @type {SVGElement} */ (document.createElementNS(SPACE, tag));
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 10) / 10;
}
