/**
 * @file How the query may go on: a combobox with a list (WAI-ARIA Authoring Practices). The focus stays in the field;
 * arrows move among the options, Enter takes one, Escape closes the list.
 */

import { bdi, h } from './dom.js';

/** @import { Suggestion } from '../../src/wasm/types.d.ts' */
/** @import { Context } from './types.d.ts' */

/** A pause in typing after which suggestions are asked for. */
const WAIT_MS = 60;

let lists = 0;

/**
 * @param {Context} context
 * @param {HTMLInputElement} input
 * @param {(suggestion: Suggestion) => void} take
 */
export function suggestionList(context, input, take) {
  const { texts, engine } = context;
  const m = texts.m.suggestions;
  const id = `suggestions-${(lists += 1)}`;
  const list = h('ul', { id, role: 'listbox', class: 'suggestions', 'aria-label': m.title, hidden: true, 'data-testid': 'suggestions' });
  for (const [name, value] of [['role', 'combobox'], ['aria-expanded', 'false'], ['aria-controls', id], ['aria-autocomplete', 'list'], ['aria-haspopup', 'listbox']]) {
    input.setAttribute(name, value);
  }
  /** @type {Suggestion[]} */
  let shown = [];
  let active = -1;
  let timer = 0;
  let asked = new AbortController();

  const close = () => {
    clearTimeout(timer);
    asked.abort();
    shown = [];
    active = -1;
    list.hidden = true;
    list.replaceChildren();
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };

  /** @param {number} at */
  const activate = (at) => {
    active = at;
    const options = /** @type {HTMLElement[]} */ ([...list.children]);
    options.forEach((option, place) => option.setAttribute('aria-selected', String(place === at)));
    if (at < 0) input.removeAttribute('aria-activedescendant');
    else {
      input.setAttribute('aria-activedescendant', options[at].id);
      options[at].scrollIntoView({ block: 'nearest' });
    }
  };

  const ask = async () => {
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    const query = input.value;
    try {
      const { suggestions } = await engine.suggest({ query, at: input.selectionStart ?? query.length }, { signal });
      if (signal.aborted || input.value !== query || !input.matches(':focus')) return;
      draw(suggestions);
    } catch {
      // A list that cannot be had is no matter: the query runs all the same.
      if (!signal.aborted) close();
    }
  };

  /** @param {Suggestion[]} suggestions */
  const draw = (suggestions) => {
    if (suggestions.length === 0) return close();
    shown = suggestions;
    list.replaceChildren(...suggestions.map((suggestion, at) => h('li', {
      id: `${id}-${at}`, role: 'option', class: `suggestion suggestion-${suggestion.kind}`, 'aria-selected': 'false',
      onpointerdown: (/** @type {Event} */ event) => event.preventDefault(),
      onclick: () => choose(at),
    },
      h('span', { class: 'suggestion-text' }, bdi(suggestion.text)),
      h('span', { class: 'suggestion-kind' }, m.kinds[suggestion.kind]),
      h('span', { class: 'suggestion-count' }, texts.number(suggestion.count)))));
    list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
    activate(-1);
  };

  /** @param {number} at */
  const choose = (at) => {
    const suggestion = shown[at];
    close();
    take(suggestion);
  };

  return {
    node: list,
    close,
    /** The reader typed. */
    follow() {
      clearTimeout(timer);
      if (input.value.trim() === '') close();
      else timer = setTimeout(() => void ask(), WAIT_MS);
    },
    /** True when the list used the key. @param {KeyboardEvent} event */
    key({ key, altKey }) {
      if (key === 'ArrowDown' && list.hidden) {
        if (input.value.trim() !== '') void ask();
        return true;
      }
      if (list.hidden) return false;
      if (key === 'ArrowDown' && !altKey) activate(active + 1 >= shown.length ? -1 : active + 1);
      else if (key === 'ArrowUp' && !altKey) activate(active < 0 ? shown.length - 1 : active - 1);
      else if (key === 'Enter' && active >= 0) choose(active);
      else if (key === 'Escape' || (key === 'ArrowUp' && altKey)) close();
      else return false;
      return true;
    },
  };
}
