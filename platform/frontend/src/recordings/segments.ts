/**
 * What was played: stretches of media time in seconds, as the video element tells them.
 *
 * A stretch grows while time flows and ends at a pause or a jump. The element says where it is about
 * four times a second; a step longer than time can explain is a jump, whatever the element calls it.
 */
export const LONGEST_STEP_S = 4;

export class Tracker {
  #from: number | null = null;
  #to = 0;
  #done: [number, number][] = [];

  /** Playing goes on from `at`. */
  begin(at: number): void {
    this.end();
    this.#from = at;
    this.#to = at;
  }

  /** The element has come to `at`. */
  tick(at: number): void {
    if (this.#from === null) return;
    const step = at - this.#to;
    if (step < 0 || step > LONGEST_STEP_S) this.begin(at);
    else this.#to = at;
  }

  /** Playing stops, or jumps away: the stretch ends where it was last. */
  end(): void {
    if (this.#from !== null && this.#to > this.#from) this.#done.push([this.#from, this.#to]);
    this.#from = null;
  }

  /** Returns everything played since the last call and goes on from there. */
  take(): [number, number][] {
    const at = this.#from === null ? null : this.#to;
    this.end();
    const taken = this.#done;
    this.#done = [];
    if (at !== null) {
      this.#from = at;
      this.#to = at;
    }
    return taken;
  }
}

/** Writes stretches as the video profile does: `0[.]12.5[,]30[.]45`. */
export function written(segments: [number, number][]): string {
  return segments.map(([from, to]) => `${seconds(from)}[.]${seconds(to)}`).join("[,]");
}

/** Seconds to three places, never negative. */
export function seconds(value: number): number {
  return Math.max(0, Math.round(value * 1000) / 1000);
}
