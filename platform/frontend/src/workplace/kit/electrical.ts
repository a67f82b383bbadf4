/** Boards, switches, cables and sockets. */

import {
  H, ball, box, cyl, cylX, cylZ, limb, picture, placed, rbox, rod, row, sides, spun, torus, tube, type Build, type Material,
  type Part, type V3,
} from "./parts";
import { coursed, paced, leg, signAt } from "./signs";

const PHASES: Material[] = ["yellow", "green", "red"];

/** Padlock with a red body, hanging by its shackle. */
export const padlock = (at: V3): Part[] => [
  rbox([0.05, 0.055, 0.028], [at[0], at[1] - 0.045, at[2]], "red", 0.008),
  torus(0.02, 0.006, [at[0], at[1] - 0.012, at[2]], "chrome", undefined, Math.PI),
  ...sides((s) => cyl(0.006, 0.02, [at[0] + s * 0.02, at[1] - 0.014, at[2]], "chrome")),
  cylZ(0.006, 0.004, [at[0], at[1] - 0.05, at[2] + 0.015], "black"),
];

/** The «Не включать!» poster on a loop. */
export const poster = (at: V3, width = 0.24): Part[] => [
  rbox([width, width / 2, 0.004], at, "white", 0.001),
  picture("poster", width * 0.97, width * 0.485, [at[0], at[1], at[2] + 0.003]),
  tube(
    0.003,
    [
      [at[0] - width * 0.3, at[1] + width * 0.25, at[2]], [at[0], at[1] + width * 0.42, at[2] + 0.005],
      [at[0] + width * 0.3, at[1] + width * 0.25, at[2]],
    ],
    "rope", 1,
  ),
];

/** Bare copper where the cover is torn. */
export const bare = (at: V3, turn: V3 = [0, 0, 0]): Part[] => placed(
  [
    cylX(0.021, 0.02, [-0.06, 0, 0], "black"), cylX(0.021, 0.02, [0.06, 0, 0], "black"),
    ...row(3, (n) => [
      tube(
        0.005, [[-0.06, 0.004, (n - 1) * 0.008], [0, 0.012 + n * 0.006, (n - 1) * 0.022], [0.06, 0.004, (n - 1) * 0.008]],
        "copper", 3,
      ),
      limb([0.01 * n, 0.02, (n - 1) * 0.02], [0.03 + n * 0.01, 0.055, (n - 1) * 0.035], 0.003, 0.002, "copper"),
    ]),
  ],
  at, turn,
);

const breakers = (on: boolean): Part[] => row(3, (line) => [
  box([0.7, 0.03, 0.03], [0, 1.62 - line * 0.3, 0.08], "alu"),
  ...row(8, (n) => [
    rbox(
      [0.07, 0.14, 0.08], [-0.29 + n * 0.083, 1.62 - line * 0.3, 0.12], line === 0 && n < 2 ? "charcoal" : "machine_light",
      0.008,
    ),
    box([0.02, 0.045, 0.03], [-0.29 + n * 0.083, 1.62 - line * 0.3 + (on ? 0.022 : -0.022), 0.17], on ? "black" : "green"),
  ]),
]);

