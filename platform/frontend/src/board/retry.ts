/** When to come back, as pure functions. */

/** Least and most wait of a first attempt, ms. */
export type Spread = readonly [least: number, most: number];

export const USUAL: Spread = [500, 2500];
const LATEST_MS = 30_000;

/** Returns the wait in ms that `chance` in [0, 1) picks between the ends of a spread. */
export function spread([least, most]: Spread, chance: number): number {
  return least + (most - least) * chance;
}

/** Returns `wait` doubled for every attempt that failed before, at most half a minute or `wait`. */
export function backoff(wait: number, failed: number): number {
  return Math.max(wait, Math.min(LATEST_MS, wait * 2 ** failed));
}
