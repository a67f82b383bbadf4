import { part, write } from "./dom";
import { type Lane, nameOf } from "./rows";
import { Targets } from "./targets";
import { words } from "./words";

interface Slot {
  item: HTMLLIElement;
  bib: HTMLElement;
  name: HTMLElement;
  position: HTMLElement;
  targets: Targets;
  racer: number;
}

/** The lanes of the range: a racer keeps the lane while shooting, free lanes are taken in their order. */
export class Lanes {
  readonly #slots: Slot[];

  constructor(readonly list: HTMLElement) {
    const count = Number(list.dataset.lanes) || 12;
    list.replaceChildren();
    this.#slots = Array.from({ length: count }, () => this.#slot());
  }

  draw(lanes: readonly Lane[]): void {
    const shooting = new Map(lanes.map((lane) => [lane.bib, lane]));
    for (const slot of this.#slots) if (!shooting.has(slot.racer)) slot.racer = 0;
    const placed = new Set(this.#slots.map((slot) => slot.racer));
    for (const lane of lanes) {
      if (placed.has(lane.bib)) continue;
      const free = this.#slots.find((slot) => !slot.racer);
      if (free) free.racer = lane.bib;
    }
    for (const slot of this.#slots) this.#draw(slot, shooting.get(slot.racer));
  }

  #slot(): Slot {
    const item = part("li", "lane lane-free");
    const bib = part("b", "bib");
    const name = part("span", "lane-name");
    const position = part("span", "lane-position");
    const targets = new Targets();
    item.append(bib, name, position, targets.element);
    this.list.append(item);
    return { item, bib, name, position, targets, racer: 0 };
  }

  #draw(slot: Slot, lane: Lane | undefined): void {
    slot.item.classList.toggle("lane-free", !lane);
    slot.item.toggleAttribute("aria-hidden", !lane);
    if (!lane) return;
    write(slot.bib, String(lane.bib));
    write(slot.name, nameOf(lane, words));
    write(slot.position, String(words[lane.position]));
    slot.targets.draw(lane.targets);
  }
}
