/** Parts that objects of the kit are made of, and what builds them. Knows neither a drawing library nor a page. */

import type { Placed } from "../types";
import { MATERIALS, type Material } from "./materials";

export { MATERIALS, type Placed };
export type { Look, Material } from "./materials";

/** What builds an object of a kind from its states. */
export type Build = (states: Record<string, string>, object: Placed) => Part[];

/** Metres, or radians about x, then y, then z (the order "XYZ": Rx · Ry · Rz); y is up, z is the object's front. */
export type V3 = [x: number, y: number, z: number];

/**
 * Shape of a part and what its `size` holds:
 * - box: width, height, depth;
 * - rbox: width, height, depth, radius of the edges;
 * - loft: segments round, exponent (2 an ellipse, more is squarer); round things along y through `sections`;
 * - torus: radius, radius of the ring, angle; a ring about z;
 * - tube: radius, steps between points (1 is straight); along `points`;
 * - prism: depth along z; `profile` in the plane xy;
 * - blob: radius, seed, depth as a part of the width; something spilled;
 * - plane: width, height; faces z, carries a `texture`.
 */
export type Shape = "box" | "rbox" | "loft" | "torus" | "tube" | "prism" | "blob" | "plane";

/** Section of a loft: height, half width, half depth, and the shift of its centre. */
export type Section = [y: number, rx: number, rz: number, x?: number, z?: number];

export interface Part {
  shape: Shape;
  size: number[];
  at: V3;
  turn?: V3;
  material: Material;
  sections?: Section[];
  points?: V3[];
  profile?: [number, number][];
  /** What is drawn on a plane, for `drawTexture`; equal names are equal pictures. */
  texture?: string;
  /** Lies below the floor: seen through a part of `pit` alone, and takes no room on the site. */
  deep?: boolean;
}

export const H = Math.PI / 2;
export const DEG = Math.PI / 180;

const turned = (part: Part, turn?: V3): Part => (turn ? { ...part, turn } : part);

export const box = (size: V3, at: V3, material: Material, turn?: V3): Part =>
  turned({ shape: "box", size, at, material }, turn);

export const rbox = (size: V3, at: V3, material: Material, radius = 0.02, turn?: V3): Part =>
  turned({ shape: "rbox", size: [...size, Math.min(radius, Math.min(...size) * 0.48)], at, material }, turn);

/** Segments round that a radius needs to look round. */
const round = (radius: number): number => (
  radius < 0.013 ? 6 : radius < 0.035 ? 8 : radius < 0.09 ? 12 : radius < 0.25 ? 18 : radius < 0.7 ? 26 : 40
);

export const loft = (sections: Section[], at: V3, material: Material, turn?: V3, segments = 0, square = 2): Part => {
  const radius = Math.max(...sections.map(([, rx, rz]) => Math.max(rx, rz)));
  return turned({ shape: "loft", size: [segments || round(radius), square], at, material, sections }, turn);
};

/** Round about y: pairs of a radius and a height, from below. */
export const spun = (profile: [radius: number, y: number][], at: V3, material: Material, turn?: V3, segments = 0): Part =>
  loft(profile.map(([radius, y]): Section => [y, radius, radius]), at, material, turn, segments);

/** Cylinder along y; `top` is the radius of its upper end. */
export const cyl = (radius: number, height: number, at: V3, material: Material, turn?: V3, top = radius, segments = 0): Part =>
  spun([[radius, -height / 2], [top, height / 2]], at, material, turn, segments);

/** Cylinder along x, and along z. */
export const cylX = (radius: number, length: number, at: V3, material: Material, top = radius, segments = 0): Part =>
  cyl(radius, length, at, material, [0, 0, -H], top, segments);
export const cylZ = (radius: number, length: number, at: V3, material: Material, top = radius, segments = 0): Part =>
  cyl(radius, length, at, material, [H, 0, 0], top, segments);

