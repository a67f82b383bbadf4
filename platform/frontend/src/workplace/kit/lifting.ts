/** What lifts and carries. */

import {
  H, ball, box, cyl, cylX, cylZ, limb, picture, placed, rbox, rod, row, sides, spun, torus, tube, type Build, type Part,
  type V3,
} from "./parts";
import { carton, crate, goods, pallet } from "./storage";

const wheel = (at: V3, radius: number, width: number): Part[] => [
  spunX([[radius * 0.82, -width / 2], [radius, -width * 0.34], [radius, width * 0.34], [radius * 0.82, width / 2]], at),
  cylX(radius * 0.55, width + 0.01, at, "machine_light"), cylX(radius * 0.2, width + 0.03, at, "dark_steel"),
];
const spunX = (profile: [number, number][], at: V3): Part => spun(profile, at, "rubber", [0, 0, -H]);

export const driver = (at: V3): Part[] => placed([
  limb([-0.09, 0, 0], [-0.1, 0.02, 0.42], 0.085, 0.06, "coverall"),
  limb([0.09, 0, 0], [0.1, 0.02, 0.42], 0.085, 0.06, "coverall"),
  ...sides((s) => [
    limb([s * 0.1, 0.02, 0.42], [s * 0.1, -0.34, 0.5], 0.058, 0.045, "coverall"),
    rbox([0.09, 0.09, 0.24], [s * 0.1, -0.38, 0.56], "boot", 0.03),
    limb([s * 0.19, 0.46, 0], [s * 0.22, 0.24, 0.14], 0.058, 0.046, "coverall"),
    limb([s * 0.22, 0.24, 0.14], [s * 0.1, 0.28, 0.36], 0.044, 0.036, "coverall"), ball(0.045, [s * 0.09, 0.29, 0.39], "glove"),
  ]),
  { ...limb([0, -0.02, 0], [0, 0.46, -0.02], 0.17, 0.16, "coverall", 0.66) },
  { ...limb([0, 0.1, 0], [0, 0.44, -0.015], 0.178, 0.17, "vest", 0.68) }, cyl(0.05, 0.12, [0, 0.58, 0], "skin"),
  ball(0.1, [0, 0.72, 0.01], "skin", [0.8, 1.12, 0.96]), ball(0.02, [0, 0.7, 0.108], "skin", [0.7, 1, 1]),
  ...sides((s) => ball(0.011, [s * 0.032, 0.735, 0.096], "iris")),
  ball(0.12, [0, 0.76, -0.005], "helmet", [0.9, 0.86, 1.05], undefined, 0), cyl(0.118, 0.012, [0, 0.765, 0.02], "helmet"),
], at);

