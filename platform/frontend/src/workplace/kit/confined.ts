/** Tanks, wells, trenches and what work in them needs. */

import {
  H, ball, below, box, cyl, cylX, cylZ, dug, limb, loft, picture, placed, prism, rbox, rod, row, sides, spun, torus, tube, type Build,
  type Material, type Part, type V3,
} from "./parts";
import { railing } from "./height";
import { signAt } from "./signs";

/** Handwheel of a valve about y. */
const handwheel = (at: V3, radius: number, material: Material): Part[] => [
  torus(radius, radius * 0.11, at, material, [H, 0, 0]),
  ...row(
    4, (n) => rod(at, [at[0] + Math.cos(n * H) * radius, at[1], at[2] + Math.sin(n * H) * radius], radius * 0.07, material),
  ),
  cyl(radius * 0.2, 0.05, at, "dark_steel"),
];

/** A gate valve in a pipe along x: open shows its stem. */
const valve = (at: V3, open: boolean, radius = 0.1): Part[] => placed([
  ...sides((s) => [
    cylX(radius * 1.7, 0.035, [s * radius * 1.7, 0, 0], "dark_steel"),
    ...row(6, (n) => cylX(
      0.011, 0.06, [s * radius * 1.7, Math.cos(n * 1.047) * radius * 1.4, Math.sin(n * 1.047) * radius * 1.4], "chrome",
    )),
  ]),
  ball(radius * 1.35, [0, 0, 0], "iron", [1, 1.1, 1]), cylX(radius * 1.1, radius * 3.2, [0, 0, 0], "iron"),
  spun([[radius, 0], [radius * 0.6, radius * 1.4], [radius * 0.5, radius * 2]], [0, radius, 0], "iron"),
  ...sides((s) => rod([s * radius * 0.5, radius * 2.6, 0], [s * radius * 0.3, radius * 4.2, 0], 0.014, "iron")),
  cyl(0.016, open ? radius * 6.2 : radius * 2.6, [0, radius * (open ? 5.2 : 3.4), 0], "chrome"),
  ...handwheel([0, radius * 4.4, 0], radius * 1.7, open ? "green" : "red"),
], at);

/** A blind flange between two flanges, its tail sticking out. */
const blind = (at: V3, radius: number): Part[] => [
  cylX(radius * 1.7, 0.014, at, "yellow"),
  rbox([0.014, 0.26, 0.08], [at[0], at[1] + radius * 1.7 + 0.1, at[2]], "yellow", 0.004),
  cylX(0.018, 0.02, [at[0], at[1] + radius * 1.7 + 0.18, at[2]], "black"),
];

const flanges = (at: V3, radius: number, gap: number): Part[] => sides((s) => [
  cylX(radius * 1.7, 0.03, [at[0] + s * (0.016 + gap), at[1], at[2]], "dark_steel"),
  ...row(6, (n) => cylX(
    0.011, 0.05,
    [
      at[0] + s * (0.03 + gap), at[1] + Math.cos(n * 1.047 + 0.5) * radius * 1.42,
      at[2] + Math.sin(n * 1.047 + 0.5) * radius * 1.42,
    ],
    "chrome",
  )),
]);

const pipeValve: Build = ({ valve: state, tag, blind: plate }) => [
  cylX(0.1, 1.0, [-0.72, 0.75, 0], "green"), cylX(0.1, 0.62, [0.5, 0.75, 0], "green"),
  cylX(0.1, 0.36, [1.06, 0.75, 0], "green"), ...flanges([0.84, 0.75, 0], 0.1, 0), ...valve([0, 0.75, 0], state === "open"),
  ...(plate === "yes" ? blind([0.84, 0.75, 0], 0.1) : []),
  ...sides((s) => [
    rbox([0.12, 0.6, 0.12], [s * 0.9 - 0.04, 0.32, 0], "dark_steel", 0.01),
    rbox([0.3, 0.02, 0.26], [s * 0.9 - 0.04, 0.01, 0], "dark_steel", 0.005),
    torus(0.11, 0.014, [s * 0.9 - 0.04, 0.75, 0], "dark_steel", [0, H, 0]),
  ]),
  ...row(
    2,
    (n) => loft([[-0.04, 0.102, 0.102], [0.04, 0.102, 0.102]], [-0.55 + n * 0.12, 0.75, 0], n ? "white" : "yellow", [0, 0, H]),
  ),
  ...[0.62].map((x) => prism(
    [[-0.07, -0.03], [0.03, -0.03], [0.03, -0.055], [0.08, 0], [0.03, 0.055], [0.03, 0.03], [-0.07, 0.03]], 0.008,
    [x - 0.12, 0.75, 0.103], "white",
  )),
  ...(
    tag === "yes"
      ? [
        ...row(5, (n) => torus(0.02, 0.006, [0.12 + (n % 2) * 0.01, 1.17 - n * 0.032, 0.14], "chrome", [0, n * H, 0])),
        rbox([0.05, 0.055, 0.028], [0.125, 1.0, 0.14], "red", 0.008),
        rbox([0.26, 0.13, 0.004], [-0.05, 1.0, 0.185], "white", 0.001), picture("poster", 0.25, 0.125, [-0.05, 1.0, 0.19]),
      ]
      : []
  ),
];

