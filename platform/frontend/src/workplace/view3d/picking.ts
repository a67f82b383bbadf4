/** What is hit: by a pointer at a point of the window, or by a ray. */
import { type PerspectiveCamera, Raycaster, Vector2, Vector3 } from "three";
import type { Thing, Things } from "./objects";

export interface Point {
  x: number;
  y: number;
}

/** Fingers and thin things: how far beside a thing one may point, in CSS pixels. */
const NEAR_PX = 7;
const AROUND = [0, 45, 90, 135, 180, 225, 270, 315].map((deg) => new Vector2(Math.cos((deg * Math.PI) / 180), Math.sin((deg * Math.PI) / 180)));

const ENTRY = new Vector3();

export class Picking {
  private readonly ray = new Raycaster();

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly camera: PerspectiveCamera,
    private readonly things: Things,
  ) {}

  /** The object at a point of the window, or close beside it. */
  at({ x, y }: Point): string | null {
    const straight = this.exactly({ x, y });
    if (straight) return straight;
    for (const way of AROUND) {
      const beside = this.exactly({ x: x + way.x * NEAR_PX, y: y + way.y * NEAR_PX });
      if (beside) return beside;
    }
    return null;
  }

  /** The object in the middle of the picture. */
  middle(): string | null {
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    return this.at({ x: left + width / 2, y: top + height / 2 });
  }

  /** The object that a ray hits first. */
  along(origin: Vector3, direction: Vector3): string | null {
    this.ray.set(origin, direction);
    return this.first();
  }

  /** Whether the first thing seen from `eye` towards `point` is the object. */
  sees(eye: Vector3, point: Vector3, id: string): boolean {
    return this.along(eye, point.clone().sub(eye).normalize()) === id;
  }

  /** Where on the floor a point of the window lies; null above the horizon. */
  floor({ x, y }: Point): Vector3 | null {
    this.aim({ x, y });
    const { origin, direction } = this.ray.ray;
    if (direction.y > -0.02) return null;
    return origin.clone().addScaledVector(direction, -origin.y / direction.y);
  }

  /** A point of the window that really hits the object; null where it is hidden. */
  pointOf(thing: Thing): Point | null {
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    const on = new Vector3();
    this.camera.updateMatrixWorld();
    for (const point of inside(thing)) {
      on.copy(point).project(this.camera);
      if (on.z > 1 || Math.abs(on.x) > 0.97 || Math.abs(on.y) > 0.97) continue;
      const at = { x: left + ((on.x + 1) / 2) * width, y: top + ((1 - on.y) / 2) * height };
      if (this.exactly(at) === thing.id && document.elementFromPoint(at.x, at.y) === this.canvas) return at;
    }
    return null;
  }

  private exactly(point: Point): string | null {
    this.aim(point);
    return this.first();
  }

  private aim({ x, y }: Point): void {
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    this.camera.updateMatrixWorld();
    this.ray.setFromCamera(new Vector2(((x - left) / width) * 2 - 1, 1 - ((y - top) / height) * 2), this.camera);
  }

  private first(): string | null {
    const { ray } = this.ray;
    let nearest = Infinity;
    let id: string | null = null;
    for (const thing of this.things.all.values()) {
      const entry = ray.intersectBox(thing.box, ENTRY);
      if (!entry || (entry.distanceTo(ray.origin) > nearest && !thing.box.containsPoint(ray.origin))) continue;
      const [hit] = this.ray.intersectObject(thing.group, true);
      if (!hit || hit.distance >= nearest) continue;
      nearest = hit.distance;
      id = thing.id;
    }
    return id;
  }
}

/** Points to try: middles of the largest parts first, then the middle of all, then corners of faces. */
export function inside({ group, reach, box }: Thing): Vector3[] {
  const size = ({ low, high }: (typeof reach)[number]): number =>
    (high[0] - low[0]) * (high[1] - low[1]) + (high[1] - low[1]) * (high[2] - low[2]) + (high[2] - low[2]) * (high[0] - low[0]);
  const large = [...reach].sort((one, other) => size(other) - size(one)).slice(0, 14);
  const local = large.flatMap(({ part, low, high }) => {
    const middle = low.map((value, axis) => (value + (high[axis] ?? value)) / 2);
    return [new Vector3(...(middle as [number, number, number])), ...(part.points ?? []).map((point) => new Vector3(...point))];
  });
  group.updateWorldMatrix(true, false);
  const points = local.map((point) => point.applyMatrix4(group.matrixWorld));
  points.push(box.getCenter(new Vector3()));
  for (const fx of [0.2, 0.5, 0.8]) {
    for (const fy of [0.15, 0.5, 0.85]) {
      for (const fz of [0.2, 0.5, 0.8]) {
        points.push(new Vector3(fx, fy, fz).multiply(box.getSize(new Vector3())).add(box.min));
      }
    }
  }
  return points;
}
