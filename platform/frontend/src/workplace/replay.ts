/** A run played again on the plan: the way walked, what was done where, the best way beside it. */
import { svg } from "../race/dom";
import type { Debrief, PathPoint, Spot } from "./types";

/** A stretch of a way: when and where. */
export interface Step {
  at_ms: number;
  spot: Spot;
  heading: number;
}

/** Returns the way of a run; one who did not walk was where things were done. */
export function wayOf(debrief: Debrief): Step[] {
  const walked = debrief.path.map(([at_ms, x, z, heading]: PathPoint): Step => ({ at_ms, spot: [x, z], heading }));
  const done = walked.length ? [] : debrief.actions.flatMap((one): Step[] => {
    const spot = spotOf(debrief, "object" in one.action ? one.action.object : "");
    return spot ? [{ at_ms: one.at_ms, spot, heading: 0 }] : [];
  });
  const start: Step = { at_ms: 0, spot: debrief.scenario.site.start.at, heading: 0 };
  return [start, ...walked, ...done].sort((a, b) => a.at_ms - b.at_ms);
}

/** Returns the place of an object; null for none. */
export function spotOf({ scenario }: Pick<Debrief, "scenario">, id: string): Spot | null {
  const placed = scenario.objects.find((one) => one.id === id);
  if (!placed) return null;
  return placed.path.length > 1 ? placed.path[Math.floor(placed.path.length / 2)]! : placed.at;
}

/** Returns the best way: from the start to each of its objects. */
export function bestWay(debrief: Debrief): Spot[] {
  const spots = debrief.best.map((id) => spotOf(debrief, id)).filter((one): one is Spot => one !== null);
  return [debrief.scenario.site.start.at, ...spots];
}

/** Returns where the member was at `at_ms`: between two notes, on the line between them. */
export function whereAt(way: readonly Step[], at_ms: number): Step {
  const next = way.findIndex((one) => one.at_ms > at_ms);
  if (next < 0) return way.at(-1)!;
  if (next === 0) return way[0]!;
  const [a, b] = [way[next - 1]!, way[next]!];
  const share = (at_ms - a.at_ms) / (b.at_ms - a.at_ms);
  const between = (from: number, to: number): number => from + (to - from) * share;
  return { at_ms, spot: [between(a.spot[0], b.spot[0]), between(a.spot[1], b.spot[1])], heading: a.heading };
}

/** Returns the metres of a way. */
export function lengthOf(spots: readonly Spot[]): number {
  return spots.slice(1).reduce((sum, [x, z], nth) => sum + Math.hypot(x - spots[nth]![0], z - spots[nth]![1]), 0);
}

const line = (spots: readonly Spot[]): string => (spots.length ? `M${spots.map(([x, z]) => `${x.toFixed(2)} ${z.toFixed(2)}`).join("L")}` : "");

/** The drawn replay over a plan. */
export class Replay {
  readonly way: Step[];
  readonly #walked = svg("path", { class: "replay-way" });
  readonly #ahead = svg("path", { class: "replay-ahead" });
  readonly #marker = svg("circle", { class: "replay-me" });
  readonly best = svg("path", { class: "replay-best" });

  constructor(
    readonly debrief: Debrief,
    overlay: SVGElement,
  ) {
    this.way = wayOf(debrief);
    this.best.setAttribute("d", line(bestWay(debrief)));
    this.#ahead.setAttribute("d", line(this.way.map((one) => one.spot)));
    overlay.append(this.best, this.#ahead, this.#walked, this.#marker);
  }

  /** Shows the moment; returns how many actions were done by then. */
  to(at_ms: number): number {
    const here = whereAt(this.way, at_ms);
    this.#walked.setAttribute("d", line([...this.way.filter((one) => one.at_ms <= at_ms).map((one) => one.spot), here.spot]));
    this.#marker.setAttribute("cx", String(here.spot[0]));
    this.#marker.setAttribute("cy", String(here.spot[1]));
    return this.debrief.actions.filter((one) => one.at_ms <= at_ms).length;
  }
}
