/** Laboratory: reagents, the fume hood, the eyewash. */

import {
  H, box, cyl, cylZ, limb, picture, placed, rbox, rod, row, sides, spun, torus, type Build, type Material, type Part,
} from "./parts";
import { signAt } from "./signs";
import { carton } from "./storage";

const BOTTLES: Material[] = ["brown", "white", "sky", "brown", "acid", "white"];

const bottles = (y: number, labels: boolean): Part[] => row(6, (n) => [
  spun(
    [[0.05, 0], [0.052, 0.02], [0.052, 0.14], [0.02, 0.19], [0.02, 0.22]], [-0.36 + n * 0.145, y, 0.02 + (n % 2) * 0.05],
    BOTTLES[(n + Math.round(y * 3)) % 6]!,
  ),
  cyl(0.024, 0.03, [-0.36 + n * 0.145, y + 0.23, 0.02 + (n % 2) * 0.05], n % 2 ? "red" : "black"),
  ...(
    labels
      ? [picture(`label:${n % 3 ? "toxic" : "corrosive"}`, 0.07, 0.08, [-0.36 + n * 0.145, y + 0.08, 0.074 + (n % 2) * 0.05])]
      : []
  ),
]);

const chemicalStore: Build = ({ door, label }) => {
  const leaf = (s: number): Part[] => [
    rbox([0.48, 1.7, 0.025], [-s * 0.24, 0, 0], "yellow", 0.006),
    rbox([0.02, 0.2, 0.03], [-s * 0.43, 0, 0.025], "black", 0.006),
    ...(
      label === "yes"
        ? [
          rbox([0.32, 0.32, 0.004], [-s * 0.24, 0.44, 0.015], "white", 0.001),
          picture(s < 0 ? "sign:flammable" : "sign:corrosive", 0.3, 0.3, [-s * 0.24, 0.44, 0.018]),
        ]
        : []
    ),
  ];
  return [
    rbox([1.0, 1.8, 0.02], [0, 0.98, -0.23], "yellow", 0.005),
    ...sides((s) => rbox([0.02, 1.8, 0.48], [s * 0.49, 0.98, 0], "yellow", 0.005)),
    ...[0.1, 1.87].map((y) => rbox([1.0, 0.04, 0.48], [0, y, 0], "yellow", 0.008)),
    rbox([0.96, 0.1, 0.44], [0, 0.04, 0], "charcoal", 0.008), cyl(0.06, 0.5, [0.3, 2.12, -0.1], "galvanised"),
    ...(
      door === "open"
        ? [
          ...[0.45, 0.95, 1.42].map((y) => rbox([0.94, 0.02, 0.42], [0, y, 0], "galvanised", 0.004)),
          ...bottles(0.46, label === "yes"), ...bottles(0.96, label === "yes"), ...bottles(1.43, label === "yes"),
          box([0.96, 1.7, 0.006], [0, 0.98, -0.215], "cabinet_in"),
          ...sides((s) => placed(leaf(s), [s * 0.49, 0.98, 0.25], [0, s * 1.9, 0])),
        ]
        : sides((s) => placed(leaf(s), [s * 0.49, 0.98, 0.25]))
    ),
  ];
};

