/** @file The query, at the top of every view. While results are shown they follow the typing. */

import { h, icon } from './dom.js';
import { textOfList } from './state.js';
import { suggestionList } from './suggestions.js';

/** @import { Context, State } from './types.d.ts' */

/** A pause in typing after which the results follow. */
const FOLLOW_MS = 220;

/** @param {Context} context */
export function queryBar(context) {
  const { texts } = context;
  let timer = 0;
  const input = h('input', {
    type: 'search', name: 'q', dir: 'auto', 'data-testid': 'query', 'aria-label': texts.m.query, placeholder: texts.m.queryHint,
    autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', enterkeyhint: 'search',
  });
  input.value = context.state.query;
  let known = { query: context.state.query, view: context.state.view };

  const list = suggestionList(context, input, ({ kind, text, query, atUtf16 }) => {
    clearTimeout(timer);
    input.value = query.trim();
    input.setSelectionRange(atUtf16, atUtf16);
    run(input.value, kind === 'outlet' ? { inOutlets: textOfList([text]) } : {});
  });

  /** Within the results, what they are narrowed to stays. @param {string} query @param {Partial<State>} [more] */
  const run = (query, more = {}) => {
    const { state } = context;
    const again = state.view === 'search' && state.query === query;
    context.navigate(state.view === 'search' ? { query, shown: 10, ...more } : { view: 'search', query, ...more }, { replace: again });
  };

  const follow = () => {
    list.follow();
    clearTimeout(timer);
    timer = setTimeout(() => {
      const query = input.value.trim();
      if (context.state.view === 'search' && context.state.query !== query) context.navigate({ query, shown: 10 }, { replace: true });
    }, FOLLOW_MS);
  };
  input.addEventListener('input', (event) => {
    if (!(event instanceof InputEvent && event.isComposing)) follow();
  });
  // Keyboards of phones compose every word.
  input.addEventListener('compositionend', follow);
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (list.key(event)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.key !== 'Escape') return;
    event.preventDefault();
    if (input.value) {
      input.value = '';
      input.dispatchEvent(new Event('input'));
    } else {
      input.blur();
    }
  });

  input.addEventListener('blur', () => list.close());

  const form = h('form', {
    role: 'search', class: 'query-bar', 'data-testid': 'search-form', part: 'query',
    onsubmit: (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      clearTimeout(timer);
      list.close();
      run(input.value.trim());
    },
  },
    h('div', { class: 'query-field' }, icon('search'), input, list.node),
    h('button', { class: 'button button-strong', type: 'submit' }, texts.m.runQuery));

  return {
    node: form,
    input,
    focus() {
      input.focus();
      input.select();
    },
    /** The state may have changed; what is being typed stands unless the query itself did, or its results are shown anew. */
    update() {
      const { query, view } = context.state;
      const isOther = query !== known.query || (view === 'search' && known.view !== 'search');
      known = { query, view };
      if (isOther && input.value.trim() !== query) input.value = query;
    },
    dispose() {
      clearTimeout(timer);
      list.close();
    },
  };
}
