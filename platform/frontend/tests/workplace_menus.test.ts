import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { Engine } from "../src/workplace/engine";
import { type Link, Refused } from "../src/workplace/link";
import { type Menu, Menus } from "../src/workplace/menus";
import type { Action, Answer, Run, State } from "../src/workplace/types";
import { Words } from "../src/workplace/words";

interface Session {
  mode: Run["mode"];
  scenario: Run["scenario"];
  actions: (Action & { at_ms: number })[];
  answers: Answer[];
  state: State;
}

const GOLDEN = path.resolve(process.cwd(), process.cwd().endsWith("frontend") ? "../../tests/golden/workplace" : "tests/golden/workplace");
const session = (name: string): Session => JSON.parse(readFileSync(path.join(GOLDEN, `session_${name}.json`), "utf8")) as Session;

/** A server that has judged this very run before, and hears what it is asked. */
class Server implements Link {
  heard: Action[] = [];
  refuses: Refused | null = null;

  constructor(readonly session: Session) {}

  async act(nth: number, action: Action): Promise<Answer> {
    if (this.refuses) throw this.refuses;
    this.heard.push(action);
    return this.session.answers[nth - 1] ?? { nth, effects: [] };
  }
}

/** Somebody in a headset: sees one menu and presses its lines. */
class Hands {
  menu: Menu | null = null;
  readonly server: Server;
  readonly engine: Engine;
  readonly menus: Menus;

  constructor(name: string) {
    this.server = new Server(session(name));
    const { scenario, mode } = this.server.session;
    this.engine = new Engine({ run: "r", mode, scenario, answers: [], elapsed_ms: 0, board: "" }, this.server, () => 0);
    this.menus = new Menus(this.engine, new Words({}, "en"));
  }

  look(object: string | null): void {
    this.menu = this.menus.at(object);
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      const line = this.menu?.lines.find((one) => one.key === key);
      assert.ok(line, `${key} is not among ${this.menu?.lines.map((one) => one.key).join(", ")}`);
      this.menu = await line.press();
    }
  }

  /** Does an action as a member would: from the object or from all tasks. */
  async do(action: Action): Promise<void> {
    switch (action.kind) {
      case "report":
        this.look(action.object);
        return this.press("report", "yes");
      case "assess":
        return this.press("assess", `kind-${action.hazard_kind}`, `control-${action.control}`);
      case "wear":
        this.look(null);
        return this.press(`task-ppe-${action.ppe}`, ...action.items.map((one) => `item-${one}`), "wear");
      case "mark":
        this.look(null);
        return this.press(`task-document-${action.document}`, ...action.fields.map((one) => `field-${one}`), "mark");
      case "measure":
        this.look(null);
        return this.press(`task-measurement-${action.measurement}`, `instrument-${action.instrument}`);
      case "conclude":
        this.look(null);
        return this.press(`task-measurement-${action.measurement}`, action.verdict);
      case "decide":
        this.look(null);
        return this.press(`task-decision-${action.decision}`, `option-${action.option}`);
      case "step":
        this.look(null);
        return this.press(`task-procedure-${action.procedure}`, `step-${action.step}`, ...(action.by ? [`by-${action.by}`] : []));
      case "wait":
        this.look(null);
        return this.press(`task-procedure-${this.engine.tasks().procedures[0]?.id}`, "wait", `wait-${action.minutes}`);
      case "finish":
        this.look(null);
        return this.press("finish", "finish-yes");
      default:
        throw new Error(`no menu is asked for ${action.kind}`);
    }
  }
}

for (const name of ["perfect", "perfect_check"]) {
  test(`menus alone reach everything of a run: ${name}`, async () => {
    const hands = new Hands(name);
    const wanted = hands.server.session.actions.map(({ at_ms: _, ...action }) => action);
    for (const action of wanted) await hands.do(action as Action);

    const sorted = (one: Action): unknown => ("items" in one ? { ...one, items: [...one.items].sort() } : "fields" in one ? { ...one, fields: [...one.fields].sort() } : one);
    assert.deepEqual(hands.server.heard.map(sorted), wanted.map((one) => sorted(one as Action)));
    assert.deepEqual(hands.engine.state, hands.server.session.state);
    assert.equal(hands.menu?.title, "ended.finished");
  });
}

test("a report is asked for twice, and a no sends nothing", async () => {
  const hands = new Hands("perfect");
  hands.look("lathe");
  await hands.press("report", "no");

  assert.deepEqual(hands.server.heard, []);
  assert.equal(hands.menu?.lines[0]?.key, "report");
});

test("what is ticked twice is not chosen", async () => {
  const hands = new Hands("perfect");
  hands.look(null);
  await hands.press("task-ppe-fitter-wears", "item-glasses", "item-boots", "item-glasses", "wear");

  assert.deepEqual(hands.server.heard, [{ kind: "wear", ppe: "fitter-wears", items: ["boots"] }]);
});

test("what the server refuses is said, and the menu stays", async () => {
  const hands = new Hands("perfect");
  hands.server.refuses = new Refused("paused", "The trainer has paused the class.");
  hands.look("lathe");
  await hands.press("report", "yes");

  assert.equal(hands.menu?.text, "The trainer has paused the class.");
  assert.equal(hands.menu?.lines[0]?.key, "report");
});

test("hints are offered in practice and not in a check", () => {
  const keys = (name: string): string[] => {
    const hands = new Hands(name);
    hands.look(null);
    return hands.menu?.lines.map((one) => one.key) ?? [];
  };

  assert.ok(keys("perfect").includes("hint"));
  assert.ok(!keys("perfect_check").includes("hint"));
});
