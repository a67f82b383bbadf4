/** A procedure: steps in any order the member likes; the world answers. */
import { icon } from "../../page/icon";
import { type Child, el } from "../../race/dom";
import { button, choice, told } from "../parts";
import type { Stage } from "../stage";
import type { Procedure, ProcedureStep } from "../types";
import { WAITS_MIN } from "./waits";

export function procedureBody(stage: Stage, task: Procedure): Child[] {
  const { engine, words } = stage;
  const done = (engine.state.stepped[task.id] ?? []).filter((one) => one.done);
  const left = task.steps.filter((step) => !done.some((one) => one.step === step.id));
  return [
    task.intro && el("p", { class: "work-look" }, task.intro),
    done.length > 0 && el("h3", {}, words.say("stepsDone")),
    done.length > 0 && el("ol", { class: "work-done" }, ...done.map((one, nth) => doneStep(stage, task, one, nth + 1))),
    left.length > 0 && el("h3", {}, words.say(done.length ? "stepsNext" : "stepsFirst")),
    el("ul", { class: "work-steps" }, ...left.map((step) => el("li", {}, openStep(stage, task, step)))),
    waiting(stage, task),
  ];
}

function doneStep({ engine, words }: Stage, task: Procedure, one: { step: string; by: string; verdict: "right" | "partly" | "wrong" | "noted" }, nth: number): HTMLElement {
  const step = task.steps.find(({ id }) => id === one.step);
  const by = one.by ? words.say("confirmedBy", { name: engine.object(one.by).name }) : "";
  return el(
    "li",
    { "data-verdict": one.verdict },
    el("span", { class: "work-number" }, String(nth)),
    el("span", {}, step?.text ?? one.step, by && el("small", {}, by), one.verdict !== "noted" && told(words, one.verdict, engine.told(`stepped:${task.id}.${one.step}`))),
  );
}

function openStep(stage: Stage, task: Procedure, step: ProcedureStep): HTMLElement {
  const { engine, words } = stage;
  const act = (by?: string): void => void stage.act({ kind: "step", procedure: task.id, step: step.id, ...(by ? { by } : {}) });
  const tried = (engine.state.stepped[task.id] ?? []).filter((one) => one.step === step.id && !one.done).at(-1);
  const refusal = tried && told(words, tried.verdict, engine.told(`stepped:${task.id}.${step.id}`));
  const off = Boolean(engine.state.ended);
  if (!step.asks_person) return el("div", { class: "work-step" }, button(`step-${task.id}-${step.id}`, el("span", {}, step.text), () => act(), { kind: "work-step-do", sign: "play", off }), refusal);
  return el("div", { class: "work-step" }, askPerson(stage, task, step, act), refusal);
}

/** A step that a second person does or confirms: who is asked first. */
function askPerson({ engine, words }: Stage, task: Procedure, step: ProcedureStep, act: (by: string) => void): HTMLElement {
  const people = engine.scenario.objects.filter((one) => one.kind === "person");
  const who = choice(`by-${task.id}-${step.id}`, words.say("whoConfirms"), people);
  const problem = el("p", { class: "work-problem", role: "alert" });
  const form = el(
    "form",
    { class: "work-form" },
    who.node,
    problem,
    el("button", { type: "submit", class: "button", "data-key": `do-${task.id}-${step.id}` }, icon("users-round"), words.say("doWithPerson")),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (who.read()) return act(who.read());
    problem.textContent = words.say("choosePerson");
    form.querySelector("input")?.focus();
  });
  return el("details", { class: "work-step-ask" }, el("summary", { "data-key": `step-${task.id}-${step.id}` }, icon("users-round"), el("span", {}, step.text)), form);
}

function waiting(stage: Stage, task: Procedure): HTMLElement {
  const { engine, words } = stage;
  const off = Boolean(engine.state.ended);
  const waits = WAITS_MIN.map((minutes) =>
    button(`wait-${task.id}-${minutes}`, words.say("minutesShort", { n: minutes }), () => void stage.act({ kind: "wait", minutes }), { kind: "button button-small", off }),
  );
  return el(
    "section",
    { class: "work-wait" },
    el("h3", {}, icon("clock"), words.say("waitTitle")),
    el("p", { class: "soft" }, engine.state.waited_min ? words.say("waited", { n: engine.state.waited_min }) : words.say("waitHelp")),
    el("div", { class: "buttons" }, ...waits),
  );
}
