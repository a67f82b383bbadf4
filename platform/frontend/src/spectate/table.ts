import { mark, part, still, write } from "./dom";
import { type Racer, nameOf, result, tiles, where } from "./rows";
import { BY_PLACE, type Column, pressed, sorted } from "./sorting";
import { words } from "./words";

const MOVE_MS = 420;

/** One line of standings: its cells are made once and change in place. */
export class Line {
  readonly element = part("tr", "");
  readonly #cells: Record<"place" | "bib" | "who" | "region" | "where" | "gap", HTMLElement>;
  readonly #tiles: HTMLElement[] = [];
  readonly #shots = part("td", "s-shots");
  #shown = "";

  constructor() {
    const cell = (name: string): HTMLElement => part("td", `s-${name}`);
    const [place, bib, name, where_, gap] = [cell("place"), cell("bib"), cell("name"), cell("where"), cell("gap")];
    const [number, plate, who, region] = [part("b", "rank"), part("span", "bib"), part("span", "s-who"), part("span", "s-region")];
    place.append(number);
    bib.append(plate);
    name.append(who, region);
    this.element.append(place, bib, name, this.#shots, where_, gap);
    this.#cells = { place: number, bib: plate, who, region, where: where_, gap };
  }

  /** Draws a racer; returns whether anything of it is new. */
  draw(row: Racer, bouts: number, own: number): boolean {
    const shown = JSON.stringify(row);
    if (shown === this.#shown) return false;
    this.#shown = shown;
    const kind = [row.bib === own ? "own" : "", (row.rank ?? 99) <= 3 ? "podium" : "", row.irm ? "out" : ""];
    mark(this.element, kind.filter(Boolean).join(" "));
    write(this.#cells.place, row.rank === null ? "–" : String(row.rank));
    write(this.#cells.bib, String(row.bib));
    write(this.#cells.who, nameOf(row, words));
    write(this.#cells.region, words.regions[row.region] ?? row.region);
    write(this.#cells.where, where(row, words));
    write(this.#cells.gap, result(row, words));
    drawTiles(this.#shots, this.#tiles, tiles(row.bouts, bouts));
    return true;
  }
}

/** Draws misses per bout as tiles: 0 is a clean one, a dot is still ahead. */
export function drawTiles(holder: HTMLElement, shown: HTMLElement[], misses: readonly (number | null)[]): void {
  while (shown.length < misses.length) {
    const tile = part("span", "tile");
    shown.push(tile);
    holder.append(tile, " ");
  }
  misses.forEach((count, index) => {
    const tile = shown[index];
    if (!tile) return;
    mark(tile, count === null ? "tile tile-ahead" : count ? "tile tile-miss" : "tile tile-clean");
    write(tile, count === null ? "·" : String(count));
  });
}

/** The first places as a table whose rows glide to where they belong. */
export class Table {
  readonly #body: HTMLTableSectionElement;
  readonly #lines = new Map<string, Line>();
  readonly #bouts: number;
  readonly #own: number;
  #order: string[] = [];
  #sorting = BY_PLACE;
  #list: readonly (readonly [string, Racer])[] = [];

  constructor(readonly section: HTMLElement) {
    this.#body = section.querySelector("tbody")!;
    this.#bouts = Number(section.dataset.bouts) || 0;
    this.#own = Number(section.dataset.ownBib) || 0;
  }

  /** Lets the reader look through the rows by place, bib or misses. */
  sortable(): void {
    for (const column of ["place", "bib", "shots"] as const) {
      const head = this.section.querySelector(`thead .s-${column}`);
      if (!head) continue;
      const button = part("button", "s-sort", head.textContent?.trim() ?? "");
      button.type = "button";
      button.addEventListener("click", () => this.#sortBy(column));
      head.replaceChildren(button);
    }
    this.#tellSorting();
  }

  #sortBy(column: Column): void {
    this.#sorting = pressed(this.#sorting, column);
    this.#tellSorting();
    this.draw(this.#list);
  }

  #tellSorting(): void {
    for (const head of this.section.querySelectorAll("thead th")) head.removeAttribute("aria-sort");
    const head = this.section.querySelector(`thead .s-${this.#sorting.column}`);
    head?.setAttribute("aria-sort", this.#sorting.down ? "descending" : "ascending");
  }

  draw(rows: readonly (readonly [string, Racer])[]): void {
    this.#list = rows;
    const list = sorted(rows, this.#sorting);
    const first = this.#lines.size === 0;
    if (first) this.#body.replaceChildren();
    const order = list.map(([key]) => key);
    for (const [key, row] of list) {
      const line = this.#lines.get(key) ?? new Line();
      this.#lines.set(key, line);
      line.draw(row, this.#bouts, this.#own);
    }
    for (const [key, line] of this.#lines) {
      if (order.includes(key)) continue;
      line.element.remove();
      this.#lines.delete(key);
    }
    order.forEach((key, place) => {
      const { element } = this.#lines.get(key)!;
      const there = this.#body.rows[place];
      if (there !== element) this.#body.insertBefore(element, there ?? null);
    });
    if (!first && !still()) this.#glide(order);
    this.#order = order;
    this.section.querySelector("[data-empty]")?.toggleAttribute("hidden", order.length > 0);
  }

  /** Rows have one height, so where a row came from is counted, not measured. */
  #glide(order: readonly string[]): void {
    const before = new Map(this.#order.map((key, place) => [key, place]));
    const moved = order.filter((key, place) => (before.get(key) ?? place) !== place);
    if (!moved.length) return;
    const height = this.#lines.get(moved[0]!)!.element.offsetHeight;
    for (const key of moved) {
      const way = ((before.get(key) ?? 0) - order.indexOf(key)) * height;
      this.#lines.get(key)!.element.animate([{ transform: `translateY(${way}px)` }, { transform: "none" }], {
        duration: MOVE_MS,
        easing: "cubic-bezier(.3,.8,.3,1)",
      });
    }
  }
}
