import assert from "node:assert/strict";
import { test } from "node:test";
import { clock } from "../src/quiz/countdown";
import { type Point, placed, stepped } from "../src/quiz/crosshair";
import { moved, placeAt } from "../src/quiz/reorder";

test("a line moves to its new place and the others close up", () => {
  assert.deepEqual(moved(["a", "b", "c"], 0, 2), ["b", "c", "a"]);
  assert.deepEqual(moved(["a", "b", "c"], 2, 0), ["c", "a", "b"]);
});

test("a line at the end stays there", () => {
  assert.deepEqual(moved(["a", "b"], 1, 2), ["a", "b"]);
  assert.deepEqual(moved(["a", "b"], 0, -1), ["a", "b"]);
});

test("what is dragged stands after every line whose middle it has passed", () => {
  assert.equal(placeAt(5, [10, 20, 30]), 0);
  assert.equal(placeAt(25, [10, 20, 30]), 2);
});

test("the time left is whole seconds and never below nothing", () => {
  assert.equal(clock(900_000), "15:00");
  assert.equal(clock(59_001), "1:00");
  assert.equal(clock(1), "0:01");
  assert.equal(clock(-5), "0:00");
});

test("the crosshair stays on the picture, and Shift moves it finely", () => {
  assert.deepEqual(stepped([0, 500], "ArrowLeft", false), [0, 500]);
  assert.deepEqual(stepped([500, 500], "ArrowDown", true), [500, 505]);
  assert.equal(stepped([500, 500], "a", false), undefined);
});

test("one place is replaced, several are kept, and a place pointed at again is taken away", () => {
  const one: Point[] = [[100, 100]];
  assert.deepEqual(placed(one, [500, 500], false), [[500, 500]]);
  assert.deepEqual(placed(one, [500, 500], true), [[100, 100], [500, 500]]);
  assert.deepEqual(placed(one, [110, 95], true), []);
});
