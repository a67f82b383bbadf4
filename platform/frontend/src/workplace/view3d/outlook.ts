/** Where to stand to see an object well. */
import { type Box3, Vector3 } from "three";
import type { Ground } from "./ground";
import type { Thing } from "./objects";
import type { Picking } from "./picking";
import { EYES_M, lookingFrom, type Pose } from "./walking";

const WAYS = 16;
/** What each point of an object that can be seen is worth. */
const SEEN = 1;

/** What the eyes should rest on. */
export function heartOf(box: Box3): Vector3 {
  const middle = box.getCenter(new Vector3());
  const high = box.max.y - box.min.y;
  // Of what is tall, the part at the height of one's eyes.
  if (high > 2.4) middle.y = Math.min(Math.max(box.min.y + 1.1, EYES_M - 0.3), box.max.y);
  return middle;
}

/**
 * The best free place around an object: near its front, seen without anything between, at a distance
 * at which it fills the picture.
 */
export function viewOf(thing: Thing, from: Pose, ground: Ground, picking: Picking): Pose {
  const heart = heartOf(thing.box);
  const size = thing.box.getSize(new Vector3());
  const wide = Math.min(Math.hypot(size.x, size.z), 5);
  const reach = Math.min(5.5, Math.max(1.25, Math.max(size.y * 0.85, wide * 0.75) + 0.9));
  const front = thing.group.rotation.y;
  const places = [reach, reach * 1.45, reach * 0.7].flatMap((far) =>
    Array.from({ length: WAYS }, (_, nth) => {
      const angle = front + (nth / WAYS) * 2 * Math.PI;
      const wanted: [number, number] = [heart.x + Math.sin(angle) * far, heart.z + Math.cos(angle) * far];
      const [x, z] = ground.inside(wanted);
      const moved = Math.hypot(x - wanted[0], z - wanted[1]);
      const worth = Math.cos(angle - front) * 1.2 - moved * 1.5 - Math.hypot(x - from.x, z - from.z) * 0.08 - Math.abs(far - reach) * 0.6;
      return { x, z, worth };
    }),
  );
  const points = [heart, ...edgesOf(thing.box)];
  let best: { x: number; z: number; worth: number } | null = null;
  for (const { x, z, worth } of places.sort((one, other) => other.worth - one.worth)) {
    // Rays are dear: none are sent from where even a free view would not be better.
    if (best && worth + points.length * SEEN <= best.worth) break;
    if (!ground.free(x, z)) continue;
    const eye = new Vector3(x, EYES_M, z);
    const seen = points.filter((point) => picking.sees(eye, point, thing.id)).length;
    if (!best || worth + seen * SEEN > best.worth) best = { x, z, worth: worth + seen * SEEN };
  }
  return best ? lookingFrom(best.x, best.z, heart) : lookingFrom(...ground.inside([heart.x, heart.z + reach]), heart);
}

/** Four points half-way to the sides of a box. */
function edgesOf(box: Box3): Vector3[] {
  const middle = box.getCenter(new Vector3());
  const size = box.getSize(new Vector3()).multiplyScalar(0.3);
  return [
    [1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, 0, 1],
  ].map(([x = 0, y = 0, z = 0]) => new Vector3(middle.x + x * size.x, middle.y + y * size.y, middle.z + z * size.z));
}
