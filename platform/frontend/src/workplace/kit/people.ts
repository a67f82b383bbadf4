/** People: a body in a pose, its face, its clothes; what is worn comes from `wears.ts`. */

import { bounds } from "./mesh";
import {
  ball, box, chance, cyl, limb, loft, placed, rbox, row, sides, sized, torus, tube, type Build, type Material, type Part, type Section,
  type V3,
} from "./parts";
import { body, on, pair, type Body } from "./pose";
import { TORSO, shell } from "./torso";
import { WEARS } from "./wears";

/** What a person is made of, after what is worn. */
interface Stuff {
  skin: Material;
  hair: Material;
  top: Material;
  legs: Material;
  shoe: Material;
  hand: Material;
  forearm: Material;
}

const HEAD: Section[] = [
  [-0.012, 0.0, 0, 0, 0.052], [-0.008, 0.028, 0.022, 0, 0.05], [0.012, 0.049, 0.052, 0, 0.032], [0.04, 0.066, 0.078, 0, 0.012],
  [0.075, 0.074, 0.09, 0, 0.002],
  [0.115, 0.08, 0.097, 0, -0.003], [0.155, 0.078, 0.096, 0, -0.006], [0.188, 0.067, 0.082, 0, -0.008],
  [0.21, 0.047, 0.058, 0, -0.009], [0.222, 0.021, 0.028, 0, -0.009], [0.225, 0.0, 0, 0, -0.009],
];

const face = (unwell: boolean, beard: boolean, cropped: boolean, { skin, hair }: Stuff): Part[] => [
  loft(HEAD, [0, 0, 0], skin, undefined, 20),
  // Nose: a bridge and its wings.
  limb([0, 0.118, 0.09], [0, 0.082, 0.106], 0.008, 0.012, skin), ...sides((s) => ball(0.008, [s * 0.009, 0.079, 0.099], skin)),
  ...sides((s) => [
    ball(0.015, [s * 0.031, 0.117, 0.079], unwell ? skin : "eye", [1, 0.72, 0.7]),
    ...(
      unwell
        ? [box([0.024, 0.003, 0.006], [s * 0.03, 0.112, 0.089], "iris", [0, s * 0.25, s * 0.1])]
        : [
          ball(0.0068, [s * 0.03, 0.117, 0.0875], "iris", [1, 1, 0.6]),
          rbox([0.03, 0.006, 0.012], [s * 0.03, 0.128, 0.084], skin, 0.003, [0, s * 0.3, 0]),
        ]
    ),
    rbox([0.034, 0.007, 0.01], [s * 0.031, 0.14, 0.086], hair, 0.003, [0, s * 0.35, unwell ? -s * 0.32 : -s * 0.06]),
    loft(
      [[-0.028, 0.006, 0.01], [-0.01, 0.009, 0.016], [0.016, 0.01, 0.02], [0.028, 0.006, 0.012]], [s * 0.081, 0.1, -0.006],
      skin, [-0.2, s * 0.3, -s * 0.12], 8,
    ),
  ]),
  unwell ? ball(0.013, [0, 0.045, 0.085], "lip_pale", [1, 0.9, 0.6]) : rbox(
    [0.042, 0.006, 0.012], [0, 0.05, 0.088], "lip", 0.003,
  ),
  rbox([0.034, 0.007, 0.012], [0, 0.043, 0.087], "lip", 0.003),
  ...(unwell ? row(3, (n) => ball(0.006, [-0.035 + n * 0.04, 0.165 - (n % 2) * 0.02, 0.088], "water", [0.8, 1.3, 0.6])) : []),
  // Hair, cut short at the nape.
  ball(1, [0, 0.126, -0.009], hair, [0.086, 0.111, 0.107], [-0.34, 0, 0], 2),
  ...row(cropped ? 0 : 5, (n) => limb(
    [-0.05 + n * 0.022, 0.205 - (n % 2) * 0.008, 0.078 - Math.abs(n - 2) * 0.006], [-0.012 + n * 0.02, 0.232, 0.026], 0.013,
    0.02, hair, 0.7,
  )),
  ...sides((s) => rbox([0.012, 0.05, 0.03], [s * 0.076, 0.122, 0.016], hair, 0.005)),
  ...(
    beard
      ? [
        loft(
          [[-0.016, 0.02, 0.02, 0, 0.052], [0, 0.042, 0.044, 0, 0.038], [0.03, 0.06, 0.072, 0, 0.016]], [0, 0, 0], hair,
          undefined, 14,
        ),
        rbox([0.05, 0.01, 0.012], [0, 0.06, 0.088], hair, 0.005),
      ]
      : []
  ),
];

