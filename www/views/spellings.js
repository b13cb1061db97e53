/** @file The name workbench: which spellings may be one, which were joined and why, and what the reader decided. */

import { choice } from '../ui/choice.js';
import { bdi, h } from '../ui/dom.js';
import { download } from '../ui/download.js';
import { errorBox } from '../ui/notice.js';
import { namesNav } from './names-nav.js';

/** @import { AliasGroup, AliasName, AliasOffer, AliasesReply, AliasesRequest, DecideRequest, DecisionRow } from '../../src/wasm/types.d.ts' */
/** @import { Context, DrawnView, State } from '../ui/types.d.ts' */

const STEP = 30;
const FOLLOW_MS = 200;
/** @type {State['of'][]} */
const KINDS = ['all', 'person', 'place', 'organisation'];

/** @param {Context} context @param {AbortSignal} signal @returns {Promise<DrawnView>} */
export async function drawSpellings(context, signal) {
  const { texts, state, navigate } = context;
  const m = texts.m.spelled;
  let timer = 0;
  const body = h('div', { class: 'workbench-body' });
  const filter = h('input', {
    type: 'search', class: 'filter', 'data-focus': 'filter', dir: 'auto', 'aria-label': m.filter, placeholder: m.filterHint, autocomplete: 'off',
    oninput: () => {
      clearTimeout(timer);
      timer = setTimeout(() => void follow(), FOLLOW_MS);
    },
  });
  filter.value = state.filter;
  const node = h('div', { class: 'workbench' }, h('h2', null, m.title), namesNav(context),
    h('p', { class: 'measure' }, m.lead),
    h('div', { class: 'entity-tools' }, choice({
      key: 'of', legend: texts.m.entities.choose, quietLegend: true, value: state.of,
      choices: KINDS.map((kind) => [kind, [m.kinds[kind]]]),
      onChoose: (of) => navigate({ of }, { replace: true }),
    }), filter),
    body,
    h('details', { class: 'method' }, h('summary', null, m.method), h('p', { class: 'measure' }, m.methodText)));
  draw(await ask(0));
  return { node, title: m.title, dispose: () => clearTimeout(timer) };

  /** @param {number} offset @returns {Promise<AliasesReply>} */
  function ask(offset) {
    const { of, filter: words, scope } = context.state;
    /** @type {AliasesRequest} */
    const request = { scope, limit: STEP, offset };
    if (of !== 'all') request.type = of;
    if (words) request.filter = words;
    return context.engine.aliases(request, { signal });
  }

  async function follow() {
    navigate({ filter: filter.value.trim() }, { replace: true, quiet: true });
    const reply = await ask(0);
    if (!signal.aborted) draw(reply);
  }

  /** @param {AliasesReply} reply */
  function draw(reply) {
    body.replaceChildren(
      part(m.offers, reply.offerCount, m.noOffers, 'offers', reply.offers.map((offer) => offerItem(context, offer)), async (at) =>
        (await ask(at)).offers.map((offer) => offerItem(context, offer))),
      part(m.groups, reply.groupCount, m.noGroups, 'groups', reply.groups.map((group) => groupItem(context, group)), async (at) =>
        (await ask(at)).groups.map((group) => groupItem(context, group))),
      decisions(context, reply));
  }

  /**
   * @param {string} heading @param {number} count @param {string} none @param {string} name
   * @param {HTMLElement[]} items @param {(at: number) => Promise<HTMLElement[]>} next
   */
  function part(heading, count, none, name, items, next) {
    const list = h('ul', { class: `${name} plain`, role: 'list', 'data-testid': name }, items);
    const rest = h('p', { class: 'rest' });
    const button = h('button', {
      type: 'button', class: 'button',
      onclick: async () => {
        const more = await next(list.childElementCount);
        if (signal.aborted) return;
        list.append(...more);
        if (list.childElementCount >= count || more.length === 0) rest.remove();
      },
    }, m.more);
    if (items.length < count) rest.append(button);
    return h('section', { class: 'block' }, h('h3', null, heading, ' ', h('small', null, texts.number(count))),
      count === 0 ? h('p', { class: 'soft' }, none) : list, rest);
  }
}

/**
 * Decides and tells so; the view is drawn anew by the event that follows.
 * @param {Context} context @param {DecideRequest} request @param {string} told
 */
export async function decide(context, request, told) {
  try {
    await context.engine.decide(request);
    context.announce(told);
    if (context.state.view === 'entity') await followName(context, request);
  } catch (error) {
    context.frame().querySelector('.notices')?.append(errorBox(context.texts, error));
  }
}

/** An entity that was joined to another, or changed its type, has another id: goes where its name went. @param {Context} context @param {DecideRequest} request */
async function followName({ engine, state, navigate }, { type, names, to, action }) {
  const { scope, id } = state;
  try {
    await engine.entity({ id, scope, limit: 1 });
  } catch {
    const kind = action === 'retype' ? /** @type {import('../../src/wasm/types.d.ts').EntityType} */ (to) : type;
    const { rows } = await engine.entities({ scope, type: kind, filter: names?.[0], limit: 1 });
    if (rows.length > 0) navigate({ id: rows[0].id, type: rows[0].type }, { replace: true });
  }
}

/** How a spelling came to be joined. @param {Context} context @param {{ rule: AliasName['rule'], confidence: number | null }} proof */
export function proofText({ texts }, { rule, confidence }) {
  if (rule === null) return '';
  const sure = confidence === null || confidence >= 1 ? '' : ` · ${texts.percent(confidence)}`;
  return `${texts.m.spelled.rules[rule]}${sure}`;
}

