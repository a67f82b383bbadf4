/** Racks, pallets, crates and drums. */

import {
  H, box, chance, cyl, cylX, picture, placed, rbox, row, sides, spun, torus, type Build, type Material, type Part, type V3,
} from "./parts";

export const carton = (size: V3, at: V3, turn = 0, tilt = 0): Part[] => placed([
  rbox(size, [0, 0, 0], "carton", 0.012), box([size[0] * 1.004, size[1] * 1.004, 0.05], [0, 0, 0], "carton_tape"),
  box([0.1, 0.06, size[2] * 1.006], [size[0] * 0.22, -size[1] * 0.18, 0], "paper"),
], at, [0, turn, tilt]);

export const pallet = (): Part[] => [
  ...row(7, (n) => rbox([0.115, 0.02, 0.8], [-0.53 + n * 0.177, 0.135, 0], n % 3 ? "wood" : "wood_light", 0.004)),
  ...[-0.35, 0, 0.35].flatMap((z) => [
    rbox([1.2, 0.02, 0.1], [0, 0.115, z], "wood_dark", 0.004), rbox([1.2, 0.02, 0.1], [0, 0.011, z], "wood", 0.004),
    ...[-0.53, 0, 0.53].map((x) => box([0.12, 0.085, 0.1], [x, 0.063, z], "wood_dark")),
  ]),
];

/** What stands on a pallet: nine parts a layer of three cartons. */
export const goods = (stack: string): Part[] => row(3, (layer) => row(2, (n) => {
  const lean = stack === "leaning" ? layer * 0.13 : 0;
  const [x, turn, tilt] = [
    -0.29 + n * 0.58 + lean, stack === "leaning" ? (layer - n) * 0.14 : n * 0.02, stack === "leaning" ? -0.07 * layer : 0,
  ];
  return carton(
    [0.56, 0.38, 0.7],
    [x, 0.345 + layer * 0.385 + (stack === "leaning" ? -layer * n * 0.035 : 0), stack === "leaning" ? layer * 0.05 : 0], turn,
    tilt,
  );
}));

const palletKind: Build = ({ stack = "straight" }) => [
  ...pallet(), ...goods(stack),
  ...(
    stack === "leaning"
      ? carton([0.4, 0.3, 0.4], [0.95, 0.15, 0.2], 0.5)
      : row(2, (n) => [box([0.02, 1.18, 0.72], [-0.29 + n * 0.58, 0.74, 0], "wire_blue")])
  ),
];

const crateBoards = (): Part[] => [
  box([0.78, 0.56, 0.58], [0, 0.31, 0], "wood_dark"),
  ...[-0.3, 0.3].flatMap((z) => [
    ...row(4, (n) => rbox([0.82, 0.125, 0.02], [0, 0.085 + n * 0.15, z], n % 2 ? "wood" : "wood_light", 0.004)),
    ...sides((s) => rbox([0.08, 0.6, 0.03], [s * 0.36, 0.31, z * 1.05], "wood", 0.004)),
  ]),
  ...sides((s) => row(4, (n) => rbox([0.02, 0.125, 0.6], [s * 0.41, 0.085 + n * 0.15, 0], "wood", 0.004))),
  ...row(4, (n) => rbox([0.84, 0.02, 0.135], [0, 0.615, -0.225 + n * 0.15], n % 2 ? "wood_light" : "wood", 0.004)),
  rbox([0.05, 0.7, 0.02], [0, 0.31, 0.318], "wood", 0.004, [0, 0, 0.95]),
];

export const crate = (heavy: boolean): Part[] => [
  ...crateBoards(),
  ...(
    heavy
      ? [
        rbox([0.26, 0.16, 0.006], [0, 0.36, 0.332], "white", 0.002), picture("mark:60 кг", 0.25, 0.125, [0, 0.36, 0.337]),
        ...sides((s) => box([0.04, 0.65, 0.64], [s * 0.22, 0.315, 0], "dark_steel")), cyl(0.1, 0.16, [0.0, 0.7, 0], "iron"),
        cyl(0.05, 0.24, [0, 0.74, 0], "dark_steel"),
      ]
      : sides((s) => rbox([0.03, 0.05, 0.2], [s * 0.43, 0.42, 0], "wood_dark", 0.01))
  ),
];

const GOODS: Material[] = ["blue", "green", "red", "grey", "teal"];

