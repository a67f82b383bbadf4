/** The views of one engine: 3D (walk, overview), plan, list. Heavy ones come when they are asked for. */
import { calm, el } from "../race/dom";
import type { ViewName } from "./ends";
import { List } from "./list";
import { Menus } from "./menus";
import { button } from "./parts";
import type { Plan, PlanMark } from "./plan";
import type { Stage } from "./stage";
import type { Trail } from "./trail";
import type { Effect } from "./types";
import type { View } from "./view3d/contract";

export type Shown = ViewName | "side";

const NAMES = new Set<string>(["walk", "overview", "plan", "list", "side"]);
const REMEMBERED = "psot-workplace-view";

export class Views {
  readonly node: HTMLElement;
  readonly has3d = webgl();
  current: Shown | "" = "";
  view: View | null = null;
  readonly #hosts: Record<"scene" | "plan" | "list", HTMLElement>;
  readonly #loading: HTMLElement;
  #plan: Plan | null = null;
  #list: List | null = null;
  #place: [number, number, number] | null = null;
  #pointed = "";
  #failed = false;

  constructor(
    readonly stage: Stage,
    readonly trail: Trail,
    readonly nav: HTMLElement,
    readonly onShow: (view: Shown) => void,
  ) {
    const { words } = stage;
    this.#hosts = {
      scene: el("div", { class: "work-scene", hidden: true, "data-scene": true }),
      plan: el("div", { class: "work-plan", hidden: true, "data-plan": true }),
      list: el("div", { class: "work-list-host", hidden: true, "data-list": true, tabindex: "-1" }),
    };
    this.#loading = el("p", { class: "work-loading", role: "status", hidden: true }, words.say("loading3d"));
    this.node = el("div", { class: "work-views-host" }, ...Object.values(this.#hosts), this.#loading);
    for (const one of nav.querySelectorAll<HTMLButtonElement>("[data-view]")) {
      one.addEventListener("click", () => NAMES.has(one.dataset.view!) && void this.show(one.dataset.view as Shown));
      if (!this.has3d && ["walk", "overview"].includes(one.dataset.view!)) one.hidden = true;
    }
  }

  /** Returns the view an earlier page of this run was in. */
  static remembered(run: string): ViewName | null {
    const [of, view] = (sessionStorage.getItem(REMEMBERED) ?? "").split(" ");
    return of === run && view && NAMES.has(view) && view !== "side" ? (view as ViewName) : null;
  }

  async show(view: Shown, focus = false): Promise<void> {
    this.onShow(view);
    const wanted = (view === "walk" || view === "overview") && (!this.has3d || this.#failed) ? "plan" : view;
    this.current = wanted;
    if (wanted !== "side") sessionStorage.setItem(REMEMBERED, `${this.stage.engine.run} ${wanted}`);
    document.body.dataset.view = wanted;
    for (const one of this.nav.querySelectorAll<HTMLElement>("[data-view]")) one.setAttribute("aria-pressed", String(one.dataset.view === wanted));
    this.#hosts.scene.hidden = wanted !== "walk" && wanted !== "overview";
    this.#hosts.plan.hidden = wanted !== "plan";
    this.#hosts.list.hidden = wanted !== "list";
    if (wanted === "list") this.#showList();
    if (wanted === "plan") await this.#showPlan();
    if (wanted === "walk" || wanted === "overview") await this.#show3d(wanted);
    if (focus && this.current === wanted) this.#focus(wanted);
  }

  /** Draws what the effects changed. */
  draw(effects: readonly Effect[]): void {
    const { engine } = this.stage;
    this.#list?.draw();
    this.#plan?.draw(engine.scenario.objects.map((one) => engine.object(one.id)));
    const changed = new Set(effects.flatMap((one) => (one.t === "changed" || one.t === "dressed" ? [one.object] : [])));
    for (const id of changed) this.view?.refresh(id);
    for (const one of effects) if (one.t === "reported") this.mark(one.object);
  }

  /** Marks an object by what is known of it, or as selected. */
  mark(id: string, selected: "selected" | "" = ""): void {
    const mark = selected || (id === this.#pointed ? "pointed" : this.#known(id));
    this.#plan?.mark(id, mark);
    this.view?.mark(id, mark === "noted" ? "found" : mark === "missed" ? "" : mark);
  }

  lookAt(id: string): void {
    const { at } = this.stage.engine.object(id);
    if (this.current === "walk" || this.current === "overview") this.view?.lookAt(id);
    else this.trail.at(at[0], at[1], 0);
  }

  /** Returns where an object's number is on the plan, in pixels of the window; null in other views. */
  whereIs(id: string): DOMRect | null {
    return this.current === "plan" ? (this.#plan?.groupOf(id)?.querySelector(".plan-disc")?.getBoundingClientRect() ?? null) : null;
  }

  reveal(id: string): void {
    this.#list?.reveal(id);
  }

  /** Shows what the trainer points at. */
  point(id: string): void {
    if (id === this.#pointed) return;
    const before = this.#pointed;
    this.#pointed = id;
    if (before) this.mark(before);
    if (id) this.mark(id);
    this.#list?.point(id);
    if (!id) return;
    this.view?.lookAt(id);
    this.stage.say(this.stage.words.say("pointed", { name: this.stage.engine.object(id).name }), "plain");
  }

  #known(id: string): PlanMark {
    const verdict = this.stage.engine.state.reported[id];
    return verdict === "right" ? "found" : verdict === "wrong" ? "false" : verdict === "noted" ? "noted" : "";
  }

  #marks(): void {
    for (const one of this.stage.engine.scenario.objects) if (this.#known(one.id)) this.mark(one.id);
    if (this.#pointed) this.mark(this.#pointed);
  }

  #focus(view: Shown): void {
    const host = view === "plan" ? this.#hosts.plan : view === "list" ? this.#hosts.list : this.#hosts.scene;
    const first = host.querySelector<HTMLElement>("canvas[tabindex], [tabindex='0'], h3");
    (first ?? this.nav.querySelector<HTMLElement>(`[data-view=${view}]`))?.focus({ preventScroll: true });
  }

  #showList(): void {
    if (this.#list) return;
    this.#list = new List(this.stage);
    this.#hosts.list.append(this.#list.node);
  }

  async #showPlan(): Promise<void> {
    const { engine, words } = this.stage;
    if (!this.#plan) {
      const { Plan } = await import("./plan");
      if (this.#plan) return;
      this.#plan = new Plan({ ...engine.scenario }, words, (id) => this.stage.openObject(id));
      this.#plan.draw(engine.scenario.objects.map((one) => engine.object(one.id)));
      this.#hosts.plan.append(this.#plan.node);
      this.#marks();
    }
    const { at, look } = engine.scenario.site.start;
    this.#place ??= [at[0], at[1], (Math.atan2(look[0] - at[0], -(look[1] - at[1])) * 180) / Math.PI];
    this.#plan.me(...this.#place);
  }

  async #show3d(mode: "walk" | "overview"): Promise<void> {
    if (this.view) return this.view.setMode(mode);
    this.#loading.hidden = false;
    try {
      await this.#load3d();
      if (this.view && (this.current === "walk" || this.current === "overview")) (this.view as View).setMode(this.current);
    } catch {
      this.#failed = true;
      this.stage.say(this.stage.words.say("failed3d"), "partly");
      await this.show("plan", true);
    } finally {
      this.#loading.hidden = true;
    }
  }

  async #load3d(): Promise<void> {
    const { createView } = await import("./view3d");
    const { words } = this.stage;
    const strings = { scene: words.say("scene"), stick: words.say("stick"), report: words.say("report"), sure: words.say("sure"), yes: words.say("yes"), no: words.say("no"), leave: words.say("leaveHeadset"), more: words.say("more") };
    const menus = new Menus(this.stage.engine, words);
    const tier = new URLSearchParams(location.search).get("tier");
    const view = await createView(this.#hosts.scene, this.stage.engine, {
      reduced: calm(),
      strings,
      menu: (object) => menus.at(object),
      ...(tier === "low" || tier === "mid" || tier === "high" ? { tier } : {}),
      onLost: () => {
        this.view = null;
        this.#failed = true;
        void this.show("plan");
      },
    });
    view.onPick((id) => id && this.stage.openObject(id));
    view.onMove((x, z, heading) => {
      this.#place = [x, z, heading];
      this.trail.at(x, z, heading);
    });
    this.view = view;
    this.#marks();
    if (view.enterHeadset) {
      const enter = button("headset", words.say("headset"), () => void view.enterHeadset?.().catch(() => this.stage.say(words.say("failed3d"), "partly")), { sign: "eye" });
      this.#hosts.scene.append(el("div", { class: "work-headset" }, enter));
    }
  }
}

/** Whether this browser can draw in three dimensions at all. */
function webgl(): boolean {
  try {
    const context = document.createElement("canvas").getContext("webgl2");
    context?.getExtension("WEBGL_lose_context")?.loseContext();
    return context !== null;
  } catch {
    return false;
  }
}
