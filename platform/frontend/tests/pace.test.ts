import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { paced } from "../src/board/pace";
import { backoff, spread } from "../src/board/retry";
import { fill } from "../src/page/strings";

test("a burst of changes is drawn at once and once more when the second is over", () => {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  let drawn = 0;
  const draw = paced(() => (drawn += 1), 1000, () => Date.now());
  for (let i = 0; i < 10; i += 1) draw();
  const atOnce = drawn;
  mock.timers.tick(999);
  const before = drawn;
  mock.timers.tick(1);
  mock.timers.reset();

  assert.deepEqual([atOnce, before, drawn], [1, 1, 2]);
});

test("a change after a quiet second is drawn at once", () => {
  let now = 0;
  let drawn = 0;
  const draw = paced(() => (drawn += 1), 1000, () => now);
  draw();
  now = 5000;
  draw();

  assert.equal(drawn, 2);
});

test("attempts are spread between the ends the server names, and come later after each failure", () => {
  assert.equal(spread([200, 2200], 0.5), 1200);
  assert.deepEqual([0, 1, 2, 9].map((failed) => backoff(1200, failed)), [1200, 2400, 4800, 30_000]);
  assert.equal(backoff(40_000, 3), 40_000);
});

test("sentences take their places, and an unknown place stays visible", () => {
  assert.equal(fill("Ваше место: {rank}, {what}", { rank: 5 }), "Ваше место: 5, {what}");
});
