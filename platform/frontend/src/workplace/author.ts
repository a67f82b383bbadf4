/** The author's desk: the text is the scenario; the plan follows it and moves objects in it. */
import { icon } from "../page/icon";
import { noteUnsaved } from "../races/unsaved";
import { el, write } from "../race/dom";
import { Plan } from "./plan";
import { post } from "./run";
import type { Checked, Placed, Scenario, Spot } from "./types";
import { type Words, given, pageWords } from "./words";
import { caretOf, movedTo } from "./yaml";

const REST_MS = 600;
const STEP_M = 0.1;
const STRIDE_M = 0.5;
/** A click moves a hand by less than this. */
const STILL_PX = 5;
const WAYS: Record<string, Spot> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export function startAuthor(root: HTMLElement): void {
  const text = document.querySelector<HTMLTextAreaElement>("textarea[data-scenario]");
  if (!text) return;
  noteUnsaved();
  new Author(root, text, pageWords(), given<Checked | null>("checked")).start();
  document.documentElement.dataset.ready = "author";
}

class Author {
  readonly #place = el("div", { class: "author-plan" });
  readonly #problems = el("ul", { class: "author-problems" });
  readonly #state = el("p", { class: "author-state", role: "status" });
  #plan: Plan | null = null;
  #scenario: Scenario | null = null;
  #site = "";
  #asked = 0;
  #waiting: ReturnType<typeof setTimeout> | undefined;
  #carried = "";

  constructor(
    readonly root: HTMLElement,
    readonly text: HTMLTextAreaElement,
    readonly words: Words,
    readonly first: Checked | null,
  ) {}