/** Part of a ball between two latitudes (degrees), squeezed by `squash`. */
export const ball = (radius: number, at: V3, material: Material, squash: V3 = [1, 1, 1], turn?: V3, from = -90, to = 90): Part => {
  const rows = Math.max(2, Math.round(((radius > 0.25 ? 14 : radius > 0.08 ? 10 : radius > 0.03 ? 8 : 5) * (to - from)) / 180));
  const sections = Array.from({ length: rows + 1 }, (_, row): Section => {
    const angle = (from + ((to - from) * row) / rows) * DEG;
    const out = Math.abs(Math.cos(angle)) < 1e-6 ? 0 : Math.cos(angle) * radius;
    return [Math.sin(angle) * radius * squash[1], out * squash[0], out * squash[2]];
  });
  return loft(sections, at, material, turn);
};

/** Turn that lays the y axis along a direction. */
export const along = ([x, y, z]: V3): V3 => {
  const length = Math.hypot(x, y, z) || 1;
  const out = Math.asin(Math.max(-1, Math.min(1, -x / length)));
  return [Math.atan2(z, y), 0, out];
};

/** Limb from `a` to `b` with round ends, `ra` thick at `a`; `flat` is its depth as a part of its width. */
export const limb = (a: V3, b: V3, ra: number, rb: number, material: Material, flat = 1): Part => {
  const way: V3 = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
  const length = Math.hypot(...way);
  const sections: Section[] = [];
  const end = ra > 0.05 ? [[1, 0], [0.86, 0.5], [0.5, 0.87], [0, 1]] as const : [[1, 0], [0.7, 0.72], [0, 1]] as const;
  for (const [y, r] of end) sections.push([-y * ra, r * ra, r * ra * flat]);
  for (const [y, r] of [[0, 1], [0.7, 0.72], [1, 0]] as const) sections.push([length + y * rb, r * rb, r * rb * flat]);
  return loft(sections, a, material, along(way));
};

/** Straight bar of a round section between two points. */
export const rod = (a: V3, b: V3, radius: number, material: Material, segments = 0): Part => {
  const way: V3 = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
  const middle: V3 = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2];
  return cyl(radius, Math.hypot(...way), middle, material, along(way), radius, segments);
};

export const torus = (radius: number, ring: number, at: V3, material: Material, turn?: V3, angle = 2 * Math.PI): Part =>
  turned({ shape: "torus", size: [radius, ring, angle], at, material }, turn);

export const tube = (radius: number, points: V3[], material: Material, steps = 5): Part => ({
  shape: "tube", size: [radius, steps], at: [0, 0, 0], material, points,
});

export const prism = (profile: [number, number][], depth: number, at: V3, material: Material, turn?: V3): Part =>
  turned({ shape: "prism", size: [depth], at, material, profile }, turn);

export const blob = (radius: number, at: V3, material: Material, seed = 7, depth = 0.8): Part => ({
  shape: "blob", size: [radius, seed, depth], at, material,
});

/** Picture on a plane that faces z. */
export const picture = (texture: string, width: number, height: number, at: V3, turn?: V3): Part =>
  turned({ shape: "plane", size: [width, height], at, material: "print", texture }, turn);

/** Profile of a bow between two angles (radians), `outer` and `inner` its radii. */
export const bow = (outer: number, inner: number, from: number, to: number, steps = 12): [number, number][] => {
  const point = (radius: number) => (_: unknown, step: number): [number, number] => {
    const angle = from + ((to - from) * step) / steps;
    return [Math.cos(angle) * radius, Math.sin(angle) * radius];
  };
  const [far, near] = [outer, inner].map(
    (radius) => Array.from({ length: steps + 1 }, point(radius))
  ) as [[number, number][], [number, number][]];
  return [...far, ...near.reverse()];
};

/** The parts of each place of a row of `count`. */
export const row = (count: number, place: (nth: number) => Part | Part[]): Part[] =>
  Array.from({ length: count }, (_, nth) => place(nth)).flat();

/** The parts of both sides: -1 is the left one (x < 0). */
export const sides = (side: (sign: number) => Part | Part[]): Part[] => [side(-1), side(1)].flat();

/** Parts that lie below the floor. */
export const below = (...parts: Part[]): Part[] => parts.map((part) => ({ ...part, deep: true }));

