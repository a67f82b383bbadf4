/** Blocks that stages are built of: many in one geometry. */
import { BoxGeometry, BufferAttribute, BufferGeometry, Color, CylinderGeometry, type Material, Mesh } from "three";
import { bakeInto } from "../geometry";
import type { Quality } from "../tiers";

/** Width, height, depth, and the middle. */
export type Block = [w: number, h: number, d: number, x: number, y: number, z: number];

export const block = ([w, h, d, x, y, z]: Block): BufferGeometry => new BoxGeometry(w, h, d).translate(x, y, z);

/** A pipe along x. */
export const pipe = (radius: number, long: number, y: number, z: number): BufferGeometry =>
  new CylinderGeometry(radius, radius, long, 12).rotateZ(Math.PI / 2).translate(0, y, z);

export const coloured = (geometry: BufferGeometry, colour: number, quality: Quality, turn = 0): BufferGeometry =>
  bakeInto(geometry, new Color(colour), quality, turn);

const WIDTHS = { position: 3, normal: 3, color: 3, uv: 2 } as const;

/** Geometries one after the other, with as much as all of them have; they are used up. */
export function merged(all: BufferGeometry[]): BufferGeometry {
  const whole = new BufferGeometry();
  for (const name of Object.keys(WIDTHS) as (keyof typeof WIDTHS)[]) {
    if (!all.every((one) => one.hasAttribute(name))) continue;
    const numbers = all.map((one) => one.getAttribute(name).array);
    const joint = new Float32Array(numbers.reduce((sum, one) => sum + one.length, 0));
    let at = 0;
    for (const one of numbers) joint.set(one, at), (at += one.length);
    whole.setAttribute(name, new BufferAttribute(joint, WIDTHS[name]));
  }
  const index: number[] = [];
  let from = 0;
  for (const one of all) {
    const { count } = one.getAttribute("position");
    for (let nth = 0; nth < (one.index?.count ?? count); nth += 1) index.push((one.index?.getX(nth) ?? nth) + from);
    from += count;
    one.dispose();
  }
  return whole.setIndex(index);
}

/** One mesh of many geometries. */
export function joined(all: BufferGeometry[], surface: Material): Mesh {
  const mesh = new Mesh(merged(all), surface);
  mesh.receiveShadow = true;
  return mesh;
}
