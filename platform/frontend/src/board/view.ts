import { icon } from "../page/icon";
import { say } from "../page/strings";
import { type Row, type Rows, standings } from "./state";

const MOVE_MS = 420;
const NEWS_EVERY_MS = 5000;

/** One table kept like its rows: cells change in place, rows glide to their new places. */
export class BoardView {
  readonly #body: HTMLTableSectionElement;
  readonly #known = new Map<string, { element: HTMLTableRowElement; shown: string }>();
  readonly #own: string;
  readonly #slots: number;
  readonly #cells: readonly string[];
  /** Whether rows say their places; the own place is told by nothing where they do not. */
  readonly #places: boolean;
  readonly #regions: Record<string, string>;
  readonly #number = new Intl.NumberFormat(document.documentElement.lang);
  #ownRank: number | undefined;
  #toldAt = -Infinity;

  constructor(readonly section: HTMLElement) {
    this.#body = section.querySelector("tbody")!;
    this.#own = section.dataset.own ?? "";
    this.#slots = Number(section.dataset.slots) || Infinity;
    const { members, moves, places } = section.dataset;
    this.#places = places !== "false";
    this.#cells = [...(this.#places ? ["rank"] : []), ...(moves === "true" ? ["move"] : []), ...(members === "true" ? ["name"] : []), "region", "rating"];
    const names = section.querySelector("[data-region-names]")?.textContent;
    this.#regions = names ? (JSON.parse(names) as Record<string, string>) : {};
    for (const element of this.#body.querySelectorAll("tr")) {
      if (element.dataset.key) this.#known.set(element.dataset.key, { element, shown: "" });
    }
    const own = this.#known.get(this.#own)?.element.querySelector(".rank")?.textContent;
    if (own) this.#ownRank = Number(own.replace(/\D/g, ""));
  }

  /** Draws `rows`; whatever the window does not show any more leaves the table. */
  draw(rows: Rows): void {
    const list = standings(rows).slice(0, this.#slots);
    const before = this.#tops();
    const order = list.map(([key, row]) => this.#place(key, row));
    for (const [key, { element }] of this.#known) {
      if (order.includes(element)) continue;
      element.remove();
      this.#known.delete(key);
    }
    this.#arrange(order);
    this.#glide(before);
    this.section.querySelector(".board-empty")?.toggleAttribute("hidden", list.length > 0);
    const own = rows[this.#own];
    if (own) this.#tell(own);
  }

  #place(key: string, row: Row): HTMLTableRowElement {
    const shown = JSON.stringify(row);
    const known = this.#known.get(key);
    if (known?.shown === shown) return known.element;
    const element = known?.element ?? this.#newRow(key);
    this.#fill(element, row);
    if (known?.shown) flash(element);
    this.#known.set(key, { element, shown });
    return element;
  }

  #newRow(key: string): HTMLTableRowElement {
    const element = document.createElement("tr");
    element.dataset.key = key;
    element.classList.toggle("own", key === this.#own && key !== "");
    for (const name of this.#cells) element.insertCell().className = `c-${name}`;
    element.querySelector(".c-rank")?.append(part("b", "rank"));
    const cell = element.querySelector(".c-name");
    if (!cell) return element;
    const who = part("div", "who", part("span", "who-name"));
    if (element.classList.contains("own")) who.append(" ", part("span", "you", say("you")));
    cell.append(who, part("div", "who-region"));
    return element;
  }

  #fill(element: HTMLTableRowElement, row: Row): void {
    const cell = (name: string): Element | null => element.querySelector(`.c-${name}`);
    element.classList.toggle("podium", this.#places && row.rank <= 3);
    write(element.querySelector(".rank"), this.#number.format(row.rank));
    write(cell("rating"), this.#number.format(row.rating));
    const region = this.#regions[row.region ?? ""] ?? row.region ?? "";
    write(cell("region"), region);
    cell("move")?.replaceChildren(...movement(row.delta ?? 0));
    write(element.querySelector(".who-name"), nameOf(row));
    write(element.querySelector(".who-region"), region);
  }

  #arrange(order: readonly HTMLTableRowElement[]): void {
    order.forEach((element, place) => {
      const there = this.#body.rows[place];
      if (there !== element) this.#body.insertBefore(element, there ?? null);
    });
  }

  #tops(): Map<HTMLTableRowElement, number> {
    return new Map([...this.#known.values()].map(({ element }) => [element, element.offsetTop]));
  }

  #glide(before: ReadonlyMap<HTMLTableRowElement, number>): void {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches || document.hidden) return;
    for (const { element } of this.#known.values()) {
      const from = before.get(element);
      const way = from === undefined ? 0 : from - element.offsetTop;
      if (!way) continue;
      element.animate([{ transform: `translateY(${way}px)` }, { transform: "none" }], {
        duration: MOVE_MS,
        easing: "cubic-bezier(.3,.8,.3,1)",
      });
    }
  }

  #tell(own: Row): void {
    write(document.querySelector('[data-own-figure="rank"]'), this.#number.format(own.rank));
    write(document.querySelector('[data-own-figure="rating"]'), this.#number.format(own.rating));
    const moved = this.#ownRank !== undefined && this.#ownRank !== own.rank;
    this.#ownRank = own.rank;
    if (!this.#places) return;
    const now = performance.now();
    if (!moved || now - this.#toldAt < NEWS_EVERY_MS) return;
    this.#toldAt = now;
    const places = { rank: this.#number.format(own.rank), rating: this.#number.format(own.rating) };
    write(this.section.querySelector("[data-own-news]"), say("yourRank", places));
  }
}

function part(tag: string, className: string, ...inside: (Node | string)[]): HTMLElement {
  const element = Object.assign(document.createElement(tag), { className });
  element.append(...inside);
  return element;
}

function movement(delta: number): Node[] {
  if (!delta) return [];
  const up = delta > 0;
  const word = part("span", "hidden", `${say(up ? "climbed" : "fell")} `);
  const arrow = icon(up ? "arrow-up" : "arrow-down");
  return [part("span", `move move-${up ? "up" : "down"}`, arrow, word, String(Math.abs(delta)))];
}

function flash(element: HTMLElement): void {
  element.classList.remove("changed");
  requestAnimationFrame(() => element.classList.add("changed"));
}

function write(element: Element | null, text: string): void {
  if (element && element.textContent !== text) element.textContent = text;
}

function nameOf(row: Row): string {
  return row.member ?? (row.number === undefined ? "" : say("member").replace("{number}", String(row.number)));
}