const tank: Build = ({ hatch, valve: state, blind: plate }) => {
  const r = 1.15;
  return [
    spun([[r, 0.14], [r, 2.4], [r * 0.92, 2.52], [0.5, 2.62], [0, 2.64]], [0, 0, 0], "machine_light"),
    ...[0.2, 0.9, 1.65, 2.36].map((y) => torus(r + 0.005, 0.018, [0, y, 0], "galvanised", [H, 0, 0])),
    cyl(r * 1.12, 0.14, [0, 0.07, 0], "concrete"),
    // The manhole in the wall.
    cylZ(0.36, 0.22, [0, 0.85, r - 0.02], "grey"), torus(0.34, 0.05, [0, 0.85, r + 0.1], "dark_steel"),
    ...row(
      12, (n) => cylZ(0.016, 0.05, [Math.cos(n * 0.5236) * 0.345, 0.85 + Math.sin(n * 0.5236) * 0.345, r + 0.145], "chrome"),
    ),
    ...(hatch === "open"
      ? [
        cylZ(0.28, 0.02, [0, 0.85, r + 0.105], "pit"),
        ...placed(
          [
            cylZ(0.39, 0.04, [0.42, 0, 0], "grey"), torus(0.3, 0.012, [0.42, 0, 0.02], "dark_steel"),
            tube(0.014, [[0.3, 0.08, 0.02], [0.3, 0.08, 0.1], [0.54, 0.08, 0.1], [0.54, 0.08, 0.02]], "steel", 1),
          ],
          [0.4, 0.85, r + 0.14], [0, -1.7, 0],
        ),
      ]
      : [cylZ(0.39, 0.04, [0, 0.85, r + 0.135], "grey"), torus(0.3, 0.012, [0, 0.85, r + 0.157], "dark_steel"), tube(0.014, [[-0.12, 0.93, r + 0.15], [-0.12, 0.93, r + 0.22], [0.12, 0.93, r + 0.22], [0.12, 0.93, r + 0.15]], "steel", 1)]), cyl(0.02, 0.2, [0.42, 0.85, r + 0.1], "dark_steel"),
    ...signAt("explosive", [-0.62, 1.85, r * 0.86], 0.3).map((part) => ({ ...part, turn: [0, -0.54, 0] as V3 })),
    rbox([0.34, 0.18, 0.012], [0.5, 1.85, r * 0.92], "white", 0.003, [0, 0.45, 0]),
    picture("mark:Е-12", 0.32, 0.16, [0.506, 1.85, r * 0.92 + 0.008], [0, 0.45, 0]),
    // The inlet on the right side.
    cylX(0.09, 0.5, [r + 0.2, 0.45, 0], "green"), ...valve([r + 0.62, 0.45, 0], state === "open", 0.085),
    ...flanges([r + 0.36, 0.45, 0], 0.09, 0), ...(plate === "yes" ? blind([r + 0.36, 0.45, 0], 0.09) : []),
    cylX(0.085, 0.4, [r + 0.98, 0.45, 0], "green"), rbox([0.1, 0.36, 0.1], [r + 0.98, 0.18, 0], "dark_steel", 0.01),
    // The ladder and the vent.
    ...placed(
      [
        ...sides((s) => rod([s * 0.2, 0.2, 0], [s * 0.2, 3.0, 0], 0.02, "yellow")),
        ...row(9, (n) => cylX(0.013, 0.4, [0, 0.4 + n * 0.29, 0], "yellow")),
        ...row(3, (n) => torus(0.36, 0.014, [0, 2.0 + n * 0.42, -0.3], "yellow", [H, 0, 0], 2 * Math.PI)),
      ],
      [-r - 0.1, 0, -0.2], [0, H, 0],
    ),
    cyl(0.06, 0.3, [0.3, 2.74, 0.2], "galvanised"), loft([[0, 0.12, 0.12], [0.06, 0.02, 0.02]], [0.3, 2.92, 0.2], "galvanised"),
    ...railing([[-0.7, 2.55, 0.5], [0.55, 2.55, 0.65]], 0.9),
  ];
};

