/** A crosshair on a picture, in permille of its width and height: pure. */
export type Point = readonly [x: number, y: number];

const STEPS: Record<string, Point> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const FINE = 5;
const COARSE = 25;
/** Closer than this to a point, a click means that point. */
const NEAR = 30;

/** Keeps a place within the picture. */
export function within(value: number): number {
  return Math.min(1000, Math.max(0, Math.round(value)));
}

/** Returns where an arrow key takes the crosshair; undefined for any other key. */
export function stepped(at: Point, key: string, fine: boolean): Point | undefined {
  const step = STEPS[key];
  const size = fine ? FINE : COARSE;
  return step && [within(at[0] + step[0] * size), within(at[1] + step[1] * size)];
}

/** Returns the points after one was placed: a point nearby is taken away, one of one replaced. */
export function placed(points: readonly Point[], at: Point, several: boolean): Point[] {
  const kept = points.filter(([x, y]) => Math.hypot(x - at[0], y - at[1]) > NEAR);
  if (kept.length < points.length) return kept;
  return several ? [...points, at] : [at];
}
