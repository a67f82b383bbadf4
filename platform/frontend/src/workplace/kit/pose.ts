/** Where the bones of a person are: forward kinematics from a table of angles. */

import { DEG, composed, placed, spin, type Part, type V3 } from "./parts";

/** Own axes of a bone: y against its course (limbs hang along -y), z to the front, x to the left side of the sight. */
export interface Bone {
  at: V3;
  turn: V3;
}

/** Degrees: forward, to the side, bend of the elbow, inward. */
type Arm = [forward: number, out: number, elbow: number, inward: number];
/** Degrees: forward, to the side, bend of the knee, toes down. */
type Leg = [forward: number, out: number, knee: number, toes: number];

interface Pose {
  /** Lean of the whole body backwards, of the back forwards, of the head down; degrees. */
  lean?: number;
  spine?: number;
  head?: number;
  /** Turn of the head to its left. */
  look?: number;
  /** Left is x < 0. */
  arms: [left: Arm, right: Arm];
  legs: [left: Leg, right: Leg];
  /** How far the fingers are bent, 0..1, of the left and the right hand. */
  grip?: [number, number];
  carries?: boolean;
  points?: boolean;
}

const REST: Arm = [4, 9, 14, 8];
const STRAIGHT: Leg = [1, 4, 3, 2];

export const POSES: Record<string, Pose> = {
  stand: { arms: [REST, REST], legs: [STRAIGHT, [3, 5, 4, 1]] },
  work: { spine: 9, head: 20, arms: [[42, 8, 62, 22], [48, 8, 52, 22]], legs: [[-2, 6, 4, 2], [6, 5, 8, 2]], grip: [0.8, 0.8] },
  sit: { spine: 3, head: 6, arms: [[26, 7, 58, 18], [26, 7, 58, 18]], legs: [[84, 7, 84, 0], [84, 7, 82, 2]], grip: [0.4, 0.4] },
  walk: { spine: 3, arms: [[26, 7, 24, 6], [-22, 8, 14, 6]], legs: [[-22, 2, 18, -22], [26, 2, 8, -16]] },
  carry: {
    spine: -5, arms: [[26, 10, 68, 18], [26, 10, 68, 18]], legs: [[-10, 5, 12, 2], [14, 4, 10, -4]], grip: [0.5, 0.5],
    carries: true,
  },
  reach: {
    spine: -4, head: -28, arms: [[152, 6, 14, 0], [168, 8, 8, 0]], legs: [[-3, 5, 3, 22], [3, 5, 3, 18]], grip: [0.7, 0.7],
  },
  lie: { lean: 90, head: 4, look: 14, arms: [[-6, 42, 14, 0], [-2, 26, 50, 80]], legs: [[-3, 9, 2, 26], [36, 8, 80, 8]] },
  kneel: {
    spine: 22, head: 16, arms: [[50, 8, 40, 16], [56, 8, 34, 14]], legs: [[86, 8, 92, -6], [-4, 5, 98, 52]], grip: [0.7, 0.7],
  },
  climb: { spine: 4, head: -16, arms: [[150, 8, 34, 8], [112, 8, 66, 8]], legs: [[62, 6, 84, 8], [4, 6, 8, 4]], grip: [1, 1] },
  point: { head: 2, look: -22, arms: [REST, [84, 16, 4, 0]], legs: [STRAIGHT, [4, 7, 4, 1]], points: true },
};

export interface Body {
  pose: Pose;
  pelvis: Bone;
  chest: Bone;
  head: Bone;
  /** By side, left first. */
  upper: Bone[];
  fore: Bone[];
  hand: Bone[];
  thigh: Bone[];
  shin: Bone[];
  foot: Bone[];
}

/** Metres of a person of 1.76. */
const LONG = { hip: 0.93, upper: 0.285, fore: 0.25, thigh: 0.435, shin: 0.405 };

const joint = (bone: Bone, offset: V3, ...turns: V3[]): Bone => {
  const [x, y, z] = spin(bone.turn, offset);
  return { at: [bone.at[0] + x, bone.at[1] + y, bone.at[2] + z], turn: turns.reduce(composed, bone.turn) };
};

const x = (degrees: number): V3 => [degrees * DEG, 0, 0];
const y = (degrees: number): V3 => [0, degrees * DEG, 0];
const z = (degrees: number): V3 => [0, 0, degrees * DEG];

/** The bones of a pose; the feet are about where the floor is. */
export const body = (name: string): Body => {
  const pose = POSES[name] ?? POSES["stand"]!;
  const lies = Boolean(pose.lean);
  const pelvis: Bone = { at: [0, lies ? 0.13 : LONG.hip, lies ? -0.05 : 0], turn: x(-(pose.lean ?? 0)) };
  const chest = joint(pelvis, [0, 0.1, 0], x(pose.spine ?? 0));
  const head = joint(chest, [0, 0.5, 0.008], y(pose.look ?? 0), x((pose.head ?? 0) - (pose.spine ?? 0) * 0.4));
  const upper = pose.arms.map(([forward, out, , inward], nth) => {
    const sign = nth ? 1 : -1;
    return joint(chest, [sign * 0.174, 0.352, -0.005], x(-forward), z(sign * out), y(-sign * inward));
  });
  const fore = upper.map((bone, nth) => joint(bone, [0, -LONG.upper, 0], x(-pose.arms[nth]![2])));
  const hand = fore.map((bone, nth) => joint(bone, [0, -LONG.fore, 0], y((nth ? 1 : -1) * (pose.carries ? 0 : 12))));
  const thigh = pose.legs.map(
    ([forward, out], nth) => joint(pelvis, [(nth ? 1 : -1) * 0.088, -0.02, 0], x(-forward), z((nth ? 1 : -1) * out))
  );
  const shin = thigh.map((bone, nth) => joint(bone, [0, -LONG.thigh, 0], x(pose.legs[nth]![2])));
  const foot = shin.map((bone, nth) => {
    const [forward, out, knee, toes] = pose.legs[nth]!;
    const level = lies ? toes : forward - knee + toes;
    return joint(bone, [0, -LONG.shin, 0], x(level), z(-(nth ? 1 : -1) * out * 0.7), y((nth ? 1 : -1) * 8));
  });
  return { pose, pelvis, chest, head, upper, fore, hand, thigh, shin, foot };
};

/** Parts drawn in the axes of a bone. */
export const on = (bone: Bone, ...parts: Part[]): Part[] => placed(parts, bone.at, bone.turn);

/** Parts of both sides: the sign is -1 for the left one. */
export const pair = (bones: Bone[], parts: (sign: number, nth: number) => Part[]): Part[] =>
  bones.flatMap((bone, nth) => on(bone, ...parts(nth ? 1 : -1, nth)));
