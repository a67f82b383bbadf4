/** Hot work, what burns and what puts it out. */

import {
  H, ball, box, cyl, cylX, cylZ, limb, picture, placed, prism, rbox, rod, row, sides, spun, torus, tube, type Build,
  type Material, type Part,
} from "./parts";
import { bare } from "./electrical";
import { carton } from "./storage";
import { signAt } from "./signs";

const weldingSet: Build = ({ power, return_wire: wire, cover }) => {
  const on = power === "on";
  const rail = wire === "rail";
  return [
    rbox([0.36, 0.5, 0.62], [0, 0.42, 0], "orange", 0.04), rbox([0.37, 0.2, 0.02], [0, 0.56, 0.308], "charcoal", 0.008),
    ...row(2, (n) => [
      cylZ(0.032, 0.03, [-0.09 + n * 0.18, 0.58, 0.325], "black"),
      box([0.006, 0.025, 0.01], [-0.09 + n * 0.18, 0.59, 0.342], "white"),
    ]),
    picture(on ? "display:160 A" : "display", 0.11, 0.05, [0, 0.64, 0.32]),
    cylZ(0.018, 0.02, [0.13, 0.65, 0.32], on ? "green_on" : "lamp_off"),
    picture("sign:voltage", 0.08, 0.08, [-0.12, 0.65, 0.32]),
    ...row(6, (n) => sides((s) => box([0.004, 0.16, 0.03], [s * 0.181, 0.42, -0.2 + n * 0.06], "charcoal"))),
    ...row(2, (n) => [cylZ(0.03, 0.04, [-0.09 + n * 0.18, 0.28, 0.32], n ? "dark_steel" : "red")]),
    ...sides((s) => [
      cylX(0.1, 0.05, [s * 0.2, 0.1, -0.22], "rubber"), cylX(0.05, 0.055, [s * 0.2, 0.1, -0.22], "steel"),
      cylX(0.05, 0.04, [s * 0.14, 0.05, 0.24], "rubber"),
    ]),
    tube(0.014, [[-0.15, 0.66, -0.28], [-0.15, 0.92, -0.36], [0.15, 0.92, -0.36], [0.15, 0.66, -0.28]], "dark_steel", 3),
    // The work: a steel plate on a trestle, and the holder.
    rbox([0.7, 0.03, 0.44], [1.05, 0.62, 0.35], "dark_steel", 0.006),
    ...[-1, 1].flatMap(
      (a) => [-1, 1].map((b) => rod([1.05 + a * 0.3, 0.6, 0.35 + b * 0.18], [1.05 + a * 0.36, 0, 0.35 + b * 0.24], 0.018, "iron"))
    ),
    box([0.3, 0.16, 0.02], [1.1, 0.71, 0.3], "iron"), box([0.3, 0.012, 0.016], [1.1, 0.64, 0.315], "steel"),
    tube(
      0.015,
      [[-0.09, 0.28, 0.34], [-0.06, 0.1, 0.48], [0.1, 0.016, 0.7], [0.5, 0.016, 0.8], [0.7, 0.3, 0.66], [0.82, 0.66, 0.5]],
      "rubber", 6,
    ),
    limb([0.82, 0.66, 0.5], [0.95, 0.69, 0.42], 0.018, 0.016, "black"),
    rod([0.95, 0.69, 0.42], [1.12, 0.66, 0.33], 0.004, "steel"),
    // The wire back: to the work, or over the floor to somebody's rail.
    tube(
      0.015,
      rail ? [
        [0.09, 0.28, 0.34], [0.2, 0.03, 0.44], [-0.3, 0.016, 0.62], [-0.8, 0.016, 0.5], [-1.1, 0.12, 0.42],
      ] : [[0.09, 0.28, 0.34], [0.16, 0.05, 0.44], [0.4, 0.016, 0.42], [0.66, 0.25, 0.36], [0.74, 0.6, 0.34]],
      "wire_blue", 6,
    ),
    ...(
      rail
        ? [
          rbox([0.08, 0.13, 1.3], [-1.16, 0.065, 0.3], "rust", 0.015), box([0.14, 0.02, 1.3], [-1.16, 0.01, 0.3], "rust"),
          rbox([0.05, 0.06, 0.08], [-1.15, 0.15, 0.42], "brass", 0.01),
        ]
        : [rbox([0.1, 0.06, 0.05], [0.74, 0.64, 0.34], "brass", 0.012)]
    ),
    ...(cover === "damaged" ? bare([0.36, 0.03, 0.79], [0, 0.1, 0]) : []),
    ...(
      on
        ? [
          ball(0.022, [1.12, 0.655, 0.325], "arc"),
          ...row(12, (n) => rod(
            [1.12, 0.655, 0.33],
            [1.12 + Math.cos(n * 1.9) * 0.22, 0.62 + ((n * 5) % 7) * 0.04, 0.36 + Math.abs(Math.sin(n * 1.9)) * 0.22], 0.0025,
            "spark", 4,
          )),
          ...row(6, (n) => ball(0.008, [1.0 + n * 0.06, 0.01, 0.6 + (n % 3) * 0.08], "spark")),
        ]
        : []
    ),
  ];
};

