/** @file Building nodes. Text only ever enters a page as text: there is no HTML parsing and no style attribute here. */

/** @typedef {Node | string | number | null | undefined | false} Child */
/** @typedef {Record<string, string | number | boolean | null | undefined | ((event: any) => void)>} Props */

/**
 * An element with attributes, listeners (`onclick: f`) and children.
 * A `true` attribute is set empty; `false`, `null` and `undefined` leave it out.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Props | null} [props]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  setProps(element, props ?? {});
  append(element, children);
  return element;
}

/**
 * @param {Element} element
 * @param {Props} props
 */
function setProps(element, props) {
  for (const [name, value] of Object.entries(props)) {
    if (name === 'style') throw new TypeError('style attributes are not used: write a class or set a custom property');
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
}

/**
 * @param {Node} parent
 * @param {(Child | Child[])[]} children
 */
export function append(parent, children) {
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    parent.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/**
 * Text of the corpus, a file name or a query: isolated, its direction its own.
 * @param {string} text
 * @param {string} [className]
 */
export function bdi(text, className) {
  return h('bdi', { dir: 'auto', class: className, lang: scriptLanguage(text) }, text);
}

/** `ar` for text in Arabic letters, so that it is read and set as such. @param {string} text */
export function scriptLanguage(text) {
  return /\p{Script=Arabic}/u.test(text) ? 'ar' : null;
}

/** Direction of a block of corpus text, so that what is said of it stands at the same edge. @param {string} text */
export function textDirection(text) {
  return /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(text) ? 'rtl' : 'ltr';
}

/**
 * A Latin run such as an id, isolated and named as such.
 * @param {string} text
 */
export function code(text) {
  return h('code', { dir: 'ltr', lang: 'en' }, text);
}

/**
 * A custom property, set through the style object (which a content security policy allows).
 * @template {HTMLElement} E
 * @param {E} element
 * @param {string} name
 * @param {string | number} value
 */
export function withVariable(element, name, value) {
  element.style.setProperty(name, String(value));
  return element;
}

/** A key of the keyboard. @param {string} name */
export function kbd(name) {
  return h('kbd', { dir: 'ltr' }, name);
}

const ICONS = {
  search: 'M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13M15.5 15.5 20 20',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4',
  before: 'M9 5l7 7-7 7',
  after: 'M15 5l-7 7 7 7',
  close: 'M6 6l12 12M18 6 6 18',
  take: 'M12 4v11M7 11l5 5 5-5M5 20h14',
};

/**
 * A drawn sign, hidden from assistive technology. `before` and `after` are drawn for right-to-left and mirrored by the style sheet.
 * @param {keyof typeof ICONS} name
 */
export function icon(name) {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  setProps(svg, { viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false', class: `icon icon-${name}` });
  const path = document.createElementNS(space, 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}
