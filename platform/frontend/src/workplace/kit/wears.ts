/** What people wear, drawn on the bones of a body. */

import {
  H, ball, bow, box, cyl, limb, loft, picture, prism, rbox, rod, row, sides, spun, torus, tube, type Material, type Part,
  type Section, type V3,
} from "./parts";
import { MASKS } from "./masks";
import { on, pair, type Body } from "./pose";
import { shell } from "./torso";

interface Wearing {
  wears: string[];
  /** Material of the sleeves. */
  top: Material;
  draw: () => number;
  /** Metres from the axes of the bones up to those of the person: the floor is at -lift. */
  lift: number;
}

export type Wear = (body: Body, wearing: Wearing) => Part[];

const helmet: Wear = ({ head }, { draw }) => {
  const color: Material = draw() > 0.5 ? "helmet" : "helmet_orange";
  return on(
    head,
    loft(
      [
        [0, 0.101, 0.126], [0.025, 0.1, 0.125], [0.05, 0.095, 0.118], [0.073, 0.084, 0.103], [0.091, 0.067, 0.082],
        [0.103, 0.045, 0.055], [0.11, 0.022, 0.027], [0.112, 0, 0],
      ],
      [0, 0.152, -0.006], color, undefined, 24,
    ),
    loft([[-0.004, 0.108, 0.134], [0.008, 0.108, 0.134]], [0, 0.154, -0.004], color, undefined, 24),
    loft([[0, 0.078, 0.07], [0.008, 0.072, 0.064]], [0, 0.15, 0.098], color, [0.16, 0, 0], 18),
    ...[-0.034, 0, 0.034].map((x) => tube(
      0.008,
      [
        [x, 0.196, 0.108], [x, 0.236 - Math.abs(x) * 0.15, 0.066], [x, 0.262 - Math.abs(x) * 0.22, -0.006],
        [x, 0.236 - Math.abs(x) * 0.15, -0.078], [x, 0.196, -0.12],
      ],
      color, 3,
    )),
    tube(0.004, [[-0.082, 0.14, -0.03], [0, 0.135, -0.112], [0.082, 0.14, -0.03]], "black", 4),
  );
};

const chinStrap: Wear = ({ head }) =>
  on(
    head,
    tube(
      0.0055,
      [
        [-0.084, 0.155, 0.012], [-0.076, 0.08, 0.03], [-0.05, 0.004, 0.048], [0, -0.022, 0.056], [0.05, 0.004, 0.048],
        [0.076, 0.08, 0.03], [0.084, 0.155, 0.012],
      ],
      "black", 3,
    ),
    ...sides((s) => tube(0.0045, [[s * 0.08, 0.15, -0.05], [s * 0.079, 0.07, 0.026]], "black", 1)),
    rbox([0.03, 0.014, 0.012], [0, -0.024, 0.06], "black", 0.004),
  );

const glasses: Wear = ({ head }) =>
  on(
    head,
    ...sides((s) => [
      rbox([0.052, 0.036, 0.012], [s * 0.031, 0.118, 0.1], "lens", 0.008, [0, s * 0.22, 0]),
      rbox([0.056, 0.006, 0.014], [s * 0.031, 0.138, 0.1], "orange", 0.003, [0, s * 0.22, 0]),
      rod([s * 0.058, 0.132, 0.09], [s * 0.08, 0.116, -0.012], 0.004, "orange"),
    ]),
    rbox([0.014, 0.008, 0.01], [0, 0.128, 0.108], "orange", 0.003),
  );

const faceShield: Wear = ({ head }) =>
  on(
    head, prism(bow(0.132, 0.129, 0.25, Math.PI - 0.25, 14), 0.23, [0, 0.085, -0.006], "visor", [H, 0, 0]),
    prism(bow(0.136, 0.124, 0.1, Math.PI - 0.1, 14), 0.035, [0, 0.205, -0.006], "blue", [H, 0, 0]),
    torus(0.1, 0.009, [0, 0.185, -0.01], "charcoal", [H, 0, 0]),
    ...sides((s) => cyl(0.018, 0.02, [s * 0.12, 0.195, 0], "black", [0, 0, H])),
  );

