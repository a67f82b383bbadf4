/** The transcript: it follows playing, it is searched, and each of its places is one click away. */
import { fill } from "../page/strings";

export class Transcript {
  readonly #text: HTMLElement | null;
  readonly #cues: HTMLElement[];
  #now: HTMLElement | null = null;
  #hits: HTMLElement[] = [];
  #at = -1;
  #touchedAt = 0;

  constructor(
    readonly box: HTMLElement | null,
    readonly words: Record<string, string>,
    readonly seek: (seconds: number) => void,
  ) {
    this.#text = box?.querySelector<HTMLElement>(".transcript-text") ?? null;
    this.#cues = [...(this.#text?.querySelectorAll<HTMLElement>("[data-to]") ?? [])];
    document.addEventListener("click", (event) => this.#jump(event));
    for (const name of ["wheel", "touchmove", "pointerdown"])
      this.#text?.addEventListener(name, () => (this.#touchedAt = performance.now()), { passive: true });
    this.#searching();
  }

  /** Marks what is said at `ms`, and brings it into view unless the reader scrolls. */
  follow(ms: number): void {
    const now = this.#cues.find((cue) => Number(cue.dataset.at) <= ms && ms < Number(cue.dataset.to)) ?? null;
    if (now === this.#now) return;
    this.#now?.removeAttribute("aria-current");
    now?.setAttribute("aria-current", "true");
    this.#now = now;
    if (now && !this.#hits.length && performance.now() - this.#touchedAt > 5000) this.#bring(now);
  }

  #jump(event: MouseEvent): void {
    const place = (event.target as Element).closest<HTMLElement>("[data-at]");
    if (!place || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.seek(Number(place.dataset.at) / 1000);
  }

  #searching(): void {
    const search = this.box?.querySelector<HTMLElement>("[data-transcript-search]");
    const field = search?.querySelector("input");
    if (!search || !field) return;
    search.hidden = false;
    field.addEventListener("input", () => this.#find(field.value));
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.#next(true);
    });
    search.querySelector("[data-find=next]")?.addEventListener("click", () => this.#next(true));
  }

  #find(text: string): void {
    for (const cue of this.#cues) cue.replaceChildren(cue.textContent ?? "");
    const wanted = plain(text.trim());
    this.#hits = wanted.length > 1 ? this.#cues.filter((cue) => this.#mark(cue, wanted)) : [];
    this.#at = -1;
    if (this.#hits.length) this.#next(false);
    else this.#count(wanted.length > 1 ? (this.words.notFound ?? "") : "");
  }

  /** Marks every place of `wanted` in the cue; false where there is none. */
  #mark(cue: HTMLElement, wanted: string): boolean {
    const text = cue.textContent ?? "";
    const parts: (string | Node)[] = [];
    let from = 0;
    for (let at = plain(text).indexOf(wanted); at >= 0; at = plain(text).indexOf(wanted, from)) {
      const mark = document.createElement("mark");
      mark.textContent = text.slice(at, at + wanted.length);
      parts.push(text.slice(from, at), mark);
      from = at + wanted.length;
    }
    if (!parts.length) return false;
    cue.replaceChildren(...parts, text.slice(from));
    return true;
  }

  #next(jump: boolean): void {
    if (!this.#hits.length) return;
    this.#at = (this.#at + 1) % this.#hits.length;
    const hit = this.#hits[this.#at];
    if (!hit) return;
    this.#bring(hit);
    for (const cue of this.#cues) cue.classList.toggle("cue-found", cue === hit);
    this.#count(fill(this.words.found ?? "", { count: this.#at + 1, all: this.#hits.length }));
    if (jump) this.seek(Number(hit.dataset.at) / 1000);
  }

  #count(text: string): void {
    const place = this.box?.querySelector("[data-find=count]");
    if (place) place.textContent = text;
  }

  /** Scrolls the transcript, never the page. */
  #bring(cue: HTMLElement): void {
    const text = this.#text;
    if (!text) return;
    const top = cue.getBoundingClientRect().top - text.getBoundingClientRect().top + text.scrollTop;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    text.scrollTo({ top: top - text.clientHeight / 3, behavior: still ? "auto" : "smooth" });
  }
}

/** Letters to compare: small, ё as е; the length stays. */
export function plain(text: string): string {
  return text.toLowerCase().replaceAll("ё", "е");
}
