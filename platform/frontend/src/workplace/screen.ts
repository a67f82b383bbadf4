/** The whole screen of a run: views, side panel, cards and panels over one engine. */
import { el, write } from "../race/dom";
import { icon } from "../page/icon";
import { objectBody, objectStamp } from "./card";
import type { Engine, TaskRef } from "./engine";
import { endCard, finishBody, startCard, type ViewName } from "./ends";
import { Hud } from "./hud";
import { Refused } from "./link";
import { newsOf } from "./news";
import { taskPanel, taskStamp } from "./panels";
import { tickCountdowns } from "./panels/decisions";
import { hintsBody } from "./panels/hints";
import { redraw, signOf } from "./parts";
import { Sheet } from "./sheet";
import { Side } from "./side";
import type { Stage, Tone } from "./stage";
import type { Trail } from "./trail";
import type { Action, Effect } from "./types";
import { type Shown, Views } from "./views";
import type { Words } from "./words";

const TICK_MS = 250;
const NOTE_MS = 6000;
const LATE_MS = 700;

export class Screen implements Stage {
  readonly hud: Hud;
  readonly views: Views;
  readonly #side: Side;
  readonly #card: Sheet;
  readonly #task: Sheet;
  readonly #ask: Sheet;
  readonly #stage: HTMLElement;
  readonly #note = el("div", { class: "work-note", "aria-hidden": "true" });
  readonly #news = el("p", { class: "hidden", "aria-live": "polite", "data-news": true });
  readonly #over = el("div", { class: "work-over-stage" });
  readonly #asked = new Set<string>();
  readonly #stamps = { card: "", task: "" };
  #object = "";
  #shown: Pick<TaskRef, "kind" | "id"> | "hints" | "finish" | null = null;
  #noted: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly root: HTMLElement,
    readonly engine: Engine,
    readonly words: Words,
    readonly trail: Trail,
  ) {
    this.hud = new Hud(document, engine, words);
    const close = words.say("close");
    this.#card = new Sheet("closer", close, false, () => this.#closed());
    this.#task = new Sheet("panel", close, true, () => (this.#shown = null));
    this.#ask = new Sheet("ask", close, true, () => (this.#shown = null));
    this.#side = new Side(this);
    this.views = new Views(this, trail, document.querySelector<HTMLElement>("[data-views]")!, (view) => this.#shows(view));
    this.#stage = el("section", { class: "work-stage", "aria-label": words.say("stage") }, this.views.node, this.#note, this.#card.node, this.#over);
    root.replaceChildren(this.#stage, this.#side.node, this.#task.node, this.#ask.node, this.#news);
  }

  /** Shows the start or, on a run that goes on, the view it was left in. */
  start(view: ViewName | null): void {
    this.engine.on((effects) => this.#draw(effects));
    this.engine.watch(() => this.#status());
    document.querySelector("[data-hint]")?.addEventListener("click", () => this.#showAsk("hints"));
    document.querySelector("[data-finish]")?.addEventListener("click", () => this.#showAsk("finish"));
    setInterval(() => this.#tick(), TICK_MS);
    this.#draw([]);
    this.#status();
    if (this.engine.state.ended) return;
    if (view) return void this.begin(view);
    const card = startCard(this, this.views.has3d, (chosen) => void this.begin(chosen));
    this.#over.replaceChildren(card);
    card.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
  }

  async begin(view: ViewName): Promise<void> {
    this.#over.replaceChildren();
    this.root.dataset.begun = "";
    await this.views.show(view, true);
    this.#pressing();
  }

  async act(action: Action): Promise<Effect[] | null> {
    try {
      return await this.engine.act(action);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.say(error.message || this.words.say("refused"), "partly");
      return null;
    }
  }

  openObject(id: string): void {
    const { engine, words } = this;
    const before = this.#object;
    this.#object = id;
    if (before && before !== id) this.views.mark(before);
    this.views.mark(id, "selected");
    this.views.lookAt(id);
    if (!engine.state.looked.includes(id) && !engine.state.ended) void this.act({ kind: "look", object: id });
    if (this.views.current === "list") return this.views.reveal(id);
    this.#card.node.dataset.object = id;
    this.#card.node.classList.remove("work-closer-aside");
    this.#card.show(words.say("objectOf", { n: engine.number(id), of: engine.scenario.objects.length }), engine.object(id).name, objectBody(this, id, "card"));
    this.#fresh("card", objectStamp(engine, id));
    this.#clear(id);
  }

  /** A card that would lie over its object goes to the other side. */
  #clear(id: string): void {
    const spot = this.views.whereIs(id);
    const card = this.#card.node.getBoundingClientRect();
    const over = spot !== null && spot.right > card.left && spot.left < card.right && spot.bottom > card.top - 8;
    this.#card.node.classList.toggle("work-closer-aside", over);
  }

  openTask(task: Pick<TaskRef, "kind" | "id">): void {
    const panel = taskPanel(this, task);
    if (!panel) return;
    this.#shown = { kind: task.kind, id: task.id };
    this.#asked.add(`${task.kind}:${task.id}`);
    this.#task.node.dataset.task = `${task.kind}:${task.id}`;
    this.#task.show(panel.kicker, panel.title, panel.body);
    this.#fresh("task", taskStamp(this.engine, task));
    this.#tick();
  }

  say(text: string, tone: Tone): void {
    write(this.#news, text);
    this.#note.replaceChildren(el("p", { class: `work-note-card work-note-${tone}` }, icon(signOf(tone)), el("span", {}, text)));
    clearTimeout(this.#noted);
    this.#noted = setTimeout(() => this.#note.replaceChildren(), NOTE_MS);
  }

  #showAsk(what: "hints" | "finish"): void {
    if (this.engine.state.ended) return;
    this.#shown = what;
    this.#ask.show("", this.words.say(what), this.#askBody(what));
  }

  #askBody(what: "hints" | "finish"): ReturnType<typeof hintsBody> {
    return what === "hints" ? hintsBody(this) : finishBody(this, () => this.#ask.close());
  }

  #draw(effects: Effect[]): void {
    const { engine } = this;
    this.hud.draw();
    this.#side.draw();
    this.views.draw(effects);
    if (this.#card.open && this.#object && this.#fresh("card", objectStamp(engine, this.#object))) this.#card.draw(this.words.say("objectOf", { n: engine.number(this.#object), of: engine.scenario.objects.length }), engine.object(this.#object).name, objectBody(this, this.#object, "card"));
    this.#drawPanel();
    const news = newsOf(effects, engine, this.words);
    if (news) this.say(news.text, news.tone);
    if (engine.state.ended) return this.#end();
    this.#pressing();
  }

  /** Whether what `name` is drawn from is another than before. */
  #fresh(name: "card" | "task", stamp: string): boolean {
    const before = this.#stamps[name];
    this.#stamps[name] = stamp;
    return before !== stamp;
  }

  #drawPanel(): void {
    const shown = this.#shown;
    if (shown === "hints" || shown === "finish") this.#ask.draw("", this.words.say(shown), this.#askBody(shown));
    else if (shown && this.#fresh("task", taskStamp(this.engine, shown))) {
      const panel = taskPanel(this, shown);
      if (panel) this.#task.draw(panel.kicker, panel.title, panel.body);
    }
  }

  /** A decision that has a time opens by itself, once. */
  #pressing(): void {
    const pressing = this.engine.tasks().decisions.find((one) => this.engine.span(one) && !this.#asked.has(`decision:${one.id}`));
    if (pressing && this.root.dataset.begun !== undefined) this.openTask({ kind: "decision", id: pressing.id });
  }

  #end(): void {
    this.#card.close();
    this.#task.close();
    this.#ask.close();
    this.trail.flush();
    document.querySelectorAll<HTMLElement>("[data-hint], [data-finish]").forEach((one) => (one.hidden = true));
    if (this.#over.querySelector("#work-end-title")) return;
    const card = endCard(this, this.root.dataset.debrief ?? "");
    this.#over.replaceChildren(card);
    card.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
  }

  #status(): void {
    const { busy, paused, point } = this.engine.status;
    this.root.toggleAttribute("data-busy", busy);
    this.views.point(point);
    const was = this.root.hasAttribute("data-paused");
    if (paused === was) return;
    this.root.toggleAttribute("data-paused", paused);
    if (this.engine.state.ended) return;
    redraw(this.#over, paused ? [el("section", { class: "work-start", role: "status" }, el("div", { class: "work-start-card" }, el("h2", { tabindex: "-1" }, icon("pause"), this.words.say("paused")), el("p", { class: "work-intro" }, this.words.say("pausedHelp"))))] : []);
  }

  /** The list holds every card itself; tasks on a phone take the whole stage. */
  #shows(view: Shown): void {
    if (view === "list" || view === "side") this.#card.close();
  }

  #closed(): void {
    if (this.#object) this.views.mark(this.#object);
    this.#object = "";
  }

  #tick(): void {
    this.hud.tick();
    tickCountdowns(document, this);
    if (this.engine.state.ended || this.engine.status.paused) return;
    for (const one of this.engine.tasks().decisions) {
      const span = this.engine.span(one);
      const name = `late:${one.id}`;
      if (!span || this.engine.elapsed_ms() < span.until + LATE_MS || this.#asked.has(name)) continue;
      this.#asked.add(name);
      // Without an option: what happens when nobody decides, happens.
      void this.act({ kind: "decide", decision: one.id, option: "" });
    }
  }
}
