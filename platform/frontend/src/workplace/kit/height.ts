/** Ladders, scaffolds, edges and what keeps people from falling. */

import {
  H, below, box, cyl, cylX, cylZ, dug, limb, loft, picture, placed, rbox, rod, row, sides, spun, torus, tube, type Build, type Material,
  type Part, type V3,
} from "./parts";
import { coursed, leg, paced } from "./signs";

const ladder: Build = ({ fixing, angle, rungs }) => {
  const [long, lean] = [3.6, angle === "steep" ? -0.09 : -0.27];
  const whole = [
    ...sides((s) => [
      rbox([0.03, long, 0.075], [s * 0.22, long / 2, 0], "alu", 0.006),
      fixing === "yes" ? rbox(
        [0.07, 0.05, 0.14], [s * 0.22, 0.025, 0.01], "rubber", 0.012,
      ) : rbox([0.03, 0.05, 0.07], [s * 0.22, 0.02, 0], "rust", 0.005),
    ]),
    ...row(12, (n) => (rungs === "broken" && n === 5
      ? [
        rod([-0.22, 0.26 + n * 0.28, 0], [-0.06, 0.2 + n * 0.28, 0.01], 0.015, "alu"),
        rod([0.22, 0.26 + n * 0.28, 0], [0.12, 0.17 + n * 0.28, 0.01], 0.015, "alu"),
      ]
      : [cylX(0.016, 0.44, [0, 0.26 + n * 0.28, 0], "alu")])),
    ...(
      fixing === "yes"
        ? [
          ...sides((s) => [
            tube(
              0.01, [[s * 0.22, long - 0.3, 0.03], [s * 0.3, long - 0.26, -0.06], [s * 0.26, long - 0.34, -0.16]], "orange", 4,
            ),
            torus(0.045, 0.01, [s * 0.22, long - 0.3, 0], "orange", [H, 0, 0]),
          ]),
          rbox([0.1, 0.05, 0.004], [0, 1.6, 0.04], "white", 0.001),
        ]
        : []
    ),
  ];
  return placed(whole, [0, 0, -Math.sin(lean) * long * 0.98], [lean, 0, 0]);
};

const stepladder: Build = ({ lock, rungs }) => {
  const [spread, high] = [lock === "yes" ? 0.36 : 0.24, 1.75];
  const treads = row(6, (n) => (rungs === "broken" && n === 2
    ? placed([rbox([0.2, 0.022, 0.085], [0.1, 0, 0], "alu", 0.005)], [-0.2, 0.27 + n * 0.28, 0.02], [0.15, 0, -0.6])
    : [
      rbox([0.4, 0.025, 0.09], [0, 0.27 + n * 0.28, 0.02], "alu", 0.006),
      box([0.38, 0.004, 0.07], [0, 0.284 + n * 0.28, 0.02], "black"),
    ]));
  return [
    ...placed(
      [
        ...sides((s) => [
          rbox([0.03, high, 0.07], [s * 0.2, high / 2, 0], "orange", 0.006),
          rbox([0.05, 0.05, 0.09], [s * 0.2, 0.025, 0], "rubber", 0.01),
        ]),
        ...treads,
      ],
      [0, 0, spread], [-spread / high, 0, 0],
    ),
    ...placed(
      [
        ...sides((s) => [
          rbox([0.028, high, 0.05], [s * 0.19, high / 2, 0], "orange", 0.006),
          rbox([0.05, 0.05, 0.07], [s * 0.19, 0.025, 0], "rubber", 0.01),
        ]),
        ...row(3, (n) => cylX(0.013, 0.38, [0, 0.4 + n * 0.5, 0], "alu")),
      ],
      [0, 0, -spread], [spread / high, 0, 0],
    ),
    rbox([0.46, 0.05, 0.2], [0, high + 0.01, 0.02], "black", 0.015),
    ...sides((s) => cylX(0.03, 0.03, [s * 0.215, high - 0.04, 0], "dark_steel")),
    ...(
      lock === "yes"
        ? sides((s) => [
          rod([s * 0.22, 0.8, -0.2], [s * 0.22, 0.8, 0.2], 0.009, "dark_steel"),
          rbox([0.02, 0.05, 0.06], [s * 0.22, 0.8, 0], "red", 0.006),
        ])
        : sides((s) => [
          rod([s * 0.22, 0.9, 0.13], [s * 0.23, 0.62, 0.16], 0.009, "dark_steel"),
          rod([s * 0.22, 0.9, -0.13], [s * 0.23, 0.7, -0.12], 0.009, "dark_steel"),
        ])
    ),
  ];
};

