/** @file Who is named with whom: a picture, the same as a table, and files for other programs. */

import { choice } from '../ui/choice.js';
import { csvTable } from '../ui/csv.js';
import { bdi, h } from '../ui/dom.js';
import { download } from '../ui/download.js';
import { namesNav } from './names-nav.js';
import { networkPicture, pictureFile } from './network-picture.js';

/** @import { NetworkReply, NetworkRequest } from '../../src/wasm/types.d.ts' */
/** @import { Context, DrawnView, State } from '../ui/types.d.ts' */

/** @type {State['within'][]} */
const UNITS = ['sentence', 'paragraph', 'article'];
/** @type {State['of'][]} */
const KINDS = ['all', 'person', 'place', 'organisation'];
/** @type {State['as'][]} */
const FORMS = ['picture', 'table'];
const MANY = [20, 40, 80, 150];
const LEAST = [1, 2, 3, 5, 10];
/** Rows of the table; the files have all. */
const ROWS = 500;
/** Names in a file. */
const ALL = 1000;

/** @param {Context} context @param {AbortSignal} signal @returns {Promise<DrawnView>} */
export async function drawNetwork(context, signal) {
  const { texts, state, navigate, link, engine } = context;
  const m = texts.m.net;
  const reply = await engine.network(request(state.many), { signal });
  const focus = reply.focus === null ? null : reply.nodes[0];
  const title = focus ? texts.fill(m.titleOf, { name: focus.name }) : m.title;
  const isEmpty = reply.edges.length === 0;
  const place = h('div', { class: 'net-room' });
  /** @type {SVGElement | null} */
  let picture = null;
  const watch = new ResizeObserver(() => redraw());
  const node = h('div', { class: 'network' },
    h('h2', null, focus ? texts.rich(m.titleOf, { name: bdi(focus.name) }) : m.title), namesNav(context),
    h('p', { class: 'measure' }, texts.fill(m.lead, { unit: m.within[reply.unit], scope: texts.m.scopePhrases[reply.scope] }),
      focus && [' ', h('a', { href: link({ id: '' }) }, m.everyone)]),
    h('div', { class: 'entity-tools' },
      choice({ key: 'as', legend: m.as, quietLegend: true, value: state.as, choices: FORMS.map((form) => [form, [m.forms[form]]]), onChoose: (as) => navigate({ as }, { replace: true }) }),
      choice({ key: 'within', legend: m.unit, value: state.within, choices: UNITS.map((unit) => [unit, [m.units[unit]]]), onChoose: (within) => navigate({ within }, { replace: true }) }),
      choice({ key: 'of', legend: m.of, value: state.of, choices: KINDS.map((kind) => [kind, [texts.m.spelled.kinds[kind]]]), onChoose: (of) => navigate({ of }, { replace: true }) }),
      select(m.nodes, 'many', MANY, state.many, (many) => navigate({ many }, { replace: true })),
      select(m.least, 'least', LEAST, state.least, (least) => navigate({ least }, { replace: true }))),
    h('p', { class: 'soft', 'data-testid': 'network-total' }, isEmpty ? m.empty : texts.fill(m.shown, {
      nodes: texts.count(m.entities, reply.nodes.length), all: texts.number(reply.entityCount), edges: texts.count(m.edges, reply.edgeCount),
    })),
    !isEmpty && (state.as === 'table' ? table(context, reply) : [h('p', { class: 'facts legend-types' },
      KINDS.slice(1).map((kind) => h('span', { class: `net-key net-key-${kind}` }, texts.m.spelled.kinds[kind])), h('span', null, m.hint)), place]),
    !isEmpty && h('p', { class: 'actions' }, h('span', { class: 'take' }, m.take),
      take('GraphML', () => file('graphml')), take('GEXF', () => file('gexf')), take('CSV', () => csv()),
      state.as === 'picture' && take('SVG', async () => picture && download(`${m.fileName}.svg`, 'image/svg+xml', [pictureFile(picture, title)]))));
  return {
    node,
    title,
    shown: () => {
      if (!isEmpty && state.as === 'picture') watch.observe(place);
    },
    dispose: () => watch.disconnect(),
  };

  function redraw() {
    const width = Math.floor(place.clientWidth);
    if (width < 50 || String(width) === picture?.getAttribute('width')) return;
    const focused = /** @type {ShadowRoot | Document} */ (place.getRootNode()).activeElement?.getAttribute('data-id');
    picture = networkPicture(context, reply, width);
    place.replaceChildren(picture);
    if (focused) picture.querySelector(`[data-id="${CSS.escape(focused)}"]`)?.dispatchEvent(new Event('focus'));
  }

  /** @param {number} limit @returns {NetworkRequest} */
  function request(limit) {
    const { scope, within, of, least, id } = context.state;
    /** @type {NetworkRequest} */
    const asked = { scope, unit: within, least, limit };
    if (of !== 'all') asked.type = of;
    if (id) asked.focus = id;
    return asked;
  }

  /** @param {'graphml' | 'gexf'} form */
  async function file(form) {
    const text = await engine.networkFile({ ...request(ALL), form });
    download(`${m.fileName}.${form}`, 'application/xml', [text]);
  }

  async function csv() {
    const { nodes, edges } = await engine.network(request(ALL));
    download(`${m.fileName}.csv`, 'text/csv', csvTable(['one', 'one_type', 'other', 'other_type', 'documents', 'unit', 'scope'],
      edges.map(([a, b, weight]) => [nodes[a].name, nodes[a].type, nodes[b].name, nodes[b].type, weight, reply.unit, reply.scope])));
  }
}

/** @param {string} name @param {() => Promise<unknown>} onclick */
function take(name, onclick) {
  return h('button', { type: 'button', class: 'button', 'data-take': name.toLowerCase(), onclick: () => void onclick() }, name);
}

/** @param {string} label @param {string} key @param {number[]} values @param {number} value @param {(value: number) => void} onChoose */
function select(label, key, values, value, onChoose) {
  const all = values.includes(value) ? values : [...values, value].sort((a, b) => a - b);
  return h('label', { class: 'net-select' }, h('span', { class: 'soft' }, label), h('select', {
    'data-focus': key, onchange: (/** @type {Event} */ event) => onChoose(Number(/** @type {HTMLSelectElement} */ (event.target).value)),
  }, all.map((number) => h('option', { value: number, selected: number === value }, String(number)))));
}

/** @param {Context} context @param {NetworkReply} reply */
function table({ texts, link }, { nodes, edges }) {
  const m = texts.m.net;
  /** @param {number} at */
  const name = (at) => h('a', { href: link({ view: 'entity', id: nodes[at].id }) }, bdi(nodes[at].name));
  return h('table', { class: 'ledger', 'data-testid': 'network-table' },
    h('caption', { class: 'visually-hidden' }, m.title),
    h('thead', null, h('tr', null, [m.one, m.other, m.weight].map((heading) => h('th', { scope: 'col' }, heading)))),
    h('tbody', null, edges.slice(0, ROWS).map(([a, b, weight]) => h('tr', null,
      h('th', { scope: 'row' }, name(a)), h('td', { 'data-label': m.other }, name(b)), h('td', { 'data-label': m.weight }, texts.number(weight))))));
}
