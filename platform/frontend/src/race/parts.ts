/** Parts of the panel that several phases share. */
import { icon } from "../page/icon";
import { type Child, el, svg, write } from "./dom";
import { done } from "./phase";
import type { Target } from "./protocol";
import { type State } from "./state";
import { secondsLeft } from "./times";
import type { Words } from "./words";

/** What a phase may ask of the screen. */
export interface Stage {
  readonly words: Words;
  readonly raceUrl: string;
  readonly protocolUrl: string;
  readonly penaltyIsTime: boolean;
  state(): State;
  choose(place: number): void;
  takeSeat(): void;
}

/** A phase as drawn: `tick` gets the server's time ten times a second, `update` every new state. */
export interface Drawn {
  kicker: string;
  title: string;
  body: Child[];
  tick?: (nowMs: number) => void;
  update?: (state: State) => void;
  /** Keys 1 to 9, from 0; without it a key chooses an option. */
  key?: (place: number) => void;
}

const SIGNS: Record<Target, string> = { hit: "m8.3 12.3 2.6 2.6 4.9-5.4", miss: "m8.5 8.5 7 7m0-7-7 7", aim: "", wait: "" };

/** One target: a plate with a tick, a cross in the dark, an amber ring, or a pale disc. */
export function target(state: Target): SVGElement {
  const drawing = svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("circle", { class: "target-ring", cx: 12, cy: 12, r: 10.5 }));
  if (state === "hit") drawing.append(svg("circle", { class: "target-plate", cx: 12, cy: 12, r: 7.5 }));
  if (SIGNS[state]) drawing.append(svg("path", { class: "target-sign", d: SIGNS[state] }));
  return drawing;
}

/** Five targets with their words below. */
export function targets(words: Words, states: readonly Target[]): HTMLElement {
  const list = el("ol", { class: "shots", "aria-label": words.say("targets") });
  states.forEach((state, index) => {
    list.append(
      el("li", { class: `shot target target-${state}` }, target(state), el("span", { class: "shot-word" }, `${index + 1}: ${words.say(`target.${state}`)}`)),
    );
  });
  return list;
}

/** Time left as a bar and as a number; the span is known from the start. */
export function timer(words: Words, fromMs: number, untilMs: number, mostS = Infinity): { node: HTMLElement; tick: (nowMs: number) => void } {
  const fill = el("span", { class: "clock-fill" });
  const figure = el("b", { class: "clock-number" });
  const node = el(
    "div",
    { class: "clock" },
    el("span", { class: "clock-bar", "aria-hidden": "true" }, fill),
    el("p", { class: "clock-text", role: "timer" }, el("span", { class: "hidden" }, `${words.say("timeLeft")}: `), figure, ` ${words.say("secondsShort")}`),
  );
  return {
    node,
    tick(nowMs) {
      const left = Math.min(mostS, secondsLeft(untilMs, nowMs));
      write(figure, String(left));
      fill.style.transform = `scaleX(${(1 - done(fromMs, untilMs, nowMs)).toFixed(3)})`;
      node.classList.toggle("clock-short", left <= 5);
    },
  };
}

/** The memo on the topic: plain paragraphs. */
export function memo(words: Words, text: { title: { ru: string; en: string }; text: { ru: string; en: string } } | null): HTMLElement | null {
  if (!text) return null;
  const paragraphs = words.both(text.text).trim().split(/\n\s*\n/);
  return el(
    "section",
    { class: "memo", "aria-label": words.say("memo") },
    el("h3", { class: "memo-title" }, icon("book-open"), words.both(text.title)),
    ...paragraphs.map((one) => el("p", {}, one.replace(/\s+/g, " "))),
  );
}

/** A word with its icon, as the result of a shot. */
export function verdict(words: Words, outcome: "right" | "wrong" | "late", kind: "station" | "shot"): HTMLElement {
  const name = kind === "shot" ? { right: "hit", wrong: "miss", late: "late" }[outcome] : { right: "passed", wrong: "fall", late: "fall" }[outcome];
  return el("span", { class: `told told-${outcome === "right" ? "good" : "bad"}` }, icon(outcome === "right" ? "circle-check" : "circle-x"), words.say(name));
}