const manhole: Build = ({ cover, fence }) => {
  const lid = [
    cyl(0.33, 0.04, [0, 0, 0], "iron"), torus(0.3, 0.01, [0, 0.02, 0], "dark_steel", [H, 0, 0]),
    torus(0.18, 0.01, [0, 0.02, 0], "dark_steel", [H, 0, 0]),
    ...row(8, (n) => box(
      [0.02, 0.012, 0.1], [Math.sin(n * 0.785) * 0.24, 0.022, Math.cos(n * 0.785) * 0.24], "dark_steel", [0, n * 0.785, 0],
    )),
    ...sides((s) => cyl(0.02, 0.006, [s * 0.1, 0.021, 0], "black")),
  ];
  const posts: V3[] = [[-0.8, 0, 0.8], [0.8, 0, 0.8], [0.8, 0, -0.8], [-0.8, 0, -0.8], [-0.8, 0, 0.8]];
  return [
    loft([[0, 0.62, 0.62], [0.02, 0.6, 0.6]], [0, 0, 0], "concrete"), torus(0.36, 0.03, [0, 0.02, 0], "iron", [H, 0, 0]),
    ...(
      cover === "open"
        ? [
          cyl(0.335, 0.004, [0, 0.024, 0], "pit"),
          ...below(
            spun([[0.42, -2.2], [0.42, -0.001], [0.335, -0.001], [0.335, -2.2], [0, -2.2]], [0, 0, 0], "concrete"),
            ...row(6, (n) => tube(
              0.012,
              [[-0.12, -0.25 - n * 0.32, -0.33], [-0.12, -0.25 - n * 0.32, -0.22], [0.12, -0.25 - n * 0.32, -0.22], [0.12, -0.25 - n * 0.32, -0.33]],
              "rust", 1,
            )),
          ),
          ...row(2, (n) => tube(
            0.012,
            [[-0.12, 0.03, -0.34 + n * 0.02], [-0.12, 0.03 - n * 0.002, -0.24], [0.12, 0.03, -0.24], [0.12, 0.03, -0.34]],
            "rust", 1,
          )).slice(0, 1),
          ...placed(lid, [0.72, 0.05, 0.3], [0, 0.4, 0.12]),
        ]
        : placed(lid, [0, 0.034, 0])
    ),
    ...(
      fence === "yes"
        ? [
          ...posts.slice(0, 4).flatMap((at) => [
            cyl(0.022, 1.05, [at[0], 0.53, at[2]], "tape_red"), cyl(0.0225, 0.2, [at[0], 0.6, at[2]], "tape_white"),
            loft([[0, 0.14, 0.14], [0.03, 0.14, 0.14]], at, "black"),
          ]),
          ...posts.slice(1).flatMap((to, nth) => [0.95, 0.55].flatMap((y) => row(6, (n) => {
            const [a, t] = [posts[nth]!, (n + 0.5) / 6];
            const along = a[0] === to[0];
            return box(
              along ? [0.02, 0.1, 0.27] : [0.27, 0.1, 0.02], [a[0] + (to[0] - a[0]) * t, y, a[2] + (to[2] - a[2]) * t],
              n % 2 ? "tape_white" : "tape_red",
            );
          }))),
          ...signAt("general", [0, 0.78, 0.82], 0.26),
        ]
        : []
    ),
  ];
};

