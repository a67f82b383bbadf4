/** A walker's eyes: place, direction, and how they move on the ground. */
import { MathUtils, type PerspectiveCamera, Vector3 } from "three";
import type { Ground } from "./ground";
import type { Push } from "./keys";
import type { Site } from "../types";

export const EYES_M = 1.62;
const WALK_M_S = 2;
const HURRY = 1.8;
const TURN_RAD_S = 1.5;
const TILT_RAD_S = 0.9;
const STEEPEST = 1.25;
const FLIGHT_MS = 650;

/** Where one stands and looks: metres and radians; yaw 0 looks to -z, counter-clockwise. */
export interface Pose {
  x: number;
  z: number;
  yaw: number;
  pitch: number;
}

/** The pose at `x`, `z` that looks at a point. */
export function lookingFrom(x: number, z: number, at: Vector3): Pose {
  const [dx, dy, dz] = [at.x - x, at.y - EYES_M, at.z - z];
  return { x, z, yaw: Math.atan2(-dx, -dz), pitch: MathUtils.clamp(Math.atan2(dy, Math.hypot(dx, dz)), -STEEPEST, STEEPEST) };
}

export const headingOf = ({ yaw }: Pose): number => Math.round((((-yaw * 180) / Math.PI) % 360 + 360) % 360);

interface Flight {
  from: Pose;
  to: Pose;
  since_ms: number;
}

export class Walking {
  pose: Pose;
  private flight: Flight | null = null;

  constructor(
    private readonly ground: Ground,
    { start }: Site,
  ) {
    this.pose = lookingFrom(start.at[0], start.at[1], new Vector3(start.look[0], EYES_M - 0.25, start.look[1]));
  }

  get flying(): boolean {
    return this.flight !== null;
  }

  /** Walks and turns for `dt_s` seconds as pushed. */
  step(push: Push, dt_s: number, hurry: boolean): void {
    this.flight = null;
    const { pose } = this;
    pose.yaw += push.turn * TURN_RAD_S * dt_s;
    this.tilt(push.tilt * TILT_RAD_S * dt_s);
    const far = Math.hypot(push.ahead, push.aside);
    if (!far) return;
    const metres = (WALK_M_S * (hurry ? HURRY : 1) * dt_s * Math.min(1, far)) / far;
    const [sin, cos] = [Math.sin(pose.yaw), Math.cos(pose.yaw)];
    const dx = (-sin * push.ahead + cos * push.aside) * metres;
    const dz = (-cos * push.ahead - sin * push.aside) * metres;
    [pose.x, pose.z] = this.ground.walk([pose.x, pose.z], dx, dz);
  }

  /** Looks about by so many radians. */
  look(yaw: number, pitch: number): void {
    this.flight = null;
    this.pose.yaw += yaw;
    this.tilt(pitch);
  }

  /** Goes to a pose, in a short flight or at once. */
  go(to: Pose, now_ms: number | null): void {
    const turn = MathUtils.euclideanModulo(to.yaw - this.pose.yaw + Math.PI, 2 * Math.PI) - Math.PI;
    const goal = { ...to, yaw: this.pose.yaw + turn };
    this.flight = now_ms === null ? null : { from: { ...this.pose }, to: goal, since_ms: now_ms };
    if (now_ms === null) this.pose = goal;
  }

  /** Carries a flight on; says whether it moved. */
  fly(now_ms: number): boolean {
    if (!this.flight) return false;
    const { from, to, since_ms } = this.flight;
    const t = MathUtils.smootherstep((now_ms - since_ms) / FLIGHT_MS, 0, 1);
    for (const part of ["x", "z", "yaw", "pitch"] as const) this.pose[part] = MathUtils.lerp(from[part], to[part], t);
    if (t >= 1) this.flight = null;
    return true;
  }

  put(camera: PerspectiveCamera): void {
    camera.position.set(this.pose.x, EYES_M, this.pose.z);
    camera.rotation.set(this.pose.pitch, this.pose.yaw, 0, "YXZ");
    // A tall picture would show too little to both sides.
    const fov = camera.aspect < 1 ? 78 : 62;
    if (camera.fov !== fov) camera.fov = fov;
    camera.updateProjectionMatrix();
  }

  private tilt(by: number): void {
    this.pose.pitch = MathUtils.clamp(this.pose.pitch + by, -STEEPEST, STEEPEST);
  }
}