/** Four fingers and a thumb; `grip` bends them towards the palm. */
const hand = (sign: number, grip: number, points: boolean, material: Material): Part[] => {
  const palm = -sign;
  const finger = (nth: number): Part => {
    const [z, long, bend] = [
      0.027 - nth * 0.018, [0.072, 0.08, 0.075, 0.058][nth]!, points && nth > 0 ? 1.25 : points ? 0.02 : 0.25 + grip * 0.9,
    ];
    const out = (angle: number, length: number): V3 => [palm * Math.sin(angle) * length, -Math.cos(angle) * length, 0];
    const [a, b] = [out(bend * 0.6, long * 0.55), out(bend * 1.8, long * 0.5)];
    return tube(0.0095, [[0, -0.08, z], [a[0], -0.08 + a[1], z], [a[0] + b[0], -0.08 + a[1] + b[1], z * 0.92]], material, 2);
  };
  return [
    loft(
      [[-0.092, 0.011, 0.034], [-0.06, 0.016, 0.04], [-0.02, 0.018, 0.034], [0.012, 0.02, 0.026]], [0, 0, 0], material,
      undefined, 10,
    ),
    ...row(4, finger),
    tube(
      0.0105,
      [
        [palm * 0.004, -0.022, 0.026], [palm * 0.018, -0.052, 0.044],
        [palm * (0.022 + grip * 0.016), -0.084, 0.044 - grip * 0.014],
      ],
      material, 2,
    ),
  ];
};

const arms = ({ upper, fore, hand: hands, pose }: Body, stuff: Stuff): Part[] => [
  ...pair(upper, () => [limb([0, 0.004, 0], [0, -0.285, 0], 0.061, 0.046, stuff.top)]),
  ...pair(fore, () => [
    limb([0, 0, 0], [0, -0.24, 0], 0.046, stuff.forearm === stuff.skin ? 0.03 : 0.036, stuff.forearm),
    ...(stuff.forearm === stuff.skin ? [] : [cyl(0.0385, 0.03, [0, -0.225, 0], stuff.forearm)]),
  ]),
  ...pair(hands, (sign, nth) => hand(sign, pose.grip?.[nth] ?? 0.25, nth === 1 && Boolean(pose.points), stuff.hand)),
];

const shoe = (material: Material): Part[] => [
  loft([[-0.085, 0.046, 0.138, 0, 0.056], [-0.06, 0.047, 0.139, 0, 0.056]], [0, 0, 0], "sole", undefined, 18, 2.5),
  loft(
    [
      [-0.062, 0.045, 0.135, 0, 0.056], [-0.035, 0.044, 0.132, 0, 0.054], [-0.01, 0.041, 0.108, 0, 0.032],
      [0.015, 0.039, 0.074, 0, 0.002], [0.04, 0.042, 0.056, 0, -0.008],
    ],
    [0, 0, 0], material, undefined, 18, 2.3,
  ),
];

const legs = ({ pelvis, thigh, shin, foot }: Body, stuff: Stuff, slim: number): Part[] => [
  ...on(
    pelvis,
    loft(
      [
        [-0.11, 0.07, 0.07], [-0.085, 0.125, 0.1], [-0.03, 0.155, 0.118, 0, -0.004], [0.03, 0.155, 0.116, 0, -0.002],
        [0.1, 0.147, 0.105],
      ].map((section) => narrowed(section as Section, slim)),
      [0, 0, 0], stuff.legs, undefined, 22, 2.3,
    ),
  ),
  ...pair(thigh, () => [limb([0, 0.02, 0], [0, -0.43, 0], 0.086 * slim, 0.062, stuff.legs)]),
  ...pair(shin, () => [
    limb([0, 0, 0], [0, -0.16, -0.008], 0.061, 0.058, stuff.legs),
    loft(
      [[-0.4, 0.052, 0.058], [-0.39, 0.055, 0.06], [-0.24, 0.053, 0.056], [-0.15, 0.058, 0.06, 0, -0.006]], [0, 0, 0],
      stuff.legs,
    ),
  ]),
  ...pair(foot, () => shoe(stuff.shoe)),
];

/** A section of a slimmer body. */
const narrowed = ([y, rx, rz, x, z]: Section, slim: number): Section => [y, rx * slim, rz * slim, x ?? 0, z ?? 0];

