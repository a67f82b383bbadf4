/** What the screen shows for what is known: one phase, and the times that run in it. Pure. */
import { serverTime } from "./clock";
import type { Hold, Situation, Task } from "./protocol";
import type { State } from "./state";

export type Phase =
  | { is: "entering" }
  | { is: "taken" }
  | { is: "refused" }
  | { is: "zeroing"; startMs: number | null }
  | { is: "countdown"; startMs: number }
  | { is: "waiting" }
  | { is: "station"; task: Task }
  | { is: "shot"; task: Task; shot: number }
  | { is: "fall"; hold: Hold }
  | { is: "reload"; hold: Hold }
  | { is: "loop"; hold: Hold; loop: number }
  | { is: "between" }
  | { is: "handed" }
  | { is: "finished" }
  | { is: "out"; mark: string }
  | { is: "closed" };

/** The last seconds before the start belong to the countdown alone. */
export const READY_MS = 10_000;

/** Returns the phase at `localMs` by this device's clock. */
export function phaseOf(state: State, localMs: number): Phase {
  const { situation, seat } = state;
  if (seat === "taken" || seat === "refused") return { is: seat };
  if (!situation || seat === "entering") return { is: "entering" };
  return situation.hold || situation.task ? underWay(situation) : atRest(situation, serverTime(state.clock, localMs));
}

function atRest(situation: Situation, nowMs: number): Phase {
  const { state, out, start_ms, stage } = situation;
  if (out || MARKS.has(state)) return { is: "out", mark: state };
  if (state === "finished") return { is: "finished" };
  if (state === "exchange") return { is: "handed" };
  if (situation.closed) return { is: "closed" };
  if (state !== "on the line") return { is: "between" };
  if (start_ms === null) return stage === "zeroing" ? { is: "zeroing", startMs: null } : { is: "waiting" };
  return start_ms - nowMs > READY_MS ? { is: "zeroing", startMs: start_ms } : { is: "countdown", startMs: start_ms };
}

function underWay({ hold, task, targets }: Situation): Phase {
  if (hold) {
    if (hold.kind !== "loop") return { is: hold.kind, hold };
    const owed = targets.filter((one) => one === "miss").length;
    return { is: "loop", hold, loop: Math.max(1, owed - hold.loops_left + 1) };
  }
  if (task!.kind === "station") return { is: "station", task: task! };
  return { is: "shot", task: task!, shot: targets.indexOf("aim") + 1 };
}

const MARKS = new Set(["DNS", "DNF", "DSQ", "LAP"]);

/** Names what is drawn: the panel is built anew only where this changes. */
export function keyOf(phase: Phase): string {
  switch (phase.is) {
    case "station":
    case "shot":
      return `${phase.is}:${phase.task.number}`;
    case "fall":
    case "reload":
    case "loop":
      return `${phase.is}:${phase.hold.from_ms}`;
    case "zeroing":
      return phase.startMs === null ? "zeroing" : "zeroing:timed";
    case "out":
      return `out:${phase.mark}`;
    default:
      return phase.is;
  }
}

/** The share of a span that is over at `nowMs`, from 0 to 1. */
export function done(fromMs: number, untilMs: number, nowMs: number): number {
  if (untilMs <= fromMs) return 1;
  return Math.min(1, Math.max(0, (nowMs - fromMs) / (untilMs - fromMs)));
}