const weldingMask: Wear = ({ head }) =>
  on(
    head,
    loft(
      [
        [-0.075, 0.05, 0.045, 0, 0.055], [-0.03, 0.084, 0.09, 0, 0.032], [0.06, 0.1, 0.118, 0, 0.018],
        [0.15, 0.103, 0.122, 0, 0.012], [0.21, 0.085, 0.1, 0, 0.012], [0.245, 0.04, 0.05, 0, 0.01], [0.25, 0, 0, 0, 0.01],
      ],
      [0, 0, 0.008], "charcoal", [-0.06, 0, 0], 18, 2.6,
    ),
    rbox([0.13, 0.085, 0.03], [0, 0.115, 0.132], "black", 0.01),
    rbox([0.1, 0.052, 0.012], [0, 0.115, 0.148], "dark_glass", 0.004),
    ...sides((s) => cyl(0.022, 0.02, [s * 0.108, 0.15, -0.01], "black", [0, 0, H])),
    picture("tape", 0.08, 0.012, [0, 0.05, 0.14], [0.1, 0, 0]),
  );

/** Cuffs of gloves: how long and how wide. */
const cuffs = (material: Material, long: number, wide: number, trim?: Material): Wear => ({ fore, hand }) => [
  ...pair(fore, () => [
    spun([[wide * 0.92, -0.25], [wide, -0.25 + long]], [0, 0, 0], material),
    ...(trim ? [torus(wide, 0.006, [0, -0.25 + long, 0], trim, [H, 0, 0])] : []),
  ]),
  ...pair(hand, () => [
    loft(
      [[-0.088, 0.015, 0.039], [-0.05, 0.02, 0.045], [-0.01, 0.022, 0.038], [0.014, 0.026, 0.032]], [0, 0, 0],
      trim === "glove_palm" ? "glove_palm" : material, undefined, 10,
    ),
  ]),
];

const boots: Wear = ({ shin, foot }) => [
  ...pair(shin, () => [
    loft([[-0.4, 0.06, 0.068], [-0.36, 0.065, 0.07], [-0.24, 0.067, 0.071]], [0, 0, 0], "boot"),
    torus(0.067, 0.009, [0, -0.24, 0], "rubber", [H, 0, 0]),
  ]),
  ...pair(foot, () => [
    loft(
      [[-0.066, 0.049, 0.05], [-0.04, 0.048, 0.05], [-0.012, 0.036, 0.036, 0, -0.004], [0, 0.012, 0.012, 0, -0.008]],
      [0, 0, 0.142], "toe", undefined, 14,
    ),
    ...row(
      3, (n) => rod([-0.03, 0.0 + n * 0.022, 0.085 - n * 0.022], [0.03, 0.0 + n * 0.022, 0.085 - n * 0.022], 0.004, "yellow"),
    ),
  ]),
];

const galoshes: Wear = ({ shin, foot }) => [
  ...pair(foot, () => [
    loft(
      [
        [-0.092, 0.056, 0.15, 0, 0.056], [-0.03, 0.056, 0.15, 0, 0.056], [0.005, 0.053, 0.13, 0, 0.038],
        [0.045, 0.058, 0.085, 0, 0.002],
      ],
      [0, 0, 0], "galosh", undefined, 18, 2.4,
    ),
    loft([[-0.094, 0.058, 0.153, 0, 0.056], [-0.08, 0.058, 0.153, 0, 0.056]], [0, 0, 0], "cream", undefined, 18, 2.4),
  ]),
  ...pair(shin, () => [torus(0.066, 0.012, [0, -0.355, 0], "galosh", [H, 0, 0])]),
];

