/** The side panel: what there is to do, and every object by its number. */
import { icon } from "../page/icon";
import { type Child, el } from "../race/dom";
import { button, redraw } from "./parts";
import type { Stage } from "./stage";
import { taskList } from "./tasks";
import type { Verdict } from "./types";

const SIGNS: Partial<Record<Verdict, string>> = { right: "circle-check", noted: "flag", wrong: "circle-x" };

export class Side {
  readonly node: HTMLElement;
  readonly #tasks = el("ul", { class: "work-tasks" });
  readonly #objects = el("ol", { class: "work-objects" });
  readonly #none: HTMLElement;
  #drawn = "";

  constructor(readonly stage: Stage) {
    const { words } = stage;
    this.#none = el("p", { class: "soft" }, words.say("noTasks"));
    this.node = el(
      "aside",
      { class: "work-side", "aria-label": words.say("side"), "data-side": true, tabindex: "-1" },
      el("section", { "aria-labelledby": "work-tasks-title" }, el("h2", { id: "work-tasks-title", class: "work-side-title" }, words.say("tasks")), this.#none, this.#tasks),
      el("section", { "aria-labelledby": "work-objects-title" }, el("h2", { id: "work-objects-title", class: "work-side-title" }, words.say("objectsTitle")), this.#objects),
    );
  }

  draw(): void {
    const { engine } = this.stage;
    const drawn = JSON.stringify([engine.taskRefs(), engine.state.reported]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    const tasks = taskList(this.stage);
    this.#none.hidden = tasks.length > 0;
    redraw(this.#tasks, tasks);
    redraw(this.#objects, engine.scenario.objects.map((one, nth) => this.#object(one.id, one.name, nth + 1)));
  }

  #object(id: string, name: string, nth: number): Child {
    const verdict = this.stage.engine.state.reported[id];
    const text = el("span", {}, name);
    const made = button(`side-${id}`, text, () => this.stage.openObject(id), { kind: "work-object" });
    made.prepend(el("span", { class: "work-number" }, String(nth)));
    made.dataset.object = id;
    made.dataset.verdict = verdict ?? "";
    const sign = verdict && SIGNS[verdict];
    if (sign) made.append(icon(sign), el("span", { class: "hidden" }, this.stage.words.say(`mark.${verdict === "right" ? "found" : verdict === "wrong" ? "false" : "noted"}`)));
    return el("li", {}, made);
  }
}
