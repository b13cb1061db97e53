/** @file The query, at the top of every view. While results are shown they follow the typing. */

import { h, icon } from './dom.js';

/** @import { Context } from './types.d.ts' */

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

  const follow = () => {
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
    if (event.isComposing || event.key !== 'Escape') return;
    event.preventDefault();
    if (input.value) {
      input.value = '';
      input.dispatchEvent(new Event('input'));
    } else {
      input.blur();
    }
  });

  const form = h('form', {
    role: 'search', class: 'query-bar', 'data-testid': 'search-form', part: 'query',
    onsubmit: (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      clearTimeout(timer);
      const query = input.value.trim();
      const again = context.state.view === 'search' && context.state.query === query;
      context.navigate({ view: 'search', query }, { replace: again });
    },
  },
    h('div', { class: 'query-field' }, icon('search'), input),
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
    dispose: () => clearTimeout(timer),
  };
}
