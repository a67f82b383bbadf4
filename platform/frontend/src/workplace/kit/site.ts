/** Parts of the building and of the yard. */

import {
  H, ball, blob, box, cyl, cylX, cylZ, limb, picture, placed, rbox, rod, row, sides, spun, torus, tube, type Build,
  type Material, type Part, type V3,
} from "./parts";
import { carton } from "./storage";

const SPILLS: Record<string, Material> = { water: "water", oil: "oil", chemical: "acid" };

const spill: Build = ({ what = "water" }) => {
  const material = SPILLS[what] ?? "water";
  return [
    blob(0.55, [0, 0.003, 0], material, 7), blob(0.2, [0.62, 0.003, 0.2], material, 11),
    blob(0.1, [-0.66, 0.003, -0.26], material, 13), blob(0.06, [0.9, 0.003, 0.05], material, 3),
    blob(0.05, [-0.5, 0.003, 0.42], material, 5),
    ...(what === "oil" ? [blob(0.2, [-0.14, 0.0075, 0.06], "navy", 4), blob(0.1, [0.2, 0.0075, -0.12], "teal", 9)] : []),
    ...(
      what === "chemical"
        ? [
          ...placed(
            [
              spun([[0.09, 0], [0.1, 0.02], [0.1, 0.2], [0.04, 0.27], [0.035, 0.31]], [0, 0, 0], "white"),
              rbox([0.11, 0.12, 0.01], [0, 0.1, 0.098], "white", 0.003),
              picture("label:corrosive", 0.11, 0.11, [0, 0.1, 0.1045]),
            ],
            [0.1, 0.1, -0.42], [0.3, 0.7, H],
          ),
          ...row(5, (n) => ball(0.018, [-0.2 + n * 0.1, 0.012, 0.1 - (n % 3) * 0.1], "lens")),
        ]
        : []
    ),
    ...(what === "water" ? [blob(0.16, [0.1, 0.007, 0.1], "lens", 6)] : []),
  ];
};

const door: Build = ({ open, kind }) => {
  const exit = kind === "exit";
  const leaf = [
    rbox([0.9, 2.04, 0.05], [0.45, 1.03, 0], exit ? "green" : "cream", 0.008),
    ...(
      exit
        ? [
          cylX(0.018, 0.7, [0.45, 1.0, 0.07], "red"),
          ...sides((s) => rbox([0.06, 0.09, 0.06], [0.45 + s * 0.37, 1.0, 0.045], "charcoal", 0.012)),
          picture("sign:exit", 0.4, 0.2, [0.45, 1.6, 0.0265]),
        ]
        : [
          rbox([0.36, 0.5, 0.052], [0.45, 1.5, 0], "glass", 0.01), cylX(0.012, 0.12, [0.78, 1.0, 0.06], "chrome"),
          cylZ(0.02, 0.06, [0.83, 1.0, 0.03], "chrome"),
          ...[0.55, 1.0].map((y) => rbox([0.7, 0.02, 0.054], [0.45, y - 0.2, 0], "laminate", 0.004)),
        ]
    ),
    rbox([0.8, 0.16, 0.055], [0.45, 0.12, 0], "steel", 0.004),
  ];
  return [
    ...sides((s) => rbox([0.08, 2.14, 0.14], [s * 0.5, 1.07, 0.03], exit ? "machine_light" : "white", 0.008)),
    rbox([1.08, 0.08, 0.14], [0, 2.12, 0.03], exit ? "machine_light" : "white", 0.008),
    box([0.92, 0.012, 0.14], [0, 0.006, 0.03], "dark_steel"),
    ...(
      open === "open"
        ? [
          box([0.92, 2.06, 0.01], [0, 1.04, -0.03], exit ? "sky_cloth" : "charcoal"),
          ...placed(leaf, [-0.45, 0, 0.06], [0, -1.75, 0]),
        ]
        : placed(leaf, [-0.45, 0, 0.05])
    ),
    ...(
      exit
        ? [rbox([0.62, 0.32, 0.05], [0, 2.36, 0.03], "white", 0.012), picture("sign:exit", 0.58, 0.29, [0, 2.36, 0.057])]
        : [picture("plate", 0.2, 0.1, [0.72, 1.6, 0.03])]
    ),
  ];
};

