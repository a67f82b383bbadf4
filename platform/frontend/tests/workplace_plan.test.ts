import assert from "node:assert/strict";
import { test } from "node:test";
import { parts } from "../src/workplace/kit";
import { box, tube } from "../src/workplace/kit/parts";
import { area, fromAbove, hull, neighbour, onSite, spread } from "../src/workplace/outline";
import { bestWay, lengthOf, wayOf, whereAt } from "../src/workplace/replay";
import type { Debrief, Placed, Spot } from "../src/workplace/types";

const near = (a: Spot, b: Spot): boolean => Math.hypot(a[0] - b[0], a[1] - b[1]) < 1e-9;

test("a box is seen from above as its width and depth", () => {
  const [patch] = fromAbove([box([2, 1, 3], [0, 0.5, 0], "grey")]);

  assert.ok(Math.abs(area(patch!.points) - 6) < 1e-9);
});

test("what is higher is drawn over what is lower", () => {
  const patches = fromAbove([box([1, 0.1, 1], [0, 2, 0], "red"), box([2, 0.1, 2], [0, 0, 0], "grey")]);

  assert.deepEqual(patches.map((one) => one.material), ["grey", "red"]);
});

test("a tube stays a line of its width", () => {
  const [patch] = fromAbove([tube(0.05, [[0, 0, 0], [1, 0, 0], [1, 0, 1]], "cable")]);

  assert.deepEqual(patch, { points: [[0, 0], [1, 0], [1, 1]], material: "cable", line: 0.1 });
});

test("a lathe has an outline of its own size", () => {
  const lathe = { id: "lathe", kind: "lathe", states: { guard: "closed", power: "off", chips: "no" }, size: 1, path: [], at: [0, 0], turn: 0, y: 0, wears: [] } as unknown as Placed;
  const all = fromAbove(parts(lathe)).flatMap((one) => one.points);

  assert.ok(area(hull(all)) > 0.8 && area(hull(all)) < 6);
});

test("an object that is turned by 90 degrees looks to the right", () => {
  assert.ok(near(onSite([1, 2], 90, [0, 1]), [2, 2]));
  assert.ok(near(onSite([1, 2], 0, [0, 1]), [1, 3]));
});

test("numbers of things in one place do not hide each other, nor leave the site", () => {
  const put = spread([[0, 0], [0, 0], [0.1, 0], [4.9, 4.9]], 1, [10, 10]);

  for (const [nth, a] of put.entries()) {
    assert.ok(Math.abs(a[0]) <= 5 && Math.abs(a[1]) <= 5);
    for (const b of put.slice(nth + 1)) assert.ok(Math.hypot(a[0] - b[0], a[1] - b[1]) >= 0.99);
  }
});

test("an arrow goes to the nearest thing in its direction, or nowhere", () => {
  const places = new Map<string, Spot>([["here", [0, 0]], ["right", [2, 0.2]], ["far", [5, 0]], ["below", [0.3, 3]]]);

  assert.equal(neighbour(places, "here", "ArrowRight"), "right");
  assert.equal(neighbour(places, "here", "ArrowDown"), "below");
  assert.equal(neighbour(places, "here", "ArrowUp"), null);
  assert.equal(neighbour(places, "here", "Enter"), null);
});

const DEBRIEF = {
  scenario: { site: { start: { at: [0, 0] } }, objects: [{ id: "a", at: [3, 4], path: [] }, { id: "line", at: [0, 0], path: [[0, 0], [1, 1], [2, 2]] }] },
  path: [],
  actions: [{ at_ms: 10_000, action: { kind: "look", object: "a" }, verdict: "" }],
  best: ["a", "line", "gone"],
  lines: [],
  duration_ms: 20_000,
} as unknown as Debrief;

test("one who took the list is replayed where things were done", () => {
  const way = wayOf(DEBRIEF);

  assert.deepEqual(way.map((one) => one.spot), [[0, 0], [3, 4]]);
  assert.deepEqual(whereAt(way, 5000).spot, [1.5, 2]);
  assert.deepEqual(whereAt(way, 15_000).spot, [3, 4]);
});

test("one who walked is replayed on the way walked", () => {
  const way = wayOf({ ...DEBRIEF, path: [[1000, 1, 0, 90]] });

  assert.deepEqual(way.map((one) => one.spot), [[0, 0], [1, 0]]);
});

test("the best way leads from the start to each of its objects", () => {
  assert.deepEqual(bestWay(DEBRIEF), [[0, 0], [3, 4], [1, 1]]);
  assert.equal(lengthOf([[0, 0], [3, 4], [3, 0]]), 9);
});
