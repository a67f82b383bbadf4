/** Watching that counts: what is played is told to the server, and what it answers is shown. */
import { toast } from "../page/toasts";
import { Attention } from "./attention";
import { drawStatus } from "./bar";
import type { Answer, RecordingData, Report, Status } from "./protocol";
import { Reports } from "./reports";
import { seconds, Tracker, written } from "./segments";
import { browserStore, post, sendReport } from "./wire";

/** A report at least so often while something plays. */
const EVERY_MS = 10_000;

export class Watching {
  readonly #tracker = new Tracker();
  readonly #attention: Attention;
  #reports: Reports | null = null;
  #opening: Promise<void> | null = null;
  #jumpedFrom: number | null = null;
  #last = 0;
  #completed: boolean;
  #off = false;
  #refused = 0;

  constructor(
    readonly video: HTMLVideoElement,
    readonly data: RecordingData,
  ) {
    this.#completed = data.status.completed;
    this.#attention = new Attention(data.words, (status) => this.#draw(status));
    this.#attention.show(data.status.check);
    this.#listen();
    void this.#sendKept();
  }

  #listen(): void {
    const { video } = this;
    video.addEventListener("playing", () => {
      void this.#open();
      this.#tracker.begin(video.currentTime);
    });
    video.addEventListener("timeupdate", () => {
      if (!video.seeking && !video.paused) this.#tracker.tick(video.currentTime);
      if (!video.seeking) this.#last = video.currentTime;
    });
    video.addEventListener("waiting", () => this.#tracker.end());
    video.addEventListener("seeking", () => {
      this.#tracker.end();
      this.#jumpedFrom ??= this.#last;
    });
    video.addEventListener("seeked", () => {
      this.#tell("seeked");
      if (!video.paused) this.#tracker.begin(video.currentTime);
    });
    video.addEventListener("ratechange", () => this.#speedChanged());
    video.addEventListener("pause", () => {
      this.#tracker.tick(video.currentTime);
      this.#tracker.end();
      this.#tell(video.ended ? "completed" : "paused");
    });
    window.setInterval(() => {
      if (!video.paused) this.#tell("played");
    }, EVERY_MS);
    window.addEventListener("pagehide", () => this.#tell("terminated", true));
  }

  #rate = 1;

  /** What was played until now was played at the old speed. */
  #speedChanged(): void {
    if (!this.video.paused) this.#tell("played");
    this.#rate = this.video.playbackRate;
  }

  #tell(verb: Report["verb"], last = false): void {
    const segments = this.#tracker.take();
    if (!this.#reports) return;
    if (!segments.length && (verb === "played" || last)) {
      if (last && this.#reports.waiting === 0) return;
    }
    const time = seconds(this.video.currentTime);
    const jump = verb === "seeked" && this.#jumpedFrom !== null ? { "time-from": seconds(this.#jumpedFrom), "time-to": time } : {};
    if (verb === "seeked") this.#jumpedFrom = null;
    const length = this.data.length_ms / 1000;
    const progress = Math.min(1, Math.round((time / length) * 1000) / 1000);
    this.#reports.add({ verb, segments, speed: `${this.#rate}x`, time, length, progress, ...jump }, last);
  }

  /** Opens the viewing at the first sound of playing: a page that is only read opens none. */
  async #open(): Promise<void> {
    if (this.#reports) return;
    this.#opening ??= this.#begin().finally(() => (this.#opening = null));
    await this.#opening;
  }

  async #begin(): Promise<void> {
    const answer = await post(this.data.open, {}).catch(() => null);
    if (answer?.type === "opaqueredirect") this.#say("signedOut");
    if (!answer?.ok) {
      if (answer === null) this.#link("off");
      window.setTimeout(() => {
        if (!this.video.paused) void this.#open();
      }, EVERY_MS / 2);
      return;
    }
    const { viewing, reports } = (await answer.json()) as Answer;
    if (!viewing || !reports) return;
    this.#link("on");
    this.#rate = this.video.playbackRate;
    this.#tracker.take(); // what was played before the server knew of it has no time to be paid with
    this.#reports = new Reports(viewing, reports, sendReport, browserStore, (told) => this.#told(told), (state) => this.#link(state), written);
  }

  async #sendKept(): Promise<void> {
    for (const kept of browserStore.load()) await Reports.resume(kept, sendReport, browserStore);
  }

  #told(answer: Answer): void {
    this.#draw(answer.status);
    this.#attention.show(answer.status.check);
    this.#refused += answer.refused_ms ?? 0;
    if (this.#refused > 5000) {
      this.#refused = 0;
      this.#say("elsewhere");
    }
    if (answer.status.completed && !this.#completed) {
      this.#completed = true;
      toast(this.data.words.completed ?? "");
    }
  }

  #draw(status: Status): void {
    drawStatus(status, this.data.length_ms);
  }

  #link(state: "on" | "off" | "refused"): void {
    if (state === "refused") this.#say("signedOut");
    else if (state === "off" && !this.#off) this.#say("offline");
    else if (state === "on" && this.#off) this.#say("online");
    this.#off = state === "off";
  }

  #say(name: string): void {
    const place = document.querySelector('[data-credit="state"]');
    if (place) place.textContent = this.data.words[name] ?? "";
  }
}
