/**
 * Reports on their way: numbered, sent in order, kept until the server has taken them.
 *
 * A report that was sent once keeps its number and content, so that sending it again changes nothing;
 * what is played while it waits goes into one report that was not sent yet. They survive the page in
 * `Store`, and the next page of the same browser sends what is left.
 */
import { backoff } from "../board/retry";
import type { Answer, Report } from "./protocol";

export type Entry = Omit<Report, "number" | "session-id" | "played-segments"> & { segments: [number, number][] };

export interface Kept {
  viewing: string;
  address: string;
  reports: Report[];
}

export interface Store {
  load(): Kept[];
  save(kept: Kept): void;
  remove(viewing: string): void;
}

/** What came back: an answer, a refusal for ever, or nothing to be known. */
export type Sent = { kind: "taken"; answer: Answer } | { kind: "refused"; status: number } | { kind: "lost" };
export type Send = (address: string, report: Report, last: boolean) => Promise<Sent>;

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 20_000;
/** Reports that may wait: the oldest say what time has not paid for anyway. */
const MOST_WAITING = 60;
/** Characters of segments that one report holds, well below what the server takes. */
const LONGEST_TEXT = 1500;

export class Reports {
  #number = 0;
  #waiting: Report[] = [];
  #sent = new Set<number>();
  #running = false;
  #failures = 0;

  constructor(
    readonly viewing: string,
    readonly address: string,
    readonly send: Send,
    readonly store: Store,
    readonly told: (answer: Answer) => void,
    readonly link: (state: "on" | "off" | "refused") => void,
    readonly written: (segments: [number, number][]) => string,
    readonly pause: (ms: number) => Promise<void> = (ms) => new Promise((done) => setTimeout(done, ms)),
  ) {}

  /** How many reports wait. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Takes what was played and sends it as soon as it can be sent. */
  add(entry: Entry, last = false): void {
    const { segments, ...rest } = entry;
    const text = this.written(segments);
    const before = this.#waiting.at(-1);
    const room = before && before["played-segments"].length + text.length < LONGEST_TEXT;
    if (before && room && !this.#sent.has(before.number) && before.speed === entry.speed) {
      const joined = [before["played-segments"], text].filter(Boolean).join("[,]");
      Object.assign(before, rest, { "played-segments": joined });
    } else {
      this.#number += 1;
      this.#waiting.push({ ...rest, number: this.#number, "session-id": this.viewing, "played-segments": text });
      if (this.#waiting.length > MOST_WAITING) this.#waiting.shift();
    }
    this.#keep();
    if (last) this.#parting();
    else void this.#run();
  }

  /** Sends the reports of a viewing whose page is gone. */
  static resume(kept: Kept, send: Send, store: Store): Promise<void> {
    const made = new Reports(kept.viewing, kept.address, send, store, () => undefined, () => undefined, () => "");
    made.#waiting = kept.reports;
    kept.reports.forEach((one) => made.#sent.add(one.number));
    return made.#run(1);
  }

  async #run(tries = Number.POSITIVE_INFINITY): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (let report = this.#waiting[0]; report && tries > 0; report = this.#waiting[0]) {
      this.#sent.add(report.number);
      const outcome = await this.send(this.address, report, false);
      if (outcome.kind === "lost") {
        tries -= 1;
        this.#failures += 1;
        this.link("off");
        if (tries > 0) await this.pause(Math.min(LONGEST_PAUSE_MS, backoff(FIRST_PAUSE_MS, this.#failures - 1)));
        continue;
      }
      this.#failures = 0;
      this.link(outcome.kind === "refused" && outcome.status === 401 ? "refused" : "on");
      if (outcome.kind === "refused" && outcome.status === 401) break;
      this.#waiting.shift();
      this.#keep();
      if (outcome.kind === "taken") this.told(outcome.answer);
    }
    this.#running = false;
  }

  /** The page goes: one try that outlives it; the answer is for the next page to ask for. */
  #parting(): void {
    for (const report of this.#waiting) {
      this.#sent.add(report.number);
      void this.send(this.address, report, true);
    }
  }

  #keep(): void {
    if (this.#waiting.length) this.store.save({ viewing: this.viewing, address: this.address, reports: this.#waiting });
    else this.store.remove(this.viewing);
  }
}