  start(): void {
    const help = el("p", { class: "soft" }, this.words.say("author.help"));
    this.root.replaceChildren(this.#state, this.#problems, help, this.#place);
    this.text.addEventListener("input", () => this.#soon());
    this.text.addEventListener("keydown", (event) => this.#indent(event));
    if (this.first) this.#show(this.first);
    else void this.#check();
  }

  /** Tab would leave the field; two spaces come with Ctrl+] as in editors of code. */
  #indent(event: KeyboardEvent): void {
    if (!event.ctrlKey || event.key !== "]") return;
    event.preventDefault();
    this.text.setRangeText("  ", this.text.selectionStart, this.text.selectionEnd, "end");
    this.#soon();
  }

  #soon(): void {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => void this.#check(), REST_MS);
  }

  async #check(): Promise<void> {
    const number = ++this.#asked;
    const reply = await post(this.root.dataset.check ?? "", { yaml: this.text.value }).catch(() => null);
    // A slow answer to an earlier text must not take the place of a later one.
    if (number !== this.#asked) return;
    if (reply?.status === 200) this.#show(reply.body as Checked);
    else write(this.#state, this.words.say("author.failed"));
  }

  #show({ problems, scenario }: Checked): void {
    this.#state.replaceChildren(icon(problems.length ? "triangle-alert" : "circle-check"), el("span", {}, problems.length ? this.words.say("author.problems", { n: problems.length }) : this.words.say("author.good")));
    this.#state.dataset.good = String(problems.length === 0);
    this.#problems.replaceChildren(...problems.map((one) => el("li", {}, el("b", {}, [one.subject, one.field].filter(Boolean).join(" · ")), ` ${one.message}`)));
    if (scenario) this.#draw(scenario);
  }

  #draw(scenario: Scenario): void {
    this.#scenario = scenario;
    const site = JSON.stringify([scenario.site, scenario.zones, scenario.objects.map((one) => [one.id, one.name, one.kind])]);
    if (this.#plan && site === this.#site) return this.#plan.draw(scenario.objects);
    this.#site = site;
    const focused = (document.activeElement as HTMLElement | null)?.closest<HTMLElement>("[data-object]")?.dataset.object;
    const plan = new Plan({ ...scenario }, this.words, (id) => this.#select(id));
    this.#plan = plan;
    for (const one of scenario.objects) this.#carry(plan, one.id);
    this.#place.replaceChildren(plan.node);
    if (focused) plan.focus(focused);
  }

  /** Shows the object's lines in the text. */
  #select(id: string): void {
    const at = caretOf(this.text.value, id);
    for (const one of this.#scenario?.objects ?? []) this.#plan?.mark(one.id, one.id === id ? "selected" : "");
    if (at === null) return;
    this.text.setSelectionRange(at, at);
    const line = this.text.value.slice(0, at).split("\n").length;
    this.text.scrollTop = Math.max(0, (line - 4) * Number.parseFloat(getComputedStyle(this.text).lineHeight));
  }

  /** Lets an object be dragged by pointer and moved by Shift and arrow keys. */
  #carry(plan: Plan, id: string): void {
    for (const handle of plan.handlesOf(id)) {
      handle.addEventListener("pointerdown", (event) => this.#grab(plan, id, handle, event as PointerEvent));
    }
    plan.groupOf(id)?.addEventListener("keydown", (event) => {
      const { key, shiftKey, altKey } = event as KeyboardEvent;
      const way = WAYS[key];
      if (!way || !shiftKey) return;
      event.preventDefault();
      event.stopPropagation();
      const [x, z] = this.#spot(id);
      const step = altKey ? STRIDE_M : STEP_M;
      this.#move(id, [x + way[0] * step, z + way[1] * step]);
    });
  }

  #grab(plan: Plan, id: string, handle: SVGElement, down: PointerEvent): void {
    if (down.button !== 0) return;
    const from = plan.spotOf(down);
    const at = this.#spot(id);
    const drag = (move: PointerEvent): void => {
      if (this.#carried !== id && Math.hypot(move.clientX - down.clientX, move.clientY - down.clientY) < STILL_PX) return;
      this.#carried = id;
      handle.setPointerCapture(move.pointerId);
      const [x, z] = plan.spotOf(move);
      this.#put(id, [at[0] + x - from[0], at[1] + z - from[1]]);
    };
    const drop = (): void => {
      handle.removeEventListener("pointermove", drag);
      if (this.#carried === id) this.#move(id, this.#spot(id), at);
      this.#carried = "";
    };
    handle.addEventListener("pointermove", drag);
    handle.addEventListener("pointerup", drop, { once: true });
    handle.addEventListener("pointercancel", drop, { once: true });
  }

  #spot(id: string): Spot {
    return this.#scenario?.objects.find((one) => one.id === id)?.at ?? [0, 0];
  }

  /** Shows an object elsewhere, within the site. */
  #put(id: string, [x, z]: Spot): void {
    if (!this.#scenario) return;
    const [width, depth] = this.#scenario.site.size;
    const within = (value: number, size: number): number => Math.max(-size / 2, Math.min(size / 2, Math.round(value * 20) / 20));
    const at: Spot = [within(x, width), within(z, depth)];
    const objects = this.#scenario.objects.map((one) => (one.id === id ? carried(one, at) : one));
    this.#scenario = { ...this.#scenario, objects };
    this.#plan?.draw(objects);
  }

  /** Writes the new place into the text, as one change that can be undone. */
  #move(id: string, spot: Spot, from = this.#spot(id)): void {
    this.#put(id, spot);
    const at = this.#spot(id);
    const next = movedTo(this.text.value, id, at, [at[0] - from[0], at[1] - from[1]]);
    const name = this.#scenario?.objects.find((one) => one.id === id)?.name ?? id;
    if (next === null) return write(this.#state, this.words.say("author.stuck", { name }));
    this.text.value = next;
    this.text.dispatchEvent(new Event("input", { bubbles: true }));
    this.#select(id);
    write(this.#state, this.words.say("author.moved", { name, x: String(at[0]), z: String(at[1]) }));
  }
}

/** The object elsewhere, its course with it. */
function carried(one: Placed, at: Spot): Placed {
  const path = one.path.map(([x, z]): Spot => [x + at[0] - one.at[0], z + at[1] - one.at[1]]);
  return { ...one, at, path };
}
