/** Parts of the kit as geometry: one for each finish, light baked into the colours where nothing is lit. */
import { BufferAttribute, BufferGeometry, Color, Euler, Matrix3, Matrix4, Vector3 } from "three";
import { type Mesh as Triangles, mesh } from "../kit/mesh";
import type { Part, V3 } from "../kit/parts";
import { finishOf, lookOf } from "./materials";
import type { Quality } from "./tiers";

/** Where light comes from when it is baked: unit vector to the sun. */
export const BAKED_SUN = new Vector3(-0.36, 0.72, 0.42).normalize();

/** Share of full light that reaches a surface of the normal `n` at `y` metres above the floor. */
export function bakedLight(n: Vector3, y: number, metal: number): number {
  const sky = 0.3 * (n.y * 0.5 + 0.5);
  const sun = 0.5 * Math.max(0, n.dot(BAKED_SUN));
  // Metal shines where it faces the horizon; everything is darker close to the floor.
  const shine = metal > 0.5 ? 0.16 * (1 - Math.abs(n.y)) : 0;
  const open = 0.8 + 0.2 * Math.min(1, Math.max(0, y) / 0.45);
  return (0.36 + sky + sun + shine) * open;
}

/** Share of the light that reaches `y` metres below the floor. */
const daylight = (y: number): number => Math.max(0.17, 1 + 0.42 * Math.min(0, y));

/** Parts drawn together, and the material that says how. */
export interface Batch {
  material: Part["material"];
  texture: string;
  /** Below the floor, seen through an opening. */
  deep: boolean;
  /** Width of the picture as a part of its height. */
  aspect: number;
  geometry: BufferGeometry;
}

interface Piece {
  part: Part;
  triangles: Triangles;
}

/** What a part reaches, in metres of the object's own axes. */
export interface Reach {
  part: Part;
  low: V3;
  high: V3;
}

/** What parts are drawn as and how far they reach; `turn` (radians) is the object's own, for baked light. */
export function batches(parts: Part[], quality: Quality, turn: number): { drawn: Batch[]; reach: Reach[] } {
  const groups = new Map<string, Piece[]>();
  for (const part of parts) {
    const key = part.texture ? `texture ${part.texture}` : `${finishOf(part.material, quality)}${part.deep ? " deep" : ""}`;
    const { turn: _, ...straight } = part;
    const piece = { part, triangles: mesh({ ...straight, at: [0, 0, 0] }) };
    const group = groups.get(key);
    if (group) group.push(piece);
    else groups.set(key, [piece]);
  }
  const reach: Reach[] = [];
  const drawn = [...groups.values()].map((pieces) => {
    const { material, texture = "", size, deep = false } = (pieces[0] as Piece).part;
    const aspect = (size[0] ?? 1) / (size[1] ?? 1);
    return { material, texture, deep, aspect, geometry: merged(pieces, quality, turn, texture !== "", reach) };
  });
  return { drawn, reach };
}

function merged(pieces: Piece[], quality: Quality, turn: number, textured: boolean, reach: Reach[]): BufferGeometry {
  const corners = pieces.reduce((sum, { triangles }) => sum + triangles.positions.length / 3, 0);
  const faces = pieces.reduce((sum, { triangles }) => sum + triangles.index.length, 0);
  const into = {
    position: new Float32Array(corners * 3), normal: new Float32Array(corners * 3),
    color: new Float32Array(corners * 3), uv: new Float32Array(textured ? corners * 2 : 0),
    index: corners > 65535 ? new Uint32Array(faces) : new Uint16Array(faces),
  };
  let [corner, face] = [0, 0];
  for (const { part, triangles } of pieces) {
    const reaches = put(part, triangles, into, corner, quality, turn);
    if (!part.deep) reach.push({ part, ...reaches });
    if (textured) into.uv.set(triangles.uvs, corner * 2);
    triangles.index.forEach((nth, at) => (into.index[face + at] = nth + corner));
    corner += triangles.positions.length / 3;
    face += triangles.index.length;
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(into.position, 3));
  geometry.setAttribute("normal", new BufferAttribute(into.normal, 3));
  if (textured) geometry.setAttribute("uv", new BufferAttribute(into.uv, 2));
  else geometry.setAttribute("color", new BufferAttribute(into.color, 3));
  geometry.setIndex(new BufferAttribute(into.index, 1));
  return geometry;
}

const [PLACE, SPIN, POINT, NORMAL, WORLD, COLOUR] = [new Matrix4(), new Matrix3(), new Vector3(), new Vector3(), new Vector3(), new Color()];
const UP = new Vector3(0, 1, 0);

function placeOf(at: V3, turn: V3 | undefined): Matrix4 {
  PLACE.identity();
  if (turn) PLACE.makeRotationFromEuler(new Euler(...turn, "XYZ"));
  return PLACE.setPosition(...at);
}

/** Writes a part's corners from the `from`-th on; returns the two corners of the box that holds them. */
function put(
  part: Part, triangles: Triangles,
  into: { position: Float32Array; normal: Float32Array; color: Float32Array },
  from: number, quality: Quality, turn: number,
): { low: V3; high: V3 } {
  const place = placeOf(part.at, part.turn);
  SPIN.setFromMatrix4(place);
  const look = lookOf(part.material);
  COLOUR.set(quality.lit || !look.glow ? look.color : (look.glow_color ?? look.color));
  const low: V3 = [Infinity, Infinity, Infinity];
  const high: V3 = [-Infinity, -Infinity, -Infinity];
  const dulled = !quality.lit && look.metal > 0.5 ? 0.85 : 1;
  for (let nth = 0, to = from * 3; nth < triangles.positions.length; nth += 3, to += 3) {
    POINT.fromArray(triangles.positions, nth).applyMatrix4(place).toArray(into.position, to);
    widen(low, high);
    NORMAL.fromArray(triangles.normals, nth).applyMatrix3(SPIN).toArray(into.normal, to);
    let light = dulled;
    if (!quality.lit && !look.glow) {
      WORLD.copy(NORMAL).applyAxisAngle(UP, turn);
      light *= bakedLight(WORLD, POINT.y, look.metal);
    }
    if (part.deep) light *= daylight(POINT.y);
    into.color[to] = COLOUR.r * light;
    into.color[to + 1] = COLOUR.g * light;
    into.color[to + 2] = COLOUR.b * light;
  }
  return { low, high };
}

function widen(low: V3, high: V3): void {
  low[0] = Math.min(low[0], POINT.x), low[1] = Math.min(low[1], POINT.y), low[2] = Math.min(low[2], POINT.z);
  high[0] = Math.max(high[0], POINT.x), high[1] = Math.max(high[1], POINT.y), high[2] = Math.max(high[2], POINT.z);
}

/** Gives all corners a colour; where nothing is lit, with light baked into it. `turn` (radians) as for parts. */
export function bakeInto(geometry: BufferGeometry, colour: Color, quality: Quality, turn = 0): BufferGeometry {
  const [normals, places] = [geometry.getAttribute("normal"), geometry.getAttribute("position")];
  const colours = new Float32Array(normals.count * 3);
  for (let nth = 0; nth < normals.count; nth += 1) {
    NORMAL.fromBufferAttribute(normals, nth).applyAxisAngle(UP, turn);
    // Walls and far things are not darker at their feet, as what stands on a floor is.
    const light = quality.lit ? 1 : bakedLight(NORMAL, Math.max(0.45, places.getY(nth)), 0);
    colours.set([colour.r * light, colour.g * light, colour.b * light], nth * 3);
  }
  return geometry.setAttribute("color", new BufferAttribute(colours, 3));
}