const switchboard: Build = ({ door, power, lock, tag, earthing }) => {
  const on = power === "on";
  const leaf = [
    rbox([0.86, 1.76, 0.04], [0.43, 1.05, 0], "cabinet", 0.012), ...signAt("voltage", [0.43, 1.52, 0.026], 0.24),
    rbox([0.03, 0.16, 0.03], [0.8, 1.05, 0.03], "black", 0.01), picture("plate", 0.2, 0.1, [0.43, 1.24, 0.0215]),
    ...row(4, (n) => box([0.3, 0.012, 0.006], [0.43, 0.36 + n * 0.03, 0.021], "charcoal")),
  ];
  return [
    rbox([0.9, 1.8, 0.05], [0, 1.05, 0.025], "cabinet", 0.012),
    ...sides((s) => rbox([0.05, 1.8, 0.4], [s * 0.425, 1.05, 0.2], "cabinet", 0.012)),
    ...[0.17, 1.93].map((y) => rbox([0.9, 0.05, 0.4], [0, y, 0.2], "cabinet", 0.012)),
    rbox([0.9, 0.14, 0.4], [0, 0.07, 0.2], "charcoal", 0.01), box([0.8, 1.68, 0.01], [0, 1.05, 0.055], "cabinet_in"),
    ...breakers(on), ...row(3, (n) => box([0.6, 0.025, 0.02], [0, 0.6 - n * 0.09, 0.08], PHASES[n]!)),
    ...row(9, (n) => tube(
      0.008, [[-0.28 + n * 0.07, 0.6 - (n % 3) * 0.09, 0.09], [-0.28 + n * 0.07, 0.74, 0.13], [-0.29 + n * 0.083, 0.95, 0.1]],
      PHASES[n % 3]!, 3,
    )),
    ...row(3, (n) => cylZ(
      0.02, 0.03, [-0.2 + n * 0.12, 1.84, 0.36], on ? (["amber_on", "green_on", "red_on"] as Material[])[n]! : "lamp_off",
    )),
    box([0.8, 0.1, 0.02], [0, 1.84, 0.34], "machine_light"),
    ...(door === "open" ? placed(leaf, [-0.43, 0, 0.41], [0, -1.9, 0]) : placed(leaf, [-0.43, 0, 0.41])),
    // The main switch on the right side.
    rbox([0.1, 0.34, 0.2], [0.5, 1.35, 0.2], "charcoal", 0.02), box([0.01, 0.28, 0.15], [0.552, 1.35, 0.2], "yellow"),
    rbox([0.05, 0.06, 0.18], [0.57, on ? 1.45 : 1.25, 0.22], "red", 0.015),
    rod([0.55, 1.35, 0.2], [0.58, on ? 1.44 : 1.26, 0.21], 0.016, "red"),
    ...(lock === "yes" ? placed(padlock([0, 0, 0]), [0.58, 1.2, 0.24], [0, H / 2, 0]) : []),
    ...(tag === "yes" ? poster([0, door === "open" ? 1.9 : 1.12, door === "open" ? 0.44 : 0.46], 0.34) : []),
    ...(
      earthing === "yes"
        ? [
          ...row(3, (n) => [
            limb([-0.2 + n * 0.2, 0.6 - n * 0.09, 0.1], [-0.2 + n * 0.2, 0.6 - n * 0.09, 0.3], 0.016, 0.02, "red"),
            tube(0.012, [[-0.2 + n * 0.2, 0.6 - n * 0.09, 0.3], [-0.1 + n * 0.1, 0.3, 0.5], [0.3, 0.04, 0.62]], "brass", 5),
          ]),
          tube(0.014, [[0.3, 0.04, 0.62], [0.48, 0.02, 0.5], [0.54, 0.14, 0.3]], "brass", 5),
          rbox([0.06, 0.06, 0.06], [0.52, 0.16, 0.28], "green", 0.01),
        ]
        : []
    ),
    ...row(4, (n) => cyl(0.028, 0.85, [-0.3 + n * 0.2, 2.38, 0.14], "dark_steel")),
  ];
};

const insulator = (at: V3, material: Material): Part[] => [
  ...row(4, (n) => spun([[0.035, -0.03], [0.07 - n * 0.006, -0.02], [0.03, 0.03]], [at[0], at[1] + n * 0.06, at[2]], "brown")),
  cyl(0.02, 0.1, [at[0], at[1] + 0.24, at[2]], "copper"), ball(0.03, [at[0], at[1] + 0.3, at[2]], material),
];

