/** The debrief's plan: walks through what was missed in its place, and plays the run again. */
import { icon } from "../page/icon";
import { calm, el, write } from "../race/dom";
import { button } from "./parts";
import { Plan, type PlanMark } from "./plan";
import { Replay, lengthOf, bestWay } from "./replay";
import type { Action, Debrief, DebriefLine } from "./types";
import { type Words, given, pageWords } from "./words";

const FRAMES_PER_S = 12;
/** Of all that was done at an object, its mark tells the worst. */
const WORSE: PlanMark[] = ["found", "noted", "false", "missed"];

export function startDebrief(root: HTMLElement): void {
  const debrief = given<Debrief>("debrief");
  const words = pageWords();
  new DebriefView(root, debrief, words).start();
  document.documentElement.dataset.ready = "debrief";
}

class DebriefView {
  readonly #plan: Plan;
  readonly #replay: Replay;
  readonly #said = el("p", { class: "replay-said", role: "status" });
  readonly #slider = el("input", { type: "range", min: 0, step: 1000, id: "replay-at", class: "replay-slider", "data-key": "replay-at" });
  readonly #clock = el("output", { for: "replay-at", class: "replay-clock" });
  readonly #play: HTMLButtonElement;
  readonly #placed: { line: DebriefLine; nth: number }[];
  #timer: ReturnType<typeof setInterval> | undefined;
  #step = -1;

  constructor(
    readonly root: HTMLElement,
    readonly debrief: Debrief,
    readonly words: Words,
  ) {
    const { scenario } = debrief;
    this.#plan = new Plan({ ...scenario }, words, (id) => this.#show(this.#placed.findIndex(({ line }) => line.object === id), id));
    this.#replay = new Replay(debrief, this.#plan.overlay);
    this.#placed = debrief.lines.flatMap((line, nth) => (line.object && line.verdict !== "right" ? [{ line, nth: nth + 1 }] : []));
    this.#slider.max = String(Math.ceil(debrief.duration_ms / 1000) * 1000);
    this.#slider.value = this.#slider.max;
    this.#play = button("replay-play", el("span", {}, words.say("play")), () => this.#toggle(), { sign: "play" });
  }

  start(): void {
    this.#marks();
    this.root.replaceChildren(this.#plan.node, this.#walk(), this.#controls(), this.#said);
    this.#slider.addEventListener("input", () => this.#to(Number(this.#slider.value)));
    this.#to(Number(this.#slider.value));
    for (const opener of document.querySelectorAll<HTMLElement>("[data-shows]")) {
      opener.hidden = false;
      opener.addEventListener("click", () => {
        const id = opener.dataset.shows ?? "";
        this.root.scrollIntoView({ block: "start", behavior: calm() ? "instant" : "smooth" });
        this.#show(this.#placed.findIndex(({ line }) => line.object === id), id);
        this.#plan.focus(id);
      });
    }
  }

  #marks(): void {
    const marks: Partial<Record<string, PlanMark>> = {};
    for (const { object, verdict, kind } of this.debrief.lines) {
      if (!object) continue;
      const mark: PlanMark = kind === "false_alarm" ? "false" : verdict === "right" ? "found" : verdict === "partly" ? "noted" : "missed";
      const before = marks[object];
      if (!before || WORSE.indexOf(mark) > WORSE.indexOf(before)) marks[object] = mark;
    }
    for (const [id, mark] of Object.entries(marks)) this.#plan.mark(id, mark ?? "");
  }

  /** Buttons that go from one missed place to the next. */
  #walk(): HTMLElement {
    const { words } = this;
    const count = this.#placed.length;
    if (count === 0) return el("p", { class: "replay-none" }, icon("circle-check"), words.say("nothingMissed"));
    const go = (by: number) => (): void => this.#show((this.#step + by + count) % count);
    return el(
      "div",
      { class: "replay-walk" },
      button("walk-back", words.say("walkBack"), () => (this.#step < 0 ? this.#show(count - 1) : go(-1)()), { sign: "chevron-left" }),
      button("walk-on", words.say("walkOn", { n: count }), go(1), { main: true, sign: "chevron-right" }),
    );
  }

  #show(step: number, id = ""): void {
    const found = this.#placed[step];
    this.#marks();
    const object = found?.line.object ?? id;
    if (object) this.#plan.mark(object, "selected");
    if (!found) {
      const name = this.debrief.scenario.objects.find((one) => one.id === id)?.name ?? "";
      return this.#tell(name, this.words.say("nothingHere"), "", 0);
    }
    this.#step = step;
    const { line, nth } = found;
    this.#tell(this.words.say("walkAt", { n: step + 1, of: this.#placed.length, title: line.title }), line.text, line.norm, nth);
  }

  #tell(title: string, text: string, norm: string, nth: number): void {
    const more = nth ? el("a", { href: `#line-${nth}` }, this.words.say("toLine")) : null;
    this.#said.replaceChildren(el("b", {}, title), el("span", {}, ` ${text} `), norm ? el("span", { class: "soft" }, `${norm} `) : "", more ?? "");
  }

  #controls(): HTMLElement {
    const { words, debrief } = this;
    const best = el("input", { type: "checkbox", id: "replay-best", "data-key": "replay-best" });
    const shown = (): void => void this.#replay.best.toggleAttribute("data-on", best.checked);
    best.addEventListener("change", shown);
    const own = words.number(Math.round(lengthOf(this.#replay.way.map((one) => one.spot))));
    const least = words.number(Math.round(lengthOf(bestWay(debrief))));
    return el(
      "div",
      { class: "replay-controls" },
      this.#play,
      el("label", { class: "hidden", for: "replay-at" }, words.say("replayMoment")),
      this.#slider,
      this.#clock,
      el("label", { class: "replay-toggle" }, best, el("span", {}, words.say("bestPath"))),
      el("p", { class: "soft" }, words.say("pathLength", { own, best: least })),
    );
  }

  #to(at_ms: number): void {
    const done = this.#replay.to(at_ms);
    const { actions, duration_ms } = this.debrief;
    const text = `${this.words.time(at_ms)} / ${this.words.time(duration_ms)}`;
    write(this.#clock, text);
    const last = actions[done - 1];
    const what = last ? this.#sentence(last.action) : "";
    this.#slider.setAttribute("aria-valuetext", `${text}${what ? `. ${what}` : ""}`);
    if (this.#timer && what) this.#tell(this.words.time(last!.at_ms), what, "", 0);
  }

  #sentence(action: Action): string {
    const name = "object" in action ? (this.debrief.scenario.objects.find((one) => one.id === action.object)?.name ?? "") : "";
    return this.words.say(`did.${action.kind}`, { name });
  }

  #toggle(): void {
    if (this.#timer) return this.#pause();
    if (Number(this.#slider.value) >= Number(this.#slider.max)) this.#slider.value = "0";
    this.#timer = setInterval(() => {
      const next = Math.min(Number(this.#slider.max), Number(this.#slider.value) + 1000);
      this.#slider.value = String(next);
      this.#to(next);
      if (next >= Number(this.#slider.max)) this.#pause();
    }, 1000 / FRAMES_PER_S);
    write(this.#play.querySelector("span"), this.words.say("pause"));
  }

  #pause(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    write(this.#play.querySelector("span"), this.words.say("play"));
  }
}
