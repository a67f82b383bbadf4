import assert from "node:assert/strict";
import { test } from "node:test";
import { numbersOf } from "../src/library/areas";

test("a rectangle is the same from whichever corner it was dragged", () => {
  assert.deepEqual(numbersOf("rect", [100, 200], [300, 50]), [100, 50, 300, 200]);
  assert.deepEqual(numbersOf("rect", [300, 50], [100, 200]), [100, 50, 300, 200]);
});

test("a circle is its centre and how far it was dragged", () => {
  assert.deepEqual(numbersOf("circle", [500, 500], [530, 540]), [500, 500, 50]);
});

test("a mere touch draws nothing", () => {
  assert.equal(numbersOf("rect", [100, 100], [102, 101]), null);
});
