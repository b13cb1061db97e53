/** Where the names of a network stand; no browser. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { layOut, placeLabels } from '../../../www/ui/graph-layout.js';

const room = { width: 640, height: 480, margin: 16 };

test('names stay in the picture, never on one another, and the same network gives the same picture', () => {
  for (const count of [1, 2, 3, 20, 60]) {
    const radii = Array.from({ length: count }, (_, at) => 6 + (at % 5));
    for (const every of [1, 3, 1000]) {
      /** @type {[number, number, number][]} */
      const edges = [];
      for (let a = 0; a < count; a += 1) for (let b = a + 1; b < count; b += every) edges.push([a, b, 1 + ((a * b) % 4)]);
      const spots = layOut(radii, edges, room);
      assert.deepEqual(spots, layOut(radii, edges, room));
      spots.forEach(({ x, y, radius }, at) => {
        assert.ok(x >= radius && x <= room.width - radius && y >= radius && y <= room.height - radius, `${count} ${every}: ${x} ${y}`);
        for (const other of spots.slice(at + 1)) {
          assert.ok(Math.hypot(x - other.x, y - other.y) >= radius + other.radius, `${count} names, every ${every}`);
        }
      });
    }
  }
});

test('linked names stand nearer than others', () => {
  const radii = Array.from({ length: 12 }, () => 8);
  /** @type {[number, number, number][]} */
  const edges = [];
  for (const first of [0, 6]) for (let a = first; a < first + 6; a += 1) for (let b = a + 1; b < first + 6; b += 1) edges.push([a, b, 1]);
  const spots = layOut(radii, edges, room);
  const far = (/** @type {number} */ a, /** @type {number} */ b) => Math.hypot(spots[a].x - spots[b].x, spots[a].y - spots[b].y);
  const mean = (/** @type {[number, number][]} */ pairs) => pairs.reduce((sum, [a, b]) => sum + far(a, b), 0) / pairs.length;
  const apart = Array.from({ length: 36 }, (_, at) => /** @type {[number, number]} */ ([Math.floor(at / 6), 6 + (at % 6)]));
  assert.ok(mean(edges.map(([a, b]) => [a, b])) < 0.7 * mean(apart));
});

test('labels lie over none that came before', () => {
  const spots = [{ x: 100, y: 100, radius: 8 }, { x: 104, y: 130, radius: 8 }, { x: 400, y: 300, radius: 8 }];
  const labels = placeLabels(spots, ['كيم جونغ أون', 'كيم جونغ أون', 'روسيا'], { width: 640, height: 480, size: 15 });
  assert.ok(labels[0] && labels[2]);
  assert.ok(labels[1] === null || Math.abs(labels[1].y - labels[0].y) > 15);
});
