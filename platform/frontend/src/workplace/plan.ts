/** The plan: the site from above, drawn from the kit's own parts; every object is a button. */
import { icon } from "../page/icon";
import { el, svg } from "../race/dom";
import { parts as partsOf } from "./kit";
import { MATERIALS } from "./kit/parts";
import { fromAbove, neighbour, onSite, spread } from "./outline";
import type { Placed, Scenario, Side, Spot, Zone } from "./types";
import type { Words } from "./words";

export type PlanMark = "found" | "false" | "selected" | "pointed" | "missed" | "noted" | "";

export interface Drawing extends Pick<Scenario, "site" | "zones" | "objects"> {
  title: string;
}

const MARGIN_M = 0.7;
const ZOOMS = [1, 1.5, 2.25, 3.25];
/** Pixels that a badge needs to its neighbour, and to be hit by a finger. */
const BADGE_PX = 27;
const LETTER_PX = 6.6;

interface Thing {
  group: SVGElement;
  shape: SVGElement;
  badge: SVGElement;
  lead: SVGElement;
  centre: Spot;
  drawn: string;
}

export class Plan {
  readonly node: HTMLElement;
  readonly svg: SVGElement;
  /** For what pages draw over the plan: paths, markers. */
  readonly overlay = svg("g", { class: "plan-overlay" });
  readonly #things = new Map<string, Thing>();
  readonly #places = new Map<string, Spot>();
  readonly #me = svg("path", { class: "plan-me", d: "M0 -16 L10 12 L0 6 L-10 12 Z" });
  readonly #scroller: HTMLElement;
  #zoom = matchMedia("(max-width: 40rem)").matches ? 1 : 0;
  #moved: Spot[] = [];

