import { part, still, write } from "./dom";
import { clock, newsOf, sentence } from "./rows";
import { words } from "./words";

/** What happened last, the newest first. */
export class Ticker {
  readonly #most: number;
  readonly #known = new Map<string, HTMLElement>();
  #first = true;

  constructor(readonly list: HTMLElement) {
    this.#most = Number(list.dataset.most) || 8;
  }

  draw(board: Readonly<Record<string, unknown>>): void {
    if (this.#first) this.list.replaceChildren();
    const news = newsOf(board, this.#most);
    const kept = new Set(news.map(([key]) => key));
    for (const [key, element] of this.#known) {
      if (kept.has(key)) continue;
      element.remove();
      this.#known.delete(key);
    }
    news.forEach(([key, one], index) => {
      const known = this.#known.get(key);
      const item = known ?? part("li", `news news-${one.kind.replaceAll("_", "-")}`);
      if (!known) {
        const time = part("span", "news-time", clock(one.t_ms).replace(/\.\d$/, ""));
        item.append(time, part("b", "bib", String(one.bib)), part("span", "news-text"));
        this.#known.set(key, item);
        if (!this.#first && !still()) item.classList.add("news-new");
      }
      write(item.querySelector(".news-text"), sentence(one, words));
      if (this.list.children[index] !== item) this.list.insertBefore(item, this.list.children[index] ?? null);
    });
    this.#first = false;
    this.list.parentElement?.querySelector("[data-empty]")?.toggleAttribute("hidden", news.length > 0);
  }
}