const scaffold: Build = ({ guard, deck, tag }) => {
  const [width, depth, floor, top] = [2.6, 1.0, 2.05, 3.2];
  const pole = (a: V3, b: V3, material: Material = "galvanised"): Part => rod(a, b, 0.024, material, 8);
  return [
    ...[-1, 1].flatMap((sx) => [-1, 1].flatMap((sz) => [
      pole([(sx * width) / 2, 0.05, (sz * depth) / 2], [(sx * width) / 2, top, (sz * depth) / 2]),
      box([0.16, 0.01, 0.16], [(sx * width) / 2, 0.045, (sz * depth) / 2], "dark_steel"),
      box([0.3, 0.04, 0.24], [(sx * width) / 2, 0.02, (sz * depth) / 2], "wood"),
    ])),
    ...[0.3, 2.0].flatMap((y) => [
      ...sides((s) => pole([-width / 2, y, (s * depth) / 2], [width / 2, y, (s * depth) / 2])),
      ...sides((s) => pole([(s * width) / 2, y, -depth / 2], [(s * width) / 2, y, depth / 2])),
    ]),
    pole([-width / 2, 0.3, -depth / 2], [width / 2, 2.0, -depth / 2]),
    pole([width / 2, 0.3, -depth / 2 - 0.03], [-width / 2, 2.0, -depth / 2 - 0.03]),
    ...sides((s) => pole([(s * width) / 2, 0.3, -depth / 2], [(s * width) / 2, 2.0, depth / 2])),
    ...row(4, (n) => (deck === "gap" && n === 2
      ? [rbox([0.8, 0.04, 0.22], [-0.95, floor, -0.36 + n * 0.24], "wood", 0.004)]
      : [
        rbox(
          [width + 0.1, 0.04, deck === "gap" ? 0.19 : 0.23], [0, floor, -0.36 + n * 0.24], n % 2 ? "wood" : "wood_light", 0.004,
        ),
        box([0.04, 0.044, 0.235], [width / 2 + 0.03, floor, -0.36 + n * 0.24], "dark_steel"),
      ])),
    ...(guard === "yes"
      ? [
        ...[0.55, 1.1].flatMap((y) => [
          ...sides((s) => pole([-width / 2, floor + y, (s * depth) / 2], [width / 2, floor + y, (s * depth) / 2], "yellow")),
          ...sides((s) => pole([(s * width) / 2, floor + y, -depth / 2], [(s * width) / 2, floor + y, depth / 2], "yellow")),
        ]),
        ...sides((s) => box([width, 0.15, 0.025], [0, floor + 0.1, (s * depth) / 2], "yellow")),
      ]
      : [pole([-width / 2, floor + 1.1, -depth / 2], [width / 2, floor + 1.1, -depth / 2], "yellow")]),
    // The ladder inside.
    ...placed(
      [
        ...sides((s) => rod([s * 0.17, 0, 0], [s * 0.17, 2.35, 0], 0.017, "alu")),
        ...row(8, (n) => cylX(0.012, 0.34, [0, 0.28 + n * 0.27, 0], "alu")),
      ],
      [0.85, 0.05, 0.42], [-0.22, 0, 0],
    ),
    ...(
      tag === "yes"
        ? [
          rbox([0.42, 0.22, 0.012], [-width / 2 + 0.32, 1.4, depth / 2 + 0.03], "white", 0.004),
          picture("tag:yes", 0.4, 0.2, [-width / 2 + 0.32, 1.4, depth / 2 + 0.037]),
        ]
        : [
          rbox([0.42, 0.22, 0.012], [-width / 2 + 0.32, 1.4, depth / 2 + 0.03], "white", 0.004),
          picture("tag:no", 0.4, 0.2, [-width / 2 + 0.32, 1.4, depth / 2 + 0.037]),
        ]
    ),
  ];
};