const forklift: Build = ({ forks, load, driver: driven }) => {
  const lift = forks === "raised" ? 1.35 : 0.1;
  return [
    rbox([1.05, 0.5, 1.5], [0, 0.52, -0.15], "yellow", 0.08), rbox([1.05, 0.62, 0.5], [0, 0.64, -0.86], "iron", 0.12),
    rbox([0.9, 0.12, 0.7], [0, 0.82, 0.05], "black", 0.04), rbox([0.5, 0.14, 0.5], [0, 0.92, -0.26], "charcoal", 0.05),
    rbox([0.5, 0.56, 0.12], [0, 1.22, -0.52], "charcoal", 0.05, [-0.15, 0, 0]),
    rbox([0.84, 0.46, 0.18], [0, 0.94, 0.5], "yellow", 0.05), rbox([0.7, 0.1, 0.14], [0, 1.2, 0.5], "black", 0.04),
    rod([0, 1.16, 0.46], [0, 1.38, 0.3], 0.02, "black"), torus(0.17, 0.016, [0, 1.4, 0.28], "rubber", [-0.95, 0, 0]),
    ...row(3, (n) => rod(
      [0, 1.4, 0.28], [Math.cos(n * 2.1) * 0.16, 1.4 + Math.sin(n * 2.1) * 0.09, 0.28 + Math.sin(n * 2.1) * 0.13], 0.012,
      "black",
    )),
    ...row(3, (n) => limb([0.2 + n * 0.07, 1.2, 0.42], [0.2 + n * 0.07, 1.34, 0.38], 0.008, 0.014, "black")),
    ...(
      [[-0.5, 0.42, 0.3], [0.5, 0.42, 0.3], [-0.46, -0.72, 0.25], [0.46, -0.72, 0.25]] as const
    ).flatMap(([x, z, r]) => wheel([x, r, z], r, 0.2)),
    ...sides((s) => rbox([0.24, 0.1, 0.72], [s * 0.44, 0.68, 0.42], "yellow", 0.04)),
    ...sides((s) => rbox([0.2, 0.04, 0.34], [s * 0.5, 0.36, -0.16], "black", 0.01)),
    ...sides((s) => [
      rod([s * 0.46, 0.9, 0.52], [s * 0.44, 2.1, 0.34], 0.034, "black"),
      rod([s * 0.46, 0.9, -0.7], [s * 0.44, 2.1, -0.62], 0.034, "black"),
      rbox([0.05, 0.05, 1.06], [s * 0.44, 2.1, -0.14], "black", 0.015),
    ]),
    ...row(6, (n) => box([0.86, 0.03, 0.045], [0, 2.11, -0.6 + n * 0.18], "black")),
    // The mast and its carriage.
    ...sides((s) => [
      rbox([0.08, 2.1, 0.1], [s * 0.3, 1.12, 0.78], "iron", 0.01),
      rbox([0.05, 1.9, 0.06], [s * 0.21, 1.2 + (forks === "raised" ? 0.7 : 0), 0.8], "dark_steel", 0.008),
    ]),
    cyl(0.04, 1.5, [0, 0.95, 0.76], "chrome"), ...[2.12, 0.35].map((y) => box([0.68, 0.08, 0.06], [0, y, 0.78], "iron")),
    ...row(2, (n) => tube(0.012, [[-0.06 + n * 0.12, 0.6, 0.79], [-0.06 + n * 0.12, 2.1, 0.79]], "black", 1)),
    ...placed(
      [
        ...[0.12, 0.5].map((y) => rbox([0.86, 0.08, 0.05], [0, y, 0.9], "iron", 0.01)),
        ...row(5, (n) => rod([-0.36 + n * 0.18, 0.5, 0.88], [-0.36 + n * 0.18, 1.0, 0.88], 0.014, "black")),
        rod([-0.4, 1.0, 0.88], [0.4, 1.0, 0.88], 0.016, "black"),
        ...sides((s) => [
          rbox([0.11, 0.045, 1.1], [s * 0.26, 0, 1.46], "dark_steel", 0.015),
          rbox([0.11, 0.56, 0.05], [s * 0.26, 0.26, 0.93], "dark_steel", 0.015),
        ]),
      ],
      [0, lift, 0],
    ),
    cyl(0.05, 0.04, [0, 2.16, -0.5], "black"),
    spun([[0.05, 0], [0.048, 0.05], [0.03, 0.075], [0, 0.08]], [0, 2.18, -0.5], driven === "yes" ? "amber_on" : "orange"),
    ...sides((s) => [
      rbox([0.12, 0.12, 0.06], [s * 0.38, 1.06, 0.62], "black", 0.02), cylZ(0.045, 0.02, [s * 0.38, 1.06, 0.655], "lamp_on"),
      rbox([0.1, 0.06, 0.02], [s * 0.42, 0.9, -1.11], "red", 0.01),
    ]),
    picture("tape", 0.9, 0.12, [0, 0.62, -1.113], [0, Math.PI, 0]),
    ...sides((s) => picture("plate", 0.26, 0.13, [s * 0.527, 0.62, -0.2], [0, s * H, 0])),
    ...(load === "pallet" ? placed([...pallet(), ...goods("straight").slice(0, 8)], [0, lift + 0.03, 1.52]) : []),
    ...(driven === "yes" ? driver([0, 1.02, -0.24]) : []),
  ];
};

const HOOK: V3[] = [
  [0, 0.16, 0], [0, 0.05, 0], [0.02, 0, 0], [0.1, -0.06, 0], [0.11, -0.16, 0], [0.03, -0.24, 0], [-0.07, -0.21, 0],
  [-0.11, -0.13, 0], [-0.115, -0.08, 0],
];

const crane: Build = ({ latch, load, height }) => {
  // A check lift: the load hangs a quarter of a metre above the floor, as the norm asks (200–300 mm).
  const checked = load === "crate" ? 1.63 : load === "beam" ? 1.5 : 2.1;
  const y = height === "high" ? 3.6 : height === "low" ? 0.75 : checked;
  const span: V3 = load === "beam" ? [0.85, -0.95, 0] : [0.32, -0.75, 0.26];
  return [
    ...placed([
      ...sides((s) => rod([s * 0.08, 0.42, 0], [s * 0.08, 5.0 - y, 0], 0.009, "dark_steel", 5)),
      ...sides((s) => rbox([0.26, 0.34, 0.03], [0, 0.36, s * 0.08], "yellow", 0.03)),
      cylZ(0.13, 0.1, [0, 0.4, 0], "dark_steel"), picture("tape", 0.24, 0.05, [0, 0.27, 0.097]),
      cylZ(0.03, 0.2, [0, 0.4, 0], "steel"),
      cyl(0.04, 0.1, [0, 0.18, 0], "dark_steel"), tube(0.032, HOOK, "red", 5), ball(0.02, [-0.117, -0.065, 0], "red"),
      ...(
        latch === "yes"
          ? [limb([0.0, 0.02, 0], [-0.1, -0.075, 0], 0.012, 0.014, "chrome", 1), torus(0.014, 0.004, [0.005, 0.02, 0], "steel")]
          : [limb([0.06, 0.02, 0.03], [0.12, 0.07, 0.03], 0.006, 0.003, "rust")]
      ),
    ], [0, y, 0]),
    box([0.6, 0.2, 0.5], [0, 5.05, 0], "yellow"), ...sides((s) => cylX(0.08, 0.06, [s * 0.32, 5.0, 0.2], "dark_steel")),
    ...(load === "no" ? [] : placed([
      ...[-1, 1].flatMap((sx) => (load === "beam" ? [0] : [-1, 1]).map(
        (sz) => rod([0, -0.2, 0], [sx * span[0], span[1], sz * span[2]], 0.014, "strap")
      )),
      ...(load === "beam"
        ? [
          box([3.0, 0.03, 0.22], [0, -0.97, 0], "rust"), box([3.0, 0.24, 0.03], [0, -1.1, 0], "rust"),
          box([3.0, 0.03, 0.22], [0, -1.23, 0], "rust"),
          ...sides((s) => [torus(0.19, 0.016, [s * 0.85, -1.1, 0], "strap", [0, H, 0])]),
          tube(0.01, [[1.45, -1.1, 0], [1.6, -1.5, 0.1], [1.62, -1.9, 0.2]], "rope", 4),
        ]
        : placed(crate(false), [0, -1.38, 0])),
    ], [0, Math.max(y, load === "beam" ? 1.32 : 1.42), 0])),
  ];
};