const stairs: Build = ({ rail }) => {
  const [steps, rise, run, width] = [9, 0.17, 0.28, 1.2];
  const at = (n: number): V3 => [0, (n + 0.5) * rise, 1.2 - n * run];
  return [
    ...row(steps, (n) => [
      box([width, 0.04, run + 0.02], [0, (n + 1) * rise - 0.02, at(n)[2]], "concrete"),
      box([width, rise, 0.02], [0, (n + 0.5) * rise, at(n)[2] + run / 2 - 0.01], "stone"),
      box([width, 0.006, 0.04], [0, (n + 1) * rise + 0.002, at(n)[2] + run / 2 - 0.025], "yellow"),
    ]),
    ...sides((s) => rbox([0.05, 0.26, 3.0], [s * (width / 2), 0.72, 0.08], "iron", 0.008, [0.545, 0, 0])),
    box([width, 0.06, 0.7], [0, steps * rise - 0.03, -1.68], "concrete"),
    ...sides((s) => rbox([0.07, steps * rise, 0.07], [s * (width / 2 - 0.03), (steps * rise) / 2, -1.9], "iron", 0.01)),
    ...(
      rail === "yes"
        ? sides((s) => [
          ...row(5, (n) => cyl(0.018, 0.95, [s * (width / 2), (n * 2 + 1) * rise + 0.47, at(n * 2)[2]], "yellow")),
          rod([s * (width / 2), rise + 0.95, at(0)[2]], [s * (width / 2), steps * rise + 0.95, at(8)[2]], 0.024, "yellow"),
          rod([s * (width / 2), rise + 0.5, at(0)[2]], [s * (width / 2), steps * rise + 0.5, at(8)[2]], 0.016, "yellow"),
          rod([s * (width / 2), steps * rise + 0.95, at(8)[2]], [s * (width / 2), steps * rise + 0.95, -1.98], 0.024, "yellow"),
          cyl(0.018, 0.95, [s * (width / 2), steps * rise + 0.47, -1.96], "yellow"),
        ])
        : sides((s) => [
          cyl(0.018, 0.2, [s * (width / 2), 0.28, at(0)[2]], "rust"),
          cyl(0.018, 0.16, [s * (width / 2), 0.9, at(4)[2]], "rust"),
        ])
    ),
  ];
};

const lamp: Build = ({ light }) => [
  ...sides((s) => rod([s * 0.5, 2.75, 0], [s * 0.5, 3.4, 0], 0.005, "steel")),
  rbox([1.3, 0.07, 0.2], [0, 2.72, 0], "machine_light", 0.02),
  ...sides((s) => [
    cylX(0.022, 1.2, [0, 2.675, s * 0.05], light === "on" ? "lamp_on" : "lamp_off"),
    box([0.03, 0.05, 0.16], [s * 0.62, 2.68, 0], "grey"),
  ]),
  tube(0.008, [[0.4, 2.75, 0], [0.44, 3.0, 0], [0.5, 3.4, 0]], "white", 3),
  ...(
    light === "on"
      ? [rbox([1.22, 0.008, 0.17], [0, 2.655, 0], "lamp_on", 0.003)]
      : [box([0.1, 0.004, 0.06], [0.3, 2.65, 0.05], "charcoal")]
  ),
];

const window: Build = ({ glass }) => [
  ...sides((s) => [
    rbox([0.08, 1.5, 0.1], [s * 0.66, 1.65, 0.02], "white", 0.01),
    rbox([0.05, 1.38, 0.07], [s * 0.03, 1.65, 0.03], "white", 0.008),
  ]),
  ...[0.94, 2.36].map((y) => rbox([1.4, 0.08, 0.1], [0, y, 0.02], "white", 0.01)),
  rbox([1.5, 0.04, 0.26], [0, 0.88, 0.1], "white", 0.012), box([1.26, 1.36, 0.006], [0, 1.65, -0.02], "sky_cloth"),
  rbox([0.03, 0.12, 0.03], [0.1, 1.6, 0.08], "steel", 0.006),
  box([0.6, 1.36, 0.008], [-0.33, 1.65, 0.02], "glass"),
  ...(
    glass === "whole"
      ? [box([0.6, 1.36, 0.008], [0.33, 1.65, 0.02], "glass")]
      : [
        ...row(7, (n) => {
          const a = n * 0.9;
          return placed(
            [box([0.16, 0.3, 0.008], [0, 0, 0], "lens", [0, 0, 0.6])],
            [0.33 + Math.cos(a) * 0.22, 1.65 + Math.sin(a) * 0.56, 0.02], [0, 0, a],
          );
        }),
        ...row(6, (n) => rod(
          [0.33 + Math.cos(n) * 0.08, 1.65 + Math.sin(n) * 0.14, 0.03],
          [0.33 + Math.cos(n) * 0.28, 1.65 + Math.sin(n) * 0.6, 0.03], 0.004, "white", 4,
        )),
        ...row(
          8,
          (n) => box(
            [0.07 + (n % 3) * 0.04, 0.006, 0.05], [0.1 + (n % 4) * 0.16, 0.006, 0.2 + (n % 3) * 0.12], "lens", [0, n, 0],
          ),
        ),
        ...row(3, (n) => box([0.08, 0.006, 0.05], [0.2 + n * 0.14, 0.905, 0.14], "lens", [0, n, 0])),
      ]
  ),
];