const GASES: Record<string, [body: Material, band: Material, radius: number, high: number]> = {
  oxygen: ["sky", "black", 0.11, 1.2], acetylene: ["white", "red", 0.11, 1.05], propane: ["red", "white", 0.15, 0.62],
};

const gasCylinder: Build = ({ gas = "oxygen", stand, cap }) => {
  const [color, band, r, high] = GASES[gas] ?? GASES["oxygen"]!;
  const bottle = [
    spun(
      [
        [r * 0.86, 0], [r, 0.03], [r, high], [r * 0.9, high + 0.06], [r * 0.6, high + 0.12], [0.036, high + 0.16],
        [0.034, high + 0.2],
      ],
      [0, 0, 0], color,
    ),
    torus(r, 0.012, [0, 0.03, 0], "dark_steel", [H, 0, 0]),
    spun([[r + 0.002, high * 0.62], [r + 0.002, high * 0.7]], [0, 0, 0], band),
    cyl(0.04, 0.04, [0, high + 0.19, 0], "dark_steel"),
    ...(cap === "yes"
      ? [
        spun(
          [[0.052, high + 0.18], [0.05, high + 0.3], [0.035, high + 0.34], [0, high + 0.345]], [0, 0, 0],
          gas === "propane" ? "dark_steel" : color,
        ),
        ...row(2, (n) => cylX(0.012, 0.104, [0, high + 0.25, n * 0.001], "black")).slice(0, 1),
      ]
      : [
        cyl(0.018, 0.1, [0, high + 0.24, 0], "brass"), torus(0.035, 0.009, [0, high + 0.3, 0], "dark_steel", [H, 0, 0]),
        cylX(0.014, 0.07, [0.04, high + 0.24, 0], "brass"),
        ...(
          stand === "lying"
            ? []
            : [
              cylX(0.03, 0.06, [0.1, high + 0.24, 0], "brass"), cylZ(0.03, 0.02, [0.1, high + 0.28, 0.02], "white"),
              cylZ(0.03, 0.02, [0.16, high + 0.24, 0.02], "white"),
              tube(
                0.009, [[0.12, high + 0.22, 0], [0.16, high, 0.04], [0.2, 0.3, 0.1], [0.36, 0.012, 0.2], [0.6, 0.012, 0.16]],
                gas === "oxygen" ? "wire_blue" : "tape_red", 5,
              ),
            ]
        ),
      ]),
    rbox([r * 1.1, 0.13, 0.008], [0, high * 0.45, r - 0.003], "white", 0.002),
    picture(`label:${gas === "oxygen" ? "gas" : "flammable"}`, 0.11, 0.11, [0, high * 0.45, r + 0.003]),
  ];
  if (stand === "lying") return placed(bottle, [0.6, r + 0.002, 0.1], [0, 0.25, H]);
  return [
    ...bottle,
    ...(
      gas === "propane"
        ? []
        : [
          box([0.5, 0.05, 0.03], [0, high * 0.75, -r - 0.06], "dark_steel"),
          torus(r + 0.01, 0.007, [0, high * 0.75, 0], "chrome", [H, 0, 0]),
          ...sides((s) => rod([s * 0.2, high * 0.75, -r - 0.05], [s * r * 0.9, high * 0.75, -r * 0.4], 0.007, "chrome")),
        ]
    ),
  ];
};

