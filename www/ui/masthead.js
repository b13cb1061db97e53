/** @file The running head: name, sections, language and settings. */

import { choice } from './choice.js';
import { h, icon } from './dom.js';

/** @import { Context, ViewName } from './types.d.ts' */

/** Sections in the order of the head. @type {ViewName[]} */
const SECTIONS = ['overview', 'search', 'entities', 'quotes', 'timeline', 'files', 'about'];
/** The section that a view stands under. @type {Partial<Record<ViewName, ViewName>>} */
const UNDER = { reader: 'search', entity: 'entities', spellings: 'entities', network: 'entities' };

/** @param {Context} context */
export function masthead(context) {
  const { texts, options } = context;
  const sections = SECTIONS.filter((view) => view !== 'files' || !options.readonly);
  const links = sections.map((view) => h('a', { 'data-view': view }, texts.m.views[view]));
  const other = texts.language === 'ar' ? 'en' : 'ar';
  const language = h('a', { class: 'language', 'data-focus': 'language', lang: other, dir: other === 'ar' ? 'rtl' : 'ltr' }, texts.m.otherLanguage);
  const settings = settingsMenu(context);
  const node = h('header', { class: 'masthead', part: 'masthead' },
    h('h1', { class: 'wordmark' }, h('a', { 'data-view': 'overview' }, texts.m.name)),
    h('nav', { class: 'sections', 'aria-label': texts.m.navigation }, links),
    h('div', { class: 'masthead-end' }, language, settings));

  return {
    node,
    /** The state changed: links carry it on. */
    update() {
      const current = UNDER[context.state.view] ?? context.state.view;
      for (const link of node.querySelectorAll('a[data-view]')) {
        const view = /** @type {ViewName} */ (link.getAttribute('data-view'));
        link.setAttribute('href', context.link({ view }));
        if (link.closest('nav') && view === current) link.setAttribute('aria-current', 'page');
        else link.removeAttribute('aria-current');
      }
      language.setAttribute('href', context.link({ language: other }));
    },
  };
}

/** @param {Context} context */
function settingsMenu({ texts, state, navigate }) {
  const { m } = texts;
  const menu = h('details', { class: 'settings' },
    h('summary', { 'aria-label': m.settings, title: m.settings }, icon('settings')),
    h('div', { class: 'settings-panel' },
      choice({
        key: 'theme',
        legend: m.theme,
        choices: [['auto', [m.themes.auto]], ['light', [m.themes.light]], ['dark', [m.themes.dark]]],
        value: state.theme,
        onChoose: (theme) => navigate({ theme }, { replace: true }),
      }),
      choice({
        key: 'digits',
        legend: m.digits,
        choices: [['latin', [m.digitForms.latin]], ['arabic', [m.digitForms.arabic]]],
        value: state.digits,
        onChoose: (digits) => navigate({ digits }, { replace: true }),
      }),
      choice({
        key: 'keys',
        legend: m.singleKeys,
        choices: [['on', [m.on]], ['off', [m.off]]],
        value: state.keys ? 'on' : 'off',
        onChoose: (keys) => navigate({ keys: keys === 'on' }, { replace: true }),
      })));
  const summary = /** @type {HTMLElement} */ (menu.firstElementChild);
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return;
    event.preventDefault();
    menu.open = false;
    summary.focus();
  });
  menu.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !menu.contains(relatedTarget)) menu.open = false;
  });
  return menu;
}
