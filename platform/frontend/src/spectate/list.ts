import { part, write } from "./dom";
import { PAGE, address, pagesIn, rowsIn } from "./pages";
import { type Racer, told } from "./rows";
import { Line } from "./table";
import { words } from "./words";

const REFRESH_MS = 5000;
const TYPING_MS = 300;

interface Answer {
  rows: Racer[];
  total: number;
}

/** The whole field in a window: only the rows that are seen exist, their pages come by HTTP. */
export class FieldList {
  readonly #table = part("table", "s-table");
  readonly #body = part("tbody", "");
  readonly #above = part("tr", "s-space");
  readonly #below = part("tr", "s-space");
  readonly #pages = new Map<number, Racer[]>();
  readonly #pool: Line[] = [];
  readonly #scroller: HTMLElement;
  readonly #row: number;
  readonly #bouts: number;
  readonly #own: number;
  #filter: Record<string, string>;
  #total = 0;
  #asked = new Set<number>();
  #turn = 0;

  constructor(readonly section: HTMLElement, filter: Record<string, string>) {
    this.#filter = filter;
    this.#bouts = Number(section.dataset.bouts) || 0;
    this.#own = Number(section.dataset.ownBib) || 0;
    this.#scroller = section.querySelector<HTMLElement>("[data-scroller]")!;
    const head = this.#scroller.querySelector("thead");
    const caption = this.#scroller.querySelector("caption");
    this.#row = this.#scroller.querySelector<HTMLElement>("tbody tr")?.offsetHeight || 48;
    if (caption) this.#table.append(caption);
    if (head) this.#table.append(head);
    for (const space of [this.#above, this.#below]) {
      space.setAttribute("aria-hidden", "true");
      space.append(part("td", ""));
    }
    this.#table.append(this.#body);
    this.#scroller.replaceChildren(this.#table);
    this.#scroller.classList.add("s-window");
    section.querySelector("[data-pager]")?.remove();
    this.#scroller.addEventListener("scroll", () => this.#draw(), { passive: true });
    this.#watchSearch();
    setInterval(() => document.hidden || this.#refresh(), REFRESH_MS);
    this.#refresh();
  }

  /** Shows whoever fits `filter` from the first place on. */
  narrow(filter: Record<string, string>): void {
    this.#filter = { ...this.#filter, ...filter };
    this.#pages.clear();
    this.#asked.clear();
    this.#turn += 1;
    this.#scroller.scrollTop = 0;
    this.#refresh();
  }

  #watchSearch(): void {
    const search = this.section.querySelector<HTMLInputElement>("input[type=search]");
    let typing: ReturnType<typeof setTimeout> | undefined;
    search?.addEventListener("input", () => {
      clearTimeout(typing);
      typing = setTimeout(() => this.narrow({ q: search.value.trim() }), TYPING_MS);
    });
    search?.form?.addEventListener("submit", (event) => event.preventDefault());
  }

  #window(): [top: number, height: number] {
    return [this.#scroller.scrollTop, this.#scroller.clientHeight];
  }

  #refresh(): void {
    for (const page of pagesIn(...this.#window(), this.#row, Math.max(1, this.#total))) void this.#load(page);
  }

  async #load(page: number): Promise<void> {
    if (this.#asked.has(page)) return;
    this.#asked.add(page);
    const turn = this.#turn;
    try {
      const answer = await fetch(address(this.section.dataset.list ?? "", page, this.#filter), { headers: { Accept: "application/json" } });
      if (!answer.ok || turn !== this.#turn) return;
      const { rows, total } = (await answer.json()) as Answer;
      if (turn !== this.#turn) return;
      this.#pages.set(page, rows);
      this.#total = total;
      this.#draw();
    } catch {
      // The next refresh asks again; what is shown stays.
    } finally {
      this.#asked.delete(page);
    }
  }

  #draw(): void {
    const [from, to] = rowsIn(...this.#window(), this.#row, this.#total);
    while (this.#pool.length < to - from) this.#pool.push(new Line());
    const lines: HTMLElement[] = [];
    let missing = false;
    for (let place = from; place < to; place += 1) {
      const row = this.#pages.get(Math.floor(place / PAGE))?.[place % PAGE];
      const line = this.#pool[place % this.#pool.length]!;
      if (row) line.draw(row, this.#bouts, this.#own);
      else missing = true;
      line.element.toggleAttribute("data-waiting", !row);
      line.element.setAttribute("aria-rowindex", String(place + 2));
      lines.push(line.element);
    }
    this.#space(this.#above, from);
    this.#space(this.#below, this.#total - to);
    const wanted = [this.#above, ...lines, this.#below];
    wanted.forEach((element, index) => {
      if (this.#body.children[index] !== element) this.#body.insertBefore(element, this.#body.children[index] ?? null);
    });
    while (this.#body.children.length > wanted.length) this.#body.lastElementChild!.remove();
    this.#table.setAttribute("aria-rowcount", String(this.#total + 1));
    this.#tell();
    if (missing) this.#refresh();
  }

  #space(element: HTMLElement, rows: number): void {
    (element.firstChild as HTMLElement).style.height = `${Math.max(0, rows) * this.#row}px`;
    element.hidden = rows <= 0;
  }

  #tell(): void {
    this.#scroller.classList.toggle("s-none", this.#total === 0);
    const [top, height] = this.#window();
    const from = Math.min(this.#total, Math.floor(top / this.#row) + 1);
    const to = Math.min(this.#total, Math.max(from, Math.floor((top + height) / this.#row)));
    const nobody = Object.values(this.#filter).some(Boolean) ? "foundNone" : "fieldNone";
    write(this.section.querySelector("[data-found]"), this.#total ? told(words, "found", { from, to, total: this.#total }) : told(words, nobody));
  }
}
