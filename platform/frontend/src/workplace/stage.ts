/** What the parts of the screen may ask of it. */
import type { Engine, TaskRef } from "./engine";
import type { Action, Effect } from "./types";
import type { Words } from "./words";

export type Tone = "good" | "bad" | "partly" | "plain";

export interface Stage {
  readonly engine: Engine;
  readonly words: Words;
  /** Does it; a refusal is said and gives null. */
  act(action: Action): Promise<Effect[] | null>;
  openObject(id: string): void;
  openTask(task: Pick<TaskRef, "kind" | "id">): void;
  /** Says one sentence, aloud and on the stage. */
  say(text: string, tone: Tone): void;
}
