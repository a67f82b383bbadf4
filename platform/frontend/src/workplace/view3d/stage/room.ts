/** A room: four walls with windows, what hangs on them, the ceiling of a workshop or of an office. */
import { type BufferGeometry, Group, Mesh, MeshBasicMaterial, PlaneGeometry } from "three";
import type { Scenario, Side, Site, Spot } from "../../types";
import type { Material } from "../../kit/materials";
import { lookOf, type Materials } from "../materials";
import { SUN } from "../light";
import { block, coloured, joined, merged, pipe } from "./blocks";
import type { Surroundings } from "./stage";
import { paintOutlook, paintWall, type Style, styleOf } from "./walls";

const STRETCH_M = 14;
const THICK_M = 0.2;

/** A hole in a wall: its left lower corner seen from inside, width and height. */
interface Hole {
  x: number;
  y: number;
  w: number;
  h: number;
}

interface Wall {
  side: Side;
  long: number;
  place: Spot;
  inward: Spot;
  turn: number;
}

export function wallsOf({ size: [w, d] }: Site): Wall[] {
  return [
    { side: "north", long: w, place: [0, -d / 2], inward: [0, 1], turn: 0 },
    { side: "south", long: w, place: [0, d / 2], inward: [0, -1], turn: Math.PI },
    { side: "west", long: d, place: [-w / 2, 0], inward: [1, 0], turn: Math.PI / 2 },
    { side: "east", long: d, place: [w / 2, 0], inward: [-1, 0], turn: -Math.PI / 2 },
  ];
}

/** Windows of a wall, evenly spread; of an office they begin lower. */
function holesOf(long: number, high: number, style: Style): Hole[] {
  const y = style === "office" ? 0.95 : Math.min(2.1, high * 0.45);
  const h = Math.min(1.65, high - y - 0.55);
  const count = Math.max(1, Math.floor((long - 0.6) / 2.6));
  const step = long / count;
  const w = Math.min(1.9, step - 0.6);
  return h < 0.5 ? [] : Array.from({ length: count }, (_, nth) => ({ x: -long / 2 + step * (nth + 0.5) - w / 2, y, w, h }));
}

/** A wall's point in the metres of the site. */
function onSite({ place, turn }: Wall, x: number, z: number): Spot {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return [place[0] + x * cos + z * sin, place[1] - x * sin + z * cos];
}

/** Where the sun that comes in through `hole` meets the floor. */
function patchOf(wall: Wall, { x, y, w, h }: Hole, sun: { x: number; y: number; z: number }): Spot[] {
  const corners: Spot[] = [[x, y], [x + w, y], [x + w, y + h], [x, y + h]];
  return corners.map(([along, up]) => {
    const [sx, sz] = onSite(wall, along, 0);
    return [sx - (sun.x / sun.y) * up, sz - (sun.z / sun.y) * up];
  });
}

export function room({ site }: Scenario, materials: Materials): Surroundings {
  const style = styleOf(site.floor);
  const [around, floor] = [new Group(), new Group()];
  const patches: Spot[][] = [];
  const sun = SUN.from(site);
  const walls = wallsOf(site).map((wall) => {
    const holes = site.windows.includes(wall.side) ? holesOf(wall.long, site.height, style) : [];
    if (wall.side === SUN.side(site)) patches.push(...holes.map((hole) => patchOf(wall, hole, sun)));
    const built = buildWall(wall, holes, site.height, style, materials);
    // What casts its shadow stays when the wall is not looked at from inside.
    floor.add(shadowOf(built.face, wall, materials));
    return { group: built.group, place: wall.place, inward: wall.inward };
  });
  floor.add(roofShadow(site, materials));
  if (style === "workshop") workshopCeiling(around, site, materials);
  else officeCeiling(around, site, materials);
  return { around, walls, site: floor, air: 0xdfe6ea, fog: [30, 90], patches };
}

