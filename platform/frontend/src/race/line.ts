/** Before the start: an unscored range, how the connection is, and the countdown. */
import { icon } from "../page/icon";
import { el, write } from "./dom";
import { type Drawn, type Stage, target } from "./parts";
import { type Practice, READY, begin, result, shoot } from "./practice";
import type { State } from "./state";
import { secondsLeft, stopwatch } from "./times";

export function zeroing(stage: Stage, startMs: number | null): Drawn {
  const { words } = stage;
  const range = new Range(stage);
  const start = el("p", { class: "line-start" });
  const delay = el("dd", { class: "line-figure" });
  const spare = el("dd", { class: "line-figure" });
  const way = el("dd", { class: "line-figure" });
  const facts = el(
    "dl",
    { class: "line-facts" },
    el("div", {}, el("dt", {}, words.say("connection")), way),
    el("div", {}, el("dt", {}, words.say("delay")), delay),
    el("div", {}, el("dt", {}, words.say("allowance")), spare),
  );
  return {
    kicker: words.say("zeroing"),
    title: words.say(startMs === null ? "zeroingTitle" : "startIn"),
    body: [
      start,
      range.node,
      el("section", { class: "line-link" }, el("h3", {}, icon("gauge"), words.say("linkTitle")), facts, el("p", { class: "soft" }, words.say("allowanceText"))),
    ],
    key: (place) => range.shoot(place),
    tick(nowMs) {
      write(start, startMs === null ? words.say("startByHand") : stopwatch(startMs - nowMs));
      start.classList.toggle("line-start-figure", startMs !== null);
    },
    update(state) {
      write(way, words.say(`link.${state.link}`));
      write(delay, ms(words.say("notYet"), state.situation?.rtt_ms, words.say("ms")));
      write(spare, ms(words.say("notYet"), state.situation?.rtt_ms == null ? null : state.situation.allowance_ms, words.say("ms")));
    },
  };
}

function ms(nothing: string, value: number | null | undefined, unit: string): string {
  return value == null ? nothing : `${value} ${unit}`;
}

export function countdown(stage: Stage, startMs: number): Drawn {
  const figure = el("p", { class: "countdown", role: "timer" });
  return {
    kicker: stage.words.say("onTheLine"),
    title: stage.words.say("ready"),
    body: [figure, el("p", { class: "soft countdown-text" }, stage.words.say("readyText"))],
    tick: (nowMs) => write(figure, String(secondsLeft(startMs, nowMs))),
    key: () => undefined,
  };
}

/** A later leg of a relay: the clock starts when the team mate crosses the line. */
export function waiting(stage: Stage): Drawn {
  const { words } = stage;
  const here = stage.state().situation!;
  const team = el("p", { class: "line-start" });
  return {
    kicker: words.say("legOf", { n: here.leg, of: here.legs }),
    title: words.say("waitingTitle"),
    body: [el("p", { class: "lead" }, words.say("waitingText")), team],
    update(state: State) {
      const me = state.around?.me;
      write(team, me?.rank ? words.say("teamPlace", { rank: words.number(me.rank), of: words.number(state.around!.entered) }) : "");
    },
    key: () => undefined,
  };
}

/** Five targets that anybody may try: the lit one falls to its number or to a finger. */
class Range {
  readonly node: HTMLElement;
  readonly #targets: HTMLButtonElement[];
  readonly #text = el("p", { class: "practice-text", role: "status" });
  #practice: Practice = READY;

  constructor(readonly stage: Stage) {
    const { words } = stage;
    this.#targets = READY.targets.map((_, place) => {
      const button = el("button", { type: "button", class: "practice-target" });
      button.addEventListener("click", () => this.shoot(place));
      return button;
    });
    const again = el("button", { type: "button", class: "button" }, icon("rotate-cw"), words.say("practiceAgain"));
    again.addEventListener("click", () => this.#begin());
    this.node = el(
      "section",
      { class: "practice" },
      el("h3", {}, icon("target"), words.say("practiceTitle")),
      el("p", { class: "soft" }, words.say("practiceHelp")),
      el("div", { class: "practice-targets" }, ...this.#targets),
      el("div", { class: "practice-foot" }, this.#text, again),
    );
    this.#begin();
  }

  #begin(): void {
    this.#practice = begin(this.#practice, performance.now(), Math.random());
    this.#draw();
  }

  shoot(place: number): void {
    this.#practice = shoot(this.#practice, place, performance.now(), Math.random());
    this.#draw();
  }

  #draw(): void {
    const { words } = this.stage;
    this.#practice.targets.forEach((state, place) => {
      const button = this.#targets[place]!;
      if (button.dataset.state === state) return;
      button.dataset.state = state;
      button.replaceChildren(
        el("span", { class: `target target-${state}` }, target(state) as unknown as HTMLElement),
        el("kbd", {}, String(place + 1)),
        el("span", { class: "hidden" }, words.say(`target.${state}`)),
      );
    });
    const told = result(this.#practice);
    write(this.#text, told ? words.say("practiceResult", { hits: told.hits, time: words.seconds(told.ms) }) : "");
  }
}
