/** The list: every object with what is seen of it and everything that can be done; full marks. */
import { type Child, el } from "../race/dom";
import { objectBody, objectStamp } from "./card";
import { redraw } from "./parts";
import type { Stage } from "./stage";

export class List {
  readonly node: HTMLElement;
  readonly #bodies = new Map<string, { body: HTMLElement; item: HTMLElement; drawn: string }>();

  constructor(readonly stage: Stage) {
    const { engine, words } = stage;
    const items = engine.scenario.objects.map((one, index) => {
      const body = el("div", { class: "work-card-body" });
      const heading = el("h3", { tabindex: "-1" }, el("span", { class: "work-number" }, String(index + 1)), one.name);
      const item = el("li", { class: "work-card", "data-object": one.id }, el("div", { role: "group", "aria-label": one.name }, heading, body));
      this.#bodies.set(one.id, { body, item, drawn: "" });
      return item;
    });
    this.node = el("div", { class: "work-list" }, el("h2", { class: "hidden" }, words.say("objectsTitle")), el("p", { class: "soft" }, words.say("listHelp")), el("ol", { class: "work-cards" }, ...items));
    this.draw();
  }

  /** Draws the cards whose object or tasks have changed. */
  draw(): void {
    for (const [id, one] of this.#bodies) {
      const drawn = objectStamp(this.stage.engine, id);
      if (drawn === one.drawn) continue;
      one.drawn = drawn;
      one.item.dataset.verdict = this.stage.engine.state.reported[id] ?? "";
      redraw(one.body, objectBody(this.stage, id, "list") as Child[]);
    }
  }

  /** Brings an object's card into view and the focus to its name. */
  reveal(id: string): void {
    const item = this.#bodies.get(id)?.item;
    item?.scrollIntoView({ block: "center" });
    item?.querySelector<HTMLElement>("h3")?.focus({ preventScroll: true });
  }

  point(id: string): void {
    for (const [one, { item }] of this.#bodies) item.toggleAttribute("data-pointed", one === id);
  }
}
