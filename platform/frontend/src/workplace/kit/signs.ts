/** Signs, posters, tapes, cones and boards. */

import { PICTOGRAMS } from "./pictograms";
import {
  box, cyl, loft, picture, placed, rbox, row, sides, spun, tube, type Build, type Part, type Placed, type V3,
} from "./parts";

/** A sign on its plate, its middle at `at`. */
export const signAt = (name: string, at: V3, size = 0.3): Part[] => {
  const wide = name === "exit" ? size * 2 : size;
  return [
    rbox([wide + 0.02, size + 0.02, 0.014], at, "white", 0.005),
    picture(`sign:${name}`, wide, size, [at[0], at[1], at[2] + 0.0085]),
  ];
};

const sign: Build = ({ pict = "general" }) => {
  const safe = PICTOGRAMS[pict]?.[0] === "safe" || PICTOGRAMS[pict]?.[0] === "fire";
  return [
    ...signAt(pict, [0, safe ? 2.25 : 2.0, 0.02], pict === "exit" ? 0.3 : 0.42),
    ...sides((s) => cyl(
      0.006, 0.01, [s * (pict === "exit" ? 0.28 : 0.19), (safe ? 2.25 : 2.0) + (pict === "exit" ? 0.13 : 0.19), 0.03], "steel",
      [Math.PI / 2, 0, 0],
    )),
  ];
};

const poster: Build = ({ hung }) =>
  hung === "no"
    ? [
      rbox([0.26, 0.13, 0.004], [0.1, 0.02, 0.3], "white", 0.001, [-Math.PI / 2, 0, 0.5]),
      picture("poster", 0.25, 0.125, [0.1, 0.024, 0.3], [-Math.PI / 2, 0, 0.5]),
      cyl(0.012, 0.03, [0, 1.56, 0.02], "steel", [Math.PI / 2, 0, 0]),
    ]
    : [
      rbox([0.3, 0.15, 0.004], [0, 1.45, 0.03], "white", 0.001), picture("poster", 0.29, 0.145, [0, 1.45, 0.034]),
      cyl(0.012, 0.03, [0, 1.56, 0.02], "steel", [Math.PI / 2, 0, 0]),
      tube(0.003, [[-0.1, 1.52, 0.03], [0, 1.565, 0.035], [0.1, 1.52, 0.03]], "rope", 1),
    ];

/** Course of what is long in the object's own axes: its path is told in those of the site. */
export const coursed = (object: Placed, y: number, otherwise: [number, number][]): V3[] => {
  if (object.path.length < 2) return otherwise.map(([x, z]): V3 => [x, y, z]);
  const turn = (-object.turn * Math.PI) / 180;
  return object.path.map(([x, z]): V3 => {
    const [dx, dz] = [x - object.at[0], z - object.at[1]];
    return [(dx * Math.cos(turn) + dz * Math.sin(turn)), y, (-dx * Math.sin(turn) + dz * Math.cos(turn))];
  });
};

/** Points not more than `step` metres from each other on the way through all the points. */
export const paced = (points: V3[], step: number): V3[] =>
  points.flatMap((point, nth) => {
    const next = points[nth + 1];
    if (!next) return [point];
    const length = Math.hypot(next[0] - point[0], next[1] - point[1], next[2] - point[2]);
    const count = Math.max(1, Math.ceil(length / step - 0.01));
    return Array.from(
      { length: count },
      (_, part): V3 => [0, 1, 2].map((axis) => point[axis]! + ((next[axis]! - point[axis]!) * part) / count) as V3,
    );
  });

/** Turn about y and length of the way from one point to the next. */
export const leg = (a: V3, b: V3): { middle: V3; turn: number; length: number } => ({
  middle: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2],
  turn: Math.atan2(-(b[2] - a[2]), b[0] - a[0]),
  length: Math.hypot(b[0] - a[0], b[2] - a[2]),
});

