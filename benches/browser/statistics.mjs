/** Medians, spreads and percentiles. */

/** @param {readonly number[]} values Not empty. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Nearest rank. @param {readonly number[]} values Not empty. @param {number} share From 0 to 1. */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

/**
 * A value of several runs.
 * @typedef {{ median: number, least: number, most: number }} Spread
 * @param {readonly (number | null | undefined)[]} values
 * @returns {Spread | null} Null when no run gave one.
 */
export function spread(values) {
  const known = values.filter((value) => typeof value === 'number' && !Number.isNaN(value));
  if (known.length === 0) return null;
  const numbers = /** @type {number[]} */ (known);
  return { median: median(numbers), least: Math.min(...numbers), most: Math.max(...numbers) };
}

/**
 * Percentiles of one run. A query counts with the median of its times: what
 * remains is how queries differ, not what else the machine did meanwhile. `pooled` takes every single time.
 * @param {readonly (readonly number[])[]} times For each query its times, milliseconds.
 */
export function percentiles(times) {
  const typical = times.map(median);
  return {
    p50: percentile(typical, 0.5),
    p95: percentile(typical, 0.95),
    p99: percentile(typical, 0.99),
    pooled99: percentile(times.flat(), 0.99),
  };
}

/** Known-item retrieval. @param {(string[] | null)[]} answers @param {string[]} gold */
export function retrieval(answers, gold) {
  let reciprocal = 0;
  let found = 0;
  let empty = 0;
  answers.forEach((ids, at) => {
    const rank = (ids ?? []).slice(0, 10).indexOf(gold[at]) + 1;
    if (!ids?.length) empty += 1;
    if (rank === 0) return;
    reciprocal += 1 / rank;
    found += 1;
  });
  const asked = answers.length;
  return { asked, mrr: reciprocal / asked, recall: found / asked, unanswered: empty / asked };
}
