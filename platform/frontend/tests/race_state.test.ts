import assert from "node:assert/strict";
import { test } from "node:test";
import { READY_MS, keyOf, phaseOf } from "../src/race/phase";
import { BOUNCE_MS, START, isRacing, isWaiting, nextNews, onAround, onBoard, onChoice, onEntering, onKept, onLink, onRefused, onSituation, onTakenOver, splitLines } from "../src/race/state";
import type { Situation } from "../src/race/protocol";
import { T0, around, row, seen, shot, situation, task } from "./race_builders";

test("a situation that is older than what is known changes nothing", () => {
  const state = seen(situation({ now_ms: T0 + 100, task: task(4) }));

  assert.equal(onSituation(state, situation({ now_ms: T0, task: task(3) }), 0, 0).situation?.task?.number, 4);
  assert.equal(onSituation(state, situation({ now_ms: T0 + 100, task: task(3) }), 0, 0).situation?.task?.number, 4);
});

test("a seat taken later is believed even with an earlier stamp", () => {
  const state = seen(situation({ seat_no: 1, now_ms: T0 + 100 }));

  assert.equal(onSituation(state, situation({ seat_no: 2 }), 0, 0).situation?.seat_no, 2);
});

test("situations in any order end in the newest one", () => {
  const all = Array.from({ length: 6 }, (_, index) => situation({ now_ms: T0 + index, task: task(index + 1) }));
  for (let seed = 0; seed < 60; seed += 1) {
    const shuffled = all.map((one, index) => [Math.sin(seed * 13 + index * 7), one] as const).sort(([a], [b]) => a - b);

    assert.equal(seen(...shuffled.map(([, one]) => one)).situation?.task?.number, 6);
  }
});

test("a choice waits for its acknowledgement and no second one is taken meanwhile", () => {
  const state = onChoice(seen(situation({ task: task(4) })), 1, 1000);

  assert.deepEqual(state.pending, { task: 4, option: "y" });
  assert.equal(onChoice(state, 0, 9000), state);
});

test("an option that is not there, a task that is not there, and a second press at once choose nothing", () => {
  const open = seen(situation({ task: task(4) }));
  const answered = { ...onChoice(open, 1, 1000), pending: null };

  assert.equal(onChoice(open, 2, 1000), open);
  assert.equal(onChoice(seen(situation()), 0, 1000).pending, null);
  assert.equal(onChoice(answered, 0, 1000 + BOUNCE_MS - 1).pending, null);
  assert.notEqual(onChoice(answered, 0, 1000 + BOUNCE_MS).pending, null);
});

test("an answer is kept while its task stands and settled when another one comes", () => {
  const state = onChoice(seen(situation({ task: task(4) })), 0, 1000);
  const same = onSituation(state, situation({ now_ms: T0 + 10, task: task(4) }), 0, 0);
  const next = onSituation(state, situation({ now_ms: T0 + 10, task: task(5), last: { task: 4, outcome: "right" } }), 0, 0);

  assert.deepEqual([same.pending?.task, next.pending], [4, null]);
  assert.deepEqual([next.flash?.task, next.flash?.outcome, next.flash?.kind], [4, "right", "station"]);
});

test("an answer from before a reload goes on only to the task it was given to", () => {
  const state = seen(situation({ task: task(4) }));

  assert.deepEqual(onKept(state, { task: 4, option: "x" }).pending, { task: 4, option: "x" });
  assert.equal(onKept(state, { task: 3, option: "x" }).pending, null);
  assert.equal(onKept(state, null), state);
});

test("a shot flashes with the target it was fired at", () => {
  const before = shot(9, ["hit", "aim", "wait", "wait", "wait"]);
  const after = shot(10, ["hit", "miss", "aim", "wait", "wait"], { now_ms: T0 + 5, last: { task: 9, outcome: "wrong" } });

  assert.deepEqual(seen(before, after).flash?.targets, ["hit", "miss", "wait", "wait", "wait"]);
});

test("a shot nobody fired is told as late, one on its way is not", () => {
  const before = seen(shot(9, ["aim", "wait", "wait", "wait", "wait"]));
  const after = shot(10, ["miss", "aim", "wait", "wait", "wait"], { now_ms: T0 + 20_040 });
  const onItsWay = onChoice(before, 0, 1000);

  assert.equal(onSituation(before, after, 0, 0).flash?.outcome, "late");
  assert.equal(onSituation(onItsWay, after, 0, 0).flash, null);
});

test("the same outcome told twice flashes once", () => {
  const once = seen(situation({ task: task(4) }), situation({ now_ms: T0 + 1, last: { task: 4, outcome: "right" } }));
  const twice = onSituation(once, situation({ now_ms: T0 + 2, last: { task: 4, outcome: "right" } }), 0, 0);

  assert.equal(twice.flash, once.flash);
});

test("another device takes the seat, the own seat number does not", () => {
  const state = seen(situation({ seat_no: 3, task: task(4) }));

  assert.equal(onTakenOver(state, 3).seat, "held");
  assert.equal(onTakenOver(state, 4).seat, "taken");
  assert.equal(onRefused(state, { code: "taken_over", message: "" }, 4).seat, "taken");
  assert.equal(onEntering(onTakenOver(state, 4)).seat, "entering");
});