const transformer: Build = ({ fence, power }) => {
  const panel = (width: number): Part[] => [
    ...[0.2, 1.5].map((y) => rod([0, y, 0], [width, y, 0], 0.02, "galvanised")),
    ...row(Math.round(width / 0.12), (n) => rod([0.06 + n * 0.12, 0.1, 0], [0.06 + n * 0.12, 1.6, 0], 0.007, "galvanised", 4)),
  ];
  return [
    box([2.9, 0.12, 2.3], [0, 0.06, 0], "concrete"), rbox([1.1, 0.95, 0.66], [0, 0.68, -0.1], "grey", 0.04),
    rbox([1.2, 0.06, 0.76], [0, 1.18, -0.1], "grey", 0.015),
    ...row(9, (n) => sides((s) => rbox([0.05, 0.7, 0.16], [-0.48 + n * 0.12, 0.66, -0.1 + s * 0.4], "grey", 0.02))),
    ...sides((s) => box([1.0, 0.1, 0.5], [0, 0.16, -0.1 + s * 0.1], "dark_steel")),
    ...row(3, (n) => insulator([-0.34 + n * 0.34, 1.24, -0.2], PHASES[n]!)),
    ...row(3, (n) => insulator([-0.3 + n * 0.2, 1.22, 0.12], "steel").slice(0, 3)),
    cylX(0.14, 0.66, [0.1, 1.62, -0.34], "grey"), rod([0.1, 1.2, -0.3], [0.1, 1.6, -0.34], 0.03, "grey"),
    cylZ(0.06, 0.02, [0.44, 1.62, -0.24], "glass"),
    ...row(3, (n) => tube(
      0.012, [[-0.34 + n * 0.34, 1.54, -0.2], [-0.34 + n * 0.34, 1.9, -0.6], [-0.34 + n * 0.34, 2.4, -1.0]], "charcoal", 4,
    )),
    rbox([0.26, 0.36, 0.12], [0.3, 0.8, 0.33], "machine_light", 0.02),
    cylZ(0.025, 0.02, [0.24, 0.9, 0.395], power === "on" ? "red_on" : "lamp_off"),
    cylZ(0.025, 0.02, [0.36, 0.9, 0.395], power === "on" ? "lamp_off" : "green_on"),
    ...signAt("voltage", [-0.2, 0.72, 0.33], 0.2),
    ...placed(panel(2.6), [-1.3, 0, -1.0]), ...placed(panel(2.0), [-1.3, 0, 1.0], [0, H, 0]),
    ...placed(panel(2.0), [1.3, 0, 1.0], [0, H, 0]),
    ...[-1.3, 1.3].flatMap((x) => [-1, 1].map((z) => cyl(0.035, 1.75, [x, 0.87, z], "galvanised"))),
    cyl(0.035, 1.75, [0.2, 0.87, 1], "galvanised"),
    ...placed(panel(1.5), [-1.3, 0, 1.0]), ...signAt("voltage", [-0.5, 1.05, 1.01], 0.3),
    // The gate.
    ...placed(
      [...panel(1.06), ...(fence === "open" ? [] : padlock([0.02, 0.9, 0.03])), ...signAt("no_entry", [0.5, 1.05, 0.01], 0.26)],
      [fence === "open" ? 1.3 : 0.22, 0, 1.0], fence === "open" ? [0, -1.25, 0] : undefined,
    ),
  ];
};

