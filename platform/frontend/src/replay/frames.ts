/** One line of the board at a moment; `x` and `y` are null for who is not on the course. */
export interface Row {
  rank: number | null;
  irm: string | null;
  bib: number;
  name: string;
  own: boolean;
  at: string;
  bouts: number[];
  gap_ms: number | null;
  x: number | null;
  y: number | null;
}

/** The race at a moment. */
export interface Frame {
  until_ms: number;
  last_ms: number;
  on_course: number;
  finished: number;
  rows: Row[];
}

const KEPT = 240;

/** Frames by their moment in seconds: asked for once, the oldest forgotten first. */
export class Frames {
  readonly #kept = new Map<number, Promise<Frame>>();

  constructor(readonly address: string) {}

  /** Returns the frame at `seconds`; a failed one is asked for again the next time. */
  at(seconds: number): Promise<Frame> {
    const known = this.#kept.get(seconds);
    if (known) return known;
    const asked = this.#ask(seconds);
    asked.catch(() => this.#kept.delete(seconds));
    this.#kept.set(seconds, asked);
    for (const old of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break;
      this.#kept.delete(old);
    }
    return asked;
  }

  async #ask(seconds: number): Promise<Frame> {
    const answer = await fetch(`${this.address}?until_ms=${seconds * 1000}`, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`the frame answered ${answer.status}`);
    return (await answer.json()) as Frame;
  }
}