/** A wall with its holes: what is between, below and above them, as blocks. */
function faceOf(long: number, high: number, holes: Hole[]): BufferGeometry {
  const left = -long / 2;
  const edges = [left, ...holes.flatMap(({ x, w }) => [x, x + w]), left + long];
  const between = edges.flatMap((from, nth) => (nth % 2 ? [] : [[from, edges[nth + 1] ?? from, 0, high] as const]));
  const around = holes.flatMap(({ x, y, w, h }) => [[x, x + w, 0, y] as const, [x, x + w, y + h, high] as const]);
  const face = merged([...between, ...around].map(([x0, x1, y0, y1]) => block([x1 - x0, y1 - y0, THICK_M, (x0 + x1) / 2, (y0 + y1) / 2, -THICK_M / 2])));
  const [uv, at] = [face.getAttribute("uv"), face.getAttribute("position")];
  for (let nth = 0; nth < uv.count; nth += 1) uv.setXY(nth, (at.getX(nth) - left) / long, at.getY(nth) / high);
  return face;
}

/** Walls are lit unevenly where nothing is lit: corners are seen by it. */
const TINTS: Record<Side, number> = { north: 0xdcdcdc, south: 0xf0f0f0, west: 0xf6f4ee, east: 0xcfd3d6 };

function buildWall(wall: Wall, holes: Hole[], high: number, style: Style, materials: Materials): { group: Group; face: BufferGeometry } {
  const { quality } = materials;
  const group = new Group();
  group.position.set(wall.place[0], 0, wall.place[1]);
  group.rotation.y = wall.turn;
  const long = Math.min(wall.long, STRETCH_M);
  const map = materials.texture(`wall ${long}`, () => paintWall(style, wall.long, high, quality.texture_px));
  const face = faceOf(wall.long, high, holes);
  const surface = materials.plain({ map, rough: 0.92, color: quality.lit ? 0xffffff : TINTS[wall.side] });
  const mesh = new Mesh(face, surface);
  mesh.receiveShadow = true;
  group.add(mesh);
  const make = (all: BufferGeometry[], of: Material): void => {
    if (!all.length) return;
    const { color } = lookOf(of);
    const one = joined(all.map((each) => coloured(each, color, quality, wall.turn)), materials.of(of));
    one.castShadow = true;
    group.add(one);
  };
  make(holes.flatMap(frame), "white");
  for (const hole of holes) group.add(outlook(hole, materials));
  if (style === "workshop") {
    make(holes.length ? [] : columns(wall.long, high), "galvanised");
    make([pipe(0.05, wall.long - 0.2, high - 0.45, 0.16), pipe(0.035, wall.long - 0.2, high - 0.62, 0.14)], wall.side === "north" ? "red" : "galvanised");
  } else {
    make(holes.map(({ x, w }) => block([w + 0.1, 0.06, 0.28, x + w / 2, 0.93, 0.1])), "white");
  }
  return { group, face };
}

function shadowOf(face: BufferGeometry, wall: Wall, materials: Materials): Mesh {
  const caster = new Mesh(face, materials.keep(new MeshBasicMaterial({ colorWrite: false, depthWrite: false })));
  caster.position.set(wall.place[0], 0, wall.place[1]);
  caster.rotation.y = wall.turn;
  caster.castShadow = true;
  caster.visible = materials.quality.shadow_px > 0;
  return caster;
}

/** The ceiling's: the sun comes in through windows only. */
function roofShadow({ size: [w, d], height }: Site, materials: Materials): Mesh {
  const caster = new Mesh(block([w + 0.6, 0.1, d + 0.6, 0, height + 0.06, 0]), materials.keep(new MeshBasicMaterial({ colorWrite: false, depthWrite: false })));
  caster.castShadow = true;
  caster.visible = materials.quality.shadow_px > 0;
  return caster;
}

