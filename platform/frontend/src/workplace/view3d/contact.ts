/** Soft shadows where things touch the floor: one drawing for all of them. */
import { InstancedMesh, Matrix4, MeshBasicMaterial, PlaneGeometry, type Scene } from "three";
import type { Placed } from "../types";
import { DEG } from "../kit/parts";
import type { Materials } from "./materials";
import type { Thing, Things } from "./objects";
import { blob } from "./stage/paint";

const LOW_M = 0.6;
const SPREAD = 1.6;

export class Contact {
  private drawn: InstancedMesh | null = null;
  private readonly surface: MeshBasicMaterial;

  constructor(
    private readonly scene: Scene,
    materials: Materials,
    private readonly things: Things,
    private readonly placed: (id: string) => Placed,
  ) {
    const map = materials.texture("contact", () => blob());
    this.surface = materials.keep(
      new MeshBasicMaterial({ map, transparent: true, depthWrite: false, opacity: 0.62, color: 0x0a0c10, polygonOffset: true, polygonOffsetFactor: -1 }),
    );
  }

  /** Draws them for all objects as they stand. */
  show(): void {
    this.dispose();
    const places = [...this.things.all.values()].flatMap((thing) => this.under(thing));
    if (!places.length) return;
    this.drawn = new InstancedMesh(new PlaneGeometry(1, 1).rotateX(-Math.PI / 2), this.surface, places.length);
    places.forEach((place, nth) => this.drawn?.setMatrixAt(nth, place));
    this.scene.add(this.drawn);
  }

  dispose(): void {
    if (!this.drawn) return;
    this.scene.remove(this.drawn);
    this.drawn.geometry.dispose();
    this.drawn.dispose();
    this.drawn = null;
  }

  private under({ id, solid, reach }: Thing): Matrix4[] {
    const { at, y, turn, path } = this.placed(id);
    const low = reach.filter((one) => one.low[1] + y < LOW_M && one.high[1] + y > -0.1);
    if (!solid || path.length > 1 || y > 0.3 || !low.some((one) => one.low[1] + y < 0.15)) return [];
    const [x0, x1] = [Math.min(...low.map((one) => one.low[0])), Math.max(...low.map((one) => one.high[0]))];
    const [z0, z1] = [Math.min(...low.map((one) => one.low[2])), Math.max(...low.map((one) => one.high[2]))];
    return [
      new Matrix4()
        .makeTranslation(at[0], 0.008, at[1])
        .multiply(new Matrix4().makeRotationY(turn * DEG))
        .multiply(new Matrix4().makeTranslation((x0 + x1) / 2, 0, (z0 + z1) / 2))
        .multiply(new Matrix4().makeScale((x1 - x0) * SPREAD + 0.1, 1, (z1 - z0) * SPREAD + 0.1)),
    ];
  }
}
