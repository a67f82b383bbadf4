import assert from "node:assert/strict";
import { test } from "node:test";
import { type Clock, measured, serverTime } from "../src/race/clock";
import { fieldAt, rankedAmong, whereabouts } from "../src/race/ghosts";
import { keep, kept } from "../src/race/kept";
import { newsOf, secondsNews } from "../src/race/news";
import { done } from "../src/race/phase";
import { placeOn, readPoint, sectionOf } from "../src/race/points";
import { READY, begin, result, shoot } from "../src/race/practice";
import { onAround } from "../src/race/state";
import { gap, secondsLeft, stopwatch, time } from "../src/race/times";
import { T0, around, seen, shot, situation, task } from "./race_builders";

test("the server's clock is guessed by half the round trip", () => {
  const clock = measured(null, 100, 140, 5000);

  assert.equal(serverTime(clock, 120), 5000);
  assert.equal(clock.errorMs, 20);
});

test("a tighter measure is taken, a looser one is not", () => {
  const tight = measured(null, 0, 10, 1005);

  assert.equal(measured(tight, 100, 300, 1210), tight);
  assert.equal(measured(measured(null, 0, 200, 1100), 300, 310, 1305).offsetMs, 1000);
});

test("a measure that contradicts the known one is believed: a clock has jumped", () => {
  const before = measured(null, 0, 10, 1005);

  assert.equal(measured(before, 20, 220, 9120).offsetMs, 9000);
});

test("the guess is never further off than the way was long, whatever the ways are", () => {
  let state = 7;
  const chance = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  for (let run = 0; run < 200; run += 1) {
    let clock: Clock | null = null;
    let least = Infinity;
    for (let local = 0; local < 20_000; local += 1000) {
      const [there, back] = [chance() * 300, chance() * 300];
      clock = measured(clock, local, local + there + back, local + there + 50_000);
      least = Math.min(least, (there + back) / 2);

      assert.ok(Math.abs(clock.offsetMs - 50_000) <= clock.errorMs + 0.001);
    }
    assert.ok(clock!.errorMs <= least + 5);
  }
});

test("times are cut at tenths and never rounded", () => {
  assert.deepEqual([time(1_560_199, ","), time(3_601_950, "."), time(9_999, ",")], ["26:00,1", "1:00:01.9", "0:09,9"]);
  assert.deepEqual([gap(12_399, ","), gap(174_950, ","), gap(0, "."), gap(-1_560, ",")], ["+12,3", "+2:54,9", "+0.0", "\u22121,5"]);
  assert.deepEqual([stopwatch(7_999), stopwatch(3_723_000), stopwatch(-5)], ["0:07", "1:02:03", "0:00"]);
  assert.deepEqual([secondsLeft(1000, 0), secondsLeft(1001, 0), secondsLeft(0, 5)], [1, 2, 0]);
});

test("a span is over by its share", () => {
  assert.deepEqual([done(0, 10, -1), done(0, 10, 5), done(0, 10, 99), done(5, 5, 0)], [0, 0.5, 1, 1]);
});

test("labels of points are read, and anything else is none", () => {
  assert.deepEqual(readPoint("lap2.station3"), { lap: 2, mark: "station", number: 3 });
  assert.deepEqual(readPoint("finish"), { lap: 0, mark: "finish", number: 0 });
  assert.equal(readPoint("lap1.bar"), null);
});

test("sections lie on the lap in the order of the race", () => {
  const way = ["line", "station1", "station2", "station3", "range", "loop", "course", "finish"].map((one) => placeOn(one, 3));

  assert.deepEqual(way, [...way].sort((one, other) => one - other));
  assert.equal(sectionOf("spare round", 1), "range");
  assert.equal(sectionOf("station", 2), "station2");
});

test("the practice range hits what lights up and misses otherwise, and tells how it went", () => {
  let practice = begin(READY, 0, 0);
  for (let shots = 0; practice.aim !== null; shots += 1) practice = shoot(practice, shots === 1 ? (practice.aim + 1) % 5 : practice.aim, (shots + 1) * 400, 0);

  assert.deepEqual(result(practice), { hits: 4, ms: 400 });
  assert.equal(result(begin(READY, 0, 0.5)), null);
  assert.equal(shoot(practice, 1, 0, 0), practice);
});

test("own events are said once: the shot, the place at a point, ten and five seconds left", () => {
  const splits = [{ point: "lap1.station1", t_ms: 10, run_ms: 10 }];
  const before = seen(situation({ task: task(1) }));
  const after = seen(situation({ task: task(1) }), situation({ now_ms: T0 + 1, last: { task: 1, outcome: "wrong" }, splits }));
  const ranked = onAround(after, around([{ ...splits[0]!, rank: 2, behind_ms: 300 }]));

  assert.deepEqual(newsOf(before, after), [{ say: "fall" }]);
  assert.deepEqual(newsOf(after, ranked), [{ say: "split", point: "lap1.station1", rank: 2, behindMs: 300 }]);
  assert.deepEqual(newsOf(ranked, ranked), []);
});

test("seconds are said as they pass, not while an answer is on its way", () => {
  const state = seen(shot(9, ["aim", "wait", "wait", "wait", "wait"]));
  const at = (left: number): number => 20_040 - left * 1000;

  assert.deepEqual(secondsNews(state, at(10.05), at(9.95)), [{ say: "seconds", left: 10 }]);
  assert.deepEqual(secondsNews(state, at(9.95), at(9.85)), []);
  assert.deepEqual(secondsNews({ ...state, pending: { task: 9, option: "x" } }, at(5.05), at(4.95)), []);
});

test("an answer kept for a race comes back, rubbish does not", () => {
  const kept_ = new Map<string, string>();
  const shelf = { getItem: (name: string) => kept_.get(name) ?? null, setItem: (name: string, value: string) => void kept_.set(name, value), removeItem: (name: string) => void kept_.delete(name) };
  keep(shelf, "r", { task: 4, option: "x" });

  assert.deepEqual(kept(shelf, "r"), { task: 4, option: "x" });
  keep(shelf, "r", null);
  assert.equal(kept(shelf, "r"), null);
  shelf.setItem("psot-race-r", "{");
  assert.equal(kept(shelf, "r"), null);
});

test("a ghost is between its points, and the own place in its field counts the same point", () => {
  const ghost = { bib: 1, name: "", number: 1, splits: { finish: 9000, "lap1.station1": 1000, "lap1.lap_end": 3000 } };
  const field = { points: { "lap1.station1": [1000, 1400, 1499, 2000] }, leaders: [ghost] };
  const own = { point: "lap1.station1", t_ms: 1450, run_ms: 1450 };

  assert.deepEqual(whereabouts(ghost, 1000, 2, 1), { lap: 1, at: placeOn("station1", 1) });
  assert.deepEqual(whereabouts(ghost, 6000, 2, 1), { lap: 2, at: 0.5 });
  assert.equal(whereabouts(ghost, 9000, 2, 1), null);
  assert.deepEqual(rankedAmong([own, { ...own, point: "finish" }], field), [{ ...own, rank: 2, behind_ms: 450 }]);
  assert.equal(fieldAt("lap1.station1", field), 5);
});
