/** Triangles of a part, in metres of the object's own axes; plain numbers, so any library can draw them. */

import { spinning, type Part, type V3 } from "./parts";

export interface Mesh {
  /** Three numbers for each corner. */
  positions: number[];
  normals: number[];
  /** Two numbers for each corner. */
  uvs: number[];
  /** Three corners for each triangle, counter-clockwise from outside. */
  index: number[];
}

const CREASE = 0.75; // cosine of the angle beyond which an edge stays sharp

const sub = (a: V3, b: V3): V3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const add = (a: V3, b: V3): V3 => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
const times = (a: V3, by: number): V3 => [a[0] * by, a[1] * by, a[2] * by];
const dot = (a: V3, b: V3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: V3, b: V3): V3 => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
const unit = (a: V3): V3 => {
  const length = Math.hypot(...a);
  return length > 1e-12 ? times(a, 1 / length) : [0, 1, 0];
};

class Pen {
  readonly mesh: Mesh = { positions: [], normals: [], uvs: [], index: [] };

  corner(at: V3, normal: V3, u = 0, v = 0): number {
    this.mesh.positions.push(...at);
    this.mesh.normals.push(...normal);
    this.mesh.uvs.push(u, v);
    return this.mesh.positions.length / 3 - 1;
  }

  triangle(a: number, b: number, c: number): void {
    this.mesh.index.push(a, b, c);
  }

  quad(a: number, b: number, c: number, d: number): void {
    this.mesh.index.push(a, b, c, a, c, d);
  }

  /** Flat polygon round its first corner. */
  fan(points: V3[], normal: V3): void {
    const corners = points.map((point) => this.corner(point, normal));
    for (let nth = 1; nth + 1 < corners.length; nth += 1) this.triangle(corners[0]!, corners[nth]!, corners[nth + 1]!);
  }
}

const AXES: [V3, V3, V3][] = [1, -1].flatMap((sign): [V3, V3, V3][] => [
  [[sign, 0, 0], [0, sign, 0], [0, 0, 1]],
  [[0, sign, 0], [0, 0, sign], [1, 0, 0]],
  [[0, 0, sign], [sign, 0, 0], [0, 1, 0]],
]);

const drawBox = (pen: Pen, [width = 0, height = 0, depth = 0, radius = 0]: number[]): void => {
  const half: V3 = [width / 2, height / 2, depth / 2];
  const inner: V3 = [half[0] - radius, half[1] - radius, half[2] - radius];
  const corners = new Map<string, number>();
  const key = (sign: V3, normal: V3): string => `${sign.join()} ${normal.map(Math.round).join()}`;
  const corner = (sign: V3, normal: V3, u: number, v: number): number => {
    const at = sign.map((value, nth) => value * inner[nth]! + normal[nth]! * radius) as V3;
    const nth = pen.corner(at, normal, u, v);
    corners.set(key(sign, normal), nth);
    return nth;
  };
  for (const [normal, a, b] of AXES) {
    const at = (i: number, j: number): number => corner(
      add(normal, add(times(a, i), times(b, j))), normal, (i + 1) / 2, (j + 1) / 2,
    );
    pen.quad(at(-1, -1), at(1, -1), at(1, 1), at(-1, 1));
  }
  if (!radius) return;
  const flat = (normal: V3, sign: V3): number => corners.get(key(sign, normal))!;
  const facing = (a: number, b: number, c: number, out: V3): void => {
    const point = (nth: number): V3 => pen.mesh.positions.slice(nth * 3, nth * 3 + 3) as V3;
    const normal = cross(sub(point(b), point(a)), sub(point(c), point(a)));
    if (dot(normal, out) >= 0) pen.triangle(a, b, c);
    else pen.triangle(a, c, b);
  };
  const axis = (nth: number, sign: number): V3 => [0, 1, 2].map((each) => (each === nth ? sign : 0)) as V3;
  for (const [i, j, k] of [[0, 1, 2], [1, 2, 0], [2, 0, 1]] as const)
    for (const s of [-1, 1])
      for (const t of [-1, 1]) {
        const [a, b] = [axis(i, s), axis(j, t)];
        const ends = [-1, 1].map((end) => add(add(a, b), axis(k, end))) as [V3, V3];
        const out = add(a, b);
        facing(flat(a, ends[0]), flat(b, ends[0]), flat(b, ends[1]), out);
        facing(flat(a, ends[0]), flat(b, ends[1]), flat(a, ends[1]), out);
        if (i === 0) for (const end of ends) facing(flat(a, end), flat(b, end), flat(axis(k, end[k]), end), end);
      }
};