  constructor(
    readonly drawing: Drawing,
    readonly words: Words,
    readonly pick: (id: string) => void,
  ) {
    const [width, depth] = drawing.site.size;
    const box = [-width / 2 - MARGIN_M, -depth / 2 - MARGIN_M, width + 2 * MARGIN_M, depth + 2 * MARGIN_M];
    this.svg = svg("svg", { class: "plan", viewBox: box.join(" "), role: "group", "aria-label": words.say("planOf", { title: drawing.title }) });
    const [shapes, badges] = [svg("g"), svg("g")];
    this.svg.append(...ground(drawing, words), shapes, this.overlay, badges, this.#me);
    this.#me.setAttribute("visibility", "hidden");
    this.#scroller = el("div", { class: "plan-scroll", tabindex: "-1" }, this.svg);
    this.node = el("div", { class: "plan-view" }, this.#scroller, this.#zooming());
    for (const one of drawing.objects) this.#add(one, badges);
    for (const one of byHeight(drawing.objects)) shapes.append(this.#things.get(one.id)!.shape);
    this.svg.addEventListener("keydown", (event) => this.#key(event as KeyboardEvent));
    new ResizeObserver(() => this.#fit()).observe(this.svg);
  }

  /** Draws `objects` as they are now; what did not change is left alone. */
  draw(objects: readonly Placed[]): void {
    let moved = false;
    for (const one of objects) {
      const thing = this.#things.get(one.id);
      const drawn = JSON.stringify([one.at, one.turn, one.y, one.states, one.wears, one.path, one.size]);
      if (!thing || thing.drawn === drawn) continue;
      const before = thing.centre;
      this.#shape(thing, one, drawn);
      moved ||= before[0] !== thing.centre[0] || before[1] !== thing.centre[1];
    }
    if (moved) this.#fit(true);
  }

  mark(id: string, mark: PlanMark): void {
    const thing = this.#things.get(id);
    if (!thing) return;
    thing.group.setAttribute("data-mark", mark);
    thing.shape.setAttribute("data-mark", mark);
    const object = this.drawing.objects.find((one) => one.id === id);
    thing.badge.querySelector(".plan-sign")!.replaceChildren(...signOf(mark));
    const how = mark && mark !== "selected" ? `, ${this.words.say(`mark.${mark}`)}` : "";
    thing.group.setAttribute("aria-label", `${this.#number(id)}. ${object?.name ?? ""}${how}`);
  }

  /** Shows where the member stands; degrees as the 3D view counts them, 0 looks to the far side. */
  me(x: number, z: number, heading_deg: number): void {
    this.#me.setAttribute("visibility", "visible");
    this.#me.setAttribute("data-at", `${x} ${z} ${heading_deg}`);
    this.#turnMe();
  }

  focus(id: string): void {
    const group = this.#things.get(id)?.group as SVGGElement | undefined;
    group?.focus();
  }

  /** Returns where a pointer is on the site. */
  spotOf(event: PointerEvent): Spot {
    const drawn = this.svg as SVGSVGElement;
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(drawn.getScreenCTM()!.inverse());
    return [point.x, point.y];
  }

  groupOf(id: string): SVGElement | undefined {
    return this.#things.get(id)?.group;
  }

  /** What a pointer can take an object by. */
  handlesOf(id: string): SVGElement[] {
    const thing = this.#things.get(id);
    return thing ? [thing.group, thing.shape] : [];
  }

  /** Metres that a pixel is at this size. */
  get metresPerPixel(): number {
    const scale = (this.svg as SVGSVGElement).getScreenCTM()?.a ?? 0;
    return scale > 0 ? 1 / scale : 0.02;
  }

  #number(id: string): number {
    return this.drawing.objects.findIndex((one) => one.id === id) + 1;
  }

  #add(one: Placed, badges: SVGElement): void {
    const shape = svg("g", { class: "plan-shape" });
    const lead = svg("line", { class: "plan-lead" });
    const text = svg("text", { class: "plan-number" });
    text.textContent = String(this.#number(one.id));
    const badge = svg("g", { class: "plan-badge" }, svg("circle", { class: "plan-hit" }), svg("circle", { class: "plan-disc" }), text, svg("g", { class: "plan-sign" }));
    const group = svg("g", { class: "plan-object", tabindex: 0, role: "button", "data-object": one.id, "data-key": `plan-${one.id}`, "data-mark": "", "aria-label": `${this.#number(one.id)}. ${one.name}` }, lead, badge);
    const press = (): void => this.pick(one.id);
    group.addEventListener("click", press);
    shape.addEventListener("click", press);
    group.addEventListener("keydown", (event) => {
      if (!["Enter", " "].includes((event as KeyboardEvent).key)) return;
      event.preventDefault();
      press();
    });
    const hover = (on: boolean) => (): void => [group, shape].forEach((each) => each.toggleAttribute("data-hover", on));
    for (const each of [group, shape]) {
      each.addEventListener("pointerenter", hover(true));
      each.addEventListener("pointerleave", hover(false));
    }
    group.addEventListener("focus", () => shape.toggleAttribute("data-focus", true));
    group.addEventListener("blur", () => shape.toggleAttribute("data-focus", false));
    const thing: Thing = { group, shape, badge, lead, centre: one.at, drawn: "" };
    this.#things.set(one.id, thing);
    badges.append(group);
    this.#shape(thing, one, JSON.stringify([one.at, one.turn, one.y, one.states, one.wears, one.path, one.size]));
  }

  #shape(thing: Thing, one: Placed, drawn: string): void {
    const patches = fromAbove(partsOf(one));
    const all = patches.flatMap((patch) => patch.points);
    const xs = all.map(([x]) => x);
    const zs = all.map(([, z]) => z);
    const middle: Spot = all.length ? [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...zs) + Math.max(...zs)) / 2] : [0, 0];
    const line = one.path.length > 1 ? one.path[Math.floor(one.path.length / 2)]! : null;
    thing.drawn = drawn;
    thing.centre = line ?? onSite(one.at, one.turn, middle);
    this.#places.set(one.id, thing.centre);
    thing.shape.replaceChildren(...patches.map(drawnPatch));
    thing.shape.setAttribute("transform", `translate(${one.at[0]} ${one.at[1]}) rotate(${-one.turn})`);
  }

  #zooming(): HTMLElement {
    this.#size();
    const to = (step: number) => (): void => {
      this.#zoom = Math.max(0, Math.min(ZOOMS.length - 1, this.#zoom + step));
      const { scrollLeft, scrollTop, clientWidth, clientHeight, scrollWidth, scrollHeight } = this.#scroller;
      const [left, top] = [(scrollLeft + clientWidth / 2) / scrollWidth, (scrollTop + clientHeight / 2) / scrollHeight];
      this.#size();
      this.#scroller.scrollTo({ left: left * this.#scroller.scrollWidth - clientWidth / 2, top: top * this.#scroller.scrollHeight - clientHeight / 2, behavior: "instant" });
    };
    const [nearer, farther] = [
      el("button", { type: "button", class: "plan-zoom", "aria-label": this.words.say("nearer") }, icon("plus")),
      el("button", { type: "button", class: "plan-zoom", "aria-label": this.words.say("farther") }, icon("minus")),
    ];
    nearer.addEventListener("click", to(1));
    farther.addEventListener("click", to(-1));
    return el("div", { class: "plan-zooms" }, nearer, farther);
  }

