/** How things look from above: pure geometry for the plan, from the same parts as the 3D view. */
import { type Part, type V3, spinning } from "./kit/parts";
import type { Spot } from "./types";

/** A flat piece of the plan, lower pieces first; a line has a width in metres, an area has none. */
export interface Patch {
  points: Spot[];
  material: Part["material"];
  line: number;
}

const RING = 12;
const NONE: V3 = [0, 0, 0];
/** Smaller pieces cannot be seen on any plan. */
const LEAST_M2 = 0.0006;

/** Returns what is seen of `parts` from above, lowest first; pieces of one material run together. */
export function fromAbove(parts: readonly Part[]): Patch[] {
  return parts
    .filter(({ deep }) => !deep)
    .map((part) => ({ patch: patchOf(part), top: topOf(part) }))
    .filter(({ patch }) => patch.line > 0 || area(patch.points) > LEAST_M2)
    .sort((a, b) => a.top - b.top)
    .map(({ patch }) => patch);
}

function patchOf(part: Part): Patch {
  if (part.shape === "tube") {
    return { points: world(part, part.points ?? []).map(flat), material: part.material, line: 2 * (part.size[0] ?? 0.01) };
  }
  return { points: hull(world(part, corners(part)).map(flat)), material: part.material, line: 0 };
}

const flat = ([x, , z]: V3): Spot => [x, z];

function topOf(part: Part): number {
  return Math.max(...world(part, part.shape === "tube" ? (part.points ?? []) : corners(part)).map(([, y]) => y), -1e6);
}

function world(part: Part, points: readonly V3[]): V3[] {
  const spin = spinning(part.turn ?? NONE);
  return points.map((one) => {
    const [x, y, z] = spin(one);
    return [x + part.at[0], y + part.at[1], z + part.at[2]];
  });
}

/** Points whose hull is the shape's own. */
function corners(part: Part): V3[] {
  const [a = 0, b = 0, c = 0] = part.size;
  switch (part.shape) {
    case "box":
    case "rbox":
      return cube(a / 2, b / 2, c / 2);
    case "plane":
      return cube(a / 2, b / 2, 0.01);
    case "torus":
      return ring((cos, sin) => [cos * (a + b), sin * (a + b), 0]);
    case "blob":
      return ring((cos, sin) => [cos * a, 0, sin * a * (c || 1)]);
    case "prism":
      return (part.profile ?? []).flatMap(([x, y]): V3[] => [[x, y, -a / 2], [x, y, a / 2]]);
    case "loft":
      return (part.sections ?? []).flatMap(([y, rx, rz, x = 0, z = 0]) => ring((cos, sin) => [x + cos * rx, y, z + sin * rz]));
    case "tube":
      return part.points ?? [];
  }
}

function cube(x: number, y: number, z: number): V3[] {
  return [-1, 1].flatMap((i) => [-1, 1].flatMap((j) => [-1, 1].map((k): V3 => [i * x, j * y, k * z])));
}

function ring(point: (cos: number, sin: number) => V3): V3[] {
  return Array.from({ length: RING }, (_, nth) => point(Math.cos((2 * Math.PI * nth) / RING), Math.sin((2 * Math.PI * nth) / RING)));
}

/** Returns the corners of the smallest convex area around `points`. */
export function hull(points: readonly Spot[]): Spot[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (all: readonly Spot[]): Spot[] => {
    const kept: Spot[] = [];
    for (const point of all) {
      while (kept.length > 1 && cross(kept.at(-2)!, kept.at(-1)!, point) <= 1e-9) kept.pop();
      kept.push(point);
    }
    return kept.slice(0, -1);
  };
  return sorted.length < 3 ? sorted : [...half(sorted), ...half(sorted.reverse())];
}

function cross(o: Spot, a: Spot, b: Spot): number {
  return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
}

/** Returns the area of a polygon. */
export function area(points: readonly Spot[]): number {
  return Math.abs(points.reduce((sum, [x, z], nth) => {
    const [nextX, nextZ] = points[(nth + 1) % points.length]!;
    return sum + x * nextZ - nextX * z;
  }, 0)) / 2;
}

/** Returns where a point of an object lies on the site. */
export function onSite(at: Spot, turn_deg: number, [x, z]: Spot): Spot {
  const turn = (turn_deg * Math.PI) / 180;
  return [at[0] + x * Math.cos(turn) + z * Math.sin(turn), at[1] - x * Math.sin(turn) + z * Math.cos(turn)];
}

/** Moves `points` apart until any two are `least` away from each other, within `size` around the middle. */
export function spread(points: readonly Spot[], least: number, size: Spot): Spot[] {
  const put = points.map(([x, z]): [number, number] => [x, z]);
  for (let round = 0; round < 60; round += 1) {
    let moved = false;
    for (let i = 0; i < put.length; i += 1) {
      for (let j = i + 1; j < put.length; j += 1) moved = apart(put[i]!, put[j]!, least) || moved;
    }
    for (const one of put) for (const axis of [0, 1] as const) one[axis] = Math.max(-size[axis] / 2, Math.min(size[axis] / 2, one[axis]));
    if (!moved) break;
  }
  return put;
}

function apart(a: [number, number], b: [number, number], least: number): boolean {
  const [dx, dz] = [b[0] - a[0], b[1] - a[1]];
  const away = Math.hypot(dx, dz);
  if (away >= least - 1e-6) return false;
  const [ux, uz] = away > 1e-6 ? [dx / away, dz / away] : [0.6, 0.8];
  const push = (least - away) / 2 + 1e-6;
  a[0] -= ux * push;
  a[1] -= uz * push;
  b[0] += ux * push;
  b[1] += uz * push;
  return true;
}

const WAYS: Record<string, Spot> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Returns the nearest of `places` in the direction of an arrow key; null where there is none. */
export function neighbour(places: ReadonlyMap<string, Spot>, from: string, key: string): string | null {
  const way = WAYS[key];
  const here = places.get(from);
  if (!way || !here) return null;
  let best: string | null = null;
  let least = Infinity;
  for (const [id, [x, z]] of places) {
    const [dx, dz] = [x - here[0], z - here[1]];
    const ahead = dx * way[0] + dz * way[1];
    const beside = Math.abs(dx * way[1]) + Math.abs(dz * way[0]);
    if (id === from || ahead < 0.05 || ahead * 2 < beside) continue;
    const cost = ahead + 2 * beside;
    if (cost < least) [best, least] = [id, cost];
  }
  return best;
}
