/** What people breathe through. */

import { H, cyl, loft, rbox, row, sides, spun, torus, tube, type Material, type Part, type V3 } from "./parts";
import { on } from "./pose";
import { shell } from "./torso";
import type { Wear } from "./wears";

const straps: Part[] = [-0.02, 0.06].map((y) => tube(
  0.006,
  [
    [-0.066, 0.06 + y, 0.05], [-0.083, 0.1 + y, -0.01], [-0.05, 0.11 + y, -0.085], [0, 0.112 + y, -0.112],
    [0.05, 0.11 + y, -0.085], [0.083, 0.1 + y, -0.01], [0.066, 0.06 + y, 0.05],
  ],
  "black", 3,
));

const fullMask: Part[] = [
  loft(
    [
      [-0.022, 0.03, 0.02, 0, 0.052], [0, 0.052, 0.05, 0, 0.042], [0.04, 0.07, 0.076, 0, 0.03], [0.1, 0.077, 0.086, 0, 0.026],
      [0.15, 0.072, 0.08, 0, 0.024], [0.172, 0.05, 0.056, 0, 0.024],
    ],
    [0, 0, 0], "mask_rubber", undefined, 18,
  ),
  loft(
    [[0, 0.06, 0.03], [0.03, 0.068, 0.036], [0.06, 0.064, 0.032], [0.075, 0.05, 0.02]], [0, 0.082, 0.086], "lens", undefined,
    16, 2.6,
  ),
  rbox([0.14, 0.012, 0.02], [0, 0.16, 0.098], "mask_rubber", 0.005), ...straps,
];

const maskFilter: Wear = ({ head }) => on(
  head, ...fullMask, cyl(0.022, 0.03, [0, 0.03, 0.112], "black", [1.75, 0, 0]),
  spun([[0.044, 0], [0.05, 0.01], [0.05, 0.055], [0.04, 0.065]], [0, 0.02, 0.12], "filter", [1.8, 0, 0]),
  torus(0.05, 0.004, [0, 0.012, 0.15], "steel", [0.24, 0, 0]),
);

const respirator: Wear = ({ head }) => on(
  head,
  loft(
    [
      [-0.018, 0.03, 0.03, 0, 0.05], [0.012, 0.052, 0.058, 0, 0.048], [0.05, 0.056, 0.062, 0, 0.05],
      [0.082, 0.036, 0.046, 0, 0.052], [0.096, 0.012, 0.024, 0, 0.06],
    ],
    [0, 0, 0.012], "respirator", undefined, 16,
  ),
  cyl(0.015, 0.012, [0, 0.034, 0.118], "sky", [H - 0.1, 0, 0]), rbox([0.03, 0.006, 0.006], [0, 0.1, 0.098], "alu", 0.002),
  ...straps.map((part) => ({ ...part, material: "yellow" as Material })),
);

const corrugated = (points: V3[]): Part[] => [tube(0.019, points, "rubber", 6)];

const maskHose: Wear = (body, { lift }) => {
  const floor = -lift;
  return [
    ...on(body.head, ...fullMask, cyl(0.024, 0.05, [0, 0.02, 0.12], "black", [1.9, 0, 0])),
    ...on(
      body.chest, ...corrugated([[0, 0.5, 0.13], [0.02, 0.42, 0.19], [0.1, 0.26, 0.18], [0.17, 0.06, 0.1], [0.18, -0.04, 0.0]]),
      rbox([0.07, 0.06, 0.05], [0.17, -0.06, -0.01], "black", 0.01),
    ),
    ...row(1, () => tube(
      0.022,
      [
        [0.2, body.pelvis.at[1] + 0.06, body.pelvis.at[2] - 0.04], [0.34, body.pelvis.at[1] * 0.5, -0.22],
        [0.4, floor + 0.06, -0.36], [0.2, floor + 0.024, -0.6], [-0.2, floor + 0.024, -0.62], [-0.4, floor + 0.024, -0.85],
        [-0.1, floor + 0.024, -1.05],
      ],
      "blue", 5,
    )),
    ...on(body.chest, shell(-0.03, 0.015, 0.012, "strap_dark")),
  ];
};

const maskIsolating: Wear = ({ head, chest }) => [
  ...on(head, ...fullMask, cyl(0.026, 0.04, [0.03, 0.025, 0.112], "yellow", [1.8, 0, 0.2])),
  ...on(chest,
    rbox([0.3, 0.46, 0.03], [0, 0.19, -0.14], "black", 0.012),
    spun(
      [[0.03, -0.24], [0.072, -0.2], [0.075, 0.16], [0.05, 0.2], [0.02, 0.22], [0.02, 0.26]], [0, 0.16, -0.23], "air_bottle",
      [Math.PI, 0, 0],
    ),
    ...[0.02, 0.3].map((y) => torus(0.076, 0.01, [0, y, -0.23], "black", [H, 0, 0])),
    ...sides((s) => tube(
      0.02,
      [
        [s * 0.1, 0.4, -0.13], [s * 0.115, 0.448, -0.02], [s * 0.115, 0.38, 0.105], [s * 0.13, 0.2, 0.13],
        [s * 0.16, 0.06, 0.08], [s * 0.14, 0.02, -0.1],
      ],
      "strap_dark", 3,
    )),
    shell(-0.02, 0.03, 0.014, "strap_dark"), rbox([0.06, 0.045, 0.02], [0, 0.005, 0.125], "red", 0.006),
    tube(
      0.013, [[0.06, 0.34, -0.2], [0.18, 0.44, -0.08], [0.17, 0.46, 0.1], [0.05, 0.5, 0.15]], "rubber", 4,
    ), cyl(0.026, 0.018, [-0.1, 0.22, 0.15], "white", [H, 0, 0])),
];

export const MASKS: Record<string, Wear> = {
  mask_filter: maskFilter, respirator, mask_hose: maskHose, mask_isolating: maskIsolating,
};
