/** Sky, land, trees and houses around a site in the open. */
import {
  BackSide, type BufferGeometry, CylinderGeometry, Group, Mesh,
  MeshBasicMaterial, PlaneGeometry, RepeatWrapping, SphereGeometry,
} from "three";
import type { Spot } from "../../types";
import type { Materials } from "../materials";
import { block, coloured, joined } from "./blocks";
import { canvas, clouds, grain, random } from "./paint";
import { paintSky } from "./walls";

const DOME_M = 170;
const LAND_M = 340;

export function dome(materials: Materials): Mesh {
  const map = materials.texture("sky", () => paintSky(materials.quality.texture_px));
  const surface = new MeshBasicMaterial({ map, side: BackSide, fog: false, toneMapped: false, depthWrite: false });
  const sky = new Mesh(new SphereGeometry(DOME_M, 32, 20), materials.keep(surface));
  sky.renderOrder = -1;
  return sky;
}

export type Soil = "grass" | "yard" | "street";
const SOILS: Record<Soil, { colour: string; grain: number; clouds: number }> = {
  grass: { colour: "#77855a", grain: 0.22, clouds: 0.16 },
  yard: { colour: "#84807a", grain: 0.2, clouds: 0.12 },
  street: { colour: "#6b6f70", grain: 0.18, clouds: 0.12 },
};

/** Land to the horizon, `y` metres high. */
export function land(soil: Soil, y: number, materials: Materials): Mesh {
  const map = materials.texture(`land ${soil}`, () => {
    const [made, pen] = canvas(512, 512);
    pen.fillStyle = SOILS[soil].colour;
    pen.fillRect(0, 0, 512, 512);
    clouds(pen, 30, SOILS[soil].clouds, 57);
    grain(pen, SOILS[soil].grain, 63);
    return made;
  });
  map.wrapS = map.wrapT = RepeatWrapping;
  map.repeat.set(LAND_M / 14, LAND_M / 14);
  const ground = new Mesh(new PlaneGeometry(LAND_M, LAND_M).rotateX(-Math.PI / 2), materials.plain({ map, rough: 1 }));
  ground.position.y = y;
  ground.receiveShadow = true;
  return ground;
}

/** Places in a ring around the middle, the same again for the same seed. */
export function ring(count: number, from_m: number, to_m: number, seed: number): { at: Spot; share: number }[] {
  const next = random(seed);
  return Array.from({ length: count }, (_, nth) => {
    const angle = ((nth + next() * 0.8) / count) * Math.PI * 2;
    const out = from_m + next() * (to_m - from_m);
    return { at: [Math.cos(angle) * out, Math.sin(angle) * out], share: next() };
  });
}

/** Firs and leafy trees at places on the ground `y`. */
export function trees(places: { at: Spot; share: number }[], y: number, materials: Materials): Group {
  const { quality } = materials;
  const all: BufferGeometry[] = [];
  for (const { at: [x, z], share } of places) {
    const high = 5 + share * 5;
    const trunk = new CylinderGeometry(0.12, 0.2, high * 0.4, 6).translate(x, y + high * 0.2, z);
    all.push(coloured(trunk, 0x5a4530, quality));
    const green = [0x40583a, 0x4d6a3c, 0x59763f][Math.floor(share * 3)] ?? 0x4d6a3c;
    if (share > 0.45) {
      for (const [up, r] of [[0.35, 0.26], [0.58, 0.2], [0.78, 0.13]] as const) {
        const tier = new CylinderGeometry(0, high * r, high * 0.36, 8);
        all.push(coloured(tier.translate(x, y + high * up, z), green, quality));
      }
    } else {
      for (const [dx, up, r] of [[0, 0.68, 0.27], [0.16, 0.55, 0.2], [-0.15, 0.58, 0.21]] as const) {
        const crown = new SphereGeometry(high * r, 9, 7).scale(1, 0.85, 1);
        all.push(coloured(crown.translate(x + dx * high, y + high * up, z + dx * high * 0.5), green, quality));
      }
    }
  }
  const group = new Group();
  if (all.length) group.add(joined(all, materials.of("soil")));
  return group;
}

/** Houses with bands of windows; each `high` from the ground `y`. */
export function houses(places: { at: Spot; share: number }[], y: number, high: (share: number) => number, materials: Materials): Group {
  const { quality } = materials;
  const [walls, panes]: [BufferGeometry[], BufferGeometry[]] = [[], []];
  const colours = [0xb9b3a7, 0xa8a49d, 0xc4b9a4, 0x9c8f84, 0xaab1b5];
  for (const { at: [x, z], share } of places) {
    const [w, d, h] = [10 + share * 14, 8 + ((share * 7) % 1) * 8, high(share)];
    const turn = Math.round(share * 4) * 0.4;
    const put = (one: BufferGeometry): BufferGeometry => one.rotateY(turn).translate(x, y, z);
    walls.push(coloured(put(block([w, h, d, 0, h / 2, 0])), colours[Math.floor(share * 5)] ?? 0xb9b3a7, quality));
    walls.push(coloured(put(block([w + 0.6, 0.4, d + 0.6, 0, h + 0.1, 0])), 0x6d6f70, quality));
    for (let level = 1.6; level < h - 1.2; level += 3) {
      panes.push(coloured(put(block([w * 0.9, 1.3, d + 0.08, 0, level, 0])), 0x5d7484, quality));
      panes.push(coloured(put(block([w + 0.08, 1.3, d * 0.86, 0, level, 0])), 0x5d7484, quality));
    }
  }
  const group = new Group();
  if (walls.length) group.add(joined(walls, materials.of("concrete")));
  if (panes.length) group.add(joined(panes, materials.of("machine_light")));
  return group;
}