  #size(): void {
    this.svg.style.width = this.svg.style.height = `${ZOOMS[this.#zoom]! * 100}%`;
  }

  /** Badges keep their size on the screen, whatever the size of the plan, and never hide each other. */
  #fit(again = false): void {
    const unit = this.metresPerPixel;
    const known = this.svg.style.getPropertyValue("--px");
    if (!again && known === String(unit)) return;
    this.svg.style.setProperty("--px", String(unit));
    const things = [...this.#things.values()];
    const { size } = this.drawing.site;
    this.#moved = spread(things.map((one) => one.centre), BADGE_PX * unit, [size[0] + MARGIN_M, size[1] + MARGIN_M]);
    things.forEach((one, nth) => {
      const [x, z] = this.#moved[nth]!;
      one.badge.setAttribute("transform", `translate(${x} ${z})`);
      for (const [name, value] of Object.entries({ x1: one.centre[0], y1: one.centre[1], x2: x, y2: z })) one.lead.setAttribute(name, String(value));
    });
    this.svg.querySelectorAll(".plan-sign").forEach((one) => one.setAttribute("transform", `scale(${unit}) translate(10.5 -10.5)`));
    // A name that is longer than its zone says nothing but clutter.
    this.svg.querySelectorAll<SVGElement>(".plan-zone-name").forEach((one) => {
      one.toggleAttribute("hidden", (one.textContent ?? "").length * LETTER_PX * unit > Number(one.dataset.width) - 0.2);
    });
    if (!known) this.#scroller.scrollTo({ left: (this.#scroller.scrollWidth - this.#scroller.clientWidth) / 2, top: (this.#scroller.scrollHeight - this.#scroller.clientHeight) / 2 });
    this.#turnMe();
  }

  #turnMe(): void {
    const [x = "0", z = "0", heading = "0"] = (this.#me.getAttribute("data-at") ?? "").split(" ");
    this.#me.setAttribute("transform", `translate(${x} ${z}) rotate(${heading}) scale(${this.metresPerPixel})`);
  }

  #key(event: KeyboardEvent): void {
    const id = (event.target as Element).closest<SVGElement>("[data-object]")?.dataset.object;
    const next = id && !event.altKey && !event.ctrlKey ? neighbour(this.#places, id, event.key) : null;
    if (!next) return;
    event.preventDefault();
    this.focus(next);
  }
}

/** A small sign beside the number: the mark by its shape, not by its colour alone. */
const SIGNS: Partial<Record<PlanMark, string>> = {
  found: "M-3 0.2 L-0.8 2.4 L3.2 -2.2",
  false: "M-2.3 -2.3 L2.3 2.3 M2.3 -2.3 L-2.3 2.3",
  noted: "M-1.8 3 V-3 H2.6 L1.2 -1.2 L2.6 0.6 H-1.8",
  missed: "M0 -3.2 V0.6 M0 3 V3.1",
};

