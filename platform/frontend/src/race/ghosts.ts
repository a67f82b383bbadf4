/** Ghosts of an earlier race, raced against in practice: where they are, and the place among them. Pure. */
import { placeOn, readPoint } from "./points";
import type { Split } from "./protocol";

export interface Ghost {
  bib: number;
  name: string;
  number: number;
  splits: { point: string; run_ms: number }[];
}

/** Where a ghost is `runMs` after its own start: a lap from 1 and the way on it from 0 to 1. */
export function whereabouts(ghost: Ghost, runMs: number, laps: number, stations: number): { lap: number; at: number } | null {
  const marks = ghost.splits.map((one) => ({ ms: one.run_ms, at: distance(one.point, laps, stations) }));
  const next = marks.findIndex((one) => one.ms > runMs);
  if (next < 0) return null;
  const [from, to] = [marks[next - 1] ?? { ms: 0, at: 0 }, marks[next]!];
  const share = to.ms === from.ms ? 1 : (runMs - from.ms) / (to.ms - from.ms);
  const way = from.at + (to.at - from.at) * Math.max(0, share);
  const lap = Math.min(laps, Math.floor(way) + 1);
  return { lap, at: way - (lap - 1) };
}

function distance(label: string, laps: number, stations: number): number {
  const point = readPoint(label);
  if (!point || point.mark === "finish" || point.mark === "exchange") return laps;
  const at = { station: placeOn(`station${point.number}`, stations), range_entry: placeOn("range", stations), range_exit: placeOn("range", stations) + 0.01, loop_exit: placeOn("course", stations), lap_end: 1 };
  return point.lap - 1 + at[point.mark];
}

/** The own place among the ghosts at the last point passed, and how many have passed it. */
export function placeAmong(own: readonly Split[], ghosts: readonly Ghost[]): { rank: number; of: number; behindMs: number } | null {
  const last = own.reduce<Split | null>((best, one) => (!best || one.t_ms > best.t_ms ? one : best), null);
  if (!last) return null;
  const times = ghosts.flatMap(({ splits }) => splits.filter((one) => one.point === last.point).map((one) => one.run_ms));
  if (!times.length) return null;
  return { rank: 1 + times.filter((one) => one < last.run_ms).length, of: times.length + 1, behindMs: last.run_ms - Math.min(...times) };
}
