import type { Connection, Freshness } from "../board/connection";
import { say } from "../page/strings";

const LATE_MS = 10_000;

/** Shows how fresh the page is, by shape and by word; a break of more than ten seconds is late. */
export class FreshnessView {
  #state: Freshness = "connecting";
  #late = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly places: Iterable<HTMLElement>) {}

  listen({ socket }: Connection): void {
    socket.on("live.delayed", ({ delayed }: { delayed: boolean }) => this.#be(delayed));
  }

  report(state: Freshness): void {
    this.#state = state;
    clearTimeout(this.#timer);
    if (state === "reconnecting") this.#timer = setTimeout(() => this.#be(true), LATE_MS);
    this.#be(false);
  }

  #be(late: boolean): void {
    this.#late = late;
    const shown = this.#state === "off" ? "off" : late ? "delayed" : this.#state;
    for (const place of this.places) {
      place.hidden = shown === "off";
      place.dataset.liveState = shown;
      const text = place.querySelector("[data-live-text]");
      if (text) text.textContent = shown === "off" ? "" : say(shown);
    }
  }

  get late(): boolean {
    return this.#late;
  }
}
