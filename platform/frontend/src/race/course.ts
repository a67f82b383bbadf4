/** The picture of the course: a lap past its stations to the range, the loop beside it, who is where. */
import { el, svg, write } from "./dom";
import { placeOn, sectionOf } from "./points";
import type { Field, Situation } from "./protocol";
import type { Words } from "./words";

// One lap, drawn once: from the line along the stadium, over the hills and back to the range.
const LAP =
  "M330 226H470C548 226 590 196 592 148C594 96 552 66 500 70C448 74 444 118 398 118C350 118 352 44 282 40C214 36 206 96 156 92C96 88 34 104 30 160C28 204 62 226 116 226H330";
const LOOP = { cx: 300, cy: 172, rx: 62, ry: 22 };
const [WIDTH, HEIGHT] = [620, 270];

interface Dot {
  node: SVGElement;
  text: SVGElement;
}

export class Course {
  readonly #svg: SVGElement;
  readonly #way: SVGGeometryElement;
  readonly #dots = new Map<string, Dot>();
  readonly #stations: SVGElement;
  readonly #summary = el("p", { class: "hidden" });
  #drawnFor = "";

  constructor(readonly holder: HTMLElement, readonly words: Words) {
    this.#way = svg("path", { class: "course-way", d: LAP }) as SVGGeometryElement;
    this.#stations = svg("g", { class: "course-stations" });
    const range = svg("g", { class: "course-range" }, svg("rect", { x: 138, y: 238, width: 176, height: 28, rx: 6 }));
    for (let place = 0; place < 5; place += 1) range.append(svg("circle", { cx: 162 + place * 32, cy: 252, r: 7.5 }));
    const label = svg("text", { class: "course-label", x: LOOP.cx, y: LOOP.cy + 6 });
    label.textContent = words.say("loopShort");
    this.#svg = svg(
      "svg",
      { class: "course", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true" },
      svg("path", { class: "course-edge", d: LAP }),
      this.#way,
      svg("ellipse", { class: "course-loop", ...LOOP }),
      label,
      range,
      svg("path", { class: "course-line", d: "M330 212v28" }),
      this.#stations,
    );
    holder.append(this.#svg as unknown as HTMLElement, this.#summary);
  }

  /** Draws the field: how many are at each section of the lap, the leaders and the own dot. */
  draw(field: Field | null, situation: Situation | null): void {
    const stations = situation?.stations || this.#stationsOf(field);
    this.#drawStations(stations, field);
    const leaders = (field?.leaders ?? []).slice(0, 5).reverse();
    const kept = new Set<string>();
    leaders.forEach((one, index) => {
      const rank = leaders.length - index;
      if (one.bib === situation?.bib) return;
      this.#put(`leader:${one.bib}`, rank === 1 ? "first" : "leader", String(rank), this.#at(one.section, stations, rank), kept);
    });
    if (situation && !situation.out) {
      const section = sectionOf(situation.state, situation.station);
      this.#put("own", "own", String(situation.bib), this.#at(section, stations, 0), kept);
      write(this.#summary, this.words.say("courseSummary", { lap: situation.lap, laps: situation.laps, section: this.#name(section) }));
    }
    this.#forget(kept, "ghost:");
  }

  /** Draws ghosts by their way on the lap, from 0 to 1. */
  drawGhosts(ghosts: readonly { bib: number; at: number }[]): void {
    const kept = new Set<string>();
    for (const { bib, at } of ghosts) this.#put(`ghost:${bib}`, "ghost", "", this.#onLap(at), kept);
    for (const [key, { node }] of this.#dots) {
      if (!key.startsWith("ghost:") || kept.has(key)) continue;
      node.remove();
      this.#dots.delete(key);
    }
  }

  #name(section: string): string {
    const station = /^station(\d+)$/.exec(section);
    return station ? this.words.say("point.station", { lap: 1, n: station[1]! }).split(",").at(-1)!.trim() : this.words.say(`section.${section}`);
  }

  #stationsOf(field: Field | null): number {
    const numbers = (field?.sections ?? []).map(({ section }) => Number(/^station(\d+)$/.exec(section)?.[1] ?? 0));
    return Math.max(0, ...numbers);
  }

  #drawStations(stations: number, field: Field | null): void {
    const counts = new Map<string, number>();
    for (const { section, count } of field?.sections ?? []) counts.set(section, (counts.get(section) ?? 0) + count);
    const drawn = JSON.stringify([stations, [...counts]]);
    if (drawn === this.#drawnFor) return;
    this.#drawnFor = drawn;
    this.#stations.replaceChildren();
    const places = [...Array.from({ length: stations }, (_, index) => `station${index + 1}`), "range", "loop"];
    for (const section of places) {
      const [x, y] = section === "loop" ? [LOOP.cx + LOOP.rx, LOOP.cy] : this.#onLap(placeOn(section, stations));
      const count = counts.get(section) ?? 0;
      if (section.startsWith("station")) this.#stations.append(svg("circle", { class: "course-station", cx: x, cy: y, r: 7 }));
      if (!count) continue;
      const width = 18 + 10 * String(count).length;
      const text = svg("text", { x, y: y - 22 });
      text.textContent = this.words.number(count);
      this.#stations.append(svg("rect", { class: "course-count", x: x - width / 2, y: y - 40, width, height: 26, rx: 13 }), text);
    }
  }

  #at(section: string, stations: number, rank: number): [number, number] {
    // Several at one place stand side by side, the first ahead.
    const shift = rank ? -0.018 * rank : 0;
    if (section === "loop") {
      const angle = (rank / 6) * 2 * Math.PI - Math.PI / 2;
      return [LOOP.cx + LOOP.rx * Math.cos(angle), LOOP.cy + LOOP.ry * Math.sin(angle)];
    }
    return this.#onLap(placeOn(section, stations) + shift);
  }

  #onLap(share: number): [number, number] {
    const whole = this.#way.getTotalLength();
    const { x, y } = this.#way.getPointAtLength((((share % 1) + 1) % 1 || (share === 1 ? 1 : 0)) * whole);
    return [x, y];
  }

  #put(key: string, kind: string, text: string, [x, y]: [number, number], kept: Set<string>): void {
    kept.add(key);
    let dot = this.#dots.get(key);
    if (!dot) {
      const label = svg("text", { y: 5.5 });
      const node = svg("g", {}, svg("circle", { r: kind === "own" ? 19 : kind === "ghost" ? 8 : 15 }), label);
      dot = { node, text: label };
      this.#dots.set(key, dot);
      this.#svg.append(node);
    }
    dot.node.setAttribute("class", `course-dot course-${kind}`);
    write(dot.text, text);
    dot.node.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
    if (kind === "own") this.#svg.append(dot.node);
  }

  #forget(kept: ReadonlySet<string>, spared: string): void {
    for (const [key, { node }] of this.#dots) {
      if (kept.has(key) || key.startsWith(spared)) continue;
      node.remove();
      this.#dots.delete(key);
    }
  }
}
