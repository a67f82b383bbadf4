/** Objects of the scenario as groups of meshes: built, rebuilt when their state changes, freed. */
import { Box3, Group, Mesh, type Object3D, type Scene, Vector3 } from "three";
import { parts } from "../kit";
import { DEG } from "../kit/parts";
import { pictureOf } from "./pictures";
import type { Placed } from "../types";
import { batches, type Reach } from "./geometry";
import type { Ground, Obstacle } from "./ground";
import { isClear, type Materials } from "./materials";

/** An object as it stands in the scene. */
export interface Thing {
  id: string;
  group: Group;
  /** Holds everything, in metres of the site. */
  box: Box3;
  /** Whether it takes part in casting shadows and standing in the way. */
  solid: boolean;
  reach: Reach[];
  /** What it was built from. */
  key: string;
}

/** Where the models of the operator are. */
const PROPS = "/workplace/props/";
/** What is below the floor comes first, then what keeps the floor from being drawn over it, then all else. */
export const DEEP = -2;
const MOUTH = -1;
/** Lies so flat that one walks over it. */
const STEP_M = 0.22;
/** One walks below what is higher. */
const HEAD_M = 1.75;

const keyOf = ({ states, wears }: Placed): string => JSON.stringify([states, wears]);

export class Things {
  readonly all = new Map<string, Thing>();

  constructor(
    private readonly scene: Scene,
    private readonly materials: Materials,
    private readonly ground: Ground,
    /** Called when a prop has arrived. */
    private readonly changed: () => void,
  ) {}

  /** Builds the object, or builds it anew where it has changed; says whether anything was done. */
  show(placed: Placed): boolean {
    const known = this.all.get(placed.id);
    if (known?.key === keyOf(placed)) return false;
    if (known) this.forget(known);
    const thing = this.build(placed);
    this.all.set(placed.id, thing);
    this.scene.add(thing.group);
    this.ground.set(placed.id, obstaclesOf(placed, thing.reach));
    return true;
  }

  get(id: string): Thing | undefined {
    return this.all.get(id);
  }

  dispose(): void {
    for (const thing of this.all.values()) this.forget(thing);
    this.all.clear();
  }

  private forget(thing: Thing): void {
    this.scene.remove(thing.group);
    free(thing.group);
  }

  private build(placed: Placed): Thing {
    const group = new Group();
    group.name = group.userData["id"] = placed.id;
    group.position.set(placed.at[0], placed.y, placed.at[1]);
    group.rotation.y = placed.turn * DEG;
    const { drawn, reach } = batches(parts(placed), this.materials.quality, group.rotation.y);
    const box = new Box3();
    for (const { material, texture, aspect, geometry, deep } of drawn) {
      const surface = texture
        ? this.materials.picture(texture, () => pictureOf(texture, aspect))
        : this.materials.of(material);
      const mesh = new Mesh(geometry, surface);
      mesh.castShadow = !isClear(material) && !texture && !deep && material !== "pit";
      mesh.receiveShadow = !deep;
      mesh.renderOrder = deep ? DEEP : material === "pit" ? MOUTH : isClear(material) ? 1 : 0;
      if (deep) mesh.raycast = () => undefined;
      group.add(mesh);
    }
    group.updateMatrixWorld(true);
    for (const one of group.children) if (one.renderOrder !== DEEP) box.expandByObject(one);
    if (box.isEmpty()) box.setFromCenterAndSize(group.position, new Vector3(0.4, 0.4, 0.4));
    const thing = { id: placed.id, group, box, solid: box.max.y > STEP_M, reach, key: keyOf(placed) };
    if (placed.model) this.prop(placed, thing);
    return thing;
  }

  /** Puts an operator's prop in the place of the kit's parts once it has come; without it, they stay. */
  private prop(placed: Placed, thing: Thing): void {
    void import("./props")
      .then(({ loadProp }) => loadProp(`${PROPS}${placed.model}`, this.materials))
      .then((model) => {
        if (this.all.get(placed.id) !== thing) return free(model);
        free(thing.group);
        thing.group.clear();
        model.scale.setScalar(placed.size);
        thing.group.add(model);
        thing.box.setFromObject(thing.group);
        const size = thing.box.getSize(new Vector3());
        const middle = thing.box.getCenter(new Vector3());
        const stands = size.y > STEP_M ? [{ id: placed.id, x: middle.x, z: middle.z, half: [size.x / 2, size.z / 2] as [number, number], turn: 0 }] : [];
        this.ground.set(placed.id, stands);
        this.changed();
      })
      .catch(() => console.warn(`prop ${placed.model} cannot be shown`));
  }
}

/** Frees the geometries below `root`; materials are shared. */
export function free(root: Object3D): void {
  root.traverse((one) => one instanceof Mesh && one.geometry.dispose());
}

/** What of an object is between the knees and the head, as rectangles that touch the floor. */
function obstaclesOf(placed: Placed, reach: Reach[]): Obstacle[] {
  const [cos, sin] = [Math.cos(placed.turn * DEG), Math.sin(placed.turn * DEG)];
  if (placed.path.length > 1) return [];
  const rects = reach.flatMap(({ part, low, high }) => {
    const [from, to] = [low[1] + placed.y, high[1] + placed.y];
    return to < STEP_M || from > HEAD_M || part.shape === "blob" ? [] : [{ x0: low[0], x1: high[0], z0: low[2], z1: high[2] }];
  });
  return clusters(rects).map((rect) => {
    const [x, z] = [(rect.x0 + rect.x1) / 2, (rect.z0 + rect.z1) / 2];
    return {
      id: placed.id,
      x: placed.at[0] + x * cos + z * sin,
      z: placed.at[1] - x * sin + z * cos,
      half: [(rect.x1 - rect.x0) / 2, (rect.z1 - rect.z0) / 2],
      turn: placed.turn * DEG,
    };
  });
}

interface Rect {
  x0: number;
  x1: number;
  z0: number;
  z1: number;
}

/** Rectangles that touch become one; what stands apart, as legs of a scaffold do, stays apart. */
export function clusters(rects: Rect[]): Rect[] {
  const gap = 0.12;
  const left = [...rects];
  const done: Rect[] = [];
  while (left.length) {
    let one = left.pop() as Rect;
    for (let nth = 0; nth < left.length; nth += 1) {
      const other = left[nth] as Rect;
      const apart = other.x0 > one.x1 + gap || other.x1 < one.x0 - gap || other.z0 > one.z1 + gap || other.z1 < one.z0 - gap;
      if (apart) continue;
      one = { x0: Math.min(one.x0, other.x0), x1: Math.max(one.x1, other.x1), z0: Math.min(one.z0, other.z0), z1: Math.max(one.z1, other.z1) };
      left.splice(nth, 1);
      nth = -1;
    }
    done.push(one);
  }
  return done;
}
