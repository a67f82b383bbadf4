/** What parts are made of. */

export interface Look {
  /** 0xRRGGBB, sRGB. */
  color: number;
  /** 0 is a mirror, 1 chalk. */
  rough: number;
  metal: number;
  /** Light of its own, times `glow_color` (or the colour itself). */
  glow?: number;
  glow_color?: number;
  /** 1 is opaque. */
  opacity?: number;
  /** A coat of varnish, 0..1. */
  coat?: number;
}

const paint = (color: number, rough = 0.45, coat = 0.35): Look => ({ color, rough, metal: 0.05, coat });
const cloth = (color: number): Look => ({ color, rough: 0.92, metal: 0 });
const matt = (color: number, rough = 0.8): Look => ({ color, rough, metal: 0 });
const metal = (color: number, rough: number, part = 0.9): Look => ({ color, rough, metal: part });
const light = (color: number, glow_color: number, glow: number): Look => ({ color, rough: 0.5, metal: 0, glow, glow_color });
const clear = (color: number, opacity: number): Look => ({ color, rough: 0.08, metal: 0, opacity });

export const MATERIALS = {
  machine: paint(0x4f7f74), machine_dark: paint(0x2f4a46, 0.5, 0.1), machine_light: paint(0xcfd6cf),
  cabinet: paint(0xc4cacc, 0.5, 0.2), cabinet_in: matt(0x8e979b, 0.7), white: paint(0xf2f3f1, 0.5, 0.2),
  black: paint(0x1d1f22, 0.6, 0), grey: paint(0x767d84, 0.55, 0.1), charcoal: paint(0x34383d, 0.6, 0),
  yellow: paint(0xf2b705, 0.42, 0.5), orange: paint(0xe8590c), red: paint(0xc81e1e, 0.35, 0.6), blue: paint(0x1f5fae),
  green: paint(0x2d7d46), navy: paint(0x1d3557), teal: paint(0x1f7f86), rack_blue: paint(0x24508f, 0.5, 0.2),
  rack_orange: paint(0xe5701a, 0.5, 0.2),
  cream: paint(0xe6dfcb, 0.5, 0.1), brown: paint(0x6b4226, 0.6, 0.1), sky: paint(0x3f8fd2, 0.45, 0.3),
  steel: metal(0xb9c0c6, 0.28), dark_steel: metal(0x50565c, 0.42, 0.85), chrome: metal(0xe8ecef, 0.12, 1),
  iron: metal(0x3b3f44, 0.7, 0.5),
  alu: metal(0xd5d9dc, 0.35, 0.8), copper: metal(0xc06a3a, 0.35), brass: metal(0xc9a545, 0.3), rust: metal(0x8a5a3c, 0.9, 0.2),
  galvanised: metal(0xa7b0b5, 0.45, 0.6),
  rubber: matt(0x191a1c, 0.92), plastic: matt(0x2b2f34, 0.5), wood: matt(0xb98a55, 0.78), wood_dark: matt(0x8b6239),
  wood_light: matt(0xd3ae7c, 0.75), laminate: matt(0xcdb592, 0.5),
  carton: matt(0xbd9461, 0.88), carton_tape: matt(0xd9c49a, 0.5), paper: matt(0xf4f3ec, 0.9), plaster: matt(0xe7e4dc, 0.93),
  print: matt(0xffffff, 0.55),
  concrete: matt(0x9b9c99, 0.92), stone: matt(0x77787a, 0.95), soil: matt(0x6d5136, 0.98), soil_dark: matt(0x4a3624, 1),
  sand: matt(0xd0b27c, 1), bitumen: matt(0x2c2d30, 0.95), pit: matt(0x0c0d0f, 1), sky_cloth: cloth(0x6fa8d8),
  felt: cloth(0x4b5a68),
  glass: clear(0x9fc6d8, 0.28), lens: clear(0xbfe3ff, 0.42), visor: clear(0xd8f0ff, 0.3),
  dark_glass: { color: 0x13241c, rough: 0.1, metal: 0.2 }, screen: light(0x16324a, 0x2f6fa8, 0.7),
  screen_off: { color: 0x15181b, rough: 0.2, metal: 0.1 },
  lamp_on: light(0xffffff, 0xfff3d6, 2.4), lamp_off: matt(0x8d918f, 0.4), green_on: light(0x1f7a37, 0x2bdc63, 1.3),
  red_on: light(0x7a1f1f, 0xff3b30, 1.2), amber_on: light(0x8a5a00, 0xffa51f, 1.2), spark: light(0xfff3c0, 0xfff0b0, 3),
  arc: light(0xdfeeff, 0xbfe0ff, 4),
  oil: { color: 0x14110c, rough: 0.06, metal: 0.25 }, water: { color: 0x5f8aa3, rough: 0.04, metal: 0.1, opacity: 0.62 },
  acid: { color: 0x9fc414, rough: 0.08, metal: 0, opacity: 0.85 },
  cable: matt(0xd94a12, 0.7), wire_blue: matt(0x1f62c9, 0.6), wire_brown: matt(0x7a4522, 0.6), wire_green: matt(0x63a832, 0.6),
  tape_red: matt(0xd3202b, 0.6), tape_white: matt(0xf4f4f2, 0.6), rope: matt(0xd8cfae, 0.9), strap: cloth(0xf0a90a),
  strap_red: cloth(0xc4271f), strap_dark: cloth(0x33363b),
  skin: matt(0xdfa781, 0.65), skin_pale: matt(0xe6cdb4, 0.65), skin_tan: matt(0xb97f58, 0.65), skin_light: matt(0xebc0a2, 0.65), skin_dark: matt(0x85573a, 0.65), lip: matt(0xb0695a, 0.6),
  lip_pale: matt(0x9a8a90, 0.6), eye: { color: 0xf6f4f0, rough: 0.25, metal: 0 },
  iris: { color: 0x2d2118, rough: 0.2, metal: 0 },
  hair: matt(0x33241a, 0.85), hair_fair: matt(0xa9824c, 0.85), hair_dark: matt(0x17130f, 0.85), hair_grey: matt(0x8d8a86, 0.85),
  hair_red: matt(0x7d4022, 0.85),
  shirt: cloth(0x8fa3b5), shirt_dark: cloth(0x6b7683), trousers: cloth(0x454b56), shoe: matt(0x4a3b30, 0.6),
  sole: matt(0x15130f, 0.9),
  coverall: cloth(0x2c4a73), coverall_dark: cloth(0x22395a), coverall_grey: cloth(0x4c5862), coverall_blue: cloth(0x35608f), vest: cloth(0xf2680a), vest_lime: cloth(0xcde21a),
  stripe: { color: 0xe9eef0, rough: 0.3, metal: 0.3 },
  boot: matt(0x2a211c, 0.7), toe: matt(0x3a3d40, 0.45), galosh: matt(0x9c3f1d, 0.5), glove: cloth(0x7d8a35),
  glove_palm: matt(0xd98b1c, 0.7), glove_dielectric: matt(0xd9571e, 0.5), glove_chemical: matt(0x1f8a5f, 0.45),
  gauntlet: cloth(0xb9793a), leather: cloth(0x7c5433), suit_welder: cloth(0x6a614e), suit_chemical: matt(0xd9d21f, 0.5),
  apron: cloth(0x4a3a2c),
  helmet: paint(0xf5f6f7, 0.28, 0.8), helmet_orange: paint(0xf28c00, 0.28, 0.8), filter: paint(0x55604f, 0.6, 0.1),
  mask_rubber: matt(0x24282b, 0.55), respirator: matt(0xe6e9ea, 0.85), air_bottle: paint(0xe7c11f, 0.35, 0.5),
  gold: metal(0xe0b13c, 0.2, 1), scarf: cloth(0xa8242f),
} satisfies Record<string, Look>;

export type Material = keyof typeof MATERIALS;
