/** The site as a model on a table: turned, moved and brought nearer by pointer and keys. */
import { type Box3, MathUtils, type PerspectiveCamera, Spherical, Vector3 } from "three";
import { OrbitControls } from "three/examples/jsm/controls/OrbitControls.js";
import type { Push } from "./keys";
import type { Site } from "../types";

const FOV_DEG = 34;

export class Overview {
  private readonly controls: OrbitControls;
  private readonly half: number;

  constructor(
    private readonly camera: PerspectiveCamera,
    canvas: HTMLElement,
    private readonly site: Site,
    changed: () => void,
  ) {
    this.half = Math.hypot(...site.size) / 2;
    this.controls = new OrbitControls(camera, canvas);
    this.controls.enabled = false;
    this.controls.enableDamping = false;
    this.controls.maxPolarAngle = 1.42;
    this.controls.minDistance = 3;
    this.controls.maxDistance = this.half * 6;
    this.controls.addEventListener("change", changed);
  }

  /** Takes the camera to where the whole site is seen. */
  enter(): void {
    this.controls.enabled = true;
    this.camera.fov = FOV_DEG;
    this.camera.updateProjectionMatrix();
    const wide = Math.min(1, this.camera.aspect);
    const far = (this.half * 0.94) / Math.sin((FOV_DEG / 2) * MathUtils.DEG2RAD) / wide;
    this.controls.target.set(0, this.site.kind === "roof" ? -1 : 0.4, 0);
    this.camera.position.setFromSphericalCoords(far, 0.93, 0.74).add(this.controls.target);
    this.controls.update();
  }

  leave(): void {
    this.controls.enabled = false;
  }

  lookAt(box: Box3): void {
    const middle = box.getCenter(new Vector3());
    const far = MathUtils.clamp(box.getSize(new Vector3()).length() * 2.2, 4, this.half * 3);
    this.controls.target.copy(middle);
    this.camera.position.setFromSphericalCoords(far, 0.95, 0.74).add(middle);
    this.controls.update();
  }

  step(push: Push, dt_s: number): void {
    const seen = new Spherical().setFromVector3(this.camera.position.clone().sub(this.controls.target));
    seen.theta -= (push.turn - push.aside) * dt_s * 1.4;
    seen.phi = MathUtils.clamp(seen.phi + push.tilt * dt_s, 0.15, 1.42);
    seen.radius = MathUtils.clamp(seen.radius * (1 - push.ahead * dt_s), 3, this.half * 6);
    this.camera.position.setFromSpherical(seen).add(this.controls.target);
    this.controls.update();
  }

  dispose(): void {
    this.controls.dispose();
  }
}
