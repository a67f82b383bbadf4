/** The unscored range before the start: five targets fall to the keys 1 to 5. Pure. */
import type { Target } from "./protocol";

export interface Practice {
  readonly targets: readonly Target[];
  /** The target to aim at, from 0; null when the round is over. */
  readonly aim: number | null;
  readonly since: number;
  /** How long each shot took, ms. */
  readonly times: readonly number[];
  readonly round: number;
}

export const READY: Practice = { targets: Array(5).fill("wait") as Target[], aim: null, since: 0, times: [], round: 0 };

/** Begins a round; `chance` in [0, 1) picks the first target. */
export function begin(practice: Practice, now: number, chance: number): Practice {
  return aimAt({ ...READY, round: practice.round + 1 }, now, chance);
}

/** Shoots at target `place` from 0: the one aimed at is hit, any other shot misses it. */
export function shoot(practice: Practice, place: number, now: number, chance: number): Practice {
  const { aim } = practice;
  if (aim === null || place < 0 || place > 4) return practice;
  const targets = practice.targets.map((one, index) => (index === aim ? (place === aim ? "hit" : "miss") : one)) as Target[];
  return aimAt({ ...practice, targets, aim: null, times: [...practice.times, now - practice.since] }, now, chance);
}

function aimAt(practice: Practice, now: number, chance: number): Practice {
  const waiting = practice.targets.flatMap((one, index) => (one === "wait" ? [index] : []));
  const aim = waiting[Math.floor(chance * waiting.length)];
  if (aim === undefined) return practice;
  const targets = practice.targets.map((one, index) => (index === aim ? "aim" : one)) as Target[];
  return { ...practice, targets, aim, since: now };
}

/** Returns how many fell and how long a shot took, once the round is over. */
export function result({ targets, times, aim, round }: Practice): { hits: number; ms: number } | null {
  if (aim !== null || !round) return null;
  return { hits: targets.filter((one) => one === "hit").length, ms: times.reduce((sum, one) => sum + one, 0) / times.length };
}