/** Posts, two rails and a toe board along a course, `high` metres. */
export const railing = (points: V3[], high: number, material: Material = "yellow"): Part[] => points.flatMap((point, nth) => {
  const next = points[nth + 1];
  const stand = [
    cyl(0.024, high, [point[0], point[1] + high / 2, point[2]], material),
    cyl(0.06, 0.012, [point[0], point[1] + 0.006, point[2]], "dark_steel"),
  ];
  if (!next) return stand;
  const { middle, turn, length } = leg(point, next);
  return [
    ...stand,
    ...[high, high / 2].map((y) => rod([point[0], point[1] + y, point[2]], [next[0], next[1] + y, next[2]], 0.021, material)),
    box([length, 0.13, 0.016], [middle[0], middle[1] + 0.075, middle[2]], material, [0, turn, 0]),
  ];
});

const roofEdge: Build = ({ guard }, object) => {
  const points = paced(coursed(object, 0.16, [[-1.8, 0], [1.8, 0]]), 1.3);
  const edge = points.slice(1).flatMap((to, nth) => {
    const { middle, turn, length } = leg(points[nth]!, to);
    return placed(
      [
        box([length + 0.01, 0.15, 0.3], [0, -0.085, 0.02], "concrete"),
        rbox([length + 0.01, 0.02, 0.36], [0, 0, 0.02], "galvanised", 0.005),
        box([length + 0.01, 0.16, 0.01], [0, -0.07, -0.165], "galvanised"),
        box([length + 0.01, 0.006, 0.1], [0, -0.155, 0.4], "yellow"),
        cylX(0.05, length + 0.01, [0, -0.18, -0.23], "galvanised"),
      ],
      middle, [0, turn, 0],
    );
  });
  if (guard === "yes") return [...edge, ...railing(points, 1.1)];
  if (guard === "low") return [
    ...edge, ...points.map((point) => cyl(0.02, 0.5, [point[0], point[1] + 0.25, point[2]], "rust")),
    ...points.slice(1).map(
      (to, nth) => rod([points[nth]![0], points[nth]![1] + 0.46, points[nth]![2]], [to[0], to[1] + 0.46, to[2]], 0.016, "rust")
    ),
  ];
  return [...edge, ...points.map((point) => cyl(0.03, 0.014, [point[0], point[1] + 0.014, point[2]], "rust"))];
};

