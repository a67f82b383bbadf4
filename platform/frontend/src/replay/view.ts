import type { Frame, Row } from "./frames";
import { gap, raceTime } from "./times";

const SVG = "http://www.w3.org/2000/svg";

/** Draws a frame over what the server rendered: the board, the dots on the course, the clock. */
export class ReplayView {
  readonly #mark = document.documentElement.lang === "ru" ? "," : ".";
  readonly #rows: HTMLElement;
  readonly #dots: SVGGElement;
  readonly #known = new Map<number, SVGGElement>();

  constructor(readonly section: HTMLElement) {
    this.#rows = section.querySelector<HTMLElement>("[data-replay-rows]")!;
    this.#dots = section.querySelector<SVGGElement>("[data-replay-dots]")!;
    this.#dots.replaceChildren();
  }

  draw(frame: Frame): void {
    this.#rows.replaceChildren(...frame.rows.map((row) => this.#row(row)));
    this.#place(frame.rows);
    const count = this.section.querySelector("[data-replay-count]");
    const numbers = [frame.on_course, frame.finished];
    if (count) count.textContent = (count.textContent ?? "").replace(/\d+/g, () => String(numbers.shift() ?? ""));
  }

  clock(ms: number): void {
    const clock = this.section.querySelector("[data-replay-clock]");
    if (clock) clock.textContent = this.time(ms);
  }

  time(ms: number): string {
    return raceTime(ms, this.#mark);
  }

  #row(row: Row): HTMLTableRowElement {
    const line = document.createElement("tr");
    if (row.own) line.className = "own";
    const bouts = element("span", "bouts");
    for (const misses of row.bouts) {
      const tile = element("span", `bout bout-${Math.min(misses, 3)}`);
      tile.append(element("b", "", String(misses)));
      bouts.append(tile);
    }
    const name = element("th", "", row.name);
    name.setAttribute("scope", "row");
    line.append(
      cell("number", element("b", "rank", String(row.rank ?? row.irm ?? "—"))),
      cell("number", element("span", "bib", String(row.bib))),
      name,
      cell("", document.createTextNode(row.at || "—")),
      cell("", bouts),
      cell("number", document.createTextNode(gap(row.gap_ms, this.#mark))),
    );
    return line;
  }

  #place(rows: Row[]): void {
    const here = rows.filter((row) => row.x !== null && row.y !== null);
    const bibs = new Set(here.map((row) => row.bib));
    for (const [bib, dot] of this.#known) {
      if (bibs.has(bib)) continue;
      dot.remove();
      this.#known.delete(bib);
    }
    for (const row of here.reverse()) {
      const dot = this.#known.get(row.bib) ?? newDot(row);
      dot.setAttribute("transform", `translate(${row.x} ${row.y})`);
      this.#known.set(row.bib, dot);
      this.#dots.append(dot); // who leads is drawn last, and so on top
    }
  }
}

function newDot(row: Row): SVGGElement {
  const dot = document.createElementNS(SVG, "g");
  dot.setAttribute("class", `course-dot${row.own ? " course-own" : ""}`);
  const circle = document.createElementNS(SVG, "circle");
  circle.setAttribute("r", "11");
  const text = document.createElementNS(SVG, "text");
  text.setAttribute("y", "4");
  text.textContent = String(row.bib);
  dot.append(circle, text);
  return dot;
}

function element(name: string, className: string, text = ""): HTMLElement {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}

function cell(className: string, content: Node): HTMLTableCellElement {
  const made = document.createElement("td");
  if (className) made.className = className;
  made.append(content);
  return made;
}