const isolator: Build = ({ power, lock, tag }) => {
  const on = power === "on";
  return [
    rbox([0.36, 0.5, 0.18], [0, 1.45, 0.09], "cabinet", 0.02),
    rbox([0.3, 0.42, 0.02], [0, 1.45, 0.185], "machine_light", 0.008), picture("sign:voltage", 0.1, 0.1, [-0.07, 1.58, 0.197]),
    picture("plate", 0.1, 0.05, [0.07, 1.58, 0.197]),
    cylZ(0.025, 0.02, [0.08, 1.35, 0.2], on ? "red_on" : "green_on"), cylZ(0.06, 0.02, [-0.05, 1.42, 0.2], "yellow"),
    // The handle on the right side: up is on.
    cylX(0.05, 0.06, [0.2, 1.45, 0.1], "charcoal"),
    limb([0.22, 1.45, 0.1], [0.25, on ? 1.64 : 1.28, 0.15], 0.018, 0.016, "dark_steel"),
    limb([0.25, on ? 1.62 : 1.3, 0.145], [0.26, on ? 1.74 : 1.18, 0.17], 0.024, 0.024, "red"),
    box([0.006, 0.06, 0.05], [0.184, on ? 1.6 : 1.3, 0.12], on ? "red" : "green"),
    ...row(2, (n) => [
      cyl(0.022, 0.5, [-0.08 + n * 0.16, 0.96, 0.08], "grey"), cyl(0.022, 0.7, [-0.08 + n * 0.16, 2.05, 0.08], "grey"),
      cyl(0.03, 0.04, [-0.08 + n * 0.16, 1.71, 0.08], "charcoal"),
    ]),
    ...(lock === "yes" ? placed(padlock([0, 0, 0]), [0.235, on ? 1.52 : 1.38, 0.16], [0, 0.6, 0]) : []),
    ...(tag === "yes" ? poster([0, 1.12, 0.2], 0.3) : []),
  ];
};

const cable: Build = ({ place, cover }, object) => {
  const line = coursed(object, 0.022, [[-1.1, 0.15], [-0.5, -0.1], [0.1, 0.12], [0.6, -0.06], [1.1, 0.1]]);
  const mid = Math.floor((line.length - 1) / 2);
  const damage = line.length > 1 && cover === "damaged" ? leg(line[mid]!, line[mid + 1]!) : null;
  if (place !== "tray") {
    return [
      tube(0.018, line, "cable", 8), tube(0.014, line.map(([x, y, z]): V3 => [x + 0.02, y - 0.006, z + 0.05]), "rubber", 8),
      ...(damage ? bare([line[mid]![0], 0.03, line[mid]![2]], [0, damage.turn, 0]) : []),
    ];
  }
  const high = paced(line.map(([x, , z]): V3 => [x, 2.5, z]), 1.5);
  const hanger = (at: V3, turn: number): Part[] => placed(
    sides((s) => rod([0, 0.02, s * 0.1], [0, 0.5, s * 0.1], 0.006, "galvanised")), at, [0, turn, 0],
  );
  return high.flatMap((point, nth) => {
    const next = high[nth + 1];
    if (!next) return hanger(point, leg(high[nth - 1]!, point).turn);
    const { middle, turn, length } = leg(point, next);
    return [...hanger(point, turn), ...placed([
      box([length + 0.02, 0.01, 0.24], [0, 0, 0], "galvanised"),
      ...sides((s) => box([length + 0.02, 0.06, 0.008], [0, 0.03, s * 0.12], "galvanised")),
      ...row(4, (n) => cylX(
        0.016, length + 0.03, [0, 0.025, -0.075 + n * 0.05], (["rubber", "cable", "rubber", "wire_blue"] as Material[])[n]!,
      )),
      ...(
        damage && nth === Math.floor((high.length - 2) / 2)
          ? [
            ...bare([0, 0.0, 0.16]), tube(0.016, [[-0.4, 0.03, 0.02], [-0.2, 0.03, 0.12], [-0.06, 0, 0.16]], "cable", 4),
            tube(0.016, [[0.06, 0, 0.16], [0.2, 0.03, 0.12], [0.4, 0.03, 0.02]], "cable", 4),
          ]
          : []
      ),
    ], middle, [0, turn, 0])];
  });
};