test("news of a newer seat that comes while one is being taken does not end it", () => {
  const entering = onEntering(onTakenOver(seen(situation({ seat_no: 1 })), 2));

  assert.equal(onTakenOver(entering, 3), entering);
  assert.equal(phaseOf(entering, 0).is, "entering");
  assert.equal(onSituation(entering, situation({ seat_no: 3 }), 0, 0).seat, "held");
});

test("a refused answer frees the choice, a refused page says why", () => {
  const state = onChoice(seen(situation({ task: task(4) })), 0, 1000);
  const stands = onRefused(state, { code: "answer_stands", message: "first" }, 4);
  const out = onRefused(state, { code: "not_entered", message: "not you" });

  assert.deepEqual([stands.seat, stands.pending], ["held", null]);
  assert.deepEqual([out.seat, out.refusal?.message], ["refused", "not you"]);
});

test("the link changes the state only where it changes", () => {
  const state = onLink(START, "socket");

  assert.equal(onLink(state, "socket"), state);
});

test("the board gives its first ten and the line of the race", () => {
  const rows = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [String(index + 1), row(30 - index)]));
  const state = onBoard(START, { ...rows, race: { stage: "running" } });

  assert.deepEqual(state.leaders.map((one) => one.pos), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  assert.equal(state.race?.stage, "running");
});

const phases: [string, Situation | null, string][] = [
  ["nothing yet", null, "entering"],
  ["zeroing without a start", situation({ stage: "zeroing", state: "on the line", start_ms: null, zero_ms: null }), "zeroing"],
  ["a start far ahead", situation({ state: "on the line", start_ms: T0 + READY_MS + 1 }), "zeroing:timed"],
  ["a start close ahead", situation({ state: "on the line", start_ms: T0 + READY_MS }), "countdown"],
  ["a leg without a start", situation({ state: "on the line", start_ms: null }), "waiting"],
  ["a station", situation({ task: task(4) }), "station:4"],
  ["a shot", shot(9, ["aim", "wait", "wait", "wait", "wait"]), "shot:9"],
  ["nothing shown yet", situation(), "between"],
  ["a finish", situation({ state: "finished", finish_ms: T0, closed: true }), "finished"],
  ["an exchange", situation({ state: "exchange", finish_ms: T0 }), "handed"],
  ["a disqualification", situation({ state: "DSQ", out: true }), "out:DSQ"],
  ["a closed course", situation({ closed: true }), "closed"],
];

for (const [name, told, key] of phases) {
  test(`${name} is shown as ${key}`, () => {
    const state = told ? seen(told) : START;

    assert.equal(keyOf(phaseOf(state, 0)), key);
  });
}

test("a hold is shown by its kind, the loop by its number", () => {
  const hold = (kind: "fall" | "reload" | "loop", loops_left = 0) => ({ kind, from_ms: T0, until_ms: T0 + 10, loops_left, memo: null });
  const missed = situation({ state: "penalty loop", targets: ["hit", "miss", "miss", "miss", "hit"], hold: hold("loop", 2) });
  const phase = phaseOf(seen(missed), 0);

  assert.equal(phase.is === "loop" && phase.loop, 2);
  assert.equal(phaseOf(seen(situation({ hold: hold("fall") })), 0).is, "fall");
  assert.equal(phaseOf(seen(situation({ hold: hold("reload") })), 0).is, "reload");
});

test("who lost the seat sees that, whatever was on the screen", () => {
  const state = onTakenOver(seen(situation({ task: task(4) })), 2);

  assert.equal(phaseOf(state, 0).is, "taken");
});

test("the next look is due at the start, the hold's end, the shot's deadline, or at once", () => {
  const hold = { kind: "fall", from_ms: T0, until_ms: T0 + 10, loops_left: 0, memo: null } as const;
  const dues = [
    situation({ state: "on the line", start_ms: T0 + 5 }),
    situation({ hold }),
    shot(9, ["aim", "wait", "wait", "wait", "wait"]),
    situation({ task: task(4) }),
    situation(),
    situation({ state: "finished", finish_ms: T0 }),
    situation({ state: "on the line", start_ms: null }),
  ].map((one) => nextNews(seen(one)));

  assert.deepEqual(dues, [T0 + 5, T0 + 10, T0 + 20_040, null, T0, null, null]);
});

test("leaving the page counts only between start and finish", () => {
  assert.equal(isRacing(seen(situation({ task: task(4) }))), true);
  assert.equal(isRacing(seen(situation({ state: "on the line" }))), false);
  assert.equal(isRacing(seen(situation({ state: "finished", closed: true }))), false);
  assert.equal(isWaiting(seen(situation({ state: "on the line", start_ms: null }))), true);
});

test("splits are told newest first with the board's ranks, points of one moment once", () => {
  const splits = [
    { point: "lap1.station1", t_ms: 10, run_ms: 10 },
    { point: "lap1.station2", t_ms: 20, run_ms: 20 },
    { point: "lap1.range_entry", t_ms: 20, run_ms: 20 },
    { point: "finish", t_ms: 30, run_ms: 30 },
    { point: "lap3.station3", t_ms: 30, run_ms: 30 },
  ];
  const state = onAround(seen(situation({ splits })), around([{ ...splits[2]!, rank: 4, behind_ms: 7 }]));

  assert.deepEqual(
    splitLines(state).map((one) => [one.point, one.rank, one.behind_ms]),
    [
      ["finish", null, null],
      ["lap1.range_entry", 4, 7],
      ["lap1.station1", null, null],
    ],
  );
});
