/**
 * @file Where the names of a network stand: springs along links, repulsion, no two on one spot. The same network
 * and room give the same picture; nothing is drawn by lot.
 */

/** @typedef {{ x: number, y: number, radius: number }} Spot */

const ROUNDS = 320;
/** Between the edges of two spots, in pixels. */
const GAP = 14;
/** Targets are at least so wide. */
const TARGET = 26;
/** Turns by the golden angle fill a disc evenly. */
const GOLDEN = Math.PI * (3 - Math.sqrt(5));

/**
 * @param {number[]} radii
 * @param {readonly (readonly [number, number, number])[]} edges  two numbers of spots, and a weight
 * @param {{ width: number, height: number, margin: number }} room
 * @returns {Spot[]}
 */
export function layOut(radii, edges, { width, height, margin }) {
  const count = radii.length;
  const spots = radii.map((radius, at) => {
    const far = Math.sqrt((at + 0.5) / count) / 2;
    return { x: (0.5 + far * Math.cos(at * GOLDEN)) * width, y: (0.5 + far * Math.sin(at * GOLDEN)) * height, radius };
  });
  const ideal = 0.85 * Math.sqrt((width * height) / Math.max(1, count));
  const most = Math.max(1, ...edges.map(([, , weight]) => weight));
  const moves = spots.map(() => ({ x: 0, y: 0 }));
  for (let round = 0; round < ROUNDS; round += 1) {
    const heat = 0.09 * Math.min(width, height) * (1 - round / ROUNDS) ** 1.5 + 0.5;
    for (const move of moves) Object.assign(move, { x: 0, y: 0 });
    for (let a = 0; a < count; a += 1) {
      // Drawn to the middle, so that parts without a link between them stay in view.
      moves[a].x += (width / 2 - spots[a].x) * 0.06 * (height / width);
      moves[a].y += (height / 2 - spots[a].y) * 0.06;
      for (let b = a + 1; b < count; b += 1) {
        const { dx, dy, far } = between(spots[a], spots[b]);
        // Far apart they let each other be, so that a small part by itself does not flee into a corner.
        if (far < 3 * ideal) push(a, b, dx, dy, (ideal * ideal) / far / far);
      }
    }
    for (const [a, b, weight] of edges) {
      const { dx, dy, far } = between(spots[a], spots[b]);
      push(a, b, dx, dy, (-far / ideal) * (0.25 + 0.75 * Math.sqrt(weight / most)));
    }
    for (let at = 0; at < count; at += 1) {
      const long = Math.hypot(moves[at].x, moves[at].y) || 1;
      const step = Math.min(long, heat) / long;
      spots[at].x += moves[at].x * step;
      spots[at].y += moves[at].y * step;
      keepIn(spots[at]);
    }
  }
  for (let round = 0; round < 60 && part(); round += 1);
  return spots;

  /** @param {number} a @param {number} b @param {number} dx @param {number} dy @param {number} force */
  function push(a, b, dx, dy, force) {
    moves[a].x += dx * force;
    moves[a].y += dy * force;
    moves[b].x -= dx * force;
    moves[b].y -= dy * force;
  }

  /** Moves spots that touch apart; false when none did. */
  function part() {
    let touched = false;
    for (let a = 0; a < count; a += 1) {
      for (let b = a + 1; b < count; b += 1) {
        const { dx, dy, far } = between(spots[a], spots[b]);
        const near = Math.max(spots[a].radius + spots[b].radius + GAP, TARGET) - far;
        if (near <= 0.5) continue;
        touched = true;
        const half = near / 2 / far;
        spots[a].x += dx * half;
        spots[a].y += dy * half;
        spots[b].x -= dx * half;
        spots[b].y -= dy * half;
        keepIn(spots[a]);
        keepIn(spots[b]);
      }
    }
    return touched;
  }

  /** @param {Spot} spot */
  function keepIn(spot) {
    const edge = margin + spot.radius;
    spot.x = Math.min(width - edge, Math.max(edge, spot.x));
    spot.y = Math.min(height - edge - margin / 2, Math.max(edge + margin / 2, spot.y));
  }
}

/** @param {Spot} a @param {Spot} b */
function between(a, b) {
  // Two on one spot part along a slant.
  const dx = a.x - b.x || 0.01;
  const dy = a.y - b.y || 0.013;
  return { dx, dy, far: Math.hypot(dx, dy) };
}

/**
 * Which labels have room, the first ones first: none over another, nor over a spot that stands before it.
 * @param {Spot[]} spots
 * @param {string[]} labels
 * @param {{ width: number, height: number, size: number }} room  size of a letter in pixels
 * @returns {({ x: number, y: number } | null)[]}  middle of each label's base line
 */
export function placeLabels(spots, labels, { width, height, size }) {
  /** @type {{ left: number, right: number, top: number, bottom: number }[]} */
  const taken = spots.map(({ x, y, radius }) => ({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius }));
  return spots.map(({ x, y, radius }, at) => {
    const half = (labels[at].length * size * 0.5) / 2 + 3;
    const middle = Math.min(width - half, Math.max(half, x));
    for (const base of [y + radius + size, y - radius - size * 0.4]) {
      const box = { left: middle - half, right: middle + half, top: base - size * 0.85, bottom: base + size * 0.3 };
      const isFree = box.top >= 0 && box.bottom <= height && taken.every((other, number) => number === at
        || box.right < other.left || box.left > other.right || box.bottom < other.top || box.top > other.bottom);
      if (!isFree) continue;
      taken.push(box);
      return { x: middle, y: base };
    }
    return null;
  });
}