const mat: Wear = (_, { lift }) => [
  rbox([0.9, 0.012, 0.7], [0, -lift + 0.006, 0.05], "galosh", 0.004),
  ...row(11, (n) => box([0.86, 0.008, 0.012], [0, -lift + 0.014, -0.25 + n * 0.06], "brown")),
  ...sides((s) => box([0.02, 0.004, 0.7], [s * 0.44, -lift + 0.013, 0.05], "yellow")),
];

const earmuffs: Wear = ({ head }, { wears }) => {
  const wide = wears.includes("helmet") ? 0.112 : 0.092;
  return on(
    head,
    ...sides((s) => [
      spun([[0.03, -0.022], [0.038, -0.006], [0.036, 0.016]], [s * 0.088, 0.1, -0.006], "red", [0, 0, s * H]),
      torus(0.03, 0.011, [s * 0.08, 0.1, -0.006], "black", [0, H, 0]),
    ]),
    tube(
      0.008,
      [
        [-0.094, 0.1, -0.006], [-wide, 0.18, -0.006], [-wide * 0.62, 0.248, -0.008], [0, 0.272, -0.01],
        [wide * 0.62, 0.248, -0.008], [wide, 0.18, -0.006], [0.094, 0.1, -0.006],
      ],
      "black", 3,
    ),
  );
};

const harness: Wear = ({ chest, pelvis, thigh }) => [
  ...on(chest,
    ...sides((s) => [
      tube(
        0.014,
        [
          [s * 0.07, 0.05, 0.122], [s * 0.09, 0.22, 0.135], [s * 0.11, 0.37, 0.108], [s * 0.1, 0.44, 0.01],
          [s * 0.06, 0.38, -0.108], [0, 0.28, -0.126], [-s * 0.07, 0.1, -0.125],
        ],
        "strap", 3,
      ),
      rbox([0.045, 0.03, 0.012], [s * 0.095, 0.23, 0.146], "steel", 0.004),
    ]),
    tube(0.013, [[-0.09, 0.26, 0.138], [0, 0.25, 0.142], [0.09, 0.26, 0.138]], "strap", 2),
    torus(0.026, 0.006, [0, 0.25, 0.156], "steel"), torus(0.032, 0.007, [0, 0.285, -0.148], "steel"),
    rbox([0.07, 0.08, 0.014], [0, 0.28, -0.134], "black", 0.005),
    shell(-0.03, 0.03, 0.01, "strap"), rbox([0.06, 0.05, 0.016], [0, 0, 0.122], "steel", 0.004)),
  ...on(
    pelvis, ...sides((s) => tube(0.014, [[s * 0.1, 0.1, 0.1], [s * 0.125, 0, 0.108], [s * 0.13, -0.08, 0.08]], "strap_red", 2)),
  ),
  ...pair(thigh, () => [
    loft([[-0.085, 0.088, 0.09], [-0.045, 0.092, 0.094]], [0, 0, 0], "strap_red"),
    rbox([0.04, 0.03, 0.012], [0, -0.065, 0.094], "steel", 0.004),
  ]),
];

const lanyard: Wear = ({ chest }) =>
  on(
    chest,
    tube(
      0.011, [[0, 0.285, -0.16], [0.06, 0.2, -0.22], [0.16, 0.05, -0.2], [0.22, -0.1, -0.05], [0.2, -0.14, 0.08]], "strap_red",
      4,
    ),
    rbox([0.05, 0.14, 0.035], [0.02, 0.19, -0.2], "yellow", 0.01, [0.1, 0, -0.4]),
    torus(0.034, 0.008, [0.2, -0.18, 0.1], "alu", [0, 0.6, 0]), rbox([0.014, 0.05, 0.014], [0.23, -0.18, 0.09], "red", 0.004),
  );