const fumeHood: Build = ({ sash, power }) => {
  const [up, on] = [sash === "up", power === "on"];
  return [
    rbox([1.4, 0.8, 0.7], [0, 0.42, 0], "machine_light", 0.015),
    ...sides((s) => [
      rbox([0.64, 0.66, 0.02], [s * 0.335, 0.44, 0.35], "white", 0.008),
      rbox([0.02, 0.16, 0.03], [s * 0.06, 0.6, 0.37], "chrome", 0.006),
    ]),
    rbox([1.44, 0.05, 0.76], [0, 0.85, 0.02], "charcoal", 0.01),
    ...sides((s) => rbox([0.1, 1.2, 0.7], [s * 0.67, 1.47, 0], "machine_light", 0.015)),
    rbox([1.44, 0.4, 0.7], [0, 2.22, 0], "machine_light", 0.02), box([1.24, 1.2, 0.02], [0, 1.47, -0.32], "white"),
    ...row(3, (n) => box([1.0, 0.02, 0.01], [0, 1.05 + n * 0.34, -0.305], "charcoal")),
    ...placed(
      [
        rbox([1.22, 0.86, 0.012], [0, 0.43, 0], "visor", 0.004), rbox([1.24, 0.04, 0.03], [0, 0.02, 0], "alu", 0.008),
        rbox([1.24, 0.03, 0.03], [0, 0.86, 0], "alu", 0.008), rbox([0.3, 0.02, 0.04], [0, 0.05, 0.02], "dark_steel", 0.006),
      ],
      [0, up ? 1.56 : 0.96, 0.3],
    ),
    cyl(0.15, 0.9, [0, 2.84, -0.05], "galvanised"), torus(0.15, 0.014, [0, 2.6, -0.05], "dark_steel", [H, 0, 0]),
    rbox([0.2, 0.12, 0.02], [0.5, 2.2, 0.36], "charcoal", 0.006),
    cylZ(0.016, 0.02, [0.45, 2.2, 0.37], on ? "green_on" : "lamp_off"),
    cylZ(0.016, 0.02, [0.54, 2.2, 0.37], on ? "lamp_off" : "red_on"),
    ...(
      on
        ? [
          rbox([1.0, 0.03, 0.1], [0, 1.98, 0], "lamp_on", 0.008),
          ...row(3, (n) => box([0.01, 0.12, 0.004], [-0.3 + n * 0.3, 1.14, -0.28], "sky_cloth", [0.5, 0, 0])),
        ]
        : [rbox([1.0, 0.03, 0.1], [0, 1.98, 0], "lamp_off", 0.008)]
    ),
    picture("plate", 0.2, 0.1, [-0.4, 2.2, 0.351]), ...signAt("toxic", [0, 2.24, 0.355], 0.2),
    ...row(3, (n) => [
      spun([[0.06, 0], [0.06, 0.02], [0.02, 0.12], [0.02, 0.17]], [-0.36 + n * 0.16, 0.876, 0], "lens"),
      spun([[0.056, 0.004], [0.04, 0.05], [0, 0.05]], [-0.36 + n * 0.16, 0.876, 0], (["acid", "sky", "red"] as Material[])[n]!),
    ]),
    rbox([0.2, 0.06, 0.2], [0.3, 0.905, 0], "white", 0.015), cyl(0.06, 0.1, [0.3, 0.985, 0], "lens"),
    ...row(2, (n) => limb([-0.62, 1.0 + n * 0.12, 0.36], [-0.62, 1.0 + n * 0.12, 0.4], 0.02, 0.022, n ? "red" : "blue")),
  ];
};

const eyewash: Build = ({ access }) => [
  cyl(0.03, 0.9, [0, 0.45, 0.1], "green"), spun([[0.12, 0], [0.12, 0.02], [0.04, 0.04]], [0, 0, 0.1], "green"),
  spun([[0.03, 0], [0.14, 0.06], [0.17, 0.1], [0.155, 0.1], [0.03, 0.02], [0, 0.02]], [0, 0.9, 0.2], "yellow"),
  ...sides((s) => [
    cyl(0.012, 0.06, [s * 0.05, 0.97, 0.2], "chrome"),
    spun([[0.03, 0], [0.034, 0.02], [0.012, 0.035]], [s * 0.05, 1.0, 0.2], "green"),
  ]),
  rbox([0.1, 0.14, 0.012], [0.26, 0.94, 0.22], "green", 0.01, [-0.3, 0, 0]),
  rod([0.16, 0.92, 0.18], [0.26, 0.92, 0.21], 0.01, "chrome"), cyl(0.022, 1.5, [0.12, 0.75, 0.03], "galvanised"),
  rbox([0.1, 0.3, 0.01], [0, 0.2, 0.0], "white", 0.003),
  ...signAt("first_aid", [0, 1.75, 0.01], 0.24), box([0.24, 0.1, 0.008], [0, 1.55, 0.01], "green"),
  ...(
    access === "blocked"
      ? [
        ...carton([0.5, 0.4, 0.4], [-0.06, 0.2, 0.62], 0.15), ...carton([0.44, 0.38, 0.4], [-0.02, 0.6, 0.6], -0.1),
        rbox([0.5, 0.8, 0.04], [0.46, 0.4, 0.5], "wood", 0.006, [-0.2, 0.5, 0]),
      ]
      : [picture("tape", 0.7, 0.06, [0, 0.004, 0.72], [-H, 0, 0])]
  ),
];

export const LABORATORY: Record<string, Build> = { chemical_store: chemicalStore, fume_hood: fumeHood, eyewash };