const drawLoft = (pen: Pen, part: Part): void => {
  const [segments = 16, square = 2] = part.size;
  const sections = part.sections ?? [];
  const bent = (value: number): number => Math.sign(value) * Math.abs(value) ** (2 / square);
  const rim = ([y, rx, rz, x = 0, z = 0]: [number, number, number, number?, number?], angle: number): V3 => [
    x + rx * bent(Math.cos(angle)), y, z + rz * bent(Math.sin(angle)),
  ];
  const angle = (nth: number): number => (nth / segments) * 2 * Math.PI;
  const normal = (span: number, nth: number): V3 => {
    const [low, high] = [sections[span]!, sections[span + 1]!];
    const wide = low[1] + low[2] > high[1] + high[2] ? low : high;
    const about = sub(rim(wide, angle(nth) + 0.05), rim(wide, angle(nth) - 0.05));
    return unit(cross(sub(rim(high, angle(nth)), rim(low, angle(nth))), about));
  };
  const spans = Math.max(0, sections.length - 1);
  const normals = Array.from(
    { length: spans }, (_, span) => Array.from({ length: segments + 1 }, (__, nth) => normal(span, nth)),
  );
  const smooth = (span: number, next: number, nth: number): V3 => {
    const own = normals[span]![nth]!;
    const other = normals[next]?.[nth];
    return other && dot(own, other) > CREASE ? unit(add(own, other)) : own;
  };
  for (let span = 0; span < spans; span += 1) {
    const rows = [0, 1].map((end) =>
      Array.from({ length: segments + 1 }, (_, nth) =>
        pen.corner(
          rim(sections[span + end]!, angle(nth)), smooth(span, end ? span + 1 : span - 1, nth), nth / segments,
          (span + end) / spans,
        ),
      ),
    ) as [number[], number[]];
    for (let nth = 0; nth < segments; nth += 1) {
      const [a, b, c, d] = [rows[0][nth]!, rows[1][nth]!, rows[1][nth + 1]!, rows[0][nth + 1]!];
      if (sections[span + 1]![1] > 1e-9) pen.triangle(a, b, c);
      if (sections[span]![1] > 1e-9) pen.triangle(a, c, d);
    }
  }
  const first = sections[0];
  const last = sections.at(-1);
  const ring = (section: [number, number, number, number?, number?], step: number): V3[] =>
    Array.from({ length: segments }, (_, nth) => rim(section, angle(nth * step)));
  if (first && first[1] > 1e-9) pen.fan(ring(first, 1), [0, -1, 0]);
  if (last && last[1] > 1e-9) pen.fan(ring(last, -1), [0, 1, 0]);
};

/** Rings of corners joined by quads; the rings go round so that the outside is outside. */
const drawRings = (pen: Pen, centres: V3[], frames: [V3, V3][], radius: number, around: number, ends: boolean): void => {
  let before: number[] = [];
  centres.forEach((centre, ring) => {
    const [side, up] = frames[ring]!;
    const now = Array.from({ length: around + 1 }, (_, nth) => {
      const angle = (nth / around) * 2 * Math.PI;
      const out = add(times(side, Math.cos(angle)), times(up, Math.sin(angle)));
      return pen.corner(add(centre, times(out, radius)), out, nth / around, ring / centres.length);
    });
    if (before.length) for (let nth = 0; nth < around; nth += 1) pen.quad(
      before[nth]!, before[nth + 1]!, now[nth + 1]!, now[nth]!,
    );
    before = now;
  });
  if (!ends) return;
  for (const [ring, sign] of [[0, -1], [centres.length - 1, 1]] as const) {
    const [side, up] = frames[ring]!;
    const points = Array.from({ length: around }, (_, nth) => {
      const angle = ((sign * nth) / around) * 2 * Math.PI;
      return add(centres[ring]!, times(add(times(side, Math.cos(angle)), times(up, Math.sin(angle))), radius));
    });
    pen.fan(points, times(cross(side, up), sign));
  }
};