function signOf(mark: PlanMark): SVGElement[] {
  const d = SIGNS[mark];
  return d ? [svg("circle", { class: "plan-pip", cx: 0, cy: 0, r: 6.5 }), svg("path", { d })] : [];
}

/** What hangs high is drawn over what stands below it. */
function byHeight(objects: readonly Placed[]): Placed[] {
  return [...objects].sort((a, b) => a.y - b.y);
}

function drawnPatch({ points, material, line }: { points: Spot[]; material: keyof typeof MATERIALS; line: number }): SVGElement {
  const look: { color: number; opacity?: number } = MATERIALS[material];
  const color = `#${look.color.toString(16).padStart(6, "0")}`;
  const d = `M${points.map(([x, z]) => `${x.toFixed(3)} ${z.toFixed(3)}`).join("L")}`;
  if (line) return svg("path", { d, class: "plan-line", stroke: color, "stroke-width": Math.max(line, 0.05).toFixed(3) });
  return svg("path", { d: `${d}Z`, fill: color, "fill-opacity": look.opacity ?? 1 });
}

function ground({ site, zones }: Drawing, words: Words): SVGElement[] {
  const [width, depth] = site.size;
  const floor = svg("rect", { class: `plan-floor plan-floor-${site.floor}`, x: -width / 2, y: -depth / 2, width, height: depth });
  const grid = svg("path", { class: "plan-grid", d: gridOf(width, depth) });
  const edge = svg("rect", { class: `plan-edge plan-edge-${site.kind}`, x: -width / 2, y: -depth / 2, width, height: depth });
  return [floor, grid, ...zones.map((one) => zoneOf(one)), edge, ...site.windows.map((side) => windowsOf(side, width, depth)), ...scaleOf(width, depth, words)];
}

function gridOf(width: number, depth: number): string {
  const lines: string[] = [];
  for (let x = Math.ceil(-width / 2); x < width / 2; x += 1) lines.push(`M${x} ${-depth / 2}v${depth}`);
  for (let z = Math.ceil(-depth / 2); z < depth / 2; z += 1) lines.push(`M${-width / 2} ${z}h${width}`);
  return lines.join("");
}

function zoneOf(zone: Zone): SVGElement {
  const points = zone.area.map((one) => one.join(",")).join(" ");
  const shape = svg("polygon", { class: `plan-zone plan-zone-${zone.kind}`, points });
  const xs = zone.area.map(([x]) => x);
  const text = svg("text", { class: "plan-zone-name", "data-width": Math.max(...xs) - Math.min(...xs), x: Math.min(...xs) + 0.15, y: Math.max(...zone.area.map(([, z]) => z)) - 0.12 });
  text.textContent = zone.name;
  return svg("g", {}, shape, text);
}

function windowsOf(side: Side, width: number, depth: number): SVGElement {
  const flatSide = side === "north" || side === "south";
  const length = flatSide ? width : depth;
  const count = Math.max(1, Math.floor(length / 2.6));
  const at = (side === "north" ? -depth / 2 : side === "south" ? depth / 2 : side === "west" ? -width / 2 : width / 2).toFixed(3);
  const pieces = Array.from({ length: count }, (_, nth) => {
    const from = (-length / 2 + ((nth + 0.5) * length) / count - 0.7).toFixed(3);
    return flatSide ? `M${from} ${at}h1.4` : `M${at} ${from}v1.4`;
  });
  return svg("path", { class: "plan-windows", d: pieces.join("") });
}

function scaleOf(width: number, depth: number, words: Words): SVGElement[] {
  const text = svg("text", { class: "plan-scale-text", x: -width / 2 + 2.15, y: depth / 2 + 0.5 });
  text.textContent = words.say("metres", { n: 2 });
  return [svg("path", { class: "plan-scale", d: `M${-width / 2} ${depth / 2 + 0.32}v0.12h2v-0.12` }), text];
}
