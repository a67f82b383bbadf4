/** Which keys mean what, by their place on the keyboard: it is the same in every alphabet. */

export interface Push {
  /** -1 back to 1 forth. */
  ahead: number;
  /** -1 left to 1 right. */
  aside: number;
  /** -1 to the right to 1 to the left. */
  turn: number;
  /** -1 down to 1 up. */
  tilt: number;
}

export const still = (): Push => ({ ahead: 0, aside: 0, turn: 0, tilt: 0 });

const MEANING: Record<string, Partial<Push>> = {
  KeyW: { ahead: 1 },
  ArrowUp: { ahead: 1 },
  KeyS: { ahead: -1 },
  ArrowDown: { ahead: -1 },
  KeyA: { aside: -1 },
  KeyD: { aside: 1 },
  KeyQ: { turn: 1 },
  ArrowLeft: { turn: 1 },
  KeyE: { turn: -1 },
  ArrowRight: { turn: -1 },
  PageUp: { tilt: 1 },
  PageDown: { tilt: -1 },
};

/** Keys that are held down, and what they push to. */
export class Keys {
  private readonly held = new Set<string>();
  hurry = false;

  get any(): boolean {
    return this.held.size > 0;
  }

  /** Whether the key is one of ours. */
  press(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey || !MEANING[event.code]) return false;
    this.held.add(event.code);
    this.hurry = event.shiftKey;
    return true;
  }

  release(event: KeyboardEvent): void {
    this.held.delete(event.code);
    this.hurry = event.shiftKey;
  }

  clear(): void {
    this.held.clear();
  }

  push(): Push {
    const sum = still();
    for (const code of this.held) {
      const meant = MEANING[code] ?? {};
      for (const name of Object.keys(meant) as (keyof Push)[]) sum[name] += meant[name] ?? 0;
    }
    return sum;
  }
}

const DEAD = 0.18;
const steady = (value = 0): number => (Math.abs(value) < DEAD ? 0 : value);

/** What the first gamepad pushes to: left stick walks, right stick looks. */
export function gamepadPush(pads: readonly (Gamepad | null)[]): { push: Push; opens: boolean } | null {
  const pad = pads.find((one) => one?.connected);
  if (!pad) return null;
  const [x, y, turn, tilt] = pad.axes;
  const push = { ahead: -steady(y), aside: steady(x), turn: -steady(turn), tilt: -steady(tilt) };
  return { push, opens: pad.buttons[0]?.pressed ?? false };
}

export const moves = (push: Push): boolean => Object.values(push).some((one) => one !== 0);
