/** The figures in the bar: found, score, time against the norm, connection. */
import { write } from "../race/dom";
import type { Engine } from "./engine";
import type { Line } from "./link";
import type { Words } from "./words";

export class Hud {
  constructor(
    readonly root: ParentNode,
    readonly engine: Engine,
    readonly words: Words,
  ) {}

  draw(): void {
    const { state, scenario, mode } = this.engine;
    const reports = Object.values(state.reported);
    const found = reports.filter((one) => one === "right" || one === "noted").length;
    const total = scenario.hazards?.total ?? null;
    this.#figure("found", total === null ? this.words.number(found) : this.words.say("of", { n: this.words.number(found), of: this.words.number(total) }));
    this.#hide("found", scenario.hazards === null);
    this.#figure("score", state.score_ppm === null ? "–" : this.words.percent(state.score_ppm));
    this.#hide("score", mode === "check");
    const tasks = this.engine.taskRefs();
    this.#figure("tasks", this.words.say("of", { n: tasks.filter((one) => one.done || (one.kind === "procedure" && one.begun)).length, of: tasks.length }));
    this.tick();
  }

  tick(): void {
    const elapsed = this.engine.elapsed_ms();
    const norm = this.engine.scenario.minutes * 60_000;
    this.#figure("time", this.words.time(elapsed));
    this.#figure("norm", this.words.time(norm));
    this.root.querySelector("[data-figure=time]")?.classList.toggle("work-over", elapsed > norm);
  }

  line(line: Line): void {
    const node = this.root.querySelector<HTMLElement>("[data-link]");
    if (!node) return;
    node.dataset.link = line;
    this.#figure("link", this.words.say(`link.${line}`));
  }

  #figure(name: string, text: string): void {
    write(this.root.querySelector(`[data-figure="${name}"]`), text);
  }

  #hide(name: string, hidden: boolean): void {
    const holder = this.root.querySelector(`[data-figure="${name}"]`)?.closest<HTMLElement>("[data-holder]");
    if (holder) holder.hidden = hidden;
  }
}
