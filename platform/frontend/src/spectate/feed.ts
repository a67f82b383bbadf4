import type { Connection } from "../board/connection";
import { type Delta, NOTHING, type Snapshot, type Step, type Watch, onAnswer, onDelta, onDisconnect, onSnapshot } from "../board/state";

const ACK_MS = 10_000;
const RETRY_MS = 5000;
const PASSING = new Set(["unavailable", "too_many", "error"]);

type Answer = { ok: true } | { ok: false; error: { code: string; retry_after_s?: number } };
export type Board = Readonly<Record<string, unknown>>;

/** Follows one board and hands its rows on whenever they change; `switchTo` follows another instead. */
export class Feed {
  #watch: Watch = NOTHING;

  constructor(
    readonly connection: Connection,
    public name: string,
    readonly take: (rows: Board) => void,
  ) {
    const { socket } = connection;
    socket.on("connect", () => this.#ask(false));
    socket.on("disconnect", () => (this.#watch = onDisconnect(this.#watch)));
    socket.on("board.snapshot", (message: Snapshot) => this.#mine(message) && this.#step(onSnapshot(this.#watch, message)));
    socket.on("board.delta", (message: Delta) => this.#mine(message) && this.#step(onDelta(this.#watch, message)));
  }

  /** Follows `name` from now on. */
  switchTo(name: string): void {
    if (name === this.name) return;
    const { socket } = this.connection;
    if (this.name && socket.connected) socket.emit("board.leave", { board: this.name });
    this.name = name;
    this.#watch = NOTHING;
    if (socket.connected) this.#ask(true);
  }

  #mine(message: { board: string }): boolean {
    return message.board === this.name;
  }

  #step({ watch, changed, ask }: Step): void {
    this.#watch = watch;
    if (changed) this.take(watch.rows as unknown as Board);
    if (ask) this.#ask(true);
  }

  #ask(whole: boolean): void {
    const { socket } = this.connection;
    const board = this.name;
    if (!board) return;
    const have = whole ? null : this.#watch.have;
    socket.timeout(ACK_MS).emit("board.watch", { board, have }, (silence: Error | null, answer?: Answer) => {
      if (!socket.connected || board !== this.name) return;
      if (answer?.ok) {
        this.#watch = onAnswer(this.#watch);
        return;
      }
      if (answer && !PASSING.has(answer.error.code)) return;
      const waitMs = silence ? 0 : (answer?.error.retry_after_s ?? 0) * 1000 || RETRY_MS;
      setTimeout(() => socket.connected && board === this.name && this.#ask(true), waitMs);
    });
  }
}
