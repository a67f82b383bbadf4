/**
 * Outlines of marked objects: what an object covers is cut out of a slightly larger one by the
 * stencil, so that a line of even width goes round everything it consists of.
 */
import {
  AlwaysStencilFunc, BackSide, BufferAttribute, type BufferGeometry, Color, Mesh, MeshBasicMaterial,
  NotEqualStencilFunc, ReplaceStencilOp, Vector2,
} from "three";
import type { Materials } from "./materials";
import { DEEP, type Thing } from "./objects";

const WIDTH_PX = 3;

export class Outlines {
  private readonly drawn = new Map<string, Mesh[]>();
  private readonly cut: MeshBasicMaterial;
  private readonly lines = new Map<number, MeshBasicMaterial>();
  private readonly size = { value: new Vector2(1, 1) };

  constructor(private readonly materials: Materials) {
    this.cut = materials.keep(
      new MeshBasicMaterial({ colorWrite: false, depthWrite: false, stencilWrite: true, stencilRef: 1, stencilFunc: AlwaysStencilFunc, stencilZPass: ReplaceStencilOp }),
    );
  }

  resize(width_px: number, height_px: number): void {
    this.size.value.set(width_px, height_px);
  }

  /** Draws the object's outline in `colour`; null takes it away. */
  show(thing: Thing, colour: number | null): void {
    this.forget(thing.id);
    if (colour === null) return;
    const meshes = thing.group.children.filter((one): one is Mesh => one instanceof Mesh && one.renderOrder !== DEEP);
    const added = meshes.flatMap((one) => {
      const cut = new Mesh(one.geometry, this.cut);
      const line = new Mesh(swollen(one.geometry), this.line(colour));
      cut.renderOrder = 5;
      line.renderOrder = 6;
      return [cut, line];
    });
    for (const mesh of added) {
      mesh.raycast = () => undefined;
      thing.group.add(mesh);
    }
    this.drawn.set(thing.id, added);
  }

  forget(id: string): void {
    for (const mesh of this.drawn.get(id) ?? []) {
      mesh.removeFromParent();
      if (mesh.renderOrder === 6) mesh.geometry.dispose();
    }
    this.drawn.delete(id);
  }

  dispose(): void {
    for (const id of [...this.drawn.keys()]) this.forget(id);
  }

  private line(colour: number): MeshBasicMaterial {
    const known = this.lines.get(colour);
    if (known) return known;
    const surface = new MeshBasicMaterial({
      color: new Color(colour), side: BackSide, toneMapped: false, fog: false, stencilWrite: true, stencilRef: 1, stencilFunc: NotEqualStencilFunc,
    });
    surface.onBeforeCompile = (shader) => {
      shader.uniforms["outlineSize"] = this.size;
      shader.vertexShader = shader.vertexShader
        .replace("#include <common>", "#include <common>\nattribute vec3 outward;\nuniform vec2 outlineSize;")
        .replace(
          "#include <project_vertex>",
          `#include <project_vertex>
          vec4 aside = projectionMatrix * modelViewMatrix * vec4(transformed + outward * 0.01, 1.0);
          vec2 way = aside.xy / aside.w - gl_Position.xy / gl_Position.w;
          way = normalize(way * outlineSize + vec2(1e-7));
          gl_Position.xy += way * ${(2 * WIDTH_PX).toFixed(1)} / outlineSize * gl_Position.w;`,
        );
    };
    this.lines.set(colour, this.materials.keep(surface));
    return surface;
  }
}

/** The same surface with normals that agree where corners meet, so that it does not tear at edges. */
function swollen(of: BufferGeometry): BufferGeometry {
  const geometry = of.clone();
  const [at, normal] = [of.getAttribute("position"), of.getAttribute("normal")];
  const key = (nth: number): string => `${Math.round(at.getX(nth) * 2000)} ${Math.round(at.getY(nth) * 2000)} ${Math.round(at.getZ(nth) * 2000)}`;
  const sums = new Map<string, [number, number, number]>();
  for (let nth = 0; nth < at.count; nth += 1) {
    const sum = sums.get(key(nth)) ?? [0, 0, 0];
    sums.set(key(nth), [sum[0] + normal.getX(nth), sum[1] + normal.getY(nth), sum[2] + normal.getZ(nth)]);
  }
  const outward = new Float32Array(at.count * 3);
  for (let nth = 0; nth < at.count; nth += 1) outward.set(sums.get(key(nth)) ?? [0, 1, 0], nth * 3);
  geometry.setAttribute("outward", new BufferAttribute(outward, 3));
  return geometry;
}