const screen: Build = ({ place }) => {
  const panel = (): Part[] => [
    ...sides((s) => cyl(0.016, 1.8, [s * 0.42, 0.95, 0], "galvanised")),
    ...[1.84, 0.2].map((y) => cylX(0.014, 0.84, [0, y, 0], "galvanised")),
    rbox([0.8, 1.56, 0.01], [0, 1.02, 0], "dark_glass", 0.003),
    ...row(7, (n) => box([0.006, 1.56, 0.016], [-0.36 + n * 0.12, 1.02, 0], "red")),
    ...row(5, (n) => torus(0.022, 0.005, [-0.34 + n * 0.17, 1.82, 0], "steel", [0, H, 0])),
    ...sides((s) => box([0.06, 0.03, 0.4], [s * 0.42, 0.02, 0], "galvanised")),
  ];
  return place === "folded" ? row(3, (n) => placed(panel(), [0, 0, n * 0.07 - 0.07])) : row(
    3, (n) => placed(panel(), [(n - 1) * 0.84, 0, n === 1 ? -0.17 : 0], [0, n === 1 ? 0 : (n - 1) * -0.5, 0]),
  );
};

/** Red bottle with a lever, a gauge, a hose or a horn, by what is in it. */
const extinguisher = (what: "powder" | "co2" | "water" | "foam"): Build => ({ seal, access }) => {
  const co2 = what === "co2";
  const [r, high, y] = co2 ? [0.068, 0.5, 0.68] : what === "powder" ? [0.08, 0.4, 0.72] : [0.085, 0.44, 0.7];
  const label: Record<string, Material> = { powder: "white", co2: "charcoal", water: "sky", foam: "cream" };
  return [
    rbox([0.24, 0.62, 0.012], [0, y + 0.22, 0.006], "white", 0.003),
    rbox([0.12, 0.04, 0.05], [0, y + high - 0.04, 0.03], "dark_steel", 0.01),
    torus(r + 0.004, 0.006, [0, y + 0.1, r + 0.03], "dark_steel", [H, 0, 0]),
    box([0.14, 0.012, 0.08], [0, y - 0.006, 0.06], "dark_steel"),
    ...placed([
      spun(
        [
          [r * 0.86, 0], [r, 0.02], [r, high], [r * 0.85, high + 0.05], [r * 0.4, high + 0.085], [0.022, high + 0.09],
          [0.022, high + 0.12],
        ],
        [0, 0, 0], "red",
      ),
      spun([[r + 0.0015, high * 0.34], [r + 0.0015, high * 0.68]], [0, 0, 0], label[what]!),
      ...row(3, (n) => box([r * 0.9, 0.012, 0.004], [0, high * (0.58 - n * 0.08), r + 0.001], n ? "charcoal" : "red")),
      cyl(0.026, 0.05, [0, high + 0.13, 0], "dark_steel"),
      rbox([0.03, 0.016, 0.16], [0, high + 0.2, 0.05], "black", 0.006, [0.28, 0, 0]),
      rbox([0.03, 0.014, 0.14], [0, high + 0.155, 0.06], "black", 0.006),
      ...(
        co2
          ? [
            limb([0.03, high + 0.14, 0], [0.12, high + 0.1, 0.02], 0.013, 0.013, "black"),
            spun([[0.05, -0.26], [0.02, -0.04], [0.014, 0.03]], [0.135, high + 0.06, 0.03], "black", [0, 0, 0.06]),
          ]
          : [
            cylZ(0.02, 0.02, [-0.03, high + 0.13, 0.03], "white"), cylZ(0.012, 0.003, [-0.03, high + 0.13, 0.0415], "green"),
            tube(
              0.011, [[0.02, high + 0.13, 0], [0.1, high + 0.11, 0.01], [0.125, high * 0.7, 0.02], [0.1, high * 0.36, 0.03]],
              "rubber", 4,
            ),
            what === "powder" ? spun([[0.016, -0.07], [0.01, 0.02]], [0.1, high * 0.34, 0.03], "black") : what === "foam" ? spun([[0.028, -0.16], [0.026, -0.04], [0.01, 0.02]], [0.1, high * 0.36, 0.03], "alu") : spun([[0.008, -0.12], [0.018, -0.03], [0.01, 0.02]], [0.1, high * 0.36, 0.03], "brass"),
          ]
      ),
      // The pin and its seal.
      ...(
        seal === "yes"
          ? [
            torus(0.018, 0.004, [-0.045, high + 0.175, 0.02], "steel", [0, H, 0]),
            rod([-0.045, high + 0.175, 0.02], [0.03, high + 0.175, 0.02], 0.004, "steel"),
            tube(0.0025, [[-0.045, high + 0.17, 0.03], [-0.05, high + 0.13, 0.045], [-0.02, high + 0.12, 0.04]], "yellow", 3),
            rbox([0.024, 0.024, 0.006], [-0.05, high + 0.12, 0.046], "yellow", 0.003),
          ]
          : [
            rbox([0.02, 0.02, 0.004], [0.03, -y + 0.004, 0.16], "yellow", 0.002, [1.4, 0, 0]),
            torus(0.018, 0.004, [-0.02, -y + 0.006, 0.2], "steel", [H, 0, 0]),
          ]
      ),
    ], [0, y, r + 0.03]),
    ...signAt("extinguisher", [0, 1.62, 0.01], 0.2),
    ...(
      access === "blocked"
        ? [
          ...carton([0.52, 0.44, 0.4], [0.06, 0.22, 0.38], 0.1), ...carton([0.46, 0.4, 0.38], [0.02, 0.64, 0.36], -0.12),
          ...carton([0.3, 0.26, 0.3], [0.5, 0.13, 0.44], 0.4),
        ]
        : [picture("tape", 0.7, 0.06, [0, 0.004, 0.62], [-H, 0, 0])]
    ),
  ];
};