const rescueRope: Wear = ({ chest, pelvis }, { lift }) => {
  const [floor, [, y, z]] = [-lift, pelvis.at];
  return [
    ...on(chest, torus(0.02, 0.006, [0, 0.28, -0.16], "steel", [0, H, 0])),
    tube(
      0.011,
      [
        [0, y + 0.36, z - 0.17], [-0.14, y * 0.8, z - 0.3], [-0.26, floor + 0.3, -0.4], [-0.3, floor + 0.012, -0.56],
        [-0.5, floor + 0.012, -0.74],
      ],
      "orange", 5,
    ),
    ...row(4, (n) => torus(
      0.15 - n * 0.012, 0.011, [-0.58 + n * 0.01, floor + 0.014 + n * 0.018, -0.82], n % 2 ? "orange" : "tape_white",
      [H, 0, n * 0.7],
    )),
  ];
};

const vest: Wear = ({ chest }, { draw }) => {
  const color: Material = draw() > 0.5 ? "vest" : "vest_lime";
  return on(
    chest, shell(-0.025, 0.435, 0.014, color), ...[0.02, 0.14].map((y) => shell(y, y + 0.05, 0.017, "stripe")),
    ...sides((s) => tube(
      0.021,
      [
        [s * 0.1, 0.16, 0.122], [s * 0.108, 0.33, 0.118], [s * 0.105, 0.425, 0.03], [s * 0.105, 0.41, -0.07],
        [s * 0.105, 0.16, -0.122],
      ],
      "stripe", 3,
    )),
    box([0.01, 0.4, 0.012], [0, 0.18, 0.134], "charcoal"),
  );
};

const suitWelder: Wear = ({ chest, upper, fore, thigh }) => [
  ...on(
    chest, shell(-0.025, 0.1, 0.012, "suit_welder"), box([0.02, 0.42, 0.012], [0.03, 0.19, 0.128], "leather"),
    ...row(4, (n) => ball(0.008, [0.03, 0.04 + n * 0.1, 0.136], "brass")), shell(0.3, 0.44, 0.008, "leather"),
  ),
  ...pair(upper, () => [limb([0, 0, 0], [0, -0.12, 0], 0.07, 0.058, "leather")]),
  ...pair(fore, () => [spun([[0.043, -0.22], [0.05, -0.05]], [0, 0, 0], "leather")]),
  ...pair(thigh, () => [loft([[-0.4, 0.07, 0.074], [-0.2, 0.08, 0.086]], [0, 0, 0.004], "leather")]),
];

const suitChemical: Wear = ({ head, chest, pelvis, shin }) => [
  ...on(
    head, ball(1, [0, 0.1, -0.02], "suit_chemical", [0.102, 0.145, 0.118], [-0.62, 0, 0], -62, 90),
    torus(0.09, 0.012, [0, 0.1, 0.05], "charcoal", [-0.25, 0, 0]),
  ),
  ...on(
    chest, shell(-0.028, 0.44, 0.02, "suit_chemical"), spun([[0.09, 0.42], [0.085, 0.52]], [0, 0, 0], "suit_chemical"),
    rbox([0.03, 0.44, 0.014], [0, 0.2, 0.14], "charcoal", 0.004),
  ),
  ...on(pelvis, loft([[-0.1, 0.14, 0.11], [0.08, 0.168, 0.128]], [0, 0, 0], "suit_chemical", undefined, 22)),
  ...pair(shin, () => [
    spun([[0.062, -0.4], [0.066, -0.3], [0.07, -0.1]], [0, 0, 0], "suit_chemical"),
    torus(0.062, 0.01, [0, -0.36, 0], "charcoal", [H, 0, 0]),
  ]),
];

const curved = (height: number, at: V3, out: number, edge: number, material: Material): Part => prism(
  bow(out + 0.012, out, edge, Math.PI - edge, 10), height, at, material, [H, 0, 0],
);

