/** @file What the explorer is, how it works, and what it does not do. */

import { code, h } from '../ui/dom.js';
import { keyTable } from '../ui/help-dialog.js';
import { fingerprint } from './overview.js';

/** @import { Context, DrawnView } from '../ui/types.d.ts' */

/** @param {Context} context @returns {Promise<DrawnView>} */
export async function drawAbout(context) {
  const { texts } = context;
  const { about, help } = texts.m;
  const reply = await context.overview();
  const sources = /** @type {[string, string, string][]} */ (about.sourceList);
  const sections = /** @type {[string, string[]][]} */ (about.sections);
  const node = h('div', { class: 'about' },
    h('h2', null, about.title),
    h('p', { class: 'lead-second' }, texts.m.tagline),
    sections.map(([heading, paragraphs]) => h('section', { class: 'measure' },
      h('h3', null, heading), paragraphs.map((text) => h('p', null, text)))),
    h('section', { class: 'measure' }, h('h3', null, about.sources), h('p', null, about.sourcesNote),
      h('dl', { class: 'metadata sources' }, sources.map(([name, licence, use]) => h('div', null,
        h('dt', null, h('bdi', { lang: 'en', dir: 'ltr' }, name)),
        h('dd', null, use, ' ', h('bdi', { class: 'soft', lang: 'en', dir: 'ltr' }, licence)))))),
    h('section', null, h('h3', null, help.title), keyTable(texts), h('p', { class: 'soft' }, help.note)),
    h('section', null, h('h3', null, about.versions),
      h('dl', { class: 'metadata' },
        [[about.engine, reply.versions.engine], [about.parser, reply.versions.parser], [about.tokenizer, reply.versions.tokenizer]]
          .map(([name, version]) => h('div', null, h('dt', null, name), h('dd', null, code(String(version))))))),
    fingerprint(context, reply));
  return { node, title: about.title };
}
