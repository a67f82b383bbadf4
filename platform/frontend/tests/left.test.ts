import assert from "node:assert/strict";
import { test } from "node:test";
import { leftText } from "../src/races/left";

test("what is left is written with the units it has", () => {
  assert.equal(leftText(0, "d"), "00:00");
  assert.equal(leftText(-5000, "d"), "00:00");
  assert.equal(leftText(61_000, "d"), "01:01");
  assert.equal(leftText(3_600_000, "d"), "01:00:00");
  assert.equal(leftText(90_061_000, "d"), "1 d 01:01:01");
});

test("a part of a second still counts as one to come", () => {
  assert.equal(leftText(1, "d"), "00:01");
  assert.equal(leftText(59_001, "d"), "01:00");
});
