/** The steps of a measurement, called one by one from outside. Nothing here knows an engine. */

import { fetchDocuments } from './documents.js';

/** Most times that one query is asked in one run. */
const MOST_PASSES = 20;
/** The first pass may take so many times the time of a class, so that every query is asked once. */
const FIRST_PASS = 5;
/** Bytes that are sent at once: the debugger repeats a request's body. */
const PIECE = 16e6;

let docs = [];
let engine = null;
let longestTask = 0;

new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) longestTask = Math.max(longestTask, duration);
}).observe({ type: 'longtask' });

const pause = (milliseconds = 0) => new Promise((resolve) => setTimeout(resolve, milliseconds));

globalThis.bench = {
  async documents(address) {
    docs = await fetchDocuments(address);
    return docs.length;
  },

  async start({ name, site, scope }) {
    const { default: make } = await import(`/engines/${name}.js`);
    engine = await make({ site, scope });
    return { modes: engine.modes, rankings: engine.rankings ?? [], hasSecond: engine.second !== undefined };
  },

  async build() {
    await pause(); // A task of its own, so that the observer sees it end.
    longestTask = 0;
    const start = performance.now();
    await engine.load(docs);
    const milliseconds = performance.now() - start;
    await pause(100);
    const inside = await engine.inside?.();
    return { milliseconds, longestTask, inside };
  },

  /** What the bench itself must know of a build, and how many documents were refused. */
  async account() {
    const accounted = await engine.account?.();
    return { refused: accounted?.refused ?? 0 };
  },

  /** What an engine that was just opened answers first; nothing of it is kept. */
  async first({ name, index, query }) {
    const { default: make } = await import(`/engines/${name}.js`);
    const fresh = await make({ index });
    const found = await fresh.search(query, 10, undefined, fresh.rankings?.[0]);
    fresh.close();
    return found.length;
  },

  /** Bytes of JavaScript in this page and its workers, and of the engine's WebAssembly memory. */
  async memory() {
    const wasm = (await engine?.wasmBytes?.()) ?? 0;
    const measured = await performance.measureUserAgentSpecificMemory();
    return { javascript: measured.bytes, wasm };
  },

  async save(name) {
    if (!engine.serialize) return null;
    const saved = await engine.serialize();
    const bytes = typeof saved === 'string' ? new TextEncoder().encode(saved) : saved;
    for (let at = 0; at < bytes.length || at === 0; at += PIECE) {
      await fetch(`/save/${name}${at > 0 ? '?more' : ''}`, { method: 'PUT', body: bytes.slice(at, at + PIECE) });
    }
    return bytes.length;
  },

  /**
   * Asks every query of a class over and over until the time is spent; the
   * first pass warms up and counts only where it is all there is.
   * Gives a list of times for each query that was asked, and those inside the worker.
   * With `isSecond` what the engine's page asks for behind the answer is timed, and nothing else.
   */
  async latency({ queries, mode, ranking, count, budgetMs, isSecond }) {
    const ask = isSecond
      ? (query) => engine.second(query, mode, ranking)
      : (query) => engine.search(query, count, mode, ranking);
    const call = isSecond ? 'around' : 'search';
    const passes = [];
    let answered = 0;
    const start = performance.now();
    await engine.inside?.();
    for (let pass = 0; pass === 0 || (pass < MOST_PASSES && performance.now() - start < budgetMs); pass += 1) {
      const times = [];
      for (const query of queries) {
        const before = performance.now();
        const reply = ask(query);
        const found = reply instanceof Promise ? await reply : reply;
        times.push(performance.now() - before);
        if (pass === 0 && found.length > 0) answered += 1;
        if (performance.now() - start > budgetMs * (pass === 0 ? FIRST_PASS : 1)) break;
      }
      passes.push({ times, inside: await engine.inside?.() });
      await pause();
    }
    const asked = passes[0].times.length;
    const isWhole = passes.length > 1 && passes[1].times.length === asked;
    const counted = isWhole ? passes.slice(1).filter(({ times }) => times.length === asked) : passes.slice(0, 1);
    const byQuery = (pick) => Array.from({ length: asked }, (_, at) => counted.map((pass) => pick(pass)[at]));
    return {
      asked,
      answered,
      warm: isWhole,
      times: byQuery(({ times }) => times),
      inside: counted[0].inside ? byQuery(({ inside }) => inside[call]) : null,
    };
  },

  /** Ids found for each query, until the time is spent; null where the engine has no such mode. */
  async ask({ queries, count, budgetMs }) {
    const answers = [];
    const start = performance.now();
    for (const { query, mode, ranking } of queries) {
      if (performance.now() - start > budgetMs) break;
      const isAble = mode === undefined || mode === 'question' || engine.modes.includes(mode);
      answers.push(isAble ? (await engine.search(query, count, mode, ranking)).slice(0, count) : null);
    }
    return answers;
  },
};
