/** What is said aloud, politely and about the own race only: pure comparisons of before and after. */
import { serverTime } from "./clock";
import { type State, splitLines } from "./state";
import { secondsLeft } from "./times";

export type News =
  | { say: "hit" | "miss" | "late" | "passed" | "fall" }
  | { say: "split"; point: string; rank: number; behindMs: number | null }
  | { say: "seconds"; left: number };

const SPOKEN = new Set([10, 5]);

/** Returns what happened between two states. */
export function newsOf(before: State, after: State): News[] {
  return [...ofAnswer(before, after), ...ofSplits(before, after)];
}

function ofAnswer(before: State, after: State): News[] {
  const { flash } = after;
  if (!flash || flash.task === before.flash?.task) return [];
  if (flash.kind === "station") return [{ say: flash.outcome === "right" ? "passed" : "fall" }];
  return [{ say: flash.outcome === "right" ? "hit" : flash.outcome === "late" ? "late" : "miss" }];
}

function ofSplits(before: State, after: State): News[] {
  if (before.around === after.around && before.situation?.splits.length === after.situation?.splits.length) return [];
  const told = new Set(ranked(before).map((one) => one.point));
  const [newest] = ranked(after);
  if (!newest || told.has(newest.point) || !before.situation) return [];
  return [{ say: "split", point: newest.point, rank: newest.rank!, behindMs: newest.behind_ms }];
}

function ranked(state: State): ReturnType<typeof splitLines> {
  return splitLines(state).filter((one) => one.rank !== null);
}

/** Returns the seconds left of a shot when they pass ten or five between two moments. */
export function secondsNews(state: State, beforeMs: number, afterMs: number): News[] {
  const due = state.seat === "held" && !state.pending ? state.situation?.task?.due_ms : null;
  if (due == null) return [];
  const [was, left] = [beforeMs, afterMs].map((one) => secondsLeft(due, serverTime(state.clock, one))) as [number, number];
  return was > left && SPOKEN.has(left) ? [{ say: "seconds", left }] : [];
}
