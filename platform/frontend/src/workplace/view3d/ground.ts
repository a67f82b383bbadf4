/** Where one can stand: the site's bounds and what stands in the way. No three.js, no DOM. */
import type { Spot } from "../types";

/** A rectangle on the floor, turned; `turn` in radians, counter-clockwise seen from above. */
export interface Obstacle {
  id: string;
  x: number;
  z: number;
  half: Spot;
  turn: number;
}

/** Metres from the middle of a walker to the shoulder. */
export const SHOULDER_M = 0.28;

/** How deep a point with shoulders is in the obstacle, in metres; 0 or less is outside. */
function depth(of: Obstacle, x: number, z: number, shoulder_m: number): number {
  const [dx, dz] = [x - of.x, z - of.z];
  const [cos, sin] = [Math.cos(of.turn), Math.sin(of.turn)];
  const along = Math.abs(dx * cos - dz * sin) - of.half[0] - shoulder_m;
  const across = Math.abs(dx * sin + dz * cos) - of.half[1] - shoulder_m;
  return -Math.max(along, across);
}

export class Ground {
  private readonly obstacles = new Map<string, Obstacle[]>();

  /** `size` is that of the site in metres. */
  constructor(private readonly size: Spot) {}

  /** Says what stands in the way because of an object; nothing frees its place. */
  set(id: string, obstacles: Obstacle[]): void {
    if (obstacles.length) this.obstacles.set(id, obstacles);
    else this.obstacles.delete(id);
  }

  /** The nearest place within the site. */
  inside([x, z]: Spot, margin_m = SHOULDER_M + 0.07): Spot {
    const [w, d] = [this.size[0] / 2 - margin_m, this.size[1] / 2 - margin_m];
    return [Math.min(w, Math.max(-w, x)), Math.min(d, Math.max(-d, z))];
  }

  free(x: number, z: number, shoulder_m = SHOULDER_M): boolean {
    return this.inDepth(x, z, shoulder_m) <= 0;
  }

  /** Where a walker comes to who wants to go by `dx`, `dz`: along what is in the way, not through. */
  walk(from: Spot, dx: number, dz: number): Spot {
    const now = this.inDepth(from[0], from[1], SHOULDER_M);
    const tries: Spot[] = [
      [from[0] + dx, from[1] + dz],
      [from[0] + dx, from[1]],
      [from[0], from[1] + dz],
      ...slides(from, dx, dz),
    ];
    for (const to of tries) {
      const [x, z] = this.inside(to);
      const then = this.inDepth(x, z, SHOULDER_M);
      // Whoever was put into an obstacle can always get out of it.
      if (then <= 0 || then < now) return [x, z];
    }
    return from;
  }

  private inDepth(x: number, z: number, shoulder_m: number): number {
    let most = 0;
    for (const all of this.obstacles.values()) {
      for (const one of all) most = Math.max(most, depth(one, x, z, shoulder_m));
    }
    return most;
  }
}

/** Places half-way aside: how one gets round the corner of something turned. */
function slides(from: Spot, dx: number, dz: number): Spot[] {
  return [0.8, -0.8].map((angle) => {
    const [cos, sin] = [Math.cos(angle) * 0.7, Math.sin(angle) * 0.7];
    return [from[0] + dx * cos - dz * sin, from[1] + dx * sin + dz * cos];
  });
}
