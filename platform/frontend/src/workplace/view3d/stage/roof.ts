/** A roof: a low curb at its edge, the house below it, the street and the town further down. */
import { Group, type BufferGeometry } from "three";
import type { Scenario } from "../../types";
import type { Materials } from "../materials";
import { block, coloured, joined } from "./blocks";
import { dome, houses, land, ring, trees } from "./land";
import type { Surroundings } from "./stage";

const CURB_M = 0.12;

export function roof({ site }: Scenario, materials: Materials): Surroundings {
  const { quality } = materials;
  const [w, d] = site.size;
  const high = Math.max(3, site.height);
  const [around, below] = [new Group(), new Group()];
  const far = Math.max(w, d) / 2;
  around.add(
    dome(materials),
    land("street", -high, materials),
    streets(w, d, high, materials),
    trees(ring(40, far + 7, far + 40, 37), -high, materials),
    houses(ring(12, far + 24, far + 75, 91), -high, (share) => high * (0.35 + share * 1.1), materials),
  );
  const parts: BufferGeometry[] = [
    coloured(block([w + 0.3, high, d + 0.3, 0, -high / 2 - 0.3, 0]), 0xb8ae9c, quality),
  ];
  const metal: BufferGeometry[] = [
    block([w + 0.5, CURB_M, 0.25, 0, CURB_M / 2, -d / 2 - 0.12]), block([w + 0.5, CURB_M, 0.25, 0, CURB_M / 2, d / 2 + 0.12]),
    block([0.25, CURB_M, d + 0.5, -w / 2 - 0.12, CURB_M / 2, 0]), block([0.25, CURB_M, d + 0.5, w / 2 + 0.12, CURB_M / 2, 0]),
  ].map((one) => coloured(one, 0x9aa3a8, quality));
  const panes: BufferGeometry[] = [];
  for (let level = -2; level > -high + 0.8; level -= 3) {
    for (let x = -w / 2 + 1.2; x < w / 2 - 0.6; x += 2.4) panes.push(block([1.2, 1.4, d + 0.4, x, level, 0]));
    for (let z = -d / 2 + 1.2; z < d / 2 - 0.6; z += 2.4) panes.push(block([w + 0.4, 1.4, 1.2, 0, level, z]));
  }
  below.add(joined(parts, materials.of("plaster")), joined(metal, materials.of("galvanised")));
  if (panes.length) below.add(joined(panes.map((one) => coloured(one, 0x52697a, quality)), materials.of("machine_light")));
  for (const mesh of below.children) mesh.castShadow = true;
  return { around, walls: [], site: below, air: 0xd3e2ee, fog: [60, 165], patches: [] };
}

/** A street with its dashes and a pavement along the house, so that the depth can be read. */
function streets(w: number, d: number, high: number, materials: Materials): Group {
  const { quality } = materials;
  const y = -high + 0.02;
  const marks: BufferGeometry[] = [];
  for (let x = -90; x < 90; x += 5) {
    for (const z of [d / 2 + 7, -d / 2 - 7]) marks.push(coloured(block([2.4, 0.01, 0.16, x, y + 0.02, z]), 0xf2f2ee, quality));
  }
  const ways: BufferGeometry[] = [d / 2 + 7, -d / 2 - 7].map((z) => coloured(block([200, 0.02, 7, 0, y, z]), 0x4a4e52, quality));
  ways.push(coloured(block([w + 5, 0.06, d + 5, 0, y, 0]), 0xa19d94, quality));
  for (let x = -24; x < 24; x += 7.3) {
    const z = d / 2 + 4.6;
    const colour = [0x9c2f2a, 0x2f4f7c, 0xd8d8d4, 0x33383c][Math.abs(Math.round(x)) % 4] ?? 0xd8d8d4;
    ways.push(coloured(block([4.2, 0.75, 1.8, x, y + 0.6, z]), colour, quality));
    ways.push(coloured(block([2.3, 0.6, 1.6, x - 0.1, y + 1.2, z]), 0x2c3740, quality));
  }
  const group = new Group();
  group.add(joined([...ways, ...marks], materials.of("concrete")));
  return group;
}