const anchorLine: Build = ({ fixing, clipped }, object) => {
  const line = coursed(object, 1.15, [[-2, 0], [2, 0]]);
  const [first, last] = [line[0]!, line.at(-1)!];
  const middle: V3 = [(first[0] + last[0]) / 2, 1.06, (first[2] + last[2]) / 2];
  const post = (at: V3, tilt = 0): Part[] => placed(
    [
      box([0.3, 0.02, 0.3], [0, 0.01, 0], "dark_steel"),
      ...[-1, 1].flatMap((a) => [-1, 1].map((b) => cyl(0.015, 0.03, [a * 0.11, 0.03, b * 0.11], "chrome"))),
      rbox([0.09, 1.15, 0.09], [0, 0.58, 0], "blue", 0.015), torus(0.04, 0.011, [0, 1.19, 0], "chrome"),
    ],
    [at[0], 0, at[2]], tilt ? [0, 0, tilt] : undefined,
  );
  const loose = fixing === "no";
  return [
    ...line.flatMap((point, nth) => post(point, loose && nth === line.length - 1 ? -0.34 : 0)),
    ...line.slice(1).map((to, nth) => tube(
      0.008,
      [
        line[nth]!, [(line[nth]![0] + to[0]) / 2, loose ? 0.55 : 1.08, (line[nth]![2] + to[2]) / 2],
        loose && nth === line.length - 2 ? [to[0] + 0.38, 1.0, to[2]] : to,
      ],
      "chrome", 8,
    )),
    limb([first[0] + 0.12, 1.14, first[2]], [first[0] + 0.36, 1.12, first[2]], 0.02, 0.02, "orange"),
    ...(loose ? row(2, (n) => cyl(0.014, 0.06, [last[0] + 0.2 + n * 0.1, 0.015, last[2] + 0.22], "rust", [0, 0, H])) : []),
    ...(clipped === "yes"
      ? [
        torus(0.035, 0.008, [middle[0], middle[1] - (loose ? 0.5 : 0) - 0.03, middle[2]], "alu", [0, H, 0]),
        tube(
          0.011,
          [
            [middle[0], middle[1] - (loose ? 0.5 : 0) - 0.06, middle[2]], [middle[0] + 0.02, 0.5, middle[2] + 0.16],
            [middle[0] - 0.05, 0.08, middle[2] + 0.3],
          ],
          "strap_red", 4,
        ),
        rbox([0.05, 0.12, 0.035], [middle[0] + 0.01, 0.42, middle[2] + 0.18], "yellow", 0.01),
      ]
      : [
        torus(0.035, 0.008, [middle[0] + 0.3, 0.012, middle[2] + 0.3], "alu", [H, 0, 0]),
        tube(
          0.011,
          [
            [middle[0] + 0.27, 0.012, middle[2] + 0.31], [middle[0], 0.012, middle[2] + 0.4],
            [middle[0] - 0.2, 0.012, middle[2] + 0.26], [middle[0] - 0.36, 0.012, middle[2] + 0.36],
          ],
          "strap_red", 5,
        ),
        rbox([0.05, 0.035, 0.12], [middle[0] - 0.02, 0.02, middle[2] + 0.38], "yellow", 0.01, [0, 1.4, 0]),
      ]),
  ];
};

const harnessSet: Build = ({ condition, inspected }) => {
  const torn = condition === "torn";
  return [
    cyl(0.03, 1.78, [0, 0.9, -0.06], "dark_steel"),
    loft([[0, 0.2, 0.2], [0.03, 0.2, 0.2], [0.05, 0.04, 0.04]], [0, 0, -0.06], "dark_steel"),
    rbox([0.42, 0.05, 0.05], [0, 1.62, -0.04], "wood", 0.02),
    ...sides((s) => limb([s * 0.1, 1.63, -0.04], [s * 0.22, 1.58, -0.03], 0.026, 0.022, "wood")),
    ...sides((s) => [
      tube(
        0.017,
        torn && s > 0 ? [[0.16, 1.62, 0], [0.15, 1.42, 0.05], [0.13, 1.3, 0.06]] : [
          [s * 0.16, 1.62, 0], [s * 0.14, 1.4, 0.05], [s * 0.09, 1.15, 0.06], [s * 0.11, 1.0, 0.05], [s * 0.13, 0.78, 0.04],
        ],
        "strap", 4,
      ),
      tube(
        0.016,
        [[s * 0.13, 0.98, 0.04], [s * 0.2, 0.8, 0.04], [s * 0.15, 0.68, 0.06], [s * 0.05, 0.8, 0.04], [s * 0.09, 0.98, 0.05]],
        "strap_red", 4,
      ),
      rbox([0.05, 0.035, 0.014], [s * 0.1, 1.06, 0.068], "steel", 0.004),
      rbox([0.05, 0.035, 0.014], [s * 0.15, 0.69, 0.078], "steel", 0.004),
    ]),
    tube(0.015, [[-0.11, 1.28, 0.06], [0, 1.26, 0.07], [0.11, 1.28, 0.06]], "strap", 2),
    torus(0.03, 0.007, [0, 1.26, 0.09], "steel"), rbox([0.3, 0.05, 0.02], [0, 0.99, 0.05], "strap_red", 0.006),
    rbox([0.06, 0.06, 0.014], [0, 0.99, 0.064], "steel", 0.004),
    tube(0.012, [[-0.03, 1.5, 0.0], [-0.26, 1.3, 0.02], [-0.28, 0.9, 0.03], [-0.24, 0.6, 0.02]], "strap_dark", 4),
    rbox([0.055, 0.16, 0.04], [-0.28, 1.0, 0.03], "yellow", 0.012), torus(0.036, 0.008, [-0.24, 0.55, 0.02], "alu"),
    ...(
      torn
        ? [
          ...row(7, (n) => limb(
            [0.12 + n * 0.004, 1.31, 0.06], [0.1 + n * 0.012, 1.24 - (n % 3) * 0.014, 0.07 + (n % 2) * 0.02], 0.004, 0.002,
            n % 2 ? "rope" : "strap",
          )),
          tube(0.017, [[0.1, 1.14, 0.075], [0.1, 1.0, 0.05], [0.13, 0.78, 0.04]], "strap", 3),
          box([0.036, 0.03, 0.02], [0.1, 1.16, 0.07], "charcoal"),
        ]
        : []
    ),
    rbox([0.18, 0.09, 0.004], [0.02, 0.88, 0.085], "white", 0.001),
    picture(inspected === "yes" ? "card:ok" : "card:past", 0.17, 0.085, [0.02, 0.88, 0.089]),
    tube(0.003, [[0.02, 0.92, 0.085], [0.01, 0.98, 0.075]], "rope", 1),
  ];
};