/** Walls and bottom of what is dug out, as deep as `deep`; the edge is that of the floor. */
export const dug = (wide: number, long: number, deep: number, wall: Material, bottom: Material): Part[] => below(
  ...sides((s) => [
    box([0.06, deep, long + 0.12], [s * (wide / 2 + 0.03), -deep / 2, 0], wall),
    box([wide + 0.12, deep, 0.06], [0, -deep / 2, s * (long / 2 + 0.03)], wall),
  ]),
  box([wide + 0.12, 0.06, long + 0.12], [0, -deep - 0.03, 0], bottom),
);

type Matrix = [V3, V3, V3];

const matrix = ([x, y, z]: V3): Matrix => {
  const [a, b, c, d, e, f] = [Math.cos(x), Math.sin(x), Math.cos(y), Math.sin(y), Math.cos(z), Math.sin(z)];
  return [
    [c * e, -c * f, d],
    [a * f + b * d * e, a * e - b * d * f, -b * c],
    [b * f - a * d * e, b * e + a * d * f, a * c],
  ];
};

const dot = (a: V3, b: V3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const column = (m: Matrix, nth: 0 | 1 | 2): V3 => [m[0][nth], m[1][nth], m[2][nth]];

/** What a turn does to points and directions. */
export const spinning = (turn: V3): ((point: V3) => V3) => {
  const [x, y, z] = matrix(turn);
  return (point) => [dot(x, point), dot(y, point), dot(z, point)];
};

/** A point or a direction after a turn. */
export const spin = (turn: V3, point: V3): V3 => spinning(turn)(point);

/** The turn that is `inner` and then `outer`. */
export const composed = (outer: V3, inner: V3): V3 => {
  const b = matrix(inner);
  const m = matrix(outer).map((line) => [0, 1, 2].map((nth) => dot(line, column(b, nth as 0 | 1 | 2)))) as Matrix;
  const tilt = Math.asin(Math.max(-1, Math.min(1, m[0][2])));
  if (Math.abs(m[0][2]) > 0.99999) return [Math.atan2(m[2][1], m[1][1]), tilt, 0];
  return [Math.atan2(-m[1][2], m[2][2]), tilt, Math.atan2(-m[0][1], m[0][0])];
};

/** Parts turned together about the origin, and then put `at`. */
export const placed = (parts: Part[], at: V3, turn?: V3): Part[] => {
  const spin = turn && spinning(turn);
  return parts.map((part) => {
    const [x, y, z] = spin ? spin(part.at) : part.at;
    const put: Part = { ...part, at: [x + at[0], y + at[1], z + at[2]] };
    return turn ? { ...put, turn: composed(turn, part.turn ?? [0, 0, 0]) } : put;
  });
};

/** Parts `size` times as big. */
export const sized = (parts: Part[], size: number): Part[] => {
  if (size === 1) return parts;
  const times = (values: V3): V3 => values.map((value) => value * size) as V3;
  const lengths: Record<Shape, number> = { box: 3, rbox: 4, loft: 0, torus: 2, tube: 1, prism: 1, blob: 1, plane: 2 };
  return parts.map((part) => {
    const big: Part = {
      ...part, at: times(part.at), size: part.size.map((value, nth) => (nth < lengths[part.shape] ? value * size : value)),
    };
    if (part.sections) big.sections = part.sections.map((section) => section.map((value = 0) => value * size) as Section);
    if (part.points) big.points = part.points.map(times);
    if (part.profile) big.profile = part.profile.map(([x, y]) => [x * size, y * size]);
    return big;
  });
};

/** Numbers from 0 to 1 that a name always gives. */
export const chance = (name: string): (() => number) => {
  let mixed = [...name].reduce((sum, letter) => Math.imul(sum ^ letter.charCodeAt(0), 0x01000193), 0x811c9dc5);
  // Names that differ in one letter begin far apart.
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  let seed = ((mixed ^ (mixed >>> 16)) >>> 0) % 2147483646 + 1;
  return () => (seed = (seed * 16807) % 2147483647) / 2147483647;
};