const column: Build = () => [
  rbox([0.44, 3.4, 0.44], [0, 1.7, 0], "concrete", 0.02), rbox([0.46, 1.1, 0.46], [0, 0.65, 0], "yellow", 0.02),
  ...row(3, (n) => rbox([0.464, 0.16, 0.464], [0, 0.3 + n * 0.36, 0], "black", 0.02)),
  rbox([0.6, 0.1, 0.6], [0, 0.05, 0], "concrete", 0.02), rbox([0.62, 0.1, 0.62], [0, 3.4, 0], "concrete", 0.02),
  ...sides((s) => cyl(0.02, 3.3, [s * 0.16, 1.7, 0.235], "grey")), rbox([0.12, 0.12, 0.05], [0.16, 1.5, 0.25], "white", 0.01),
];

const wasteBin: Build = ({ fill }) => [
  spun([[0.17, 0], [0.18, 0.02], [0.22, 0.56], [0.225, 0.58], [0.21, 0.58], [0.17, 0.1], [0, 0.1]], [0, 0, 0], "grey"),
  torus(0.22, 0.014, [0, 0.58, 0], "charcoal", [H, 0, 0]), torus(0.19, 0.008, [0, 0.2, 0], "charcoal", [H, 0, 0]),
  cyl(0.2, 0.01, [0, 0.42, 0], "charcoal"),
  ...row(3, (n) => ball(0.06, [-0.07 + n * 0.07, 0.44, (n % 2) * 0.08 - 0.04], n % 2 ? "paper" : "carton", [1.1, 0.8, 1])),
  picture("plate", 0.1, 0.05, [0, 0.36, 0.206], [-0.07, 0, 0]),
  ...(
    fill === "over"
      ? [
        ...row(9, (n) => ball(
          0.085, [Math.cos(n * 2.4) * 0.13, 0.56 + (n % 3) * 0.07, Math.sin(n * 2.4) * 0.13],
          (["paper", "carton", "shirt"] as Material[])[n % 3]!, [1.1, 0.8, 1],
        )),
        ...row(5, (n) => ball(
          0.06, [0.3 + Math.cos(n * 2) * 0.1, 0.045, 0.1 + n * 0.07 - 0.15], n % 2 ? "paper" : "carton_tape", [1.2, 0.7, 1],
        )),
        limb([-0.3, 0.04, 0.16], [-0.2, 0.03, 0.3], 0.05, 0.03, "shirt", 0.6),
        ...carton([0.16, 0.1, 0.14], [0.1, 0.72, 0.02], 0.5, 0.3),
      ]
      : []
  ),
];

const wheel = (at: V3): Part[] => [
  spun([[0.4, -0.14], [0.47, -0.1], [0.47, 0.1], [0.4, 0.14]], at, "rubber", [0, 0, -H]), cylX(0.26, 0.29, at, "machine_light"),
  cylX(0.1, 0.31, at, "dark_steel"),
  ...sides((s) => row(
    6,
    (n) => cylX(
      0.018, 0.02, [at[0] + s * 0.15, at[1] + Math.cos(n * 1.047) * 0.17, at[2] + Math.sin(n * 1.047) * 0.17], "chrome",
    ),
  )),
];

