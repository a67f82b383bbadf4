import { write } from "./dom";
import { type Head, ahead, raceMs, running, told } from "./rows";
import { words } from "./words";

const TICK_MS = 250;
const OVER = new Set(["locked", "provisional", "official", "cancelled"]);

/** What is said of the race as a whole: its clock, how many are where, whether the board stands still. */
export class HeadView {
  #head: Head | null = null;
  #aheadMs = 0;

  constructor(readonly root: ParentNode) {
    const start = document.querySelector<HTMLElement>("[data-race-head]")?.dataset.raceHead;
    if (start && start !== "{}") this.take(JSON.parse(start) as Head);
    setInterval(() => this.#tick(), TICK_MS);
  }

  take(head: Head | null): void {
    if (!head) return;
    if (head.now_ms !== this.#head?.now_ms) this.#aheadMs = ahead(head, Date.now());
    this.#head = head;
    this.#tick();
    const { on_course: course, finished, out } = head;
    write(this.root.querySelector("[data-counts]"), told(words, "counts", { course, finished, out }));
    this.#notice("[data-frozen]", head.frozen_ms !== null && told(words, "frozen", { time: running(head.frozen_ms) }));
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
