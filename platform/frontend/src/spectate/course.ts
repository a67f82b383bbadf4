import { mark, write } from "./dom";
import { type Leader, type Section, type Spot, onLoop, onRange, perSection, share, span, spread } from "./geometry";

const SVG = "http://www.w3.org/2000/svg";
const STEPS = 240;

/** The course as a picture: a dot for each of the leaders, a crowd for the rest, a figure a section. */
export class CourseView {
  readonly #spots: Spot[] = [];
  readonly #dots = new Map<number, SVGGElement>();
  readonly #crowd: SVGPathElement;
  readonly #leaders: SVGGElement;
  readonly #laps: number;
  readonly #stations: number;

  constructor(readonly picture: SVGSVGElement) {
    const track = picture.querySelector<SVGPathElement>(".course-track")!;
    this.#crowd = picture.querySelector<SVGPathElement>(".course-crowd")!;
    this.#leaders = picture.querySelector<SVGGElement>(".course-leaders")!;
    this.#laps = Number(picture.dataset.laps) || 1;
    this.#stations = Number(picture.dataset.stations) || 1;
    const length = track.getTotalLength();
    for (let step = 0; step <= STEPS; step += 1) {
      const { x, y } = track.getPointAtLength((step / STEPS) * length);
      this.#spots.push([x, y]);
    }
    this.#nameStations();
  }

  /** Draws who is where; `own` is the bib to stand out. Dots carry bibs, or `places` in a hall. */
  draw(board: Readonly<Record<string, unknown>>, own = 0, places = false): void {
    const sections = perSection((board.sections as Section[] | undefined) ?? []);
    const leaders = (board.leaders as Leader[] | undefined) ?? [];
    this.#drawCrowd(sections);
    const lanes = leaders.filter(({ section }) => section === "range");
    const seen = new Set<number>();
    // The first leader is drawn last, on top of the others.
    leaders.forEach((leader, index) => {
      seen.add(leader.bib);
      const dot = this.#dot(leader.bib);
      const [x, y] = leader.section === "range" ? this.#at(onRange(lanes.indexOf(leader), lanes.length)) : this.#spotOf(leader);
      dot.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
      const kind = leader.bib === own ? " dot-own" : index ? "" : " dot-first";
      mark(dot, `dot${kind}`);
      write(dot.lastElementChild, String(places ? index + 1 : leader.bib));
    });
    for (const [bib, dot] of this.#dots) {
      if (seen.has(bib)) continue;
      dot.remove();
      this.#dots.delete(bib);
    }
    for (const section of sections) {
      const figure = this.picture.querySelector(`[data-section="${section.section}"]`);
      if (figure) figure.textContent = section.count ? String(section.count) : "";
    }
    for (const figure of this.picture.querySelectorAll("[data-section]")) {
      if (!sections.some(({ section }) => section === figure.getAttribute("data-section"))) figure.textContent = "";
    }
  }

  #drawCrowd(sections: readonly Section[]): void {
    const dots = sections.flatMap((section) =>
      section.section === "loop"
        ? Array.from({ length: Math.min(section.count, 14) }, (_, index) => onLoop(index + 1))
        : spread(section, this.#stations).map((at) => this.#at(at)),
    );
    this.#crowd.setAttribute("d", dots.map(([x, y]) => `M${x.toFixed(1)} ${y.toFixed(1)}h.01`).join(""));
  }

  #spotOf(leader: Leader): Spot {
    return leader.section === "loop" ? onLoop(leader.bib) : this.#at(share(leader, this.#laps, this.#stations));
  }

  #at(lapShare: number): Spot {
    return this.#spots[Math.round(Math.min(1, Math.max(0, lapShare)) * STEPS)] ?? [0, 0];
  }

  #dot(bib: number): SVGGElement {
    const known = this.#dots.get(bib);
    if (known) return known;
    const dot = document.createElementNS(SVG, "g");
    const circle = document.createElementNS(SVG, "circle");
    circle.setAttribute("r", "11");
    const text = document.createElementNS(SVG, "text");
    text.setAttribute("y", "4");
    dot.append(circle, text);
    this.#leaders.prepend(dot);
    this.#dots.set(bib, dot);
    return dot;
  }

  #nameStations(): void {
    const place = this.picture.querySelector(".course-stations");
    if (!place) return;
    for (let number = 1; number <= this.#stations; number += 1) {
      const [, to] = span(`station${number}`, this.#stations);
      const [x, y] = this.#at(to);
      const post = document.createElementNS(SVG, "circle");
      post.setAttribute("cx", x.toFixed(1));
      post.setAttribute("cy", y.toFixed(1));
      post.setAttribute("r", "4");
      place.append(post);
    }
  }
}
