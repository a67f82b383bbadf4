/** The kit: what each kind of object looks like in each of its states, as parts. */

import type { Placed } from "../types";
import { AID } from "./aid";
import { CONFINED } from "./confined";
import { DRIVES } from "./drives";
import { ELECTRICAL } from "./electrical";
import { FIRE } from "./fire";
import { HEIGHT } from "./height";
import { LABORATORY } from "./laboratory";
import { LIFTING } from "./lifting";
import { MACHINES } from "./machines";
import { bounds } from "./mesh";
import { OFFICE } from "./office";
import { sized, type Build, type Part } from "./parts";
import { PEOPLE } from "./people";
import { PORTABLE } from "./portable";
import { SIGNS } from "./signs";
import { SITE } from "./site";
import { STORAGE } from "./storage";

export { bounds, mesh, type Mesh } from "./mesh";
export { drawTexture, textureSize } from "./textures";
export { MATERIALS, type Material, type Part, type V3 } from "./parts";

export const KIT: Record<string, Build> = {
  ...MACHINES, ...DRIVES, ...ELECTRICAL, ...PORTABLE, ...LIFTING, ...STORAGE, ...HEIGHT, ...CONFINED, ...FIRE, ...AID, ...SIGNS,
  ...SITE, ...OFFICE, ...LABORATORY, ...PEOPLE,
};

/** Parts of an object in the metres of its own axes: `size` is in them, `at`, `y` and `turn` are not. */
export const parts = (object: Placed): Part[] => {
  const build = KIT[object.kind];
  const size = object.path.length > 1 ? 1 : object.size || 1; // what follows a path is as long as the path
  return build ? sized(build(object.states, object), size) : [];
};

export interface Footprint {
  x0: number;
  x1: number;
  z0: number;
  z1: number;
}

/** Where parts stand, seen from above. */
export const footprint = (of: Part[]): Footprint => {
  const { low, high } = bounds(of);
  return { x0: low[0], x1: high[0], z0: low[2], z1: high[2] };
};

/** Metres from the floor to the top. */
export const height = (of: Part[]): number => bounds(of).high[1];