const rack: Build = ({ load, fixing }, { id }) => {
  const [bay, depth, top, draw] = [1.35, 0.62, 2.7, chance(id)];
  const width = bay * 2;
  const stand = row(3, (n) => {
    const x = -width / 2 + n * bay;
    return [
      ...sides((s) => [
        rbox([0.07, top, 0.07], [x, top / 2, (s * depth) / 2], "rack_blue", 0.01),
        ...(
          fixing === "yes"
            ? [
              box([0.15, 0.014, 0.15], [x, 0.007, (s * depth) / 2], "dark_steel"),
              cyl(0.012, 0.03, [x + 0.055, 0.02, (s * depth) / 2 + s * 0.055], "chrome"),
            ]
            : []
        ),
      ]),
      ...row(4, (k) => rbox([0.03, 0.03, 0.74], [x, 0.5 + k * 0.55, 0], "rack_blue", 0.006, [k % 2 ? 0.62 : -0.62, 0, 0])),
    ];
  });
  const level = (n: number): number => 0.16 + n * 0.86;
  const shelves = row(3, (n) => {
    const bent = load === "over" && n === 2;
    return [
      ...sides((s) => (
        bent
          ? sides((t) => rbox(
            [width / 2 + 0.01, 0.1, 0.05], [(t * width) / 4, level(n) - 0.035, (s * depth) / 2], "rack_orange", 0.01,
            [0, 0, t * 0.055],
          ))
          : rbox([width, 0.1, 0.05], [0, level(n), (s * depth) / 2], "rack_orange", 0.01)
      )),
      ...(
        bent
          ? sides(
            (t) => box([width / 2, 0.025, depth - 0.04], [(t * width) / 4, level(n) + 0.02, 0], "wood", [0, 0, t * 0.055])
          )
          : [box([width - 0.06, 0.025, depth - 0.04], [0, level(n) + 0.055, 0], "wood")]
      ),
    ];
  });
  const stock = row(load === "over" ? 2 : 3, (n) => row(2, (b) => {
    const placedGoods: Part[] = [];
    const [floor, end] = [level(n) + 0.07, -width / 2 + (b + 1) * bay - 0.1];
    let x = -width / 2 + b * bay + 0.12;
    while (x < end - 0.24) {
      const [w, h, d, what] = [0.24 + draw() * 0.26, 0.2 + draw() * 0.34, 0.34 + draw() * 0.18, draw()];
      if (x + w > end) break;
      if (what < 0.6) placedGoods.push(...carton([w, h, d], [x + w / 2, floor + h / 2, (draw() - 0.5) * 0.06]));
      else if (what < 0.82) placedGoods.push(
        rbox([w, h * 0.6, d], [x + w / 2, floor + h * 0.3, 0], GOODS[Math.floor(draw() * 5)]!, 0.02),
        rbox([w + 0.02, 0.03, d + 0.02], [x + w / 2, floor + h * 0.6, 0], "charcoal", 0.008),
      );
      else placedGoods.push(
        cyl(0.12, 0.32, [x + w / 2, floor + 0.16, 0], "steel"),
        torus(0.12, 0.008, [x + w / 2, floor + 0.3, 0], "dark_steel", [H, 0, 0]),
      );
      x += w + 0.04 + draw() * 0.08;
    }
    return placedGoods;
  }));
  const whole = [
    ...stand, ...shelves, ...stock, rbox([0.34, 0.2, 0.01], [0, level(2), depth / 2 + 0.032], "white", 0.003),
    picture("mark:500 кг", 0.32, 0.16, [0, level(2), depth / 2 + 0.04]),
    ...sides((s) => rbox([0.1, 0.4, 0.1], [(s * width) / 2, 0.2, depth / 2 + 0.03], "yellow", 0.03)),
  ];
  if (load === "over") {
    const top = level(2) + 0.04;
    whole.push(
      ...row(3, (n) => carton([0.62, 0.5, 0.66], [-0.94 + n * 0.66, top + 0.27 - (n === 1 ? 0.03 : 0), 0.04], n * 0.06 - 0.05)),
      ...row(2, (n) => carton([0.6, 0.46, 0.6], [-0.7 + n * 0.68, top + 0.74, 0.1], 0.1 - n * 0.2)),
      ...carton([0.56, 0.4, 0.56], [-0.4, top + 1.17, 0.14], 0.2, -0.04),
      ...row(3, (n) => [
        cylX(0.16, 0.6, [0.96, top + (n > 1 ? 0.46 : 0.2), n > 1 ? 0.02 : -0.15 + n * 0.33], "iron"),
        cylX(0.1, 0.61, [0.96, top + (n > 1 ? 0.46 : 0.2), n > 1 ? 0.02 : -0.15 + n * 0.33], "dark_steel"),
      ]),
    );
  }
  return fixing === "yes" ? whole : placed(whole, [0, 0, 0], [-0.035, 0, 0.028]).map(
    (part) => ({ ...part, at: [part.at[0], part.at[1] + 0.03, part.at[2]] as V3 })
  );
};