const tripod: Build = ({ rope }) => [
  ...row(3, (n) => {
    const [x, z] = [Math.sin(n * 2.094 + 1.047) * 0.85, Math.cos(n * 2.094 + 1.047) * 0.85];
    return [
      rod([x * 0.1, 2.15, z * 0.1], [x * 0.6, 0.95, z * 0.6], 0.034, "alu"),
      rod([x * 0.55, 1.05, z * 0.55], [x, 0.04, z], 0.026, "galvanised"), cyl(0.07, 0.02, [x, 0.01, z], "rubber"),
      torus(0.036, 0.01, [x * 0.58, 1.0, z * 0.58], "red", [H - 0.3, 0, 0]),
    ];
  }),
  tube(0.006, row2(0.8), "strap_red", 1),
  loft([[0, 0.12, 0.12], [0.1, 0.12, 0.12], [0.14, 0.05, 0.05]], [0, 2.1, 0], "red"), torus(0.04, 0.01, [0, 2.07, 0], "chrome"),
  cylX(0.06, 0.05, [0, 2.02, 0], "dark_steel"),
  ...placed(
    [
      rbox([0.14, 0.24, 0.16], [0, 0, 0], "orange", 0.03), cylX(0.08, 0.16, [0, 0.02, 0.02], "dark_steel"),
      rod([0.1, 0, 0], [0.12, 0.22, 0], 0.01, "chrome"), limb([0.12, 0.22, 0], [0.22, 0.22, 0], 0.016, 0.018, "black"),
    ],
    [0.42, 1.3, 0.26],
  ),
  ...(
    rope === "yes"
      ? [
        rod([0, 2.02, 0.0], [0, 0.75, 0], 0.008, "steel"), rod([0.02, 2.04, 0], [0.4, 1.38, 0.24], 0.007, "steel"),
        torus(0.04, 0.01, [0, 0.7, 0], "alu"), limb([0.03, 0.72, 0], [0.03, 0.66, 0], 0.008, 0.008, "red"),
        rbox([0.05, 0.1, 0.05], [0, 0.8, 0], "yellow", 0.01),
      ]
      : [torus(0.05, 0.012, [0.3, 1.14, 0.3], "dark_steel", [0.6, 0.4, 0])]
  ),
];
const row2 = (radius: number): V3[] => [0, 1, 2, 3].map(
  (n): V3 => [Math.sin(n * 2.094 + 1.047) * radius, 0.12, Math.cos(n * 2.094 + 1.047) * radius]
);

const gasAnalyser: Build = ({ power, check }) => [
  rbox([0.14, 0.26, 0.07], [0, 0.14, 0], "yellow", 0.025), rbox([0.15, 0.08, 0.074], [0, 0.05, 0], "charcoal", 0.02),
  rbox([0.1, 0.06, 0.01], [0, 0.2, 0.034], "black", 0.004),
  picture(power === "on" ? "display:O₂ CO" : "display", 0.088, 0.044, [0, 0.2, 0.0405]),
  ...row(3, (n) => cylZ(0.012, 0.012, [-0.035 + n * 0.035, 0.13, 0.038], n ? "charcoal" : "red")),
  ...row(2, (n) => cylZ(0.022, 0.012, [-0.03 + n * 0.06, 0.06, 0.04], "dark_steel")),
  cyl(0.016, 0.03, [0, 0.28, 0], "black"),
  ...sides((s) => cylZ(0.006, 0.008, [s * 0.05, 0.252, 0.034], power === "on" ? "green_on" : "lamp_off")),
  tube(
    0.005, [[0, 0.29, 0], [0.06, 0.34, 0.02], [0.2, 0.22, 0.06], [0.28, 0.01, 0.1], [0.46, 0.008, 0.16], [0.5, 0.008, 0.3]],
    "rubber", 6,
  ),
  limb([0.5, 0.012, 0.3], [0.44, 0.012, 0.52], 0.01, 0.007, "steel"),
  limb([0.5, 0.014, 0.28], [0.495, 0.014, 0.34], 0.014, 0.014, "black"),
  rbox([0.1, 0.05, 0.003], [-0.02, 0.0, 0.1], "white", 0.001, [-H, 0, 0.2]),
  rbox([0.09, 0.046, 0.003], [0, 0.095, 0.0395], "white", 0.001),
  picture(check === "past" ? "card:past" : "card:ok", 0.088, 0.044, [0, 0.095, 0.0415]),
  ...(check === "past" ? [box([0.05, 0.002, 0.02], [-0.05, 0.003, 0.13], "red")] : []),
];

