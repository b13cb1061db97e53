/** @file The index of names: a type, a filter, the entries with their numbers. */

import { choice } from '../ui/choice.js';
import { h } from '../ui/dom.js';
import { indexList } from '../ui/index-list.js';
import { errorData, errorSentence } from '../ui/notice.js';
import { namesNav } from './names-nav.js';
import { entityEntries } from './entity-entries.js';

/** @import { EntityType, EntityRow } from '../../src/wasm/types.d.ts' */
/** @import { Context, DrawnView } from '../ui/types.d.ts' */

const STEP = 100;
const FOLLOW_MS = 200;
/** @type {EntityType[]} */
const TYPES = ['person', 'place', 'organisation'];

/** @param {Context} context @param {AbortSignal} signal @returns {Promise<DrawnView>} */
export async function drawEntities(context, signal) {
  const { texts, state, navigate } = context;
  const m = texts.m.entities;
  const { type } = state;
  const list = h('div', { class: 'entity-list', 'aria-live': 'off', part: 'entity-list' });
  const total = h('p', { class: 'soft', 'data-testid': 'entity-total' });
  /** @type {EntityRow[]} */
  let rows = [];
  let timer = 0;
  let asked = 0;
  const first = await ask(0);

  const tabs = choice({
    key: 'type', legend: m.choose, className: 'segmented', quietLegend: true, value: type,
    onChoose: (chosen) => navigate({ type: chosen }, { replace: true }),
    choices: TYPES.map((name) => [name, [h('span', null, m.types[name]), ' ', h('small', { 'data-type': name })]]),
  });
  const filter = h('input', {
    type: 'search', class: 'filter', 'data-focus': 'filter', dir: 'auto', 'aria-label': m.filter, placeholder: m.filterHint, autocomplete: 'off',
    oninput: () => {
      clearTimeout(timer);
      timer = setTimeout(follow, FOLLOW_MS);
    },
  });
  filter.value = state.filter;
  const node = h('div', { class: 'entities' },
    h('h2', null, m.title), namesNav(context),
    h('div', { class: 'entity-tools' }, tabs, filter),
    total, list,
    context.engine.modelError !== null && h('p', { class: 'soft', 'data-testid': 'names-untrained' },
      m.untrained, ' ', errorSentence(texts, errorData(context.engine.modelError).code)),
    h('details', { class: 'method' }, h('summary', null, m.method), h('p', { class: 'measure' }, m.methodText)));
  draw(first);
  return { node, title: m.title, dispose: () => clearTimeout(timer) };

  /** @param {number} offset */
  function ask(offset) {
    return context.engine.entities({ type, scope: state.scope, limit: STEP, offset, filter: context.state.filter }, { signal });
  }

  async function follow() {
    navigate({ filter: filter.value.trim() }, { replace: true, quiet: true });
    const mine = asked += 1;
    const reply = await ask(0);
    if (signal.aborted || mine !== asked) return;
    rows = [];
    draw(reply);
    context.announce(total.textContent ?? '');
  }

  /** @param {import('../../src/wasm/types.d.ts').EntitiesReply} reply */
  function draw(reply) {
    rows = [...rows, ...reply.rows];
    const totals = new Map(reply.totals);
    for (const name of TYPES) {
      const place = tabs.querySelector(`[data-type=${name}]`);
      if (place) place.textContent = texts.number(totals.get(name) ?? 0);
    }
    const all = totals.get(type) ?? 0;
    total.textContent = rows.length === 0 ? m.none
      : `${texts.count(texts.m.entityCount, all)} · ${m.columns} (${texts.m.scopePhrases[reply.scope]})`;
    list.replaceChildren(indexList(entityEntries(context, rows), 'index-columns'));
    if (rows.length < all) {
      list.append(h('p', { class: 'rest' }, h('button', {
        type: 'button', class: 'button',
        onclick: async () => {
          const next = await ask(rows.length);
          if (!signal.aborted) draw(next);
        },
      }, m.more)));
    }
  }
}
