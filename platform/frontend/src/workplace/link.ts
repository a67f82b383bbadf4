/**
 * How actions reach the server: one after the other, each with its number, again and again until
 * the server has said something. The same number with the same action gets the same answer, so a
 * lost answer costs nothing.
 */
import { backoff } from "../board/retry";
import type { Action, Answer, Refusal, Run } from "./types";

/** "trying": sent and not answered yet for a while; "lost": the last attempt got no answer. */
export type Line = "good" | "trying" | "lost";

export interface Link {
  /** Resolves with the server's answer; rejects with Refused where the server will not take it. */
  act(nth: number, action: Action): Promise<Answer>;
}

/** The server has understood and says no; a gap carries where it stands. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly run: Run | null = null,
  ) {
    super(message);
  }
}

/** A reply over HTTP; rejects where none came. */
export type Post = (path: string, body: unknown) => Promise<{ status: number; body: unknown }>;

export interface Shelf {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
  removeItem(name: string): void;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 4000;
const TRYING_MS = 1500;

export class HttpLink implements Link {
  constructor(
    readonly url: string,
    readonly post: Post,
    readonly report: (line: Line) => void,
    readonly shelf: Shelf,
    readonly wait: (ms: number) => Promise<void> = (ms) => new Promise((wake) => setTimeout(wake, ms)),
  ) {}

  async act(nth: number, action: Action): Promise<Answer> {
    this.shelf.setItem(this.url, JSON.stringify({ nth, action }));
    const slow = setTimeout(() => this.report("trying"), TRYING_MS);
    try {
      for (let failed = 0; ; failed += 1) {
        const answer = await this.#once(nth, action);
        if (answer) {
          this.report("good");
          return answer;
        }
        clearTimeout(slow);
        this.report("lost");
        await this.wait(Math.min(LONGEST_PAUSE_MS, backoff(FIRST_PAUSE_MS, failed)));
      }
    } finally {
      clearTimeout(slow);
      this.shelf.removeItem(this.url);
    }
  }

  /** Returns the action that a reload interrupted; null where none was under way. */
  unsent(): { nth: number; action: Action } | null {
    try {
      const told = JSON.parse(this.shelf.getItem(this.url) ?? "null") as { nth?: number; action?: Action } | null;
      return typeof told?.nth === "number" && told.action ? { nth: told.nth, action: told.action } : null;
    } catch {
      return null;
    }
  }

  async #once(nth: number, action: Action): Promise<Answer | null> {
    const reply = await this.post(`${this.url}/actions`, { nth, action }).catch(() => null);
    if (!reply || reply.status >= 500 || reply.status === 429) return null;
    const told = reply.body as { answer?: Answer } & Partial<Refusal>;
    if (told?.answer) return told.answer;
    this.report("good");
    const { code = `http_${reply.status}`, message = "" } = told?.error ?? {};
    throw new Refused(code, message, told?.run ?? null);
  }
}
