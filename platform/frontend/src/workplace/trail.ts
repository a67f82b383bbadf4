/** Where the member goes, for the replay: thinned out, sent in small portions. */
import type { PathPoint } from "./types";

const LEAST_M = 0.3;
const LEAST_DEG = 25;
const LEAST_MS = 400;
const PORTION = 20;

export class Trail {
  #last: PathPoint | null = null;
  #waiting: PathPoint[] = [];

  constructor(
    readonly send: (points: PathPoint[]) => void,
    readonly elapsed: () => number,
  ) {}

  /** Notes a place; one almost the same as the last is left out. */
  at(x: number, z: number, heading_deg: number): void {
    const point: PathPoint = [Math.round(this.elapsed()), centi(x), centi(z), Math.round(heading_deg)];
    if (this.#last && !apart(this.#last, point)) return;
    this.#last = point;
    this.#waiting.push(point);
    if (this.#waiting.length >= PORTION) this.flush();
  }

  /** Sends what is waiting. */
  flush(): void {
    if (this.#waiting.length === 0) return;
    this.send(this.#waiting);
    this.#waiting = [];
  }
}

const centi = (value: number): number => Math.round(value * 100) / 100;

function apart(a: PathPoint, b: PathPoint): boolean {
  if (b[0] - a[0] < LEAST_MS) return false;
  const turned = Math.abs(((b[3] - a[3] + 540) % 360) - 180);
  return Math.hypot(b[1] - a[1], b[2] - a[2]) >= LEAST_M || turned >= LEAST_DEG;
}
