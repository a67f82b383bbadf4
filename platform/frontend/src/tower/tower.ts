import { mark, part, still, write } from "../spectate/dom";
import { type Racer, nameOf, result, tiles } from "../spectate/rows";
import { drawTiles } from "../spectate/table";
import { words } from "../spectate/words";

const PITCH_REM = 6.6;

interface Plate {
  element: HTMLLIElement;
  place: HTMLElement;
  region: HTMLElement;
  name: HTMLElement;
  shots: HTMLElement;
  tiles: HTMLElement[];
  gap: HTMLElement;
  at: number;
}

const MOVE_MS = 600;

/** The tower: plates of one height that glide to their places; nothing is measured. */
export class Tower {
  readonly #plates = new Map<string, Plate>();

  constructor(
    readonly list: HTMLElement,
    readonly rows: number,
    readonly bouts: number,
  ) {}

  /** Draws `list`; a null row is a place nobody has seen yet. */
  draw(list: readonly (readonly [string, Racer | null])[], chosen: number | null): void {
    const shown = list.slice(0, this.rows);
    const kept = new Set(shown.map(([key]) => key));
    for (const [key, plate] of this.#plates) {
      if (kept.has(key)) continue;
      plate.element.remove();
      this.#plates.delete(key);
    }
    shown.forEach(([key, row], index) => {
      const plate = this.#plates.get(key) ?? this.#plate(key);
      this.#fill(plate, row, index, chosen);
      // The order of the document is the order of places, for whoever listens.
      if (this.list.children[index] !== plate.element) this.list.insertBefore(plate.element, this.list.children[index] ?? null);
      this.#move(plate, index);
    });
  }

  /** Brings a plate to its place: a known one glides there, a new one appears. */
  #move(plate: Plate, index: number): void {
    const from = plate.at;
    if (from === index) return;
    plate.at = index;
    const there = `translateY(${(index * PITCH_REM).toFixed(1)}rem)`;
    plate.element.style.transform = there;
    if (still()) return;
    const start = from < 0 ? { opacity: 0, transform: there } : { transform: `translateY(${(from * PITCH_REM).toFixed(1)}rem)` };
    plate.element.animate([start, { transform: there }], { duration: MOVE_MS, easing: "cubic-bezier(.3,.8,.3,1)" });
  }

  #plate(key: string): Plate {
    const element = part("li", "plate");
    const [place, region, name, shots, gap] = ["place", "region", "name", "shots", "gap"].map((one) => part("span", `plate-${one}`));
    element.append(place!, region!, name!, shots!, gap!);
    const plate = { element, place: place!, region: region!, name: name!, shots: shots!, tiles: [], gap: gap!, at: -1 };
    this.#plates.set(key, plate);
    return plate;
  }

  #fill(plate: Plate, row: Racer | null, index: number, chosen: number | null): void {
    const kinds = [
      (row?.rank ?? 99) <= 3 ? "plate-podium" : "",
      row && row.bib === chosen ? "plate-own" : "",
      row ? "" : "plate-hidden",
      row?.irm ? "plate-out" : "",
    ];
    mark(plate.element, ["plate", ...kinds].filter(Boolean).join(" "));
    write(plate.place, row ? (row.rank === null ? "–" : String(row.rank)) : String(index + 1));
    write(plate.region, row ? (words.labels[row.region] ?? "") : "");
    write(plate.name, row ? nameOf(row, words) : "");
    const text = row ? result(row, words) : "";
    write(plate.gap, text);
    plate.gap.classList.toggle("plate-long", text.length > 7);
    plate.shots.hidden = !row;
    if (row) drawTiles(plate.shots, plate.tiles, tiles(row.bouts, this.bouts));
  }
}
