/**
 * How the screen talks to the server: over the socket while it answers, else the same calls over
 * HTTP, again and again until the server has said something. Every call may be repeated: the server
 * tells a repeated answer from another one by the number of its task.
 */
import { backoff } from "../board/retry";
import type { Answer } from "./protocol";
import type { Link } from "./state";

export type Call = "look" | "answer" | "echo" | "away";
export type Payload = Record<string, unknown>;

/** The socket: whether it is there, and an event with its acknowledgement; null where none came. */
export interface Wire {
  connected(): boolean;
  ask(event: string, payload: Payload, waitMs: number): Promise<Answer | null>;
}

/** A call over HTTP; rejects where no answer came. */
export type Post = (path: string, payload: Payload) => Promise<Answer>;

export interface Sent {
  answer: Answer;
  sentAt: number;
  receivedAt: number;
}

export const SOCKET_WAIT_MS = 2000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 4000;

/** Refusals that a later attempt may not meet. */
const PASSING = new Set(["unavailable", "too_many", "error", "not_accepted", "rate_limited"]);
const PATHS: Record<Call, string> = { look: "look", answer: "answers", echo: "echo", away: "away" };

export class Line {
  #over = false;

  constructor(
    readonly race: string,
    readonly wire: Wire,
    readonly post: Post,
    readonly report: (link: Link) => void,
    readonly now: () => number = () => performance.now(),
  ) {}

  /** Ends all attempts: somebody else has the seat. */
  close(): void {
    this.#over = true;
  }

  open(): void {
    this.#over = false;
  }

  /** Takes the seat; over HTTP, because the session decides. */
  enter(): Promise<Sent | null> {
    return this.#until(() => this.#overHttp("enter", {}));
  }

  /** Calls until the server has answered; null when the line was closed meanwhile. */
  call(name: Call, payload: Payload): Promise<Sent | null> {
    return this.#until(() => this.#once(name, payload));
  }

  /** Calls once; null where no answer came. For what is worth nothing later, such as a probe. */
  async once(name: Call, payload: Payload): Promise<Sent | null> {
    if (this.#over) return null;
    return this.#once(name, payload).catch(() => null);
  }

  async #until(attempt: () => Promise<Sent>): Promise<Sent | null> {
    for (let failed = 0; ; failed += 1) {
      if (this.#over) return null;
      let pause = Math.min(LONGEST_PAUSE_MS, backoff(FIRST_PAUSE_MS, failed));
      try {
        const sent = await attempt();
        if (sent.answer.ok || !PASSING.has(sent.answer.error.code)) return sent;
        pause = Math.max(pause, (sent.answer.error.retry_after_s ?? 0) * 1000);
      } catch {
        this.report("lost");
      }
      await new Promise((wake) => setTimeout(wake, pause));
    }
  }

  async #once(name: Call, payload: Payload): Promise<Sent> {
    if (this.wire.connected()) {
      const sentAt = this.now();
      const answer = await this.wire.ask(`race.${name}`, { race: this.race, ...payload }, SOCKET_WAIT_MS);
      if (answer) {
        this.report("socket");
        return { answer, sentAt, receivedAt: this.now() };
      }
    }
    return this.#overHttp(PATHS[name], payload);
  }

  async #overHttp(path: string, payload: Payload): Promise<Sent> {
    const sentAt = this.now();
    const answer = await this.post(`/races/${this.race}/${path}`, payload);
    this.report(this.wire.connected() ? "socket" : "http");
    return { answer, sentAt, receivedAt: this.now() };
  }
}
