/** What can be seen of an object and done at it; the same in the card of every view and in the list. */
import { icon } from "../page/icon";
import { type Child, el } from "../race/dom";
import type { Engine } from "./engine";
import { button, choice, told } from "./parts";
import type { Stage } from "./stage";
import { taskButton } from "./tasks";

/** Returns the body of object `id`'s card; `where` keeps the names of its fields apart. */
export function objectBody(stage: Stage, id: string, where: string): Child[] {
  const { engine } = stage;
  const tasks = engine.tasksAt(id);
  return [
    el("p", { class: "work-look" }, engine.object(id).look),
    ...wearing(stage, id),
    ...reporting(stage, id, where),
    tasks.length > 0 && el("ul", { class: "work-tasks" }, ...tasks.map((one) => el("li", {}, taskButton(stage, one, where)))),
  ];
}

/** What an object's body is drawn from: while it is the same, nothing is drawn anew under a hand. */
export function objectStamp(engine: Engine, id: string): string {
  const { reported, assessed, ended, dressed } = engine.state;
  return JSON.stringify([id, reported[id], assessed[id], ended, dressed[id], engine.tasksAt(id)]);
}

function wearing({ engine, words }: Stage, id: string): Child[] {
  const now = engine.state.dressed[id];
  return now ? [el("p", { class: "soft" }, words.say("dressed"))] : [];
}

function reporting(stage: Stage, id: string, where: string): Child[] {
  const { engine, words } = stage;
  const { state, scenario } = engine;
  if (!scenario.hazards) return [];
  const verdict = state.reported[id];
  if (verdict === undefined) {
    const report = (): void => void stage.act({ kind: "report", object: id });
    return [button(`${where}-report-${id}`, words.say("report"), report, { main: where !== "list", sign: "triangle-alert", off: Boolean(state.ended) })];
  }
  const name = verdict === "wrong" ? "falseAlarm" : verdict === "right" ? "found" : verdict;
  const line = told(words, verdict, engine.told(`reported:${id}`), name);
  if (verdict === "wrong") return [line];
  const assessed = state.assessed[id];
  if (assessed) return [line, told(words, assessed, engine.told(`assessed:${id}`), `assessed.${assessed}`)];
  return [line, !state.ended && assessing(stage, id, where)];
}

function assessing(stage: Stage, id: string, where: string): HTMLElement {
  const { words, engine } = stage;
  const { kinds, controls } = engine.scenario.hazards!;
  const kind = choice(`${where}-kind-${id}`, words.say("hazardKind"), kinds);
  const control = choice(`${where}-control-${id}`, words.say("hazardControl"), controls);
  const problem = el("p", { class: "work-problem", role: "alert" });
  const form = el(
    "form",
    { class: "work-form" },
    kind.node,
    control.node,
    problem,
    el("button", { type: "submit", class: "button", "data-key": `${where}-assess-${id}` }, icon("check"), words.say("assess")),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!kind.read() || !control.read()) {
      problem.textContent = words.say("chooseBoth");
      form.querySelector<HTMLInputElement>(kind.read() ? `[name="${where}-control-${id}"]` : "input")?.focus();
      return;
    }
    void stage.act({ kind: "assess", object: id, hazard_kind: kind.read(), control: control.read() });
  });
  return form;
}
