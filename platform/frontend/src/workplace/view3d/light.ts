/** Light: one warm sun, sky from above, a mirror image of the surroundings, lamps in a room. */
import {
  AmbientLight, DirectionalLight, HemisphereLight, PMREMGenerator, Scene, Vector3, type WebGLRenderer, type WebGLRenderTarget,
} from "three";
import { RoomEnvironment } from "three/examples/jsm/environments/RoomEnvironment.js";
import type { Side, Site } from "../types";
import type { Materials } from "./materials";
import { dome, land } from "./stage/land";
import type { Quality } from "./tiers";

/** Where the sun stands: it shines in through the first wall with windows. */
export const SUN = {
  side: (site: Site): Side | null => (site.kind === "room" ? (site.windows[0] ?? null) : null),

  /** Direction to the sun; its `y` is never near 0. */
  from(site: Site): Vector3 {
    const slant: Record<Side, [number, number]> = {
      north: [-0.45, -0.8], south: [0.45, 0.8], west: [-0.8, 0.45], east: [0.8, -0.45],
    };
    const [x, z] = slant[SUN.side(site) ?? "south"];
    return site.kind === "room" ? new Vector3(x, 0.86, z).normalize() : new Vector3(-0.5, 0.95, 0.62).normalize();
  },
};

export class Light {
  private readonly lights: (AmbientLight | HemisphereLight | DirectionalLight)[] = [];
  private mirrored: WebGLRenderTarget | null = null;

  constructor(
    private readonly scene: Scene,
    private readonly renderer: WebGLRenderer,
    site: Site,
    materials: Materials,
  ) {
    const { quality } = materials;
    renderer.shadowMap.autoUpdate = false;
    renderer.shadowMap.enabled = quality.shadow_px > 0;
    if (!quality.lit) return;
    const open = site.kind !== "room";
    const dark = !open && site.windows.length === 0;
    this.add(new HemisphereLight(0xeaf3ff, 0x6b6459, open ? 0.9 : dark ? 0.85 : 0.6));
    this.add(sunOf(site, quality, open ? 3 : dark ? 1.5 : 2.6));
    if (!open) {
      const lamps = new DirectionalLight(0xfff8ea, 0.9);
      lamps.position.set(3, 10, 6);
      this.add(lamps);
    }
    this.mirror(open, materials);
  }

  /** Draws shadows again with the next picture. */
  cast(): void {
    this.renderer.shadowMap.needsUpdate = true;
  }

  dispose(): void {
    for (const one of this.lights) {
      this.scene.remove(one);
      one.dispose();
    }
    this.scene.environment = null;
    this.mirrored?.dispose();
  }

  private add(one: AmbientLight | HemisphereLight | DirectionalLight): void {
    this.lights.push(one);
    this.scene.add(one);
    if (one instanceof DirectionalLight) this.scene.add(one.target);
  }

  private mirror(open: boolean, materials: Materials): void {
    const size = materials.quality.environment_px;
    const image = open ? new Scene() : new RoomEnvironment();
    if (open) image.add(dome(materials), land("yard", -1.6, materials), new AmbientLight(0xffffff, 2));
    const maker = new PMREMGenerator(this.renderer);
    this.mirrored = maker.fromScene(image, 0.03, 0.1, 400, { size });
    maker.dispose();
    if (image instanceof RoomEnvironment) image.dispose();
    this.scene.environment = this.mirrored.texture;
    this.scene.environmentIntensity = open ? 0.55 : 0.46;
  }
}

function sunOf(site: Site, quality: Quality, strength: number): DirectionalLight {
  const sun = new DirectionalLight(0xfff0d8, strength);
  const half = Math.hypot(site.size[0], site.size[1]) / 2 + 1.5;
  sun.position.copy(SUN.from(site)).multiplyScalar(half + site.height + 4);
  sun.castShadow = quality.shadow_px > 0;
  sun.shadow.mapSize.set(quality.shadow_px || 1, quality.shadow_px || 1);
  const view = sun.shadow.camera;
  view.left = view.bottom = -half;
  view.right = view.top = half;
  view.near = 0.5;
  view.far = 2 * (half + site.height + 6);
  sun.shadow.bias = -0.0004;
  sun.shadow.normalBias = 0.03;
  sun.shadow.radius = 4;
  return sun;
}