const boxPile: Build = ({ stack }) => row(4, (layer) => {
  const lean = stack === "leaning";
  const shift = lean ? layer * layer * 0.05 : 0;
  return row(layer === 3 ? 1 : 2, (n) => carton(
    [0.46 - layer * 0.02, 0.34, 0.44],
    [(layer === 3 ? 0 : -0.24 + n * 0.48) + shift, 0.17 + layer * 0.342, lean ? layer * 0.035 : 0],
    lean ? layer * 0.16 - n * 0.1 : n * 0.03, lean ? -layer * 0.05 : 0,
  ));
});

/** A rolled beam along x. */
const beam = (y: number, z: number): Part[] => [
  ...[-0.09, 0.09].map((dy) => box([3.2, 0.018, 0.16], [0, y + dy, z], "rust")), box([3.2, 0.17, 0.014], [0, y, z], "rust"),
  ...sides((s) => box([0.02, 0.19, 0.16], [s * 1.592, y, z], "iron")),
];

const beamStack: Build = ({ spacers }) => {
  const good = spacers === "yes";
  return [
    ...row(3, (layer) => row(layer === 2 ? 2 : 3, (n) => (good
      ? beam(0.2 + layer * 0.29, -0.26 + n * 0.26)
      : placed(
        beam(0, 0), [(layer - n) * 0.09, 0.12 + layer * 0.205, -0.24 + n * 0.25 + layer * 0.09],
        [layer * 0.16, (n - 1) * 0.035 * (layer + 1), 0],
      )))),
    ...(good ? row(3, (layer) => sides((s) => rbox([0.1, 0.09, 0.9], [s * 1.0, 0.055 + layer * 0.29, 0], "wood", 0.006))) : []),
    ...(good ? sides((s) => rbox([0.06, 0.9, 0.06], [s * 1.0, 0.45, 0.48], "wood_dark", 0.006)) : []),
  ];
};

const drum: Build = ({ lid, label }) => {
  const open = lid === "open";
  return [
    spun(
      open ? [
        [0.28, 0.005], [0.29, 0.02], [0.29, 0.87], [0.275, 0.87], [0.272, 0.6], [0, 0.6],
      ] : [[0.28, 0.005], [0.29, 0.02], [0.29, 0.86], [0.27, 0.868], [0.268, 0.85]],
      [0, 0, 0], "blue",
    ),
    ...[0.025, 0.3, 0.58, 0.865].map((y) => torus(0.292, 0.012, [0, y, 0], "blue", [H, 0, 0])),
    ...(open
      ? [
        cyl(0.272, 0.01, [0, 0.68, 0], "oil"),
        ...placed(
          [cyl(0.285, 0.02, [0, 0, 0], "blue"), torus(0.285, 0.012, [0, 0, 0], "dark_steel", [H, 0, 0])], [0.33, 0.29, 0.1],
          [0.1, 0.3, 1.3],
        ),
      ]
      : [
        cyl(0.268, 0.01, [0, 0.85, 0], "navy"), cyl(0.036, 0.025, [0.15, 0.865, 0.05], "steel"),
        cyl(0.02, 0.02, [-0.14, 0.862, -0.08], "steel"), torus(0.295, 0.01, [0, 0.84, 0], "dark_steel", [H, 0, 0]),
      ]),
    ...(
      label === "yes"
        ? [
          rbox([0.25, 0.25, 0.012], [0, 0.45, 0.288], "white", 0.003),
          picture("label:flammable", 0.24, 0.24, [0, 0.45, 0.2955]),
        ]
        : [rbox([0.2, 0.1, 0.004], [0.02, 0.47, 0.287], "navy", 0.001, [0, 0, 0.2])]
    ),
    ...(
      open
        ? []
        : row(3, (n) => box(
          [0.03, 0.05, 0.01], [Math.sin(n * 2.1) * 0.296, 0.84, Math.cos(n * 2.1) * 0.296], "dark_steel", [0, n * 2.1, 0],
        ))
    ),
  ];
};

export const STORAGE: Record<string, Build> = {
  rack, pallet: palletKind, crate: ({ load }) => crate(load === "heavy"), box_pile: boxPile, beam_stack: beamStack, drum,
};
