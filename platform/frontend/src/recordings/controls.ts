/** The player's own controls: buttons, the place, the speed, full screen. */
import { fill } from "../page/strings";
import { clock } from "./times";

export const SPEEDS = [0.75, 1, 1.25, 1.5, 1.75, 2];

export class Controls {
  readonly #words: Record<string, string>;
  #dragging = false;

  constructor(
    readonly box: HTMLElement,
    readonly video: HTMLVideoElement,
    words: Record<string, string>,
    readonly lengthS: number,
  ) {
    this.#words = words;
    video.controls = false;
    this.#part("controls").hidden = false;
    this.#part("play").hidden = false;
    this.#listen();
    this.#draw();
  }

  toggle(): void {
    if (this.video.paused) void this.video.play().catch(() => undefined);
    else this.video.pause();
  }

  /** Goes to a moment in seconds. */
  seek(to: number): void {
    this.video.currentTime = Math.min(Math.max(0, to), Math.max(0, this.lengthS - 0.1));
  }

  skip(seconds: number): void {
    this.seek(this.video.currentTime + seconds);
  }

  /** One step slower or faster. */
  changeSpeed(step: 1 | -1): void {
    const at = SPEEDS.indexOf(this.video.playbackRate);
    const next = SPEEDS[(at < 0 ? 1 : at) + step];
    if (next !== undefined) this.video.playbackRate = next;
  }

  mute(): void {
    this.video.muted = !this.video.muted;
  }

  captions(): void {
    const track = this.#track();
    if (track) track.mode = track.mode === "disabled" ? "hidden" : "disabled";
    this.#draw();
  }

  full(): void {
    if (document.fullscreenElement) void document.exitFullscreen();
    else void this.box.requestFullscreen?.().catch(() => undefined);
  }

  #listen(): void {
    const on = (name: string, act: () => void): void => this.#find(name)?.addEventListener("click", act);
    on("toggle", () => this.toggle());
    on("play", () => this.toggle());
    on("back", () => this.skip(-10));
    on("mute", () => this.mute());
    on("captions", () => this.captions());
    on("full", () => this.full());
    this.video.addEventListener("click", () => this.toggle());
    const speed = this.#part<HTMLSelectElement>("speed");
    speed.addEventListener("change", () => (this.video.playbackRate = Number(speed.value)));
    const range = this.#part<HTMLInputElement>("range");
    range.addEventListener("input", () => {
      this.#dragging = true;
      this.#part("time").textContent = clock(Number(range.value) * 1000);
    });
    range.addEventListener("change", () => {
      this.#dragging = false;
      this.seek(Number(range.value));
    });
    for (const name of ["play", "pause", "timeupdate", "seeked", "ratechange", "volumechange", "ended", "loadedmetadata"])
      this.video.addEventListener(name, () => this.#draw());
    this.#followCaptions();
  }

  /** The words of the current cue are drawn by the page, so that they look the same everywhere. */
  #followCaptions(): void {
    const said = this.#part("said");
    const tracks = [...this.video.textTracks].filter((one) => one.kind === "subtitles");
    for (const track of tracks) track.mode = "disabled";
    const chosen = this.#track();
    if (!chosen) return;
    chosen.mode = "hidden";
    chosen.addEventListener("cuechange", () => {
      const cues = [...(chosen.activeCues ?? [])] as VTTCue[];
      said.textContent = cues.map((cue) => cue.text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&")).join(" ");
    });
  }

  #track(): TextTrack | undefined {
    const wanted = this.video.querySelector<HTMLTrackElement>("track[default]") ?? this.video.querySelector("track");
    return wanted?.track;
  }

  #draw(): void {
    const { video } = this;
    this.box.classList.toggle("is-playing", !video.paused);
    this.box.classList.toggle("is-mute", video.muted);
    const toggle = this.#part("toggle");
    toggle.setAttribute("aria-label", this.#words[video.paused ? "play" : "pause"] ?? "");
    this.#part("mute").setAttribute("aria-label", this.#words[video.muted ? "unmute" : "mute"] ?? "");
    const captions = this.#find("captions");
    const shown = this.#track()?.mode === "hidden";
    captions?.setAttribute("aria-pressed", String(shown));
    this.#part("said").hidden = !shown;
    this.#part<HTMLSelectElement>("speed").value = String(video.playbackRate);
    if (this.#dragging) return;
    const range = this.#part<HTMLInputElement>("range");
    const time = clock(video.currentTime * 1000);
    range.value = String(Math.round(video.currentTime));
    range.setAttribute("aria-valuetext", fill(this.#words.position ?? "", { time, length: clock(this.lengthS * 1000) }));
    this.#part("time").textContent = time;
  }

  #find(name: string): HTMLElement | null {
    return this.box.querySelector<HTMLElement>(`[data-player="${name}"]`);
  }

  #part<T extends HTMLElement>(name: string): T {
    return this.#find(name) as T;
  }
}