const fireShield: Build = ({ set }) => {
  const full = set === "full";
  return [
    rbox([1.5, 1.1, 0.03], [0, 1.35, 0.015], "red", 0.008),
    ...sides((s) => [
      rbox([0.03, 1.14, 0.04], [s * 0.75, 1.35, 0.02], "white", 0.006),
      rbox([0.06, 1.9, 0.05], [s * 0.6, 0.95, 0.0], "red", 0.01),
    ]),
    ...[0.8, 1.9].map((y) => rbox([1.52, 0.03, 0.04], [0, y, 0.02], "white", 0.006)),
    rbox([0.7, 0.1, 0.004], [0, 1.83, 0.032], "white", 0.001), picture("mark:ПОЖАРНЫЙ ЩИТ", 0.3, 0.15, [-0.52, 1.81, 0.033]),
    // A spade, a hook and a crowbar, a bucket of cone form, an axe.
    limb([-0.55, 0.92, 0.05], [-0.55, 1.55, 0.05], 0.016, 0.016, "wood"),
    rbox([0.19, 0.26, 0.012], [-0.55, 1.05, 0.06], "dark_steel", 0.05),
    limb([-0.28, 0.9, 0.05], [-0.28, 1.7, 0.05], 0.012, 0.012, "dark_steel"),
    limb([-0.28, 1.7, 0.05], [-0.2, 1.66, 0.05], 0.012, 0.006, "dark_steel"),
    ...(full
      ? [
        limb([-0.05, 0.95, 0.05], [-0.05, 1.55, 0.05], 0.016, 0.016, "wood"),
        prism(
          [[-0.02, 0.06], [0.02, 0.06], [0.13, 0.1], [0.13, -0.08], [0.02, -0.03], [-0.07, -0.02], [-0.07, 0.04]], 0.025,
          [-0.05, 1.5, 0.05], "red",
        ),
        ...[0.28, 0.56].flatMap((x) => [
          spun([[0, -0.3], [0.13, 0], [0.122, 0], [0, -0.27]], [x, 1.6, 0.15], "red"),
          torus(0.13, 0.007, [x, 1.6, 0.15], "dark_steel", [H, 0, 0]),
          torus(0.12, 0.005, [x, 1.6, 0.15], "dark_steel", undefined, Math.PI),
        ]),
      ]
      : [
        ...[[-0.05, 1.3], [0.28, 1.5]].map(([x = 0, y = 0]) => rbox([0.12, 0.3, 0.002], [x, y, 0.032], "rust", 0.001)),
        ...[0.56].flatMap((x) => [
          spun([[0, -0.3], [0.13, 0], [0.122, 0], [0, -0.27]], [x, 1.6, 0.15], "red"),
          torus(0.13, 0.007, [x, 1.6, 0.15], "dark_steel", [H, 0, 0]),
        ]),
      ]),
    ...row(5, (n) => cylZ(0.008, 0.06, [-0.55 + n * 0.27, 1.6, 0.04], "steel")),
    rbox([0.5, 0.3, 0.12], [0.42, 1.05, 0.09], full ? "felt" : "red", 0.02),
    ...(full ? [box([0.02, 0.3, 0.125], [0.42, 1.05, 0.09], "rope")] : []),
  ];
};

