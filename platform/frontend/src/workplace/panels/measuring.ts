/** Measuring: an instrument, its reading, and what follows from it. */
import { icon } from "../../page/icon";
import { type Child, el } from "../../race/dom";
import { button, choice, told } from "../parts";
import type { Stage } from "../stage";
import type { Measurement } from "../types";

export function measurementBody(stage: Stage, task: Measurement): Child[] {
  const { engine } = stage;
  const measured = engine.state.measured[task.id];
  const place = task.object ? el("p", { class: "soft" }, engine.object(task.object).name) : null;
  return measured ? [place, ...reading(stage, task, measured)] : [place, instruments(stage, task)];
}

function instruments(stage: Stage, task: Measurement): HTMLElement {
  const { words, engine } = stage;
  const which = choice(`instrument-${task.id}`, words.say("instrument"), engine.scenario.instruments);
  const problem = el("p", { class: "work-problem", role: "alert" });
  const form = el("form", { class: "work-form" }, which.node, problem, el("button", { type: "submit", class: "button button-main", "data-key": `measure-${task.id}` }, icon("gauge"), words.say("measure")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (which.read()) return void stage.act({ kind: "measure", measurement: task.id, instrument: which.read() });
    problem.textContent = words.say("chooseInstrument");
    form.querySelector("input")?.focus();
  });
  return form;
}

type Reading = NonNullable<Stage["engine"]["state"]["measured"][string]>;

function reading(stage: Stage, task: Measurement, measured: Reading): Child[] {
  const { engine, words } = stage;
  const instrument = engine.scenario.instruments.find((one) => one.id === measured.instrument)?.name ?? "";
  const shown = measured.value || words.say("noReading");
  const display = el("p", { class: "work-display" }, el("span", { class: "work-display-name" }, instrument), el("output", {}, shown, measured.value && el("small", {}, ` ${task.unit}`)));
  const verdict = measured.verdict === "noted" ? null : told(words, measured.verdict, engine.told(`measured:${task.id}`), `measured.${measured.verdict}`);
  const concluded = engine.state.concluded[task.id];
  if (concluded) {
    const answer = el("p", {}, el("b", {}, words.say(`concluded.${concluded.answer}`)));
    return [display, verdict, answer, told(words, concluded.verdict, engine.told(`concluded:${task.id}`))];
  }
  const conclude = (answer: "safe" | "unsafe") => (): void => void stage.act({ kind: "conclude", measurement: task.id, verdict: answer });
  const off = Boolean(engine.state.ended);
  return [
    display,
    verdict,
    el("h3", {}, words.say("conclusion")),
    el("div", { class: "work-two" }, button(`safe-${task.id}`, words.say("concluded.safe"), conclude("safe"), { sign: "shield-check", off }), button(`unsafe-${task.id}`, words.say("concluded.unsafe"), conclude("unsafe"), { sign: "triangle-alert", off })),
  ];
}