const opening: Build = ({ cover }) => [
  box([1.3, 0.02, 1.3], [0, 0.005, 0], "concrete"),
  ...sides((s) => [box([1.3, 0.05, 0.06], [0, 0.025, s * 0.62], "rust"), box([0.06, 0.05, 1.3], [s * 0.62, 0.025, 0], "rust")]),
  ...(cover === "yes"
    ? [
      rbox([1.24, 0.045, 1.24], [0, 0.05, 0], "wood", 0.006),
      ...row(4, (n) => box([1.22, 0.004, 0.01], [0, 0.074, -0.37 + n * 0.25], "wood_dark")),
      picture("tape", 1.2, 0.12, [0, 0.0745, 0.5], [-H, 0, 0]), picture("tape", 1.2, 0.12, [0, 0.0745, -0.5], [-H, 0, 0]),
      picture("danger", 0.5, 0.25, [0, 0.075, 0], [-H, 0, 0]),
      ...[-1, 1].flatMap((a) => [-1, 1].map((b) => cyl(0.018, 0.02, [a * 0.55, 0.075, b * 0.55], "steel"))),
    ]
    : [
      box([1.18, 0.006, 1.18], [0, 0.016, 0], "pit"),
      ...dug(1.18, 1.18, 0.3, "concrete", "concrete").slice(0, 4),
      // The room below.
      ...placed(dug(3.2, 3.2, 2.7, "plaster", "stone"), [0, -0.3, 0]),
      ...below(rbox([0.5, 0.4, 0.4], [-0.35, -2.8, -0.3], "carton", 0.01), box([0.502, 0.402, 0.06], [-0.35, -2.8, -0.3], "carton_tape")),
      ...row(3, (n) => rod([-0.6, 0.03, -0.4 + n * 0.4], [-0.42, 0.032, -0.4 + n * 0.4], 0.012, "rust")),
      placed([rbox([1.24, 0.045, 1.24], [0, 0, 0], "wood", 0.006)], [1.35, 0.05, -0.2], [0, 0.25, 0.05])[0]!,
    ]),
];