const vehicle: Build = ({ wheels, tailgate }) => [
  ...sides((s) => [
    rbox([0.14, 0.2, 5.6], [s * 0.42, 0.72, 0], "iron", 0.02), ...[1.85, -1.2, -2.2].flatMap((z) => wheel([s * 0.98, 0.47, z])),
  ]),
  ...[1.85, -1.2, -2.2].map((z) => cylX(0.08, 1.9, [0, 0.47, z], "iron")),
  // The cab.
  rbox([2.2, 1.1, 1.5], [0, 1.22, 2.15], "blue", 0.12), rbox([2.1, 0.95, 1.35], [0, 2.14, 2.05], "blue", 0.14),
  rbox([1.84, 0.66, 0.04], [0, 2.16, 2.72], "glass", 0.01), box([1.86, 0.68, 0.02], [0, 2.16, 2.7], "dark_glass"),
  ...sides((s) => [
    box([0.02, 0.56, 0.7], [s * 1.051, 2.2, 2.2], "dark_glass"), rbox([0.03, 0.05, 0.16], [s * 1.11, 1.5, 1.7], "chrome", 0.01),
    rbox([0.06, 0.4, 0.2], [s * 1.3, 2.2, 2.75], "black", 0.02),
    rod([s * 1.06, 2.4, 2.7], [s * 1.28, 2.3, 2.75], 0.016, "black"),
    rbox([0.3, 0.18, 0.04], [s * 0.78, 0.98, 2.91], "lamp_on", 0.02),
    rbox([0.3, 0.06, 0.3], [s * 1.0, 0.6, 2.5], "black", 0.02), cylX(0.5, 0.06, [s * 1.06, 0.62, 1.85], "black"),
  ]),
  rbox([2.24, 0.28, 0.2], [0, 0.66, 2.9], "charcoal", 0.05),
  ...row(4, (n) => box([1.2, 0.05, 0.02], [0, 1.16 + n * 0.1, 2.905], "black")),
  picture("mark:А 123 ВС", 0.44, 0.12, [0, 0.66, 3.002]), cyl(0.07, 1.4, [0.8, 2.0, 1.25], "chrome"),
  // The body and its boards.
  box([2.3, 0.12, 4.1], [0, 0.96, -0.85], "wood_dark"),
  ...sides((s) => [
    ...row(3, (n) => rbox([0.04, 0.22, 4.1], [s * 1.13, 1.14 + n * 0.235, -0.85], "grey", 0.008)),
    ...row(5, (n) => box([0.06, 0.75, 0.08], [s * 1.15, 1.36, 1.1 - n * 0.98], "charcoal")),
    rbox([0.3, 0.4, 0.8], [s * 0.85, 0.6, 0.4], "charcoal", 0.04),
  ]),
  rbox([2.3, 0.9, 0.05], [0, 1.45, 1.18], "grey", 0.01),
  ...row(3, (n) => carton([0.7, 0.5, 0.7], [-0.6 + n * 0.62, 1.28, 0.3 - n * 0.3], n * 0.1)).slice(0, 9),
  ...placed(
    [
      ...row(3, (n) => rbox([2.26, 0.22, 0.04], [0, 0.11 + n * 0.235, 0], "grey", 0.008)),
      ...sides((s) => box([0.08, 0.7, 0.06], [s * 0.7, 0.35, -0.01], "charcoal")),
    ],
    [0, 1.03, -2.9], tailgate === "open" ? [-2.7, 0, 0] : undefined,
  ),
  ...sides((s) => [
    rbox([0.24, 0.12, 0.04], [s * 0.85, 0.76, -2.92], "red", 0.01), box([0.5, 0.4, 0.02], [s * 0.95, 0.48, -2.78], "rubber"),
  ]),
  picture("tape", 1.6, 0.1, [0, 0.84, -2.915], [0, Math.PI, 0]),
  ...(
    wheels === "chocked"
      ? sides((s) => [-0.62, -1.78].flatMap((z, n) => placed(
        [
          box([0.26, 0.2, 0.16], [0, 0.1, 0], "yellow"),
          box([0.26, 0.26, 0.05], [0, 0.12, n ? 0.02 : -0.02], "black", [n ? -0.6 : 0.6, 0, 0]),
        ],
        [s * 0.98, 0, z],
      )))
      : []
  ),
];

const radiator: Build = () => [
  ...row(10, (n) => [
    rbox([0.07, 0.5, 0.09], [-0.36 + n * 0.08, 0.42, 0.1], "white", 0.02),
    rbox([0.06, 0.46, 0.03], [-0.36 + n * 0.08, 0.42, 0.16], "white", 0.012),
  ]),
  ...[0.2, 0.64].map((y) => cylX(0.022, 0.9, [0, y, 0.1], "white")), cyl(0.014, 2.2, [0.5, 1.1, 0.08], "white"),
  cyl(0.014, 0.22, [0.44, 0.1, 0.08], "white"), rod([0.5, 0.64, 0.08], [0.4, 0.64, 0.1], 0.016, "white"),
  spun([[0.02, 0], [0.028, 0.01], [0.028, 0.05], [0.02, 0.06]], [0.48, 0.64, 0.1], "red", [0, 0, -H]),
  ...sides((s) => box([0.03, 0.05, 0.08], [s * 0.3, 0.6, 0.04], "grey")),
];

export const SITE: Record<string, Build> = { spill, door, stairs, lamp, window, column, waste_bin: wasteBin, vehicle, radiator };