const apron: Wear = ({ chest, pelvis, thigh, pose }) => [
  ...on(
    chest, curved(0.3, [0, 0.18, -0.165], 0.29, 1.06, "apron"),
    ...sides((s) => tube(0.009, [[s * 0.1, 0.33, 0.1], [s * 0.09, 0.43, 0.02], [0, 0.45, -0.07]], "apron", 3)),
    shell(0.0, 0.025, 0.013, "leather"),
  ),
  ...on(pelvis, curved(0.24, [0, 0, -0.105], 0.236, 0.7, "apron")),
  ...(
    Math.abs(pose.legs[0][0]) < 40
      ? on(pelvis, curved(0.36, [0, -0.29, -0.1], 0.24, 0.7, "apron"))
      : pair(thigh, () => [box([0.2, 0.36, 0.012], [0, -0.2, 0.09], "apron")])
  ),
];

const toolsInsulated: Wear = ({ hand, chest }) => [
  ...on(
    hand[1]!, cyl(0.017, 0.11, [-0.024, -0.085, 0.06], "orange", [H, 0, 0]),
    cyl(0.02, 0.012, [-0.024, -0.085, 0.112], "yellow", [H, 0, 0]),
    cyl(0.006, 0.12, [-0.024, -0.085, 0.175], "orange", [H, 0, 0]),
    cyl(0.0045, 0.03, [-0.024, -0.085, 0.245], "chrome", [H, 0, 0]),
  ),
  ...on(
    chest, shell(-0.025, 0.01, 0.014, "leather"), rbox([0.05, 0.15, 0.11], [-0.175, -0.07, 0.01], "leather", 0.015),
    ...row(3, (n) => limb(
      [-0.18, -0.02, -0.02 + n * 0.032], [-0.182, 0.06, -0.024 + n * 0.036], 0.011, 0.013, n % 2 ? "yellow" : "orange",
    )),
  ),
];

const sleevesRolled: Wear = ({ upper }, { top }) => pair(
  upper, () => row(2, (n) => torus(0.046, 0.013, [0, -0.25 + n * 0.022, 0], top, [H, 0, 0])),
);

const scarf: Wear = ({ chest }) => on(
  chest, torus(0.068, 0.026, [0, 0.462, 0.002], "scarf", [H - 0.15, 0, 0]),
  loft(
    [[-0.17, 0.036, 0.011], [-0.08, 0.034, 0.016], [0, 0.026, 0.02]] as Section[], [0.035, 0.44, 0.115], "scarf",
    [-0.12, 0, 0.12],
  ),
  loft(
    [[-0.24, 0.034, 0.01], [-0.1, 0.032, 0.014], [0, 0.022, 0.018]] as Section[], [-0.02, 0.44, 0.12], "scarf",
    [-0.08, 0, -0.14],
  ),
  ...row(5, (n) => rod([-0.075 + n * 0.016, 0.2, 0.142], [-0.078 + n * 0.016, 0.175, 0.144], 0.003, "scarf")),
);

const ring: Wear = ({ hand }) => on(
  hand[1]!, torus(0.0125, 0.0045, [-0.008, -0.1, -0.009], "gold", [H, 0, 0]), ball(0.006, [0.007, -0.1, -0.009], "lens"),
);

export const WEARS: Record<string, Wear> = {
  coverall: () => [], vest, helmet, chin_strap: chinStrap, glasses, face_shield: faceShield, welding_mask: weldingMask,
  gloves: cuffs("glove", 0.06, 0.042, "glove_palm"),
  gloves_dielectric: cuffs("glove_dielectric", 0.15, 0.05, "glove_dielectric"),
  gloves_chemical: cuffs("glove_chemical", 0.13, 0.048, "glove_chemical"),
  mittens_welder: cuffs("gauntlet", 0.17, 0.058, "leather"),
  boots, galoshes_dielectric: galoshes, mat_dielectric: mat, earmuffs,
  ...MASKS,
  harness, lanyard, rescue_rope: rescueRope, suit_welder: suitWelder, suit_chemical: suitChemical, apron,
  tools_insulated: toolsInsulated,
  sleeves_rolled: sleevesRolled, scarf, ring,
};
