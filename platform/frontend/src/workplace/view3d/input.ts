/** Pointer, keyboard, stick and gamepad on the picture, told as what is meant by them. */
import { gamepadPush, Keys, moves, type Push, still } from "./keys";
import type { Point } from "./picking";
import { Stick } from "./stick";

/** What a member means. */
export interface Meant {
  /** Looked about, in pixels moved. */
  look(dx: number, dy: number): void;
  hover(at: Point | null): void;
  pick(at: Point): void;
  /** Wants to go to a point of the floor. */
  goTo(at: Point): void;
  /** Opens what the keyboard is at, or the middle. */
  open(): void;
  /** To the next (1) or the one before (-1); false when there is none, so that focus may leave. */
  cycle(way: 1 | -1): boolean;
  escape(): void;
  /** Something is pushed from now on. */
  stir(): void;
}

const DRAG_PX = 5;

export class Input {
  private readonly keys = new Keys();
  private readonly stick: Stick;
  private readonly ending = new AbortController();
  private down: { id: number; x: number; y: number; moved: boolean } | null = null;
  private padOpen = false;
  /** In overview another one turns the picture. */
  dragging = true;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    host: HTMLElement,
    private readonly meant: Meant,
    stick: string,
  ) {
    this.stick = new Stick(host, stick, () => meant.stir());
    const on = <K extends keyof HTMLElementEventMap>(name: K, heard: (event: HTMLElementEventMap[K]) => void): void =>
      canvas.addEventListener(name, heard, { signal: this.ending.signal });
    on("pointerdown", (event) => this.pressed(event));
    on("pointermove", (event) => this.moved(event));
    on("pointerup", (event) => this.lifted(event));
    on("pointercancel", () => (this.down = null));
    on("pointerleave", () => meant.hover(null));
    on("dblclick", (event) => meant.goTo({ x: event.clientX, y: event.clientY }));
    on("keydown", (event) => this.typed(event));
    on("keyup", (event) => this.keys.release(event));
    on("blur", () => this.keys.clear());
    window.addEventListener("gamepadconnected", () => meant.stir(), { signal: this.ending.signal });
  }

  /** Whether anything has to be asked again with the next picture. */
  get awake(): boolean {
    return this.keys.any || this.stick.held || this.pads().some((one) => one?.connected);
  }

  /** Whether the picture is being dragged about. */
  get dragged(): boolean {
    return this.dragging && (this.down?.moved ?? false);
  }

  /** What is pushed now, and whether in a hurry; null for nothing. */
  push(): { push: Push; hurry: boolean } | null {
    const sum = still();
    const pad = gamepadPush(this.pads());
    if (pad?.opens && !this.padOpen) this.meant.open();
    this.padOpen = pad?.opens ?? false;
    for (const one of [this.keys.push(), this.stick.push(), pad?.push]) {
      for (const name of Object.keys(sum) as (keyof Push)[]) sum[name] += one?.[name] ?? 0;
    }
    return moves(sum) ? { push: sum, hurry: this.keys.hurry && this.keys.any } : null;
  }

  dispose(): void {
    this.ending.abort();
    this.stick.dispose();
  }

  private pads(): readonly (Gamepad | null)[] {
    return navigator.getGamepads?.() ?? [];
  }

  private pressed(event: PointerEvent): void {
    if (event.button !== 0 || this.down) return;
    this.down = { id: event.pointerId, x: event.clientX, y: event.clientY, moved: false };
    if (this.dragging) this.canvas.setPointerCapture(event.pointerId);
  }

  private moved(event: PointerEvent): void {
    const { down } = this;
    const here = { x: event.clientX, y: event.clientY };
    if (!down) return event.pointerType === "touch" ? undefined : this.meant.hover(here);
    if (event.pointerId !== down.id) return;
    const [dx, dy] = [here.x - down.x, here.y - down.y];
    if (!down.moved && Math.hypot(dx, dy) < DRAG_PX) return;
    down.moved = true;
    if (!this.dragging) return;
    this.meant.look(dx, dy);
    [down.x, down.y] = [here.x, here.y];
  }

  private lifted(event: PointerEvent): void {
    const { down } = this;
    if (!down || event.pointerId !== down.id) return;
    this.down = null;
    if (!down.moved) this.meant.pick({ x: event.clientX, y: event.clientY });
  }

  private typed(event: KeyboardEvent): void {
    if (this.keys.press(event)) {
      event.preventDefault();
      return this.meant.stir();
    }
    if (event.key === "Tab" && !event.ctrlKey && !event.altKey && !event.metaKey) {
      if (this.meant.cycle(event.shiftKey ? -1 : 1)) event.preventDefault();
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      if (!event.repeat) this.meant.open();
    } else if (event.key === "Escape") this.meant.escape();
  }
}
