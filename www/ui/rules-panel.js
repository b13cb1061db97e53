/** @file A reader's own page rules: written or loaded, used, seen, taken back. */

import { bdi, h } from './dom.js';
import { errorBox, errorData } from './notice.js';

/** @import { Context, RulesOutcome } from './types.d.ts' */

/** Longer rules are used all the same, and do not go into the address. */
const MOST_IN_ADDRESS = 2000;

/** @param {Context} context */
export function rulesPanel(context) {
  const { texts, engine, intake, announce } = context;
  const m = texts.m.rules;
  const { draft } = intake;
  const text = h('textarea', {
    id: 'own-rules', rows: '6', dir: 'ltr', spellcheck: 'false', class: 'rules-text', 'data-focus': 'own-rules', placeholder: m.example,
    oninput: () => { draft.rules = text.value; },
  });
  text.value = draft.rules ?? engine.rules;
  const said = h('div', { class: 'rules-said', 'aria-live': 'polite' });
  const bundled = h('pre', { class: 'rules-bundled', dir: 'ltr', tabindex: '0', 'aria-label': m.bundled });
  const file = h('input', {
    type: 'file', hidden: true, tabindex: '-1', accept: '.txt,text/plain', 'data-testid': 'rules-input',
    onchange: async (/** @type {Event & {target: HTMLInputElement}} */ { target }) => {
      const chosen = target.files?.[0];
      target.value = '';
      if (chosen === undefined) return;
      text.value = await chosen.text();
      draft.rules = text.value;
      text.focus();
    },
  });
  const use = h('button', { type: 'submit', class: 'button', 'data-focus': 'use-rules', 'data-testid': 'use-rules' }, m.use);
  const reset = h('button', {
    type: 'button', class: 'button', 'data-focus': 'reset-rules', 'data-testid': 'reset-rules', disabled: engine.rules === '',
    onclick: () => void apply(''),
  }, m.reset);
  const details = h('details', { class: 'rules', 'data-testid': 'rules', open: draft.rulesOpen, ontoggle: () => { draft.rulesOpen = details.open; } },
    h('summary', { 'data-focus': 'rules' }, m.title, engine.rules !== '' && h('span', { class: 'badge', 'data-testid': 'rules-in-force' }, m.inForce)),
    h('p', { class: 'soft' }, m.note),
    h('form', { onsubmit: (/** @type {SubmitEvent} */ event) => { event.preventDefault(); void apply(text.value); } },
      h('label', { for: 'own-rules' }, m.label), text, said,
      h('p', { class: 'actions' }, use,
        h('button', { type: 'button', class: 'button', 'data-focus': 'load-rules', onclick: () => file.click() }, m.load), reset), file),
    h('details', {
      ontoggle: async (/** @type {Event & {target: HTMLDetailsElement}} */ { target }) => {
        if (target.open && bundled.textContent === '') bundled.textContent = await engine.bundledRules();
      },
    }, h('summary', { 'data-focus': 'bundled-rules' }, m.bundled), bundled));
  draft.showRules = show;
  show();
  return details;

  /** @param {string} rules */
  async function apply(rules) {
    conclude('working');
    try {
      const count = await engine.setRules(rules.trim() === '' ? '' : rules);
      draft.rules = null;
      const isShort = fitsAddress(engine.rules);
      context.navigate({ rules: isShort ? engine.rules : '' }, { replace: true, quiet: true });
      conclude({ count });
      announce(doneWords(count));
    } catch (error) {
      conclude({ error });
    }
  }

  /** The page may have been drawn anew meanwhile: the panel that stands now says it. @param {RulesOutcome} outcome */
  function conclude(outcome) {
    draft.rulesOutcome = outcome;
    draft.showRules?.();
  }

  function show() {
    const outcome = draft.rulesOutcome;
    use.disabled = outcome === 'working';
    reset.disabled = outcome === 'working' || engine.rules === '';
    if (outcome === null) said.replaceChildren();
    else if (outcome === 'working') said.replaceChildren(h('p', { class: 'soft' }, m.working));
    else if ('error' in outcome) said.replaceChildren(...problem(outcome.error));
    else {
      if (draft.rules === null) text.value = engine.rules;
      said.replaceChildren(h('p', null, doneWords(outcome.count), !fitsAddress(engine.rules) && ` ${m.tooLongForAddress}`));
    }
  }

  /** @param {number} count */
  function doneWords(count) {
    return engine.rules === '' ? m.resetDone : texts.count(m.used, count);
  }

  /** The error in the reader's language, and the caret where it is. @param {unknown} error */
  function problem(error) {
    const { code, details } = errorData(error);
    const about = new Map(details);
    const [line, column] = [Number(about.get('line')), Number(about.get('column'))];
    if (code !== 'bad-rules' || !Number.isFinite(line)) return [errorBox(texts, error)];
    const before = text.value.split('\n').slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0);
    const at = before + [...(text.value.split('\n')[line - 1] ?? '')].slice(0, column - 1).join('').length;
    text.focus();
    text.setSelectionRange(at, at + (about.get('found') ?? '').length);
    return [
      h('p', { class: 'remark remark-error', role: 'alert', 'data-testid': 'rules-error' },
        texts.rich(m.wrongAt, { line: texts.number(line), column: texts.number(column), found: bdi(about.get('found') ?? '', 'quoted') })),
      errorBox(texts, error),
    ];
  }
}

/** @param {string} rules */
function fitsAddress(rules) {
  return encodeURIComponent(rules).length <= MOST_IN_ADDRESS;
}
