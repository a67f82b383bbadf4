/** Blocks that stages are built of: many in one geometry. */
import { BoxGeometry, BufferGeometry, CylinderGeometry, Mesh, type Material, Vector3 } from "three";
import { mergeGeometries } from "three/examples/jsm/utils/BufferGeometryUtils.js";
import { BufferAttribute, Color } from "three";
import { bakedLight } from "../geometry";
import type { Quality } from "../tiers";

/** Width, height, depth, and the middle. */
export type Block = [w: number, h: number, d: number, x: number, y: number, z: number];

export const block = ([w, h, d, x, y, z]: Block): BufferGeometry => new BoxGeometry(w, h, d).translate(x, y, z);

/** A pipe along x. */
export const pipe = (radius: number, long: number, y: number, z: number): BufferGeometry =>
  new CylinderGeometry(radius, radius, long, 12).rotateZ(Math.PI / 2).translate(0, y, z);

/** One mesh of many geometries; nobody picks it. */
export function joined(all: BufferGeometry[], surface: Material): Mesh {
  const geometry = mergeGeometries(all) as BufferGeometry;
  for (const one of all) one.dispose();
  const mesh = new Mesh(geometry, surface);
  mesh.receiveShadow = true;
  return mesh;
}

const NORMAL = new Vector3();

/** Gives corners a colour; where nothing is lit, with light baked into it. */
export function coloured(geometry: BufferGeometry, colour: number, quality: Quality, turn = 0): BufferGeometry {
  const [normals, places] = [geometry.getAttribute("normal"), geometry.getAttribute("position")];
  const shade = new Color(colour);
  const colours = new Float32Array(normals.count * 3);
  for (let nth = 0; nth < normals.count; nth += 1) {
    NORMAL.fromBufferAttribute(normals, nth).applyAxisAngle(new Vector3(0, 1, 0), turn);
    const light = quality.lit ? 1 : bakedLight(NORMAL, Math.max(0.45, places.getY(nth)), 0);
    colours.set([shade.r * light, shade.g * light, shade.b * light], nth * 3);
  }
  geometry.setAttribute("color", new BufferAttribute(colours, 3));
  return geometry;
}