const post = (at: V3): Part[] => placed([
  loft([[0, 0.17, 0.17], [0.035, 0.17, 0.17], [0.05, 0.04, 0.04]], [0, 0, 0], "black"),
  cyl(0.022, 0.98, [0, 0.52, 0], "tape_red"),
  ...row(2, (n) => cyl(0.0225, 0.16, [0, 0.36 + n * 0.32, 0], "tape_white")),
  spun([[0.028, 0], [0.028, 0.03], [0, 0.05]], [0, 1.0, 0], "black"),
], at);

const fenceTape: Build = ({ whole }, object) => {
  const points = paced(coursed(object, 0, [[-1.2, 0], [1.2, 0]]), 1.7);
  const broken = Math.floor((points.length - 2) / 2);
  return points.flatMap((point, nth) => {
    const next = points[nth + 1];
    const stand = post(point);
    if (!next) return stand;
    const { turn, length } = leg(point, next);
    if (whole === "no" && nth === broken)
      return [...stand, ...placed([
        rbox([0.42, 0.07, 0.004], [0.16, 0.74, 0], "tape_red", 0.001, [0, 0, -1.15]),
        rbox([0.32, 0.07, 0.004], [0.28, 0.4, 0.02], "tape_white", 0.001, [0, 0, -1.35]),
        rbox([0.5, 0.004, 0.07], [length * 0.55, 0.01, 0.06], "tape_red", 0.001, [0, 0.3, 0]),
        rbox([0.4, 0.004, 0.07], [length * 0.8, 0.01, 0.1], "tape_white", 0.001, [0, -0.4, 0]),
      ], point, [0, turn, 0])];
    const at = (part: number): number => 0.92 - Math.sin(part * Math.PI) * 0.045;
    return [...stand, ...placed(row(8, (n) => {
      const [from, to] = [n / 8, (n + 1) / 8];
      const rise = Math.atan2(at(to) - at(from), length / 8);
      return box(
        [length / 8 + 0.002, 0.075, 0.003], [((from + to) / 2) * length, (at(from) + at(to)) / 2, 0],
        n % 2 ? "tape_white" : "tape_red", [0, 0, rise],
      );
    }), point, [0, turn, 0])];
  });
};

const cone: Build = ({ stand }) => {
  const whole = [
    rbox([0.36, 0.03, 0.36], [0, 0.015, 0], "black", 0.01),
    spun([[0.14, 0.03], [0.128, 0.07], [0.03, 0.68], [0.03, 0.7], [0, 0.7]], [0, 0, 0], "orange"),
    ...[[0.24, 0.36], [0.46, 0.55]].map(([low = 0, top = 0]) => {
      const r = (y: number): number => 0.128 - ((y - 0.07) / 0.61) * 0.098 + 0.002;
      return spun([[r(low), low], [r(top), top]], [0, 0, 0], "stripe");
    }),
  ];
  return stand === "fallen" ? placed(whole, [-0.35, 0.15, 0], [0.22, 0.3, -Math.PI / 2]) : whole;
};

const noticeBoard: Build = ({ content = "new" }) => [
  rbox([1.66, 1.06, 0.03], [0, 1.55, 0.015], "alu", 0.008), picture(`board:${content}`, 1.6, 1.0, [0, 1.55, 0.032]),
  ...(
    content === "new"
      ? [rbox([0.3, 0.22, 0.02], [0.5, 1.2, 0.045], "visor", 0.004)]
      : [
        box([0.02, 0.26, 0.004], [0.3, 1.12, 0.05], "carton_tape", [0, 0.5, 0.3]),
        rbox([0.22, 0.3, 0.003], [-0.35, 0.02, 0.3], "carton_tape", 0.001, [-1.52, 0, 0.4]),
      ]
  ),
];

export const SIGNS: Record<string, Build> = { sign, poster, fence_tape: fenceTape, cone, notice_board: noticeBoard };
