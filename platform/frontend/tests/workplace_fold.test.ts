import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { START, answered, current, fold, joined, openTasks } from "../src/workplace/fold";
import type { Answer, Scenario, State } from "../src/workplace/types";

const GOLDEN = path.resolve(process.cwd(), process.cwd().endsWith("frontend") ? "../../tests/golden/workplace" : "tests/golden/workplace");

interface Session {
  about: string;
  scenario: Scenario;
  answers: Answer[];
  state: State;
}

for (const name of readdirSync(GOLDEN).filter((one) => one.startsWith("session_"))) {
  const session = JSON.parse(readFileSync(path.join(GOLDEN, name), "utf8")) as Session;
  test(`the browser folds a run as the judge does: ${session.about}`, () => {
    assert.deepEqual(session.answers.reduce(answered, START), session.state);
  });

  test(`an answer that comes twice changes nothing: ${name}`, () => {
    const twice = session.answers.flatMap((one) => [one, one]);

    assert.deepEqual(twice.reduce(answered, START), session.state);
  });
}

test("an object is as its states and clothes were changed", () => {
  const placed = { id: "board", states: { door: "closed", lock: "no" }, wears: ["helmet"] } as never;
  const state = fold(START, [
    { t: "changed", object: "board", states: { lock: "yes" } },
    { t: "dressed", object: "board", wears: ["vest"] },
  ]);

  assert.deepEqual(current(placed, state), { id: "board", states: { door: "closed", lock: "yes" }, wears: ["vest"] });
  assert.equal(current(placed, START), placed);
});

test("a task that opens twice is there once", () => {
  const task = { id: "a", text: "", object: "", time_s: null, options: [] };
  const tasks = joined(joined(START.opened, { decisions: [task] }), { decisions: [task] });

  assert.deepEqual(tasks.decisions, [task]);
  assert.equal(openTasks({ tasks } as never, START).decisions.length, 1);
});
