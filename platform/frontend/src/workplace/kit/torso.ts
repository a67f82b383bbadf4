/** The trunk of a body, and what goes round it. */

import { loft, type Material, type Part, type Section } from "./parts";

/** Sections from the waist to the neck in the axes of the chest. */
export const TORSO: Section[] = [
  [-0.03, 0.146, 0.104], [0.06, 0.148, 0.108], [0.16, 0.165, 0.117, 0, 0.004], [0.26, 0.182, 0.121, 0, 0.006],
  [0.33, 0.19, 0.112, 0, 0.002], [0.385, 0.178, 0.094, 0, -0.004], [0.418, 0.128, 0.078, 0, -0.006],
  [0.452, 0.066, 0.062, 0, -0.004],
];

/** A shell round the torso from `low` to `high`, `out` metres from it. */
export const shell = (low: number, high: number, out: number, material: Material): Part => {
  const at = (y: number): Section => {
    const nth = Math.max(1, TORSO.findIndex(([top]) => top >= y));
    const [a, b] = [TORSO[nth - 1]!, TORSO[nth]!];
    const t = (y - a[0]) / (b[0] - a[0]);
    const mix = (axis: 1 | 2 | 4): number => (a[axis] ?? 0) + ((b[axis] ?? 0) - (a[axis] ?? 0)) * t;
    return [y, mix(1) + out, mix(2) + out, 0, mix(4)];
  };
  const between = TORSO.map(([y]) => y).filter((y) => y > low + 0.005 && y < high - 0.005);
  return loft([low, ...between, high].map(at), [0, 0, 0], material, undefined, 22, 2.3);
};
