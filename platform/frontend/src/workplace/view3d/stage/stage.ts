/** Where a scenario plays: what is built of it, and what of that each way of looking shows. */
import { Color, Fog, Group, Mesh, type PerspectiveCamera, PlaneGeometry, type Scene } from "three";
import type { Scenario, Spot } from "../../types";
import type { Materials } from "../materials";
import type { Mode } from "../contract";
import { paintFloor } from "./floors";
import { outdoors } from "./outdoors";
import { roof } from "./roof";
import { room } from "./room";
import { block, coloured, joined } from "./blocks";

/** What a site adds to the scene. */
export interface Surroundings {
  /** Seen in walk only: ceilings, skies, what lies far away. */
  around: Group;
  /** Sides that hide themselves when looked at from behind; direction is into the site. */
  walls: { group: Group; place: Spot; inward: Spot }[];
  /** Always there. */
  site: Group;
  /** Colour of the air. */
  air: number;
  fog: [near_m: number, far_m: number];
  /** Floor patches that the sun paints where nothing is lit. */
  patches: Spot[][];
}

export type Build = (scenario: Scenario, materials: Materials) => Surroundings;

const SITES: Record<Scenario["site"]["kind"], Build> = { room, outdoor: outdoors, roof };
/** Backdrop of the overview, as in a studio. */
const STUDIO = 0x18222c;

/** Objects that reach below the floor, and how thick the earth is that hides their sides in the overview. */
const DUG = new Set(["excavation", "manhole", "opening"]);
const EARTH_M = 2.8;

export class Stage {
  readonly floor: Mesh;
  private readonly built: Surroundings;
  private mode: Mode = "walk";

  constructor(
    private readonly scene: Scene,
    scenario: Scenario,
    materials: Materials,
  ) {
    const { site } = scenario;
    this.built = SITES[site.kind](scenario, materials);
    const { quality } = materials;
    const paint = (): HTMLCanvasElement => paintFloor(scenario, quality.texture_px, quality.lit ? [] : this.built.patches);
    const rough = site.floor === "tiles" ? 0.3 : site.kind === "room" ? 0.6 : 0.95;
    this.floor = new Mesh(
      new PlaneGeometry(...site.size).rotateX(-Math.PI / 2),
      materials.plain({ map: materials.texture("floor", paint), rough }),
    );
    this.floor.receiveShadow = true;
    const base = block([site.size[0] + 0.5, 0.3, site.size[1] + 0.5, 0, -0.16, 0]);
    const ground = [coloured(base, 0x5d666b, quality)];
    if (site.kind !== "roof" && scenario.objects.some(({ kind }) => DUG.has(kind))) {
      const [wide, long] = site.size;
      ground.push(coloured(block([wide + 0.4, EARTH_M, long + 0.4, 0, -0.31 - EARTH_M / 2, 0]), 0x55483a, quality));
    }
    this.built.site.add(this.floor, joined(ground, materials.of("concrete")));
    scene.add(this.built.site, this.built.around, ...this.built.walls.map(({ group }) => group));
    scene.fog = new Fog(this.built.air, ...this.built.fog);
    this.show("walk");
  }

  show(mode: Mode): void {
    this.mode = mode;
    const walking = mode === "walk";
    this.built.around.visible = walking;
    const colour = walking ? this.built.air : STUDIO;
    this.scene.background = new Color(colour);
    const fog = this.scene.fog as Fog;
    fog.color.set(colour);
    [fog.near, fog.far] = walking ? this.built.fog : [60, 140];
    if (walking) for (const { group } of this.built.walls) group.visible = true;
  }

  /** Opens the room to the camera: walls seen from behind are not drawn. */
  turnTo(camera: PerspectiveCamera): void {
    if (this.mode === "walk") return;
    for (const { group, place, inward } of this.built.walls) {
      const [x, z] = [camera.position.x - place[0], camera.position.z - place[1]];
      group.visible = x * inward[0] + z * inward[1] > 0;
    }
  }

  dispose(): void {
    const { site, around, walls } = this.built;
    for (const root of [site, around, ...walls.map(({ group }) => group)]) {
      this.scene.remove(root);
      root.traverse((one) => one instanceof Mesh && one.geometry.dispose());
    }
  }
}