const excavation: Build = ({ shoring, fence, light }) => {
  const [long, wide] = [3.6, 1.3];
  const bank = (z: number): Part[] => placed(
    [
      loft(
        [[0, long / 2 + 0.2, 0.55], [0.16, long / 2, 0.4], [0.3, long / 2 - 0.35, 0.22], [0.36, long / 2 - 0.8, 0.08]],
        [0, 0, 0], "soil", undefined, 22, 3,
      ),
    ],
    [0, 0, z],
  );
  return [
    box([long, 0.006, wide], [0, 0.012, 0], "pit"), ...dug(long, wide, 1.7, "soil", "soil_dark"), box([long + 0.3, 0.01, wide + 0.3], [0, 0.004, 0], "soil_dark"),
    ...bank(-wide / 2 - 0.75),
    ...row(9, (n) => loft(
      [[0, 0.12, 0.1], [0.08, 0.07, 0.06]], [-1.6 + n * 0.4, 0, wide / 2 + 0.16 + (n % 3) * 0.06], n % 2 ? "soil" : "soil_dark",
      undefined, 8, 3,
    )),
    ...(
      shoring === "yes"
        ? [
          ...sides((s) => [
            ...row(9, (n) => rbox(
              [0.36, 0.34, 0.045], [-1.6 + n * 0.4, 0.15, s * (wide / 2 - 0.03)], n % 2 ? "wood" : "wood_light", 0.006,
            )),
            box([long, 0.1, 0.06], [0, 0.26, s * (wide / 2 - 0.08)], "wood_dark"),
            ...below(
              ...row(9, (n) => box([0.36, 1.68, 0.045], [-1.6 + n * 0.4, -0.84, s * (wide / 2 - 0.03)], n % 2 ? "wood" : "wood_light")),
              box([long, 0.1, 0.06], [0, -0.75, s * (wide / 2 - 0.08)], "wood_dark"),
            ),
          ]),
          ...below(...row(4, (n) => rod(
            [-1.35 + n * 0.9, -0.75, -wide / 2 + 0.1], [-1.35 + n * 0.9, -0.75, wide / 2 - 0.1], 0.035, "galvanised",
          ))),
          ...row(4, (n) => [
            rod([-1.35 + n * 0.9, 0.26, -wide / 2 + 0.1], [-1.35 + n * 0.9, 0.26, wide / 2 - 0.1], 0.035, "galvanised"),
            torus(0.045, 0.012, [-1.35 + n * 0.9, 0.26, 0.1], "red"),
          ]),
        ]
        : row(5, (n) => loft(
          [[0, 0.34, 0.16], [0.05, 0.2, 0.08]], [-1.4 + n * 0.68, 0.012, (n % 2 ? 1 : -1) * (wide / 2 - 0.12)], "soil",
          undefined, 10, 3,
        )).flatMap((heap) => [heap, ...below(
          { ...heap, at: [heap.at[0] + 0.2, -1.7, heap.at[2] * 0.75], sections: [[0, 0.4, 0.3], [0.25, 0.25, 0.16], [0.36, 0.06, 0.04]] },
        )])
    ),
    ...sides((s) => rod([-1.0 + s * 0.2, 0.0, wide / 2 - 0.2], [-1.0 + s * 0.2, 1.0, wide / 2 + 0.02], 0.02, "alu")),
    ...below(
      ...sides((s) => rod([-1.0 + s * 0.2, -1.7, wide / 2 - 0.54], [-1.0 + s * 0.2, 0.01, wide / 2 - 0.2], 0.02, "alu")),
      ...row(6, (n) => rod(
        [-1.2, -0.1 - n * 0.28, wide / 2 - 0.22 - n * 0.056], [-0.8, -0.1 - n * 0.28, wide / 2 - 0.22 - n * 0.056], 0.013, "alu",
      )),
    ),
    ...row(3, (n) => rod(
      [-1.2, 0.25 + n * 0.28, wide / 2 - 0.15 + n * 0.05], [-0.8, 0.25 + n * 0.28, wide / 2 - 0.15 + n * 0.05], 0.013, "alu",
    )),
    ...(
      fence === "yes"
        ? [
          ...sides((s) => railing(
            [[s * (long / 2 + 0.35), 0, -wide / 2 - 0.1], [s * (long / 2 + 0.35), 0, wide / 2 + 0.5]], 1.1, "tape_red",
          )),
          ...railing([[-long / 2 - 0.35, 0, wide / 2 + 0.5], [-1.45, 0, wide / 2 + 0.5]], 1.1, "tape_red"),
          ...railing(
            [[-0.55, 0, wide / 2 + 0.5], [0.8, 0, wide / 2 + 0.5], [long / 2 + 0.35, 0, wide / 2 + 0.5]], 1.1, "tape_red",
          ),
          ...signAt("fall", [1.2, 0.8, wide / 2 + 0.53], 0.3),
        ]
        : []
    ),
    ...sides((s) => [
      cyl(0.03, 1.3, [s * (long / 2 + 0.45), 0.65, wide / 2 + 0.6], "charcoal"),
      spun(
        [[0.05, 0], [0.06, 0.05], [0.05, 0.11], [0.02, 0.14], [0, 0.14]], [s * (long / 2 + 0.45), 1.3, wide / 2 + 0.6],
        light === "yes" ? "amber_on" : "lamp_off",
      ),
    ]),
    ...(
      light === "yes"
        ? sides((s) => torus(0.085, 0.006, [s * (long / 2 + 0.45), 1.36, wide / 2 + 0.6], "amber_on", [H, 0, 0]))
        : []
    ),
  ];
};

export const CONFINED: Record<string, Build> = {
  excavation, tank, manhole, tripod, gas_analyser: gasAnalyser, pipe_valve: pipeValve,
};
