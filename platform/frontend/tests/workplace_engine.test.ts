import assert from "node:assert/strict";
import { test } from "node:test";
import { Engine } from "../src/workplace/engine";
import { HttpLink, type Line, type Link, type Post, Refused, type Shelf } from "../src/workplace/link";
import { Trail } from "../src/workplace/trail";
import type { Action, Answer, Decision, Effect, PathPoint, Run } from "../src/workplace/types";

const LOOK: Action = { kind: "look", object: "lathe" };
const DECISION: Decision = { id: "call", text: "Who is called?", object: "", time_s: 30, options: [{ id: "a", text: "A" }] };

function aRun(more: Partial<Run> = {}): Run {
  const lathe = { id: "lathe", kind: "lathe", at: [0, 0], y: 0, turn: 0, name: "Lathe", look: "", states: {}, wears: [], path: [], size: 1, model: "" };
  const tasks = { procedures: [], ppe: [], measurements: [], documents: [], decisions: [] };
  const scenario = { id: "s", objects: [lathe], tasks, hazards: null, minutes: 6 };
  return { run: "r", mode: "practice", scenario, answers: [], elapsed_ms: 0, board: "", ...more } as unknown as Run;
}

/** A server that answers each action with its effects, or says no. */
class Server implements Link {
  heard: [number, Action][] = [];
  effects: Effect[] = [{ t: "looked", object: "lathe" }];
  refuses: Refused | null = null;

  async act(nth: number, action: Action): Promise<Answer> {
    this.heard.push([nth, action]);
    if (this.refuses) throw this.refuses;
    return { nth, effects: this.effects };
  }
}

test("actions are numbered one after the other, however fast they come", async () => {
  const server = new Server();
  const engine = new Engine(aRun(), server, () => 0);
  await Promise.all([engine.act(LOOK), engine.act({ kind: "hint" }), engine.act({ kind: "finish" })]);

  assert.deepEqual(server.heard.map(([nth]) => nth), [1, 2, 3]);
  assert.equal(engine.state.nth, 3);
});

test("a page that is loaded again goes on after the last answer", async () => {
  const server = new Server();
  const engine = new Engine(aRun({ answers: [{ nth: 1, effects: [{ t: "reported", object: "lathe", verdict: "right", text: "Open guard" }] }] }), server, () => 0);
  await engine.act(LOOK);

  assert.deepEqual(server.heard, [[2, LOOK]]);
  assert.equal(engine.told("reported:lathe"), "Open guard");
});

test("what is refused is not counted, and the next action goes on", async () => {
  const server = new Server();
  const engine = new Engine(aRun(), server, () => 0);
  server.refuses = new Refused("already", "It is done already.");
  await assert.rejects(engine.act(LOOK), Refused);
  server.refuses = null;
  await engine.act(LOOK);

  assert.deepEqual(server.heard.map(([nth]) => nth), [1, 1]);
});

test("a gap in the count takes over where the server stands", async () => {
  const server = new Server();
  const engine = new Engine(aRun(), server, () => 0);
  server.refuses = new Refused("gap", "", aRun({ answers: [{ nth: 1, effects: [{ t: "looked", object: "lathe" }] }] }));
  await assert.rejects(engine.act(LOOK), Refused);

  assert.equal(engine.state.nth, 1);
  assert.deepEqual(engine.state.looked, ["lathe"]);
});

test("nothing is sent after the end", async () => {
  const server = new Server();
  server.effects = [{ t: "ended", how: "critical", text: "Current" }];
  const engine = new Engine(aRun(), server, () => 0);
  await engine.act(LOOK);
  await assert.rejects(engine.act(LOOK), Refused);

  assert.equal(server.heard.length, 1);
});

test("the clock stands still while the trainer pauses, and after the end", async () => {
  let now = 1000;
  const server = new Server();
  const engine = new Engine(aRun({ elapsed_ms: 500 }), server, () => now);
  now = 3000;
  engine.controlled(true, "lathe");
  now = 9000;
  assert.equal(engine.elapsed_ms(), 2500);
  assert.equal(engine.status.point, "lathe");
  engine.controlled(false, "");
  now = 10_000;
  assert.equal(engine.elapsed_ms(), 3500);
  server.effects = [{ t: "ended", how: "finished", text: "" }];
  await engine.act({ kind: "finish" });
  now = 99_000;
  assert.equal(engine.elapsed_ms(), 3500);
});

