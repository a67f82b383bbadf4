/** The site as a model on a table: turned by dragging, brought nearer by wheel, fingers and keys. */
import { type Box3, MathUtils, type PerspectiveCamera, Spherical, Vector3 } from "three";
import type { Push } from "./keys";
import type { Site } from "../types";

const FOV_DEG = 34;
const NEAREST_M = 3;
const STEEPEST = 0.12;
const FLATTEST = 1.42;
const TURN_RAD_PX = 0.006;

export class Overview {
  private readonly seen = new Spherical();
  private readonly target = new Vector3();
  private readonly half: number;
  private readonly ending = new AbortController();
  /** Fingers and buttons that are down, and where. */
  private readonly down = new Map<number, { x: number; y: number; moves: boolean }>();
  private entered = false;

  constructor(
    private readonly camera: PerspectiveCamera,
    canvas: HTMLElement,
    private readonly site: Site,
    private readonly changed: () => void,
  ) {
    this.half = Math.hypot(...site.size) / 2;
    const { signal } = this.ending;
    canvas.addEventListener("pointerdown", (event) => this.press(event), { signal });
    canvas.addEventListener("pointermove", (event) => this.drag(event), { signal });
    for (const end of ["pointerup", "pointercancel", "pointerleave"] as const) {
      canvas.addEventListener(end, (event) => this.down.delete(event.pointerId), { signal });
    }
    canvas.addEventListener("wheel", (event) => this.roll(event), { signal, passive: false });
    canvas.addEventListener("contextmenu", (event) => this.entered && event.preventDefault(), { signal });
  }

  /** Takes the camera to where the whole site is seen. */
  enter(): void {
    this.entered = true;
    this.camera.fov = FOV_DEG;
    const wide = Math.min(1, this.camera.aspect);
    this.target.set(0, this.site.kind === "roof" ? -1 : 0.4, 0);
    this.seen.set((this.half * 0.94) / Math.sin((FOV_DEG / 2) * MathUtils.DEG2RAD) / wide, 0.93, 0.74);
    this.put();
  }

  leave(): void {
    this.entered = false;
    this.down.clear();
  }

  lookAt(box: Box3): void {
    box.getCenter(this.target);
    this.seen.set(MathUtils.clamp(box.getSize(new Vector3()).length() * 2.2, 4, this.half * 3), 0.95, this.seen.theta);
    this.put();
  }

  step(push: Push, dt_s: number): void {
    this.turn((push.aside - push.turn) * dt_s * 1.4, push.tilt * dt_s);
    this.nearer(1 - push.ahead * dt_s);
  }

  dispose(): void {
    this.ending.abort();
  }

  private turn(theta: number, phi: number): void {
    this.seen.theta -= theta;
    this.seen.phi = MathUtils.clamp(this.seen.phi - phi, STEEPEST, FLATTEST);
    this.put();
  }

  private nearer(times: number): void {
    this.seen.radius = MathUtils.clamp(this.seen.radius * times, NEAREST_M, this.half * 6);
    this.put();
  }

  private put(): void {
    this.camera.position.setFromSpherical(this.seen).add(this.target);
    this.camera.lookAt(this.target);
    this.camera.updateProjectionMatrix();
    this.changed();
  }

  private press({ pointerId, button, shiftKey, clientX: x, clientY: y }: PointerEvent): void {
    if (this.entered) this.down.set(pointerId, { x, y, moves: button === 2 || shiftKey });
  }

  private drag({ pointerId, clientX: x, clientY: y }: PointerEvent): void {
    const from = this.down.get(pointerId);
    if (!from || !this.entered) return;
    const [dx, dy] = [x - from.x, y - from.y];
    const other = [...this.down.entries()].find(([id]) => id !== pointerId)?.[1];
    if (other) this.nearer(Math.hypot(from.x - other.x, from.y - other.y) / Math.max(1, Math.hypot(x - other.x, y - other.y)));
    if (other || from.moves) this.shift(dx * (other ? 0.5 : 1), dy * (other ? 0.5 : 1));
    else this.turn(dx * TURN_RAD_PX, dy * TURN_RAD_PX);
    [from.x, from.y] = [x, y];
  }

  /** Moves the site below the eyes, by pixels; it never gets lost. */
  private shift(dx: number, dy: number): void {
    const metres = this.seen.radius * 0.0011;
    const [sin, cos] = [Math.sin(this.seen.theta), Math.cos(this.seen.theta)];
    this.target.x = MathUtils.clamp(this.target.x - (dx * cos + dy * sin) * metres, -this.half, this.half);
    this.target.z = MathUtils.clamp(this.target.z + (dx * sin - dy * cos) * metres, -this.half, this.half);
    this.put();
  }

  private roll(event: WheelEvent): void {
    if (!this.entered) return;
    event.preventDefault();
    this.nearer(Math.exp(MathUtils.clamp(event.deltaY, -120, 120) * 0.0015));
  }
}
