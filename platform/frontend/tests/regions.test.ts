import assert from "node:assert/strict";
import { test } from "node:test";
import { neighbour } from "../src/regions/keys";
import { step } from "../src/regions/live";

const SPOTS = [
  { row: 0, column: 4 },
  { row: 1, column: 3 },
  { row: 1, column: 6 },
  { row: 2, column: 3 },
];

test("an arrow leads to the nearest tile that way, over gaps too", () => {
  assert.equal(neighbour(SPOTS, SPOTS[1]!, "ArrowRight"), 2);
  assert.equal(neighbour(SPOTS, SPOTS[1]!, "ArrowDown"), 3);
  assert.equal(neighbour(SPOTS, SPOTS[3]!, "ArrowUp"), 1);
});

test("at the edge an arrow leads nowhere, and so does any other key", () => {
  assert.equal(neighbour(SPOTS, SPOTS[0]!, "ArrowUp"), -1);
  assert.equal(neighbour(SPOTS, SPOTS[0]!, "Enter"), -1);
});

test("a live map shades as the server does", () => {
  assert.deepEqual([1, 2, 3, 12].map((place) => step(place, 12)), [6, 6, 5, 1]);
});