/** @param {Context} context @param {AliasOffer} offer */
export function offerItem(context, offer) {
  const { texts, link } = context;
  const m = texts.m.spelled;
  const [one, other] = offer.names;
  const type = offer.entities[0].type;
  /** @param {'same' | 'apart'} action @param {string} words @param {string} spoken @param {string} className */
  const button = (action, words, spoken, className) => h('button', {
    type: 'button', class: className, 'data-action': action, 'aria-label': texts.fill(spoken, { one, other }),
    onclick: () => void decide(context, { action, type, names: offer.names }, m.done),
  }, words);
  return h('li', { class: 'offer' },
    h('p', { class: 'offer-names' }, offer.entities.map((entity, at) => h('a', { href: link({ view: 'entity', id: entity.id }) },
      bdi(offer.names[at]), ' ', h('small', null, texts.count(texts.m.mentions, entity.mentions))))),
    h('p', { class: 'facts' }, h('span', { class: 'badge' }, texts.m.entities.type[type]), h('span', null, proofText(context, offer))),
    h('p', { class: 'actions' }, button('same', m.one, m.oneOf, 'button button-strong'), button('apart', m.two, m.twoOf, 'button')));
}

/** @param {Context} context @param {AliasGroup} group */
function groupItem(context, { entity, names }) {
  const { texts, link } = context;
  return h('li', { class: 'group' },
    h('h4', null, h('a', { href: link({ view: 'entity', id: entity.id }) }, bdi(entity.name)), ' ',
      h('span', { class: 'badge' }, texts.m.entities.type[entity.type])),
    spellingList(context, names, entity.type));
}

/**
 * Spellings of one entity, each with what joins it and a way to part it.
 * @param {Context} context @param {AliasName[]} names @param {import('../../src/wasm/types.d.ts').EntityType} type
 */
export function spellingList(context, names, type) {
  const { texts } = context;
  const m = texts.m.spelled;
  return h('ul', { class: 'spellings plain', role: 'list' }, names.map(({ name, language, mentions, rule, confidence, beside }) => h('li', null,
    h('span', { class: 'spelling-name' }, bdi(name)), ' ', language !== 'ar' && h('small', { class: 'facts' }, m.written[language]), ' ', h('small', null, texts.count(texts.m.mentions, mentions)),
    rule !== null && h('span', { class: 'facts' }, h('span', null, proofText(context, { rule, confidence })),
      beside && names.length > 2 && h('span', null, texts.rich(m.beside, { name: bdi(beside) })),
      h('button', {
        type: 'button', class: 'quiet', 'data-action': 'part', 'aria-label': texts.fill(m.partOf, { one: name, other: beside ?? '' }),
        onclick: () => void decide(context, {
          action: 'apart', type, names: [name, ...names.map((other) => other.name).filter((other) => other !== name)],
        }, m.done),
      }, m.part)))));
}

/** @param {Context} context @param {{ decisions: DecisionRow[], idle: number }} reply */
function decisions(context, { decisions: rows, idle }) {
  const { texts, engine } = context;
  const m = texts.m.spelled;
  const input = h('input', {
    type: 'file', class: 'visually-hidden', tabindex: '-1', 'aria-hidden': 'true', accept: '.tsv,.txt,text/plain',
    onchange: async () => {
      const file = input.files?.[0];
      if (!file) return;
      try {
        await engine.loadDecisions(await file.text());
        context.announce(m.loaded);
      } catch (error) {
        context.frame().querySelector('.notices')?.append(errorBox(texts, error));
      }
    },
  });
  return h('section', { class: 'block' }, h('h3', null, m.decisions, ' ', h('small', null, texts.number(rows.length))),
    rows.length === 0 ? h('p', { class: 'soft' }, m.noDecisions)
      : h('ol', { class: 'decisions plain', role: 'list', 'data-testid': 'decisions' }, rows.map((row, number) => h('li', null,
        h('span', null, texts.rich(m.actions[row.action], {
          names: h('b', null, row.names.flatMap((name, at) => [at > 0 ? '، ' : null, bdi(name)])),
          to: row.action === 'retype' ? texts.m.entities.type[/** @type {DecisionRow['type']} */ (row.to)] : bdi(row.to),
        })),
        h('button', {
          type: 'button', class: 'quiet', 'aria-label': texts.fill(m.undoOf, { number: texts.number(number + 1) }),
          onclick: () => void decide(context, { action: 'undo', number }, m.undone),
        }, m.undo)))),
    idle > 0 && h('p', { class: 'soft' }, texts.fill(m.idle, { count: texts.number(idle) })),
    h('p', { class: 'soft measure' }, m.kept),
    h('p', { class: 'actions' },
      rows.length > 0 && h('button', {
        type: 'button', class: 'button', 'data-testid': 'save-decisions',
        onclick: async () => download(`${m.fileName}.tsv`, 'text/tab-separated-values', [await engine.decisionsFile()]),
      }, m.save),
      h('button', { type: 'button', class: 'button', 'data-testid': 'load-decisions', onclick: () => input.click() }, m.load), input,
      rows.length > 1 && h('button', { type: 'button', class: 'quiet', onclick: () => void decide(context, { action: 'clear' }, m.undone) }, m.clear)));
}