test("a decision's time runs from its opening and is kept for the next page", async () => {
  let now = 0;
  const server = new Server();
  const engine = new Engine(aRun(), server, () => now);
  now = 4000;
  server.effects = [{ t: "opened", tasks: { decisions: [DECISION] } }];
  await engine.act(LOOK);

  assert.deepEqual(engine.span(DECISION), { from: 4000, until: 34_000 });
  const answers = [{ nth: 1, effects: server.effects }];
  const again = new Engine(aRun({ answers, elapsed_ms: 20_000 }), server, () => now, engine.openedAt());
  assert.deepEqual(again.span(DECISION), { from: 4000, until: 34_000 });
});

test("tasks stand at their objects, decisions first", () => {
  const run = aRun();
  run.scenario.tasks.documents.push({ id: "permit", object: "lathe", title: "Permit", kind: "permit", fields: [] });
  run.scenario.tasks.decisions.push({ ...DECISION, object: "lathe" });
  const engine = new Engine(run, new Server(), () => 0);

  assert.deepEqual(engine.tasksAt("lathe").map((one) => one.kind), ["decision", "document"]);
  assert.equal(engine.number("lathe"), 1);
  assert.throws(() => engine.object("nothing"));
});

class Memory implements Shelf {
  kept = new Map<string, string>();
  getItem = (name: string): string | null => this.kept.get(name) ?? null;
  setItem = (name: string, value: string): void => void this.kept.set(name, value);
  removeItem = (name: string): void => void this.kept.delete(name);
}

function aLink(post: Post, shelf = new Memory()): { link: HttpLink; lines: Line[]; shelf: Memory } {
  const lines: Line[] = [];
  return { link: new HttpLink("/runs/r", post, (line) => lines.push(line), shelf, async () => undefined), lines, shelf };
}

test("a lost answer is asked for again under the same number", async () => {
  const heard: unknown[] = [];
  const { link, lines, shelf } = aLink(async (_, body) => {
    heard.push(body);
    if (heard.length === 1) throw new Error("no network");
    if (heard.length === 2) return { status: 503, body: null };
    return { status: 200, body: { answer: { nth: 4, effects: [] } } };
  });

  assert.deepEqual(await link.act(4, LOOK), { nth: 4, effects: [] });
  assert.deepEqual(heard, Array(3).fill({ nth: 4, action: LOOK }));
  assert.deepEqual(lines, ["lost", "lost", "good"]);
  assert.equal(shelf.kept.size, 0);
});

test("an action under way outlives a reload", () => {
  const { link, shelf } = aLink(() => new Promise(() => undefined));
  void link.act(7, LOOK);
  const { link: next } = aLink(async () => ({ status: 200, body: null }), shelf);

  assert.deepEqual(next.unsent(), { nth: 7, action: LOOK });
  shelf.setItem("/runs/r", "no JSON");
  assert.equal(next.unsent(), null);
});

test("a refusal is told by its code", async () => {
  const { link } = aLink(async () => ({ status: 409, body: { error: { code: "gap", message: "Later." }, run: aRun() } }));

  await assert.rejects(link.act(2, LOOK), (error: Refused) => error.code === "gap" && error.run?.run === "r");
});

test("a way is thinned out and sent in portions", () => {
  const sent: PathPoint[][] = [];
  let now = 0;
  const trail = new Trail((points) => sent.push(points), () => now);
  for (let step = 0; step < 60; step += 1) {
    now += 250;
    trail.at(step * 0.2, 0, 0);
  }
  trail.flush();
  trail.flush();

  const all = sent.flat();
  assert.equal(sent.length, 2);
  assert.ok(all.length >= 25 && all.length <= 32);
  assert.ok(all.every(([at], nth) => nth === 0 || at > all[nth - 1]![0]));
});