function frame({ x, y, w, h }: Hole): BufferGeometry[] {
  const level = [[0, 0.07], [1, 0.07], [0.62, 0.04]] as const;
  const upright = [[0, 0.07], [0.33, 0.035], [0.66, 0.035], [1, 0.07]] as const;
  return [
    ...level.map(([share, thick]) => block([w, thick, 0.1, x + w / 2, y + h * share, -0.1])),
    ...upright.map(([share, thick]) => block([thick, h, 0.1, x + w * share, y + h / 2, -0.1])),
    block([w + 0.2, 0.05, 0.26, x + w / 2, y - 0.04, 0.02]),
  ];
}

function outlook({ x, y, w, h }: Hole, materials: Materials): Mesh {
  const map = materials.texture("outlook", paintOutlook);
  const seen = new Mesh(new PlaneGeometry(w, h), materials.keep(new MeshBasicMaterial({ map, toneMapped: false, fog: false })));
  seen.position.set(x + w / 2, y + h / 2, -THICK_M + 0.02);
  return seen;
}

function columns(long: number, high: number): BufferGeometry[] {
  const count = Math.max(2, Math.round(long / 3.5));
  return Array.from({ length: count + 1 }, (_, nth) => -long / 2 + 0.15 + (nth * (long - 0.3)) / count).flatMap((x) => [
    block([0.2, high, 0.03, x, high / 2, 0.02]),
    block([0.2, high, 0.03, x, high / 2, 0.2]),
    block([0.03, high, 0.2, x, high / 2, 0.11]),
  ]);
}

function workshopCeiling(around: Group, { size: [w, d], height: h }: Site, materials: Materials): void {
  const { quality } = materials;
  around.add(joined([coloured(block([w, 0.1, d, 0, h + 0.05, 0]), 0xc4cacd, quality)], materials.of("plaster")));
  const steel: BufferGeometry[] = [];
  for (let x = -w / 2 + 1.75; x < w / 2; x += 3.5) {
    steel.push(block([0.2, 0.05, d, x, h - 0.05, 0]), block([0.2, 0.05, d, x, h - 0.45, 0]));
    for (let z = -d / 2 + 0.4, nth = 0; z < d / 2; z += 0.8, nth += 1) {
      const web = block([0.05, 0.5, 0.05, 0, 0, 0]).rotateX(nth % 2 ? 0.8 : -0.8);
      steel.push(web.translate(x, h - 0.25, z));
    }
  }
  around.add(joined(steel.map((one) => coloured(one, 0x6c7c86, quality)), materials.of("galvanised")));
  const lamps: BufferGeometry[] = [];
  for (let x = -w / 2 + 3.5; x < w / 2 - 1; x += 3.5) {
    for (const z of [-d / 4, d / 4]) lamps.push(block([0.22, 0.06, 1.6, x, h - 0.56, z]));
  }
  glowing(around, lamps, materials);
}

function officeCeiling(around: Group, { size: [w, d], height: h }: Site, materials: Materials): void {
  const { quality } = materials;
  around.add(joined([coloured(block([w, 0.1, d, 0, h + 0.05, 0]), 0xeceeec, quality)], materials.of("plaster")));
  const rails: BufferGeometry[] = [];
  for (let x = -w / 2 + 0.6; x < w / 2; x += 0.6) rails.push(block([0.02, 0.012, d, x, h - 0.006, 0]));
  for (let z = -d / 2 + 0.6; z < d / 2; z += 0.6) rails.push(block([w, 0.012, 0.02, 0, h - 0.006, z]));
  if (rails.length) around.add(joined(rails.map((one) => coloured(one, 0xb9bfc0, quality)), materials.of("white")));
  const lamps: BufferGeometry[] = [];
  for (let x = -w / 2 + 1.5; x < w / 2 - 0.5; x += 2.4) {
    for (let z = -d / 2 + 1.5; z < d / 2 - 0.5; z += 2.4) lamps.push(block([0.58, 0.02, 0.58, x, h - 0.012, z]));
  }
  glowing(around, lamps, materials);
}

function glowing(around: Group, lamps: BufferGeometry[], materials: Materials): void {
  if (!lamps.length) return;
  around.add(joined(lamps.map((one) => coloured(one, 0xfff6e2, { ...materials.quality, lit: true })), materials.of("lamp_on")));
}