const fireAlarm: Build = ({ state }) => [
  rbox([0.13, 0.13, 0.05], [0, 1.5, 0.025], "red", 0.012), rbox([0.09, 0.09, 0.008], [0, 1.5, 0.052], "white", 0.004),
  ...(
    state === "fired"
      ? [
        cylZ(0.024, 0.012, [0, 1.5, 0.052], "black"),
        ...sides((s) => box([0.03, 0.05, 0.003], [s * 0.028, 1.48, 0.06], "glass", [0, 0, s * 0.5])),
        cylZ(0.008, 0.01, [0.045, 1.552, 0.052], "red_on"),
        rbox([0.12, 0.1, 0.006], [0.02, 1.4, 0.06], "visor", 0.002, [0.5, 0, 0.2]), cylZ(0.05, 0.03, [0, 1.78, 0.02], "red_on"),
        torus(0.075, 0.006, [0, 1.78, 0.03], "red_on"),
      ]
      : [
        cylZ(0.026, 0.014, [0, 1.5, 0.06], "black"), cylZ(0.008, 0.01, [0.045, 1.552, 0.052], "green_on"),
        rbox([0.12, 0.12, 0.006], [0, 1.5, 0.066], "visor", 0.002), cylZ(0.05, 0.03, [0, 1.78, 0.02], "red"),
      ]
  ),
  cylX(0.008, 0.5, [0.3, 1.5, 0.01], "white"), ...signAt("alarm_button", [-0.24, 1.52, 0.01], 0.2),
];

const sandBox: Build = ({ fill }) => [
  ...sides((s) => [
    rbox([0.03, 0.6, 0.6], [s * 0.45, 0.36, 0], "red", 0.008), rbox([0.08, 0.08, 0.5], [s * 0.36, 0.04, 0], "dark_steel", 0.01),
  ]),
  rbox([0.92, 0.6, 0.03], [0, 0.36, 0.29], "red", 0.008), rbox([0.92, 0.6, 0.03], [0, 0.36, -0.29], "red", 0.008),
  box([0.88, 0.02, 0.56], [0, 0.09, 0], "iron"),
  rbox([0.94, 0.03, 0.62], [0, 0.93, -0.38], "red", 0.008, [1.25, 0, 0]), picture("mark:ПЕСОК", 0.36, 0.18, [0, 0.4, 0.306]),
  ...sides((s) => rod([s * 0.46, 0.5, 0.1], [s * 0.46, 0.5, -0.1], 0.012, "dark_steel")),
  ...(
    fill === "full"
      ? [
        box([0.88, 0.42, 0.56], [0, 0.32, 0], "sand"),
        ...row(3, (n) => ball(0.26, [-0.2 + n * 0.2, 0.52, (n - 1) * 0.04], "sand", [0.86, 0.3, 0.9])),
        limb([0.1, 0.6, 0.05], [0.42, 0.98, 0.1], 0.014, 0.016, "wood"),
        rbox([0.16, 0.02, 0.2], [0.02, 0.54, 0.04], "dark_steel", 0.03, [0, 0, 0.5]),
      ]
      : [
        box([0.86, 0.006, 0.54], [0, 0.103, 0], "soil_dark"),
        rbox([0.16, 0.03, 0.1], [0.2, 0.12, 0.1], "paper", 0.01, [0, 0.6, 0]),
        ...row(4, (n) => ball(0.06, [-0.3 + n * 0.16, 0.105, -0.14 + (n % 2) * 0.2], "sand", [1.4, 0.3, 1])),
      ]
  ),
];