/** Everyday clothes show buttons and a belt, work clothes a zip, pockets and light stripes. */
const clothes = (bodyOf: Body, stuff: Stuff, work: boolean, slim: number): Part[] => [
  ...on(
    bodyOf.chest, loft(TORSO.map((one) => narrowed(one, slim)), [0, 0, 0], stuff.top, undefined, 22, 2.3),
    cyl(0.05, 0.11, [0, 0.475, 0.004], stuff.skin, [0.1, 0, 0], 0.048),
    torus(0.064, 0.014, [0, 0.447, -0.002], stuff.top, [Math.PI / 2 - 0.2, 0, 0]),
  ),
  ...on(bodyOf.chest, ...(work
    ? [
      box([0.012, 0.34, 0.01], [0, 0.2, 0.119], "stripe", [-0.02, 0, 0]),
      ...sides((s) => [
        rbox([0.09, 0.1, 0.012], [s * 0.085, 0.29, 0.113], "coverall_dark", 0.004, [0, s * 0.18, 0]),
        box([0.09, 0.02, 0.014], [s * 0.085, 0.335, 0.114], "stripe", [0, s * 0.18, 0]),
      ]),
      shell(0.095, 0.125, 0.003 - (1 - slim) * 0.12, "stripe"),
    ]
    : [
      ...row(4, (n) => ball(0.006, [0, 0.1 + n * 0.08, 0.118 + (n % 3) * 0.002], "white")),
      shell(-0.025, 0.012, 0.006 - (1 - slim) * 0.12, "leather"), rbox([0.04, 0.034, 0.012], [0, -0.008, 0.112], "steel", 0.004),
    ])),
  ...(
    work
      ? [
        ...pair(bodyOf.shin, () => [cyl(0.058, 0.035, [0, -0.27, 0], "stripe")]),
        ...pair(bodyOf.upper, () => [cyl(0.0535, 0.03, [0, -0.19, 0], "stripe")]),
      ]
      : []
  ),
];

const LOOKS: [Material, Material][] = [
  ["skin", "hair"], ["skin", "hair_dark"], ["skin_tan", "hair_dark"], ["skin", "hair_fair"], ["skin", "hair_grey"],
  ["skin_light", "hair_fair"], ["skin_light", "hair_red"], ["skin_tan", "hair"], ["skin_dark", "hair_dark"], ["skin_light", "hair"],
];

/** Own clothes, and what a workshop hands out: not everybody's is of the same year. */
const SHIRTS: [Material, Material][] = [["shirt", "trousers"], ["shirt_dark", "trousers"], ["sky_cloth", "shirt_dark"], ["felt", "trousers"]];
const COVERALLS: Material[] = ["coverall", "coverall", "coverall_blue", "coverall_grey"];

/** How much people differ, as parts of the usual one: the smallest and what is between, the slimmest. */
const [SMALLEST, TALLER, SLIMMER] = [0.955, 0.085, 0.09];

/** What of the body changes with what is worn; later ones win. */
const CLAD: Record<string, Partial<Stuff>> = {
  coverall: { top: "coverall", legs: "coverall", forearm: "coverall" },
  suit_welder: { top: "suit_welder", legs: "suit_welder", forearm: "suit_welder" },
  suit_chemical: { top: "suit_chemical", legs: "suit_chemical", forearm: "suit_chemical" },
  boots: { shoe: "boot" }, galoshes_dielectric: { shoe: "galosh" },
  gloves: { hand: "glove" }, gloves_dielectric: { hand: "glove_dielectric" }, gloves_chemical: { hand: "glove_chemical" },
  mittens_welder: { hand: "gauntlet" },
};

const person: Build = ({ pose = "stand", face: mood }, { id, wears }) => {
  const draw = chance(id);
  const [skin, hair] = LOOKS[Math.floor(draw() * LOOKS.length)]!;
  const [shirt, trousers] = SHIRTS[Math.floor(draw() * SHIRTS.length)]!;
  const coverall = COVERALLS[Math.floor(draw() * COVERALLS.length)]!;
  const [tall, slim, cropped] = [SMALLEST + TALLER * draw(), 1 - SLIMMER * draw(), draw() > 0.6];
  const unwell = mood === "unwell";
  const own: Material = unwell ? "skin_pale" : skin;
  const stuff: Stuff = { skin: own, hair, top: shirt, legs: trousers, shoe: "shoe", hand: own, forearm: shirt };
  for (const [worn, clad] of Object.entries(CLAD)) if (wears.includes(worn)) Object.assign(stuff, clad);
  const work = stuff.top !== shirt;
  if (stuff.top === "coverall") stuff.top = stuff.legs = stuff.forearm = coverall;
  if (wears.includes("sleeves_rolled")) stuff.forearm = own;
  const bones = body(pose);
  const parts = [
    ...on(bones.head, ...face(unwell, draw() > 0.75, cropped, stuff)), ...arms(bones, stuff), ...legs(bones, stuff, slim),
    ...clothes(bones, stuff, work, slim),
  ];
  const lift = -bounds(parts).low[1];
  const worn = wears.flatMap((item) => WEARS[item]?.(bones, { wears, top: stuff.top, draw, lift }) ?? []);
  const held = bones.pose.carries ? placed(
    [rbox([0.4, 0.28, 0.3], [0, 0, 0], "carton", 0.01), box([0.402, 0.282, 0.05], [0, 0, 0], "carton_tape")], [0, 1.1, 0.36],
  ) : [];
  return sized(placed([...parts, ...worn, ...held], [0, lift, 0]), tall);
};

export const PEOPLE: Record<string, Build> = { person };
