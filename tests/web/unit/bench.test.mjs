/** The bench's arithmetic, options and judgements; no browser. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { latencyQueries, paragraphs, titlePairs } from '../../../benches/browser/documents.mjs';
import { peerNames, readOptions } from '../../../benches/browser/options.mjs';
import { PROBES } from '../../../benches/browser/probes.mjs';
import { GOALS, judge, reference, slowness } from '../../../benches/browser/reach.mjs';
import { renewed } from '../../../benches/browser/renew.mjs';
import { markdown, number } from '../../../benches/browser/report.mjs';
import { median, percentile, percentiles, retrieval, spread } from '../../../benches/browser/statistics.mjs';

const flat = (/** @type {number} */ value) => ({ median: value, least: value, most: value });

test('percentiles are by nearest rank over the medians of the queries', () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 3]), 2.5);
  const hundred = Array.from({ length: 100 }, (_, at) => at + 1);
  assert.deepEqual([0.5, 0.95, 0.99, 1].map((share) => percentile(hundred, share)), [50, 95, 99, 100]);
  assert.equal(percentile([7], 0.5), 7);
  // One slow time of a query is another program's; it shows among all times.
  assert.deepEqual(percentiles([[1, 1, 50], [2, 2, 2]]), { p50: 1, p95: 2, p99: 2, pooled99: 50 });
  assert.deepEqual(spread([null, 3, 1, undefined, 2]), { median: 2, least: 1, most: 3 });
  assert.equal(spread([null]), null);
});

test('retrieval counts the rank of the one right paragraph', () => {
  const answers = [['a', 'b'], ['x', 'b'], [], null, [...'0123456789'].concat('e')];
  const { asked, mrr, recall, unanswered } = retrieval(answers, ['a', 'b', 'c', 'd', 'e']);
  assert.deepEqual({ asked, mrr, recall, unanswered }, { asked: 5, mrr: 1.5 / 5, recall: 2 / 5, unanswered: 2 / 5 });
});

test('options name what is wrong', () => {
  const news = ['--news', 'corpus'];
  const peers = (/** @type {string} */ names) => readOptions([...news, '--peers', names], '.').peers;
  assert.deepEqual(peers('all'), peerNames());
  assert.deepEqual(peers('none'), []);
  assert.deepEqual(peers('sqlite,kashshaf'), ['sqlite']);
  const bad = /** @type {const} */ ([
    [[], /nothing to measure/],
    [['--probes', '--growth', '10'], /--growth needs --news/],
    [['--news', 'nowhere.jsonl'], /--news names .*nowhere\.jsonl, which is not there/],
    [[...news, '--peers', 'lucene'], /no engine is named lucene; there are .*minisearch/],
    [[...news, '--runs', '0'], /--runs takes whole numbers above 0, not 0/],
    [[...news, '--growth', '10,x'], /--growth takes whole numbers above 0, not x/],
    [['--prob'], /--prob/],
  ]);
  for (const [args, message] of bad) assert.throws(() => readOptions([...args], '.'), message, args.join(' '));
});

test('every variant has paragraphs that it should find', () => {
  const docs = paragraphs('corpus');
  for (const { query, match } of PROBES) assert.ok(docs.some(({ body }) => match.test(body)), query);
});

test('the same documents give the same queries, each of its class', () => {
  const docs = paragraphs('corpus');
  const queries = latencyQueries(docs);
  assert.deepEqual(latencyQueries(docs), queries);
  const words = (/** @type {string} */ text) => text.split(' ').length;
  const shapes = /** @type {const} */ ([
    ['frequent', (/** @type {string} */ query) => words(query) === 1],
    ['two', (/** @type {string} */ query) => words(query) === 2],
    ['prefix3', (/** @type {string} */ query) => query.length >= 3],
    ['prefix2', (/** @type {string} */ query) => query.length === 2],
    ['phrase', (/** @type {string} */ query) => words(query) === 3],
  ]);
  for (const [name, isOne] of shapes) {
    assert.equal(queries[name].length, 100);
    for (const query of queries[name]) assert.ok(isOne(query), `${name}: ${query}`);
  }
});