const combustibles: Build = ({ amount }) => [
  ...carton([0.4, 0.3, 0.34], [-0.26, 0.15, 0], 0.2),
  ...placed(
    [
      spun([[0.09, 0], [0.1, 0.02], [0.1, 0.26], [0.06, 0.3], [0.03, 0.31], [0.03, 0.34]], [0, 0, 0], "red"),
      torus(0.05, 0.01, [0, 0.34, 0], "dark_steel"), rbox([0.12, 0.12, 0.01], [0, 0.14, 0.098], "white", 0.003),
      picture("label:flammable", 0.11, 0.11, [0, 0.14, 0.1045]),
    ],
    [0.16, 0, 0.08],
  ),
  ...row(4, (n) => limb(
    [0.0 + n * 0.07, 0.04, 0.28 + (n % 2) * 0.06], [0.1 + n * 0.07, 0.03, 0.36], 0.05, 0.03, n % 2 ? "shirt" : "carton_tape",
    0.6,
  )),
  ...(
    amount === "much"
      ? [
        ...carton([0.5, 0.36, 0.4], [-0.4, 0.18, -0.46], -0.1), ...carton([0.42, 0.3, 0.36], [-0.36, 0.51, -0.42], 0.3),
        ...carton([0.44, 0.34, 0.38], [0.16, 0.17, -0.42], 0.1), ...carton([0.36, 0.3, 0.32], [-0.24, 0.45, -0.02], 0.5),
        ...row(6, (n) => rbox(
          [1.3, 0.025, 0.12], [0.1, 0.03 + (n % 3) * 0.03, 0.6 + Math.floor(n / 3) * 0.13], n % 2 ? "wood" : "wood_light",
          0.004, [0, (n % 3) * 0.05, 0],
        )),
        ...row(2, (n) => placed(
          [
            spun(
              [[0.09, 0], [0.1, 0.02], [0.1, 0.26], [0.06, 0.3], [0.03, 0.31], [0.03, 0.34]], [0, 0, 0], n ? "yellow" : "blue",
            ),
            torus(0.05, 0.01, [0, 0.34, 0], "dark_steel"),
          ],
          [0.44 + n * 0.24, 0, 0.02 - n * 0.14],
        )),
        ...row(
          5, (n) => limb([-0.7 + n * 0.1, 0.06, 0.3], [-0.62 + n * 0.1, 0.05, 0.44], 0.07, 0.04, n % 2 ? "shirt" : "rope", 0.6),
        ),
        ...row(
          3, (n) => rbox([0.5, 0.06, 0.4], [0.6, 0.03 + n * 0.062, -0.44], n % 2 ? "cream" : "paper", 0.015, [0, n * 0.1, 0]),
        ),
      ]
      : []
  ),
];

export const FIRE: Record<string, Build> = {
  welding_set: weldingSet, gas_cylinder: gasCylinder, hot_work_screen: screen,
  extinguisher_powder: extinguisher("powder"), extinguisher_co2: extinguisher("co2"), extinguisher_water: extinguisher("water"),
  extinguisher_foam: extinguisher("foam"),
  fire_shield: fireShield, fire_alarm: fireAlarm, sand_box: sandBox, combustibles,
};
