/** The panel in the middle: draws the phase, keeps its times running, looks after the focus. */
import { icon } from "../page/icon";
import { type Child, el, write } from "./dom";
import * as ends from "./ends";
import * as holds from "./holds";
import * as line from "./line";
import { type Drawn, type Stage, verdict } from "./parts";
import { type Phase, keyOf } from "./phase";
import { type State } from "./state";
import * as tasks from "./tasks";

const FLASH_MS = 2500;

export class Panel {
  readonly #kicker: HTMLElement;
  readonly #title: HTMLElement;
  readonly #flash: HTMLElement;
  readonly #body: HTMLElement;
  readonly #note: HTMLElement;
  #key = "";
  #drawn: Drawn | null = null;
  #flashed = 0;

  constructor(readonly root: HTMLElement, readonly stage: Stage) {
    const part = (name: string): HTMLElement => root.querySelector<HTMLElement>(`[data-${name}]`)!;
    [this.#kicker, this.#title, this.#flash, this.#body, this.#note] = ["kicker", "title", "flash", "body", "note"].map(part) as [
      HTMLElement,
      HTMLElement,
      HTMLElement,
      HTMLElement,
      HTMLElement,
    ];
  }

  /** Draws `phase`; a panel that shows it already is only brought up to date. */
  show(phase: Phase, state: State, nowMs: number): void {
    const key = keyOf(phase);
    if (key !== this.#key) {
      this.#key = key;
      this.#build(phase, drawn(this.stage, phase));
    }
    this.#drawn?.update?.(state);
    this.#showFlash(state);
    this.#showNote(state);
    this.tick(nowMs);
  }

  tick(nowMs: number): void {
    this.#drawn?.tick?.(nowMs);
  }

  /** Takes key `place` from 0; returns whether the phase wants it for itself. */
  key(place: number): boolean {
    this.#drawn?.key?.(place);
    return this.#drawn?.key !== undefined;
  }

  #build(phase: Phase, next: Drawn): void {
    const within = this.root.contains(document.activeElement);
    const lost = within || document.activeElement === document.body || document.activeElement === null;
    this.#drawn = next;
    this.root.dataset.phase = phase.is;
    write(this.#kicker, next.kicker);
    write(this.#title, next.title);
    this.#body.replaceChildren(...next.body.filter((one): one is Exclude<Child, null | undefined | false> => Boolean(one)));
    // Whoever reads or presses in the panel goes on there; whoever is elsewhere is left alone.
    if (lost) this.#title.focus({ preventScroll: true });
  }

  #showFlash({ flash }: State): void {
    if (!flash || flash.task === this.#flashed) return;
    this.#flashed = flash.task;
    const shown = verdict(this.stage.words, flash.outcome, flash.kind);
    this.#flash.replaceChildren(shown);
    setTimeout(() => shown.isConnected && shown.remove(), FLASH_MS);
  }

  #showNote({ link, pending, seat }: State): void {
    const name = seat !== "held" || link !== "lost" ? "" : pending ? "lostKept" : "lost";
    if (this.#note.dataset.note === name) return;
    this.#note.dataset.note = name;
    this.#note.replaceChildren(...(name ? [icon("triangle-alert"), el("span", {}, this.stage.words.say(name))] : []));
  }
}

function drawn(stage: Stage, phase: Phase): Drawn {
  switch (phase.is) {
    case "zeroing":
      return line.zeroing(stage, phase.startMs);
    case "countdown":
      return line.countdown(stage, phase.startMs);
    case "station":
      return tasks.station(stage, phase.task);
    case "shot":
      return tasks.shot(stage, phase.task, phase.shot);
    case "loop":
      return holds.loop(stage, phase.hold, phase.loop);
    case "fall":
      return holds.fall(stage, phase.hold);
    case "reload":
      return holds.reload(stage, phase.hold);
    case "out":
      return ends.out(stage, phase.mark);
    case "waiting":
      return line.waiting(stage);
    default:
      return ends[phase.is](stage);
  }
}
