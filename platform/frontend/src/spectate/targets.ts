import { mark, part, write } from "./dom";
import type { Target } from "./rows";
import { words } from "./words";

const SVG = "http://www.w3.org/2000/svg";
const SIGNS: Record<Target, string> = { hit: "m7.6 12.4 3 3 6-6.6", miss: "m8 8 8 8m0-8-8 8", aim: "", wait: "" };

/** Five targets in a row: hit and miss by shape, colour and word. */
export class Targets {
  readonly element = part("ol", "lane-targets");
  readonly #shown: { item: HTMLLIElement; sign: SVGPathElement; word: HTMLElement; target: Target | "" }[] = [];

  draw(targets: readonly Target[]): void {
    while (this.#shown.length < targets.length) this.#add();
    targets.forEach((target, index) => {
      const one = this.#shown[index];
      if (!one || one.target === target) return;
      one.target = target;
      mark(one.item, `lane-target lane-target-${target}`);
      one.sign.setAttribute("d", SIGNS[target]);
      write(one.word, `${index + 1}: ${String(words[target])}`);
    });
  }

  #add(): void {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    const ring = document.createElementNS(SVG, "circle");
    for (const [name, value] of [["cx", "12"], ["cy", "12"], ["r", "10.5"]] as const) ring.setAttribute(name, value);
    const sign = document.createElementNS(SVG, "path");
    svg.append(ring, sign);
    const item = part("li", "lane-target");
    const word = part("span", "hidden");
    item.append(svg, word);
    this.element.append(item);
    this.#shown.push({ item, sign, word, target: "" });
  }
}
