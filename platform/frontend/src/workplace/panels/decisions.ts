/** A decision, with its time where it has one, and what came of it. */
import { type Child, el, write } from "../../race/dom";
import { secondsLeft } from "../../race/times";
import { button, told } from "../parts";
import type { Stage } from "../stage";
import type { Decision } from "../types";

export function decisionBody(stage: Stage, task: Decision): Child[] {
  const { engine, words } = stage;
  const decided = engine.state.decided[task.id];
  const place = task.object ? el("p", { class: "soft" }, engine.object(task.object).name) : null;
  if (decided) {
    const option = task.options.find((one) => one.id === decided.option);
    return [
      place,
      el("p", { class: "work-chosen" }, decided.in_time ? (option?.text ?? "") : words.say("tooLate", { option: option?.text ?? "" })),
      told(words, decided.verdict, decided.text),
    ];
  }
  const decide = (option: string) => (): void => void stage.act({ kind: "decide", decision: task.id, option });
  const off = Boolean(engine.state.ended);
  return [
    place,
    countdown(stage, task),
    el("ul", { class: "work-options" }, ...task.options.map((one) => el("li", {}, button(`decide-${task.id}-${one.id}`, el("span", {}, one.text), decide(one.id), { kind: "work-option", off })))),
  ];
}

/** Time left as a bar and a number; `tickCountdowns` moves it. */
export function countdown({ engine, words }: Stage, task: Decision): HTMLElement | null {
  if (!engine.span(task)) return null;
  return el(
    "div",
    { class: "work-countdown", "data-decision": task.id },
    el("span", { class: "work-countdown-bar", "aria-hidden": "true" }, el("span", { class: "work-countdown-fill" })),
    el("p", { role: "timer" }, el("span", { class: "hidden" }, `${words.say("timeLeft")}: `), el("b", {}), ` ${words.say("secondsShort")}`),
  );
}

/** Moves every countdown of `host` to now. */
export function tickCountdowns(host: ParentNode, { engine }: Stage): void {
  for (const node of host.querySelectorAll<HTMLElement>(".work-countdown")) {
    const task = engine.tasks().decisions.find((one) => one.id === node.dataset.decision);
    const span = task && engine.span(task);
    if (!span) continue;
    const now = engine.elapsed_ms();
    const left = secondsLeft(span.until, now);
    write(node.querySelector("b"), String(left));
    node.classList.toggle("work-countdown-short", left <= 10);
    const share = Math.max(0, Math.min(1, (span.until - now) / (span.until - span.from)));
    node.querySelector<HTMLElement>(".work-countdown-fill")!.style.transform = `scaleX(${share.toFixed(3)})`;
  }
}
