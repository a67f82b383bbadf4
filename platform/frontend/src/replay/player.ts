import { fill } from "../page/strings";
import { toast } from "../page/toasts";
import { Frames } from "./frames";
import { keyed } from "./times";
import { ReplayView } from "./view";

const TICK_MS = 250;
const SHARED_AFTER_MS = 400;

/** Plays a race: the moment is whole seconds after its zero, the slider and the address follow it. */
export class Player {
  readonly #frames: Frames;
  readonly #view: ReplayView;
  readonly #slider: HTMLInputElement;
  readonly #speed: HTMLSelectElement;
  readonly #play: HTMLButtonElement;
  readonly #last: number;
  #at: number;
  #drawn = -1;
  #timer: ReturnType<typeof setInterval> | undefined;
  #sharing: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly section: HTMLElement) {
    this.#frames = new Frames(section.dataset.replay ?? "");
    this.#view = new ReplayView(section);
    this.#slider = section.querySelector<HTMLInputElement>("input[type=range]")!;
    this.#speed = section.querySelector<HTMLSelectElement>("select")!;
    this.#play = section.querySelector<HTMLButtonElement>("[data-replay-play]")!;
    this.#last = Number(section.dataset.last) / 1000;
    this.#at = Number(section.dataset.until) / 1000;
  }

  /** Takes the controls over from the form. */
  start(): void {
    const copy = this.section.querySelector<HTMLButtonElement>("[data-replay-copy]");
    this.section.querySelectorAll<HTMLElement>("[data-replay-only], [data-replay-play], [data-replay-copy]").forEach((one) => (one.hidden = false));
    this.section.querySelector<HTMLElement>("[data-replay-go]")?.setAttribute("hidden", "");
    this.section.querySelector("form")?.addEventListener("submit", (event) => event.preventDefault());
    this.#slider.addEventListener("input", () => this.#to(Number(this.#slider.value)));
    this.#play.addEventListener("click", () => this.#toggle());
    this.#speed.addEventListener("change", () => this.#timer && (this.#pause(), this.#toggle()));
    copy?.addEventListener("click", () => this.#copy());
    this.section.addEventListener("keydown", (event) => this.#key(event));
    document.addEventListener("visibilitychange", () => document.hidden && this.#pause());
    this.#to(this.#at);
  }

  #key(event: KeyboardEvent): void {
    const target = event.target as Element;
    if (event.altKey || event.ctrlKey || event.metaKey || target.closest("select")) return;
    if (event.key === " " && !target.closest("button")) {
      event.preventDefault();
      return this.#toggle();
    }
    const to = keyed(event.key, event.shiftKey, this.#at, this.#last);
    if (to === null || target.closest(".table-wrap")) return;
    event.preventDefault();
    this.#to(to);
  }

  #toggle(): void {
    if (this.#timer) return this.#pause();
    if (this.#at >= this.#last) this.#at = 0;
    // Every tick shows the next frame; a faster race skips seconds, it never asks for more frames.
    const speed = Number(this.#speed.value);
    const every = Math.max(TICK_MS, 1000 / speed);
    const step = Math.max(1, Math.round((speed * every) / 1000));
    this.#timer = setInterval(() => this.#ahead(step), every);
    this.#show(true);
  }

  #ahead(step: number): void {
    if (this.#drawn !== this.#at) return; // the frame on its way comes first
    this.#to(Math.min(this.#at + step, this.#last));
    if (this.#at >= this.#last) this.#pause();
    else void this.#frames.at(Math.min(this.#at + step, this.#last)).catch(() => undefined);
  }

  #pause(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#show(false);
  }

  #show(playing: boolean): void {
    const word = this.#play.querySelector("span");
    if (word) word.textContent = (playing ? this.section.dataset.pause : this.section.dataset.play) ?? "";
  }

  #to(seconds: number): void {
    this.#at = seconds;
    this.#slider.value = String(seconds);
    const said = fill(this.section.dataset.of ?? "", { at: this.#view.time(seconds * 1000), last: this.#view.time(this.#last * 1000) });
    this.#slider.setAttribute("aria-valuetext", said);
    this.#view.clock(seconds * 1000);
    void this.#draw(seconds);
    clearTimeout(this.#sharing);
    this.#sharing = setTimeout(() => history.replaceState(null, "", this.#address()), SHARED_AFTER_MS);
  }

  async #draw(seconds: number): Promise<void> {
    try {
      const frame = await this.#frames.at(seconds);
      if (seconds !== this.#at) return; // the reader has moved on
      this.#view.draw(frame);
      this.#drawn = seconds;
    } catch {
      if (seconds !== this.#at) return;
      this.#pause();
      toast(this.section.dataset.failed ?? "");
    }
  }

  #address(): string {
    const address = new URL(location.href);
    address.searchParams.set("t", String(this.#at));
    return address.href;
  }

  #copy(): void {
    navigator.clipboard.writeText(this.#address()).then(
      () => toast(this.section.dataset.copied ?? ""),
      () => history.replaceState(null, "", this.#address()),
    );
  }
}
