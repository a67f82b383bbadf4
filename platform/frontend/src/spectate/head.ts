import { write } from "./dom";
import { type Head, ahead, raceMs, running, told } from "./rows";
import { words } from "./words";

const TICK_MS = 250;
const OVER = new Set(["locked", "provisional", "official", "cancelled"]);
const RESULTS = new Set(["provisional", "official"]);

/** When the server's answer came, by this computer's clock: the page carries the server's time of it. */
function answeredAt(): number {
  const [page] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return performance.timeOrigin + (page?.responseStart ?? 0);
}

/** What is said of the race as a whole: its clock, how many are where, whether the board stands still. */
export class HeadView {
  #head: Head | null = null;
  #aheadMs: number;

  constructor(readonly root: ParentNode) {
    const place = document.querySelector<HTMLElement>("[data-race-head]");
    const start = place?.dataset.raceHead;
    this.#aheadMs = Number(place?.dataset.nowMs) - answeredAt();
    if (start && start !== "{}") this.take(JSON.parse(start) as Head);
    setInterval(() => this.#tick(), TICK_MS);
  }

  take(head: Head | null): void {
    if (!head) return;
    this.#aheadMs = ahead(head, Date.now(), this.#aheadMs);
    this.#head = head;
    this.#tick();
    const { on_course: course, finished, out } = head;
    write(this.root.querySelector("[data-counts]"), told(words, "counts", { course, finished, out }));
    if (RESULTS.has(head.stage)) this.root.querySelector("[data-results]")?.removeAttribute("hidden");
    this.#notice("[data-frozen]", head.frozen_ms !== null && told(words, this.root.querySelector<HTMLElement>("[data-frozen]")?.dataset.frozen || "frozen", { time: running(head.frozen_ms) }));
    this.#notice("[data-late]", head.delay_s > 0 && told(words, "late", { s: head.delay_s }));
  }

  #notice(selector: string, text: string | false): void {
    const place = this.root.querySelector<HTMLElement>(selector);
    if (!place) return;
    place.hidden = !text;
    if (text) write(place.querySelector("[data-text]"), text);
  }

  #tick(): void {
    const place = this.root.querySelector("[data-clock]");
    const head = this.#head;
    if (!place || !head) return;
    if (OVER.has(head.stage)) return write(place, told(words, "over"));
    const race = raceMs(head, Date.now(), this.#aheadMs);
    if (race === null) return write(place, told(words, "noStart"));
    write(place, race < 0 ? told(words, "beforeStart", { time: running(race) }) : running(race));
  }
}