const drawTorus = (pen: Pen, [radius = 0, ring = 0, whole = 2 * Math.PI]: number[]): void => {
  const steps = Math.max(4, Math.ceil(((radius < 0.05 ? 12 : radius < 0.15 ? 20 : 28) * whole) / (2 * Math.PI)));
  const outs = Array.from(
    { length: steps + 1 }, (_, nth): V3 => [Math.cos((nth / steps) * whole), Math.sin((nth / steps) * whole), 0],
  );
  const frames = outs.map((out): [V3, V3] => [out, [0, 0, -1]]);
  drawRings(pen, outs.map((out) => times(out, radius)), frames, ring, ring < 0.012 ? 5 : 8, whole < 6.28);
};

/** Points of a smooth line (Catmull-Rom) through the points given. */
export const course = (points: V3[], steps: number): V3[] => {
  if (steps <= 1 || points.length < 3) return points;
  const at = (nth: number): V3 => points[Math.max(0, Math.min(points.length - 1, nth))]!;
  const line: V3[] = [];
  for (let span = 0; span + 1 < points.length; span += 1)
    for (let step = 0; step < steps; step += 1) {
      const t = step / steps;
      const [a, b, c, d] = [at(span - 1), at(span), at(span + 1), at(span + 2)];
      const mix = (nth: 0 | 1 | 2): number =>
        0.5 * (2 * b[nth] + (c[nth] - a[nth]) * t + (
          2 * a[nth] - 5 * b[nth] + 4 * c[nth] - d[nth]
        ) * t * t + (3 * b[nth] - a[nth] - 3 * c[nth] + d[nth]) * t ** 3);
      line.push([mix(0), mix(1), mix(2)]);
    }
  return [...line, at(points.length - 1)];
};

const drawTube = (pen: Pen, part: Part): void => {
  const [radius = 0.01, steps = 5] = part.size;
  const line = course(part.points ?? [], steps);
  let side: V3 = [0, 0, 0];
  const frames = line.map((point, nth): [V3, V3] => {
    const way = unit(sub(line[Math.min(nth + 1, line.length - 1)] ?? point, line[Math.max(nth - 1, 0)] ?? point));
    const start: V3 = nth ? side : Math.abs(way[1]) > 0.9 ? [1, 0, 0] : [0, 1, 0];
    side = unit(sub(start, times(way, dot(start, way))));
    return [side, cross(way, side)];
  });
  drawRings(pen, line, frames, radius, radius < 0.013 ? 5 : radius < 0.04 ? 7 : 12, true);
};

/** Triangles of a polygon that goes counter-clockwise, by cutting ears. */
const cut = (polygon: [number, number][]): [number, number, number][] => {
  const left = polygon.map((_, nth) => nth);
  const area = (a: number, b: number, c: number): number => {
    const [p, q, r] = [polygon[a]!, polygon[b]!, polygon[c]!];
    return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]);
  };
  const triangles: [number, number, number][] = [];
  while (left.length > 2) {
    const ear = left.findIndex((b, nth) => {
      const [a, c] = [left.at(nth - 1)!, left[(nth + 1) % left.length]!];
      if (area(a, b, c) <= 0) return false;
      return !left.some((d) => d !== a && d !== b && d !== c && area(a, b, d) >= 0 && area(b, c, d) >= 0 && area(c, a, d) >= 0);
    });
    const nth = Math.max(0, ear);
    triangles.push([left.at(nth - 1)!, left[nth]!, left[(nth + 1) % left.length]!]);
    left.splice(nth, 1);
  }
  return triangles;
};

const drawPrism = (pen: Pen, part: Part): void => {
  const half = (part.size[0] ?? 0) / 2;
  const given = part.profile ?? [];
  const turn = given.reduce(
    (sum, [x, y], nth) => sum + x * given[(nth + 1) % given.length]![1] - y * given[(nth + 1) % given.length]![0], 0,
  );
  const profile = turn < 0 ? [...given].reverse() : given;
  for (const z of [half, -half]) {
    const corners = profile.map(([x, y]) => pen.corner([x, y, z], [0, 0, Math.sign(z)]));
    for (const [a, b, c] of cut(profile))
      if (z > 0) pen.triangle(corners[a]!, corners[b]!, corners[c]!);
      else pen.triangle(corners[a]!, corners[c]!, corners[b]!);
  }
  const out = (nth: number): V3 => {
    const [[x0, y0], [x1, y1]] = [profile.at(nth % profile.length)!, profile[(nth + 1 + profile.length) % profile.length]!];
    return unit([y1 - y0, x0 - x1, 0]);
  };
  const smooth = (nth: number, other: number): V3 => (
    dot(out(nth), out(other)) > CREASE
      ? unit(add(out(nth), out(other)))
      : out(nth)
  );
  profile.forEach(([x0, y0], nth) => {
    const [x1, y1] = profile[(nth + 1) % profile.length]!;
    const [a, b] = [smooth(nth, nth - 1), smooth(nth, nth + 1)];
    pen.quad(
      pen.corner([x0, y0, half], a), pen.corner([x0, y0, -half], a), pen.corner([x1, y1, -half], b),
      pen.corner([x1, y1, half], b),
    );
  });
};

