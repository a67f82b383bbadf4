/** What the 3D view promises to the screen, and what it asks of the engine it shows. */
import type { Menu } from "../menus";
import type { Action, Effect, Placed, Scenario } from "../types";
import type { Tier } from "./tiers";
import type { Figures } from "./stats";

/** As much of the engine as a view needs. */
export interface World {
  readonly scenario: Scenario;
  /** The object as it stands now; throws where there is none. */
  object(id: string): Placed;
  act(action: Action): Promise<Effect[]>;
}

export type Mark = "found" | "false" | "selected" | "pointed" | "";

export type Mode = "walk" | "overview";

/** Words in the member's language; what is left out is taken from `WORDS`. */
export interface Words {
  /** Name of the picture and how to move in it, for those who do not see it. */
  scene: string;
  /** Said by the stick on touch screens. */
  stick: string;
  report: string;
  /** Asks whether a report is meant. */
  sure: string;
  yes: string;
  no: string;
  leave: string;
  /** More lines than a card holds. */
  more: string;
}

export const WORDS: Words = {
  scene: "The workplace in three dimensions. W, A, S, D walk, Q and E turn, Tab goes to the next object, Enter opens it.",
  stick: "Walk",
  report: "This is a hazard",
  sure: "Report it?",
  yes: "Yes",
  no: "No",
  leave: "Leave the headset",
  more: "More…",
};

export interface Options {
  /** Chosen by the renderer where it is left out. */
  tier?: Tier | undefined;
  /** Motion is reduced: nothing flies, nothing pulses. */
  reduced: boolean;
  strings?: Partial<Words> | undefined;
  /** The picture is gone for good (the context was lost); the view is disposed of already. */
  onLost?: (() => void) | undefined;
  /** What can be done at an object, or at none; without it an object can only be reported. */
  menu?: ((object: string | null) => Menu) | undefined;
  /** Called when a member leaves the headset or enters it. */
  onHeadset?: ((inside: boolean) => void) | undefined;
}

export interface View {
  readonly mode: Mode;
  readonly tier: Tier;
  setMode(mode: Mode): void;
  /** Goes to a good view of the object; at once where motion is reduced. */
  lookAt(id: string): void;
  mark(id: string, mark: Mark): void;
  /** Told of every object picked by pointer, key or controller; null for none. */
  onPick(listener: (id: string | null) => void): void;
  /** Told of the member's place, now and while walking: metres, degrees (0 looks to -z, clockwise). */
  onMove(listener: (x: number, z: number, heading_deg: number) => void): void;
  /** Point of the window at which a click really hits the object; null where it is hidden. */
  screenPoint(id: string): { x: number; y: number } | null;
  /** Shows the object as the engine has it now. */
  refresh(id: string): void;
  /** Only where a headset can be entered; must be called from a click. */
  enterHeadset?: () => Promise<void>;
  /** Where a line of the headset's card hangs, in metres; null where it is not shown. */
  linePoint?: (key: string) => { x: number; y: number; z: number } | null;
  dispose(): void;
  stats(): Figures;
}

/** There is no WebGL here: the list and the plan give full marks without it. */
export class NoWebGL extends Error {
  override readonly name = "NoWebGL";
}