const windSock: Build = ({ wind }) => {
  const sock = row(5, (n): Part => {
    const [r0, r1] = [0.16 - n * 0.016, 0.16 - (n + 1) * 0.016];
    return spun([[r0, n * 0.22], [r1, n * 0.22 + 0.22]], [0, 0, 0], n % 2 ? "white" : "orange");
  });
  return [
    cyl(0.035, 3, [0, 1.5, 0], "white", undefined, 0.025),
    ...row(3, (n) => cyl(0.037, 0.4, [0, 0.6 + n * 0.8, 0], "red", undefined, 0.033)),
    loft([[0, 0.2, 0.2], [0.04, 0.2, 0.2], [0.08, 0.06, 0.06]], [0, 0, 0], "concrete"),
    cyl(0.05, 0.06, [0, 3.0, 0], "dark_steel"), rod([0, 3, 0], [0.18, 3, 0], 0.012, "dark_steel"),
    torus(0.16, 0.012, [0.18, 2.99, 0], "dark_steel", [0, H, 0]),
    ...placed(sock, [0.18, 2.99, 0], wind === "strong" ? [0, 0, -1.5] : [0, 0, -2.85]),
  ];
};

const guardRail: Build = ({ height }, object) => {
  const points = paced(coursed(object, 0, [[-1.25, 0], [1.25, 0]]), 1.3);
  return railing(points, height === "low" ? 0.55 : 1.1);
};

const cradle: Build = ({ guard }) => {
  const [width, depth] = [3.0, 0.75];
  const side = (z: number, high: number): Part[] => [
    ...[high, high * 0.55].map((y) => cylX(0.02, width, [0, 0.4 + y, z], "orange")),
    box([width, 0.16, 0.012], [0, 0.5, z], "orange"),
    ...row(5, (n) => cyl(0.017, high, [-width / 2 + (n * width) / 4, 0.4 + high / 2, z], "orange")),
  ];
  return [
    box([width, 0.04, depth], [0, 0.4, 0], "alu"),
    ...row(9, (n) => box([0.02, 0.006, depth - 0.04], [-1.3 + n * 0.325, 0.424, 0], "dark_steel")),
    ...side(depth / 2, guard === "yes" ? 1.05 : 0.3), ...side(-depth / 2, 0.8),
    ...sides((s) => [
      ...(
        guard === "yes"
          ? [0.3, 0.6, 1.0].map(
            (y) => rod([(s * width) / 2, 0.4 + y, -depth / 2], [(s * width) / 2, 0.4 + y, depth / 2], 0.018, "orange")
          )
          : []
      ),
      ...[-1, 1].map((z) => rod([s * 1.48, 0.4, (z * depth) / 2], [s * 1.44, 1.5, 0], 0.022, "dark_steel")),
      rbox([0.3, 0.3, 0.24], [s * 1.44, 1.5, 0], "red", 0.03), cylZ(0.08, 0.26, [s * 1.44, 1.6, 0], "dark_steel"),
      rod([s * 1.44, 1.6, 0], [s * 1.44, 4.4, 0], 0.008, "steel"),
      rod([s * 1.36, 1.6, 0], [s * 1.36, 4.4, 0], 0.006, "charcoal"), cylX(0.07, 0.1, [s * 1.1, 0.32, 0], "rubber"),
    ]), rbox([0.24, 0.3, 0.12], [0.4, 1.05, -0.36], "machine_light", 0.02), cylZ(0.025, 0.03, [0.36, 1.1, -0.29], "green"), cylZ(0.03, 0.03, [0.45, 1.1, -0.29], "red"), spun([[0.1, 0], [0.13, 0.22], [0.12, 0.22], [0.09, 0.02], [0, 0.02]], [-0.7, 0.42, -0.1], "white"), tube(0.008, [[-0.82, 0.62, -0.1], [-0.7, 0.82, -0.1], [-0.58, 0.62, -0.1]], "dark_steel", 4),
  ];
};

export const HEIGHT: Record<string, Build> = {
  ladder, stepladder, scaffold, roof_edge: roofEdge, anchor_line: anchorLine, harness_set: harnessSet, opening,
  wind_sock: windSock, guard_rail: guardRail, cradle,
};
