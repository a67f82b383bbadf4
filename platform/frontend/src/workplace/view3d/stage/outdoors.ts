/** A site in the open: its ground, a fence around it, land, trees and houses up to the horizon. */
import { Group, type BufferGeometry } from "three";
import type { Scenario, Side, Spot } from "../../types";
import type { Materials } from "../materials";
import { block, coloured, joined } from "./blocks";
import { dome, houses, land, ring, trees } from "./land";
import { wallsOf } from "./room";
import type { Surroundings } from "./stage";

const FENCE_M = 2;
/** From the site's edge to its fence. */
const STRIP_M = 1.2;

export function outdoors({ site }: Scenario, materials: Materials): Surroundings {
  const around = new Group();
  const far = Math.max(...site.size) / 2 + 8;
  const soil = site.floor === "ground" ? "grass" : "yard";
  around.add(
    dome(materials),
    land(soil, -0.03, materials),
    trees(ring(46, far, far + 55, 23), 0, materials),
    houses(ring(9, far + 26, far + 70, 71), 0, (share) => 6 + share * 14, materials),
  );
  const wide = { ...site, size: [site.size[0] + 2 * STRIP_M, site.size[1] + 2 * STRIP_M] as Spot };
  const walls = wallsOf(wide).map(({ side, long, place, inward, turn }) => {
    const group = new Group();
    group.position.set(place[0], 0, place[1]);
    group.rotation.y = turn;
    group.add(...fence(long, side, turn, materials));
    return { group, place, inward };
  });
  return { around, walls, site: new Group(), air: 0xd8e4ec, fog: [45, 165], patches: [] };
}

/** Profiled sheet between posts; the south side has a gate of bars. */
function fence(long: number, side: Side, turn: number, materials: Materials): Group[] {
  const { quality } = materials;
  const [sheets, posts]: [BufferGeometry[], BufferGeometry[]] = [[], []];
  const gate = side === "south" ? 4 : 0;
  for (let x = -long / 2; x < long / 2; x += 0.2) {
    if (Math.abs(x + 0.1) < gate / 2) continue;
    const deep = Math.round(x / 0.2) % 2 ? 0.02 : -0.02;
    sheets.push(block([0.2, FENCE_M - 0.15, 0.015, x + 0.1, FENCE_M / 2 + 0.08, deep]));
  }
  for (let x = -long / 2; x <= long / 2 + 0.01; x += long / Math.ceil(long / 2.5)) {
    if (Math.abs(x) < gate / 2 - 0.1) continue;
    posts.push(block([0.08, FENCE_M + 0.1, 0.08, x, FENCE_M / 2, -0.05]));
  }
  for (let x = -gate / 2 + 0.1; x < gate / 2; x += 0.16) posts.push(block([0.025, FENCE_M - 0.2, 0.025, x, FENCE_M / 2, 0]));
  if (gate) posts.push(block([gate, 0.05, 0.04, 0, 0.25, 0]), block([gate, 0.05, 0.04, 0, FENCE_M - 0.15, 0]));
  const group = new Group();
  for (const [all, colour, surface] of [[sheets, 0x7f96a6, "galvanised"], [posts, 0x4e5b64, "dark_steel"]] as const) {
    const mesh = joined(all.map((one) => coloured(one, colour, quality, turn)), materials.of(surface));
    mesh.castShadow = true;
    group.add(mesh);
  }
  return [group];
}