const eye = (at: V3, material: "strap" | "strap_red", turn?: V3): Part => torus(0.045, 0.016, at, material, turn);

const slings: Build = ({ condition, tag }) => [
  rbox([0.9, 0.02, 0.5], [0, 0.01, 0], "wood_dark", 0.006),
  ...row(3, (n) => torus(0.17 - n * 0.02, 0.018, [-0.18, 0.04 + n * 0.03, 0.02], n % 2 ? "strap_red" : "strap", [H, 0, n])),
  eye([-0.02, 0.07, 0.18], "strap", [H, 0, 0]), eye([-0.36, 0.06, -0.12], "strap", [H, 0, 0]),
  tube(0.016, [[0.1, 0.036, 0.16], [0.2, 0.036, -0.1], [0.3, 0.036, 0.12], [0.4, 0.036, -0.12]], "strap", 6),
  eye([0.1, 0.036, 0.2], "strap", [H, 0, 0]), torus(0.05, 0.012, [0.4, 0.034, -0.17], "steel", [H, 0, 0]),
  limb([0.36, 0.04, -0.2], [0.44, 0.04, -0.2], 0.014, 0.014, "red"),
  ...(
    tag === "yes"
      ? [
        rbox([0.07, 0.004, 0.045], [0.17, 0.06, 0.14], "alu", 0.001, [0, 0.4, 0]),
        tube(0.003, [[0.17, 0.06, 0.14], [0.2, 0.05, 0.06]], "steel", 1),
      ]
      : []
  ),
  ...(
    condition === "worn"
      ? [
        ...row(9, (n) => limb(
          [0.24 + n * 0.008, 0.05, 0.02 - n * 0.012], [0.25 + n * 0.016, 0.09 + (n % 3) * 0.014, -0.02 + (n % 4) * 0.02], 0.004,
          0.002, n % 2 ? "rope" : "strap_red",
        )),
        box([0.05, 0.012, 0.03], [0.25, 0.052, 0.0], "charcoal", [0, 1, 0]),
        ...row(6, (n) => limb(
          [-0.18 + Math.cos(n) * 0.16, 0.1, 0.02 + Math.sin(n) * 0.16],
          [-0.18 + Math.cos(n) * 0.21, 0.13, 0.02 + Math.sin(n) * 0.21], 0.004, 0.002, "rope",
        )),
      ]
      : []
  ),
];

const handTruck: Build = ({ load }) => [
  ...sides(
    (s) => [rbox([0.16, 0.05, 1.15], [s * 0.19, 0.1, 0.2], "yellow", 0.02), cylX(0.04, 0.09, [s * 0.19, 0.04, 0.66], "cream")]
  ),
  rbox([0.54, 0.22, 0.16], [0, 0.16, -0.42], "yellow", 0.03), cyl(0.06, 0.3, [0, 0.32, -0.5], "dark_steel"),
  cyl(0.035, 0.2, [0, 0.46, -0.5], "chrome"),
  ...sides((s) => [cylX(0.09, 0.05, [s * 0.07, 0.09, -0.56], "rubber"), cylX(0.04, 0.055, [s * 0.07, 0.09, -0.56], "steel")]),
  rod([0, 0.4, -0.52], [0, 1.12, -0.84], 0.02, "black"),
  torus(0.13, 0.018, [0, 1.2, -0.875], "black", [-0.42, 0, 0], 2 * Math.PI),
  rod([0, 1.12, -0.84], [0, 1.18, -0.865], 0.012, "red"), limb([0, 1.16, -0.86], [0.02, 1.26, -0.88], 0.008, 0.008, "red"),
  ...(
    load === "pallet"
      ? placed(
        [...pallet(), ...goods("straight").slice(0, 6), ...carton([0.5, 0.34, 0.5], [0, 0.76, 0], 0.1)], [0, 0.12, 0.22],
        [0, H, 0],
      )
      : []
  ),
];

export const LIFTING: Record<string, Build> = { forklift, crane_hook: crane, slings, hand_truck: handTruck };