const drawBlob = (pen: Pen, [radius = 0.5, seed = 7, depth = 0.8]: number[]): void => {
  const steps = 36;
  const rim = (nth: number, part: number, y: number): V3 => {
    const angle = (nth / steps) * 2 * Math.PI;
    const r = part * radius * (
      1 + 0.16 * Math.sin(angle * 3 + seed) + 0.1 * Math.sin(angle * 5 + seed * 2) + 0.04 * Math.sin(angle * 9 + seed * 3)
    );
    return [Math.cos(angle) * r, y, -Math.sin(angle) * r * depth];
  };
  const ring = (part: number, y: number, tilt: number): number[] =>
    Array.from({ length: steps + 1 }, (_, nth) => {
      const angle = (nth / steps) * 2 * Math.PI;
      return pen.corner(rim(nth, part, y), unit([Math.cos(angle) * tilt, 1, -Math.sin(angle) * tilt]));
    });
  const [edge, inner, centre] = [ring(1, 0, 1.4), ring(0.94, 0.004, 0.15), pen.corner([0, 0.005, 0], [0, 1, 0])];
  for (let nth = 0; nth < steps; nth += 1) {
    pen.quad(edge[nth]!, edge[nth + 1]!, inner[nth + 1]!, inner[nth]!);
    pen.triangle(centre, inner[nth]!, inner[nth + 1]!);
  }
};

const drawPlane = (pen: Pen, [width = 0, height = 0]: number[]): void => {
  const at = (x: number, y: number): number => pen.corner([(x - 0.5) * width, (y - 0.5) * height, 0], [0, 0, 1], x, y);
  pen.quad(at(0, 0), at(1, 0), at(1, 1), at(0, 1));
};

const DRAW: Record<Part["shape"], (pen: Pen, part: Part) => void> = {
  box: (pen, part) => drawBox(pen, part.size.slice(0, 3)),
  rbox: (pen, part) => drawBox(pen, part.size),
  loft: drawLoft,
  torus: (pen, part) => drawTorus(pen, part.size),
  tube: drawTube,
  prism: drawPrism,
  blob: (pen, part) => drawBlob(pen, part.size),
  plane: (pen, part) => drawPlane(pen, part.size),
};

/** Triangles of a part where it stands in its object. */
export const mesh = (part: Part): Mesh => {
  const pen = new Pen();
  DRAW[part.shape](pen, part);
  const spin = part.turn ? spinning(part.turn) : (point: V3): V3 => point;
  const put = (values: number[], by: V3): void => {
    for (let nth = 0; nth < values.length; nth += 3) {
      const [x, y, z] = add(spin([values[nth]!, values[nth + 1]!, values[nth + 2]!]), by);
      [values[nth], values[nth + 1], values[nth + 2]] = [x, y, z];
    }
  };
  put(pen.mesh.positions, part.at);
  if (part.turn) put(pen.mesh.normals, [0, 0, 0]);
  return pen.mesh;
};

/** How far parts reach that are not below the floor: two corners of the box that holds them. */
export const bounds = (parts: Part[]): { low: V3; high: V3 } => {
  const low: V3 = [Infinity, Infinity, Infinity];
  const high: V3 = [-Infinity, -Infinity, -Infinity];
  for (const part of parts.filter(({ deep }) => !deep))
    mesh(part).positions.forEach((value, nth) => {
      const axis = (nth % 3) as 0 | 1 | 2;
      low[axis] = Math.min(low[axis], value);
      high[axis] = Math.max(high[axis], value);
    });
  return { low, high };
};