test('a goal in time is judged by what the yardstick takes here', () => {
  const { engine, buildMilliseconds, buildCpuMilliseconds } = reference.yardstick;
  const yardstick = { engine, build: { milliseconds: flat(2 * buildMilliseconds), cpu: flat(buildCpuMilliseconds) } };
  const ours = { engine: 'kashshaf', textBytes: 10, latency: { title: { p99: flat(5) } } };
  const section = { documents: 10_000, engines: [ours, yardstick, { engine: 'fast', latency: { title: { p99: flat(1) } } }] };
  assert.equal(slowness(section)?.clock, 2);
  assert.equal(slowness({ ...section, documents: 1000 }), null);
  assert.equal(slowness({ ...section, engines: [ours] }), null);

  const find = (/** @type {string} */ start) => GOALS.filter(({ what }) => what.startsWith(start));
  const both = { milliseconds: 1, cpuMilliseconds: 1, clock: 3, cpu: 2 };
  const [latency] = judge(find('p99, a title'), ours, section, both);
  assert.deepEqual([latency.here, latency.reach, latency.scaledReach, latency.isMet], [5, 3, 6, true]);
  assert.deepEqual(latency.best, { engine: 'fast', value: 1 });
  assert.equal(judge(find('navigation'), ours, section, both)[0].scaledReach, 600);
  assert.equal(judge(find('memory'), ours, section, both)[0].scaledReach, 1);
  // Where the system does not tell processor time, the clock must do.
  assert.equal(judge(find('p99, a title'), ours, section, { ...both, cpu: null })[0].scaledReach, 9);
  const [plain] = judge(find('p99, a title'), ours, section, null);
  assert.deepEqual([plain.scaledReach, plain.isMet], [3, false]);
  // What cannot be measured is not met.
  const unknown = judge(GOALS, { engine: 'kashshaf' }, section, both);
  assert.ok(unknown.every(({ here, isMet }) => here === null && isMet === null));
});

test('a section is renewed by a run that measured all of it, and by no other', () => {
  const section = (/** @type {string} */ when, /** @type {string[]} */ engines) => (
    { when, engines: engines.map((engine) => ({ engine, documents: 10_000 })) });
  const growth = (/** @type {string} */ when, /** @type {number[]} */ sizes) => (
    { when, engines: sizes.map((documents) => ({ engine: 'kashshaf', documents })) });
  const kept = {
    news: { 10_000: section('2026-01-01', ['kashshaf', 'sqlite', 'gone']), 1000: section('2026-01-01', ['kashshaf']) },
    growth: growth('2026-01-01', [1000, 10_000]),
    probes: { when: '2026-01-01', engines: [{ engine: 'kashshaf' }, { engine: 'sqlite' }] },
  };
  const alone = renewed(kept, {
    news: { 10_000: section('2026-02-02', ['kashshaf']), 500: section('2026-02-02', ['kashshaf']) },
    growth: growth('2026-02-02', [1000, 10_000, 30_000]),
  });
  assert.equal(alone.all.news[10_000], kept.news[10_000]);
  assert.deepEqual([alone.all.news[1000].when, alone.all.news[500].when, alone.all.growth.when], ['2026-01-01', '2026-02-02', '2026-02-02']);
  assert.deepEqual(alone.left, ['10000 articles: left as of 2026-01-01, since this run did not measure sqlite on 10000 articles']);
  // An engine that the bench knows no more holds nothing up; one that failed was measured.
  const full = renewed(kept, { news: { 10_000: section('2026-02-02', ['kashshaf', 'sqlite']) }, growth: growth('2026-02-02', [1000]), probes: { when: '2026-02-02', engines: [{ engine: 'kashshaf' }, { engine: 'sqlite', error: 'crashed' }] } });
  assert.deepEqual([full.all.news[10_000].when, full.all.growth.when, full.all.probes.when], ['2026-02-02', '2026-01-01', '2026-02-02']);
  assert.match(full.left.join(), /growth: left as of 2026-01-01, since this run did not measure kashshaf on 10000 articles/);
  assert.deepEqual(renewed({}, { probes: kept.probes }), { all: { news: {}, probes: kept.probes }, left: [] });
});

test('first queries are words of titles', () => {
  const pairs = titlePairs([{ id: '1', title: 'في القمة العربية اليوم', body: '' }, { id: '2', title: 'خبر', body: 'نص' }, { id: '3', title: '', body: 'وصل الوزير صباحا' }]);
  assert.deepEqual(pairs, ['القمة العربية', 'الوزير صباحا']);
  assert.equal(titlePairs(paragraphs('corpus')).length, 100);
});

test('numbers are written short, and a failure is shown', () => {
  const cases = /** @type {const} */ ([
    [0, '0'], [0.0123, '.012'], [0.5, '.50'], [0.999, '1.00'], [3.14159, '3.14'], [12.34, '12.3'], [1234.5, '1,235'],
    [128833, '128,833'], [null, '–'], [Number.NaN, '–'],
  ]);
  for (const [value, text] of cases) assert.equal(number(value), text);
  const section = {
    when: '2026-01-01T00:00:00Z', chromium: '1', machine: { cores: 2, processor: 'p', memory: 1, system: 's' },
    documents: 1000, textBytes: 1e6, engines: [{ engine: 'slow', textBytes: 1e6, error: 'no answer within 1 s' }],
  };
  assert.match(markdown({ news: { 1000: section } }), /\*\*slow\*\*.*Failed: no answer within 1 s/);
});
