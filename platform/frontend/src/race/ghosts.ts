/** The field of an earlier race, raced against in practice: where its leaders are, the place in it. Pure. */
import { placeOn, readPoint } from "./points";
import type { RankedSplit, Split } from "./protocol";

export interface Ghost {
  bib: number;
  name: string;
  number: number;
  /** Time since the own start by point. */
  splits: Readonly<Record<string, number>>;
}

export interface Ghosts {
  /** Everybody's times at each point, the best first. */
  points: Readonly<Record<string, readonly number[]>>;
  leaders: readonly Ghost[];
}

/** Where a ghost is `runMs` after its own start: a lap from 1 and the way on it from 0 to 1. */
export function whereabouts(ghost: Ghost, runMs: number, laps: number, stations: number): { lap: number; at: number } | null {
  const marks = Object.entries(ghost.splits)
    .map(([point, ms]) => ({ ms, at: distance(point, laps, stations) }))
    .sort((one, other) => one.ms - other.ms || one.at - other.at);
  const next = marks.findIndex((one) => one.ms > runMs);
  if (next < 0) return null;
  const [from, to] = [marks[next - 1] ?? { ms: 0, at: 0 }, marks[next]!];
  const way = from.at + (to.at - from.at) * ((runMs - from.ms) / (to.ms - from.ms));
  const lap = Math.min(laps, Math.floor(way) + 1);
  return { lap, at: way - (lap - 1) };
}

function distance(label: string, laps: number, stations: number): number {
  const point = readPoint(label);
  if (!point || point.mark === "finish" || point.mark === "exchange") return laps;
  const range = placeOn("range", stations);
  const at = { station: placeOn(`station${point.number}`, stations), range_entry: range, range_exit: range + 0.01, loop_exit: placeOn("course", stations), lap_end: 1 };
  return point.lap - 1 + at[point.mark];
}

/** Returns the own splits with their places in the field of the ghosts, the own time among theirs. */
export function rankedAmong(own: readonly Split[], { points }: Ghosts): RankedSplit[] {
  return own.flatMap((one) => {
    const times = points[one.point];
    if (!times?.length) return [];
    const rank = 1 + times.filter((ms) => tenths(ms) < tenths(one.run_ms)).length;
    return [{ ...one, rank, behind_ms: Math.max(0, one.run_ms - times[0]!) }];
  });
}

/** Returns how many race at the point passed last, the own one included. */
export function fieldAt(point: string, { points }: Ghosts): number {
  return (points[point]?.length ?? 0) + 1;
}

function tenths(ms: number): number {
  return Math.floor(ms / 100);
}