const fallenWire: Build = ({ power }, object) => {
  const line = coursed(object, 0.016, [[-0.9, -0.2], [-0.3, 0.16], [0.3, -0.1], [0.9, 0.22]]);
  const [first, last] = [line[0]!, line.at(-1)!];
  return [
    tube(0.018, line, "charcoal", 7),
    tube(
      0.018,
      [
        first, [first[0] - 0.1, 0.5, first[2] - 0.05], [first[0] - 0.25, 1.7, first[2] - 0.1],
        [first[0] - 0.3, 3.2, first[2] - 0.15],
      ],
      "charcoal", 5,
    ),
    ...row(5, (n) => limb(last, [last[0] + 0.08, 0.02 + n * 0.016, last[2] - 0.04 + n * 0.022], 0.004, 0.002, "copper")),
    spun([[0.03, 0], [0.05, 0.02], [0.02, 0.05], [0.045, 0.07], [0.02, 0.1]], [first[0] - 0.28, 2.9, first[2] - 0.14], "brown"),
    ...(
      power === "on"
        ? [
          ball(0.03, [last[0] + 0.06, 0.03, last[2]], "arc"),
          ...row(9, (n) => rod(
            [last[0] + 0.06, 0.03, last[2]],
            [last[0] + 0.06 + Math.cos(n * 0.7) * 0.2, 0.04 + (n % 3) * 0.06, last[2] + Math.sin(n * 0.7) * 0.2], 0.003,
            "spark", 4,
          )),
          torus(0.16, 0.02, [last[0] + 0.06, 0.003, last[2]], "black", [H, 0, 0]),
        ]
        : []
    ),
  ];
};

const socketBox: Build = ({ cover, load }) => [
  rbox([0.3, 0.12, 0.04], [0, 0.9, 0.02], "white", 0.012),
  ...row(cover === "damaged" ? 1 : 2, (n) => [
    rbox([0.11, 0.1, 0.016], [-0.07 + n * 0.14, 0.9, 0.044], "white", 0.008),
    cylZ(0.036, 0.004, [-0.07 + n * 0.14, 0.9, 0.053], "cream"),
    ...sides((s) => cylZ(0.005, 0.003, [-0.07 + n * 0.14 + s * 0.014, 0.9, 0.0555], "black")),
  ]),
  cyl(0.01, 1.2, [0.1, 1.56, 0.012], "white"),
  ...(
    cover === "damaged"
      ? [
        box([0.1, 0.09, 0.01], [0.07, 0.9, 0.042], "black"),
        ...row(3, (n) => tube(
          0.004, [[0.04 + n * 0.03, 0.92, 0.045], [0.05 + n * 0.03, 0.89, 0.075], [0.045 + n * 0.03, 0.86, 0.05]],
          (["wire_brown", "wire_blue", "wire_green"] as Material[])[n]!, 3,
        )),
        rbox([0.11, 0.1, 0.014], [0.12, 0.82, 0.05], "white", 0.006, [0.3, 0.2, -0.6]),
        rbox([0.05, 0.03, 0.005], [0.16, 0.004, 0.1], "white", 0.002, [0, 0.6, 0]),
        ...row(2, (n) => box([0.05 - n * 0.02, 0.03, 0.002], [0.05, 0.97 + n * 0.03, 0.042], "charcoal")),
      ]
      : []
  ),
  ...(
    load === "over"
      ? [
        rbox([0.1, 0.09, 0.06], [-0.07, 0.9, 0.085], "black", 0.01),
        ...row(3, (n) => [
          cylZ(0.022, 0.05, [-0.11 + n * 0.04, 0.9 + (n - 1) * 0.035, 0.13], n % 2 ? "white" : "charcoal"),
          tube(
            0.007,
            [
              [-0.11 + n * 0.04, 0.9 + (n - 1) * 0.035, 0.15], [-0.16 + n * 0.1, 0.7, 0.22], [-0.25 + n * 0.2, 0.1, 0.2],
              [-0.3 + n * 0.3, 0.01, 0.32],
            ],
            n % 2 ? "white" : "rubber", 4,
          ),
        ]),
        rbox([0.32, 0.05, 0.06], [0.1, 0.03, 0.26], "white", 0.012, [0, 0.2, 0]),
      ]
      : [
        cylZ(0.022, 0.05, [-0.07, 0.9, 0.075], "white"),
        tube(0.006, [[-0.07, 0.9, 0.1], [-0.1, 0.6, 0.12], [-0.3, 0.3, 0.06]], "white", 4),
      ]
  ),
];

export const ELECTRICAL: Record<string, Build> = { switchboard, transformer, isolator, cable, fallen_wire: fallenWire, socket_box: socketBox };
