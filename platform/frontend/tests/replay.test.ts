import assert from "node:assert/strict";
import { test } from "node:test";
import { gap, keyed, raceTime } from "../src/replay/times";

test("times are cut to a tenth and never rounded", () => {
  assert.deepEqual([0, 99, 9_960, 61_299, 3_661_050].map((ms) => raceTime(ms, ".")), ["0.0", "0.0", "9.9", "1:01.2", "1:01:01.0"]);
});

test("a gap has a sign, the best has none, nobody's is a dash", () => {
  assert.deepEqual([null, 0, 99, 12_345, -1_000].map((ms) => gap(ms, ",")), ["—", "0,0", "0,0", "+12,3", "−1,0"]);
});

test("keys go by five seconds or thirty and never leave the race", () => {
  assert.equal(keyed("ArrowRight", false, 10, 100), 15);
  assert.equal(keyed("ArrowLeft", true, 10, 100), 0);
  assert.equal(keyed("End", false, 10, 100), 100);
  assert.equal(keyed("a", false, 10, 100), null);
});
