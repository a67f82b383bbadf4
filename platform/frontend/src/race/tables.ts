/** Leaders, neighbours and splits: real tables whose rows stay where they are until they must move. */
import { calm, el, toggle, write } from "./dom";
import { readPoint } from "./points";
import type { BoardRow } from "./protocol";
import type { SplitLine } from "./state";
import type { Words } from "./words";

const MOVE_MS = 380;

/** A table of racers: place, bib, region, who, misses of each bout, gap. */
export class Racers {
  readonly #body: HTMLTableSectionElement;
  readonly #rows = new Map<string, { row: HTMLTableRowElement; shown: string }>();

  readonly #empty: Element | null;

  constructor(table: HTMLTableElement, readonly words: Words, readonly bouts: number, readonly isOwn: (row: BoardRow) => boolean) {
    this.#body = table.tBodies[0]!;
    this.#empty = table.nextElementSibling;
  }

  draw(rows: readonly BoardRow[]): void {
    const tops = new Map([...this.#rows.values()].map(({ row }) => [row, row.offsetTop]));
    const order = rows.map((one) => this.#place(one));
    for (const [key, { row }] of this.#rows) {
      if (order.includes(row)) continue;
      row.remove();
      this.#rows.delete(key);
    }
    order.forEach((row, place) => {
      const there = this.#body.rows[place];
      if (there !== row) this.#body.insertBefore(row, there ?? null);
    });
    toggle(this.#empty, "hidden", rows.length > 0);
    if (!calm() && !document.hidden) this.#glide(tops);
  }

  #place(one: BoardRow): HTMLTableRowElement {
    const key = one.team ? `t:${one.team}` : String(one.bib);
    const shown = JSON.stringify(one);
    const known = this.#rows.get(key);
    if (known?.shown === shown) return known.row;
    const row = known?.row ?? el("tr");
    row.className = [this.isOwn(one) ? "own" : "", (one.rank ?? 9) <= 3 ? "podium" : ""].join(" ").trim();
    row.replaceChildren(...this.#cells(one));
    this.#rows.set(key, { row, shown });
    return row;
  }

  #cells(one: BoardRow): HTMLTableCellElement[] {
    const { words } = this;
    const gap = one.irm ?? (one.gap_ms === null ? "" : one.gap_ms === 0 && one.total_ms !== null ? words.time(one.total_ms) : words.gap(one.gap_ms));
    return [
      el("td", { class: "r-rank" }, el("b", { class: "rank" }, one.rank === null ? "–" : words.number(one.rank))),
      el("td", { class: "r-bib" }, el("span", { class: "bib" }, String(one.bib))),
      el("td", { class: "r-who" }, el("span", { class: "r-name" }, words.name(one)), " ", el("span", { class: "r-region" }, words.region(one.region))),
      el("td", { class: "r-bouts" }, this.#tiles(one.bouts)),
      el("td", { class: "r-gap" }, gap),
    ];
  }

  #tiles(bouts: readonly (number | string)[]): HTMLElement {
    const tiles = Array.from({ length: Math.max(this.bouts, bouts.length) }, (_, index) => {
      const misses = bouts[index];
      if (misses === undefined) return el("i", { class: "tile" }, "·");
      const clean = misses === 0 || misses === "0";
      return el("i", { class: `tile ${clean ? "tile-clean" : "tile-missed"}` }, String(misses));
    });
    return el("span", { class: "tiles" }, ...tiles);
  }

  #glide(tops: ReadonlyMap<HTMLTableRowElement, number>): void {
    for (const { row } of this.#rows.values()) {
      const from = tops.get(row);
      const way = from === undefined ? 0 : from - row.offsetTop;
      if (way) row.animate([{ transform: `translateY(${way}px)` }, { transform: "none" }], { duration: MOVE_MS, easing: "ease-out" });
    }
  }
}

/** The own splits, the newest above. */
export class Splits {
  #shown = "";

  constructor(readonly table: HTMLTableElement, readonly empty: HTMLElement, readonly words: Words) {}

  draw(lines: readonly SplitLine[]): void {
    const shown = JSON.stringify(lines);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.empty.hidden = lines.length > 0;
    this.table.hidden = lines.length === 0;
    const { words } = this;
    this.table.tBodies[0]!.replaceChildren(
      ...lines.map((one) =>
        el(
          "tr",
          {},
          el("td", { class: "number splits-lap" }, String(readPoint(one.point)?.lap || "")),
          el("th", { scope: "row" }, words.mark(one.point)),
          el("td", { class: "number" }, words.time(one.run_ms)),
          el("td", { class: "number" }, one.rank === null ? "" : words.number(one.rank)),
          el("td", { class: "number" }, one.behind_ms === null ? "" : one.behind_ms === 0 ? "–" : words.gap(one.behind_ms)),
        ),
      ),
    );
  }
}

/** Figures that are always in sight, each at its place in the page. */
export function figures(root: ParentNode): (name: string, text: string) => void {
  const places = new Map([...root.querySelectorAll<HTMLElement>("[data-figure]")].map((one) => [one.dataset.figure!, one]));
  return (name, text) => write(places.get(name) ?? null, text);
}
