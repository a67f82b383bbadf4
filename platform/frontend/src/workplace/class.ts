/** The trainer's screen: everybody's progress as it happens; pause, point at an object, close. */
import { icon } from "../page/icon";
import { Connection } from "../board/connection";
import { type Board, Feed } from "../board/feed";
import { paced } from "../board/pace";
import { el, write } from "../race/dom";
import { button, redraw } from "./parts";
import { Plan } from "./plan";
import { post } from "./run";
import type { ClassPage, Control, Participant } from "./types";
import { type Words, given, pageWords } from "./words";

const DRAW_EVERY_MS = 500;
const USUAL: Control = { paused: false, point: "", closed: false };

export function startClass(root: HTMLElement): void {
  new ClassView(root, given<ClassPage>("class"), pageWords()).start();
  document.documentElement.dataset.ready = "class";
}

class ClassView {
  readonly #plan: Plan;
  readonly #rows = el("tbody");
  readonly #table: HTMLElement;
  readonly #none: HTMLElement;
  readonly #counts = el("p", { class: "class-counts" });
  readonly #buttons = el("div", { class: "buttons class-buttons" });
  readonly #state = el("p", { class: "class-state", role: "status" });
  readonly #sure: HTMLDialogElement;
  #control = USUAL;
  #people: [string, Participant][] = [];

  constructor(
    readonly root: HTMLElement,
    readonly page: ClassPage,
    readonly words: Words,
  ) {
    this.#plan = new Plan({ ...page.scenario }, words, (id) => void this.#send({ point: this.#control.point === id ? "" : id }));
    const heads = ["participant", "progress", "found", "score", "state"].map((one, nth) => el("th", { scope: "col", class: nth > 1 && nth < 4 ? "number" : "" }, words.say(`class.${one}`)));
    this.#table = el("table", { class: "class-table" }, el("caption", { class: "hidden" }, words.say("class.title")), el("thead", {}, el("tr", {}, ...heads)), this.#rows);
    this.#none = el("p", { class: "soft" }, words.say("class.none"));
    const yes = button("class-close-yes", words.say("class.closeYes"), () => void this.#send({ closed: true }).then(() => this.#sure.close()), { kind: "button button-danger", sign: "flag" });
    const no = button("class-close-no", words.say("class.closeNo"), () => this.#sure.close());
    this.#sure = el("dialog", { class: "class-sure", "aria-labelledby": "class-sure-title" }, el("h2", { id: "class-sure-title" }, words.say("class.closeTitle")), el("p", {}, words.say("class.closeHelp")), el("div", { class: "buttons" }, no, yes));
  }

  start(): void {
    const people = el("section", { class: "class-people", "aria-labelledby": "class-people-title" }, el("h2", { id: "class-people-title" }, this.words.say("class.title")), this.#counts, this.#none, el("div", { class: "table-wrap", tabindex: "0", role: "group", "aria-labelledby": "class-people-title" }, this.#table));
    const plan = el("section", { class: "class-plan", "aria-labelledby": "class-plan-title" }, el("h2", { id: "class-plan-title" }, this.words.say("class.point")), el("p", { class: "soft" }, this.words.say("class.pointHelp")), this.#plan.node);
    this.root.replaceChildren(el("div", { class: "class-bar" }, this.#buttons, this.#state), el("div", { class: "class-columns" }, people, plan), this.#sure);
    this.#draw();
    const draw = paced(() => this.#draw(), DRAW_EVERY_MS);
    const connection = new Connection(() => undefined);
    new Feed(connection, this.page.board, (rows) => {
      this.#take(rows);
      draw();
    });
    connection.open();
  }

  #take(rows: Board): void {
    this.#control = { ...USUAL, ...(rows.control as Control | undefined) };
    this.#people = Object.entries(rows).filter(([key]) => key !== "control") as [string, Participant][];
    this.#people.sort(([, a], [, b]) => a.name.localeCompare(b.name, document.documentElement.lang));
  }

  async #send(change: Partial<Control>): Promise<void> {
    const reply = await post(this.page.url, change).catch(() => null);
    if (!reply || reply.status >= 400) {
      write(this.#state, this.words.say("class.failed"));
      return;
    }
    this.#control = { ...this.#control, ...change };
    this.#draw();
  }

  #draw(): void {
    const { words } = this;
    const { paused, point, closed } = this.#control;
    const over = this.#people.filter(([, one]) => one.ended).length;
    write(this.#counts, words.say("class.counts", { n: this.#people.length, over }));
    this.#none.hidden = this.#people.length > 0;
    this.#table.parentElement!.hidden = this.#people.length === 0;
    redraw(this.#rows, this.#people.map(([id, one]) => this.#row(id, one)));
    for (const one of this.page.scenario.objects) this.#plan.mark(one.id, one.id === point ? "pointed" : "");
    const named = this.page.scenario.objects.find((one) => one.id === point)?.name ?? "";
    write(this.#state, closed ? words.say("class.closed") : paused ? words.say("class.paused") : point ? words.say("class.pointing", { name: named }) : words.say("class.running"));
    redraw(this.#buttons, closed ? [] : [
      button("class-pause", words.say(paused ? "class.goOn" : "class.pause"), () => void this.#send({ paused: !paused }), { main: true, sign: paused ? "play" : "pause" }),
      button("class-unpoint", words.say("class.unpoint"), () => void this.#send({ point: "" }), { off: !point, sign: "x" }),
      button("class-close", words.say("class.close"), () => this.#sure.showModal(), { kind: "button button-danger", sign: "flag" }),
    ]);
  }

  #row(id: string, one: Participant): HTMLElement {
    const { words } = this;
    const share = one.parts ? Math.min(1, one.done / one.parts) : 0;
    const how = one.ended ? `class.${one.ended}` : this.#control.paused ? "class.waits" : "class.works";
    return el(
      "tr",
      { "data-run": id, "data-ended": one.ended },
      el("th", { scope: "row" }, one.name),
      el("td", {}, el("span", { class: "class-meter" }, el("meter", { min: 0, max: 1, value: share, "aria-label": words.say("class.progress") }), el("span", {}, words.say("of", { n: one.done, of: one.parts })))),
      el("td", { class: "number" }, String(one.found)),
      el("td", { class: "number" }, one.score_ppm === null ? "–" : words.percent(one.score_ppm)),
      el("td", {}, el("span", { class: `class-how class-how-${one.ended || "works"}` }, one.ended && icon(one.ended === "finished" ? "check" : "circle-alert"), words.say(how))),
    );
  }
}
