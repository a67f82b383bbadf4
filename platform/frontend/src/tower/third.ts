import { find, write } from "../spectate/dom";
import { type Racer, gap, nameOf, result, tiles } from "../spectate/rows";
import { drawTiles } from "../spectate/table";
import { words } from "../spectate/words";

const POLL_MS = 2000;

/** The amber lower third of one racer: from the board, or from the list where the racer is far behind. */
export class Third {
  #bib: number | null = null;
  #rows: readonly Racer[] = [];
  #around: readonly Racer[] = [];
  readonly #tiles: HTMLElement[] = [];

  constructor(
    readonly root: HTMLElement,
    readonly list: string,
    readonly bouts: number,
    readonly shownOrNot: (shown: boolean) => void,
  ) {
    setInterval(() => void this.#ask(), POLL_MS);
  }

  choose(bib: number | null): void {
    if (bib === this.#bib) return;
    this.#bib = bib;
    this.#around = [];
    this.#draw();
    void this.#ask();
  }

  take(rows: readonly Racer[]): void {
    this.#rows = rows;
    this.#draw();
  }

  #own(rows: readonly Racer[]): number {
    return rows.findIndex((row) => row.bib === this.#bib);
  }

  async #ask(): Promise<void> {
    if (this.#bib === null || this.#own(this.#rows) >= 0) return;
    const bib = this.#bib;
    try {
      const answer = await fetch(`${this.list}?around=${bib}`, { headers: { Accept: "application/json" } });
      if (!answer.ok || bib !== this.#bib) return;
      this.#around = ((await answer.json()) as { rows: Racer[] }).rows;
      this.#draw();
    } catch {
      // What is shown stays; the next question comes in two seconds.
    }
  }

  #draw(): void {
    const rows = this.#own(this.#rows) >= 0 ? this.#rows : this.#around;
    const index = this.#own(rows);
    const row = rows[index];
    this.root.hidden = !row;
    this.shownOrNot(Boolean(row));
    if (!row) return;
    const slot = (name: string): HTMLElement => find(`[data-third-${name}]`, this.root);
    write(slot("bib"), String(row.bib));
    write(slot("name"), nameOf(row, words));
    write(slot("region"), words.regions[row.region] ?? "");
    write(slot("rank"), row.irm ?? (row.rank === null ? "–" : String(row.rank)));
    drawTiles(slot("shots"), this.#tiles, tiles(row.bouts, this.bouts));
    write(slot("loops"), String(row.bouts.reduce((sum, misses) => sum + misses, 0)));
    write(slot("gap"), result(row, words) || "–");
    const before = rows[index - 1];
    const same = before && before.point === row.point && before.gap_ms !== null && row.gap_ms !== null;
    slot("ahead-hold").hidden = !same;
    if (same) write(slot("ahead"), gap((row.gap_ms ?? 0) - (before.gap_ms ?? 0)));
  }
}
