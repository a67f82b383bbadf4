import type { Connection } from "./connection";
import { type Delta, type Have, NOTHING, type Snapshot, type Step, type Watch, onAnswer, onDelta, onDisconnect, onSnapshot } from "./state";

const ACK_MS = 10_000;
const RETRY_MS = 5000;

/** How the server acknowledges any event. */
type Answer = { ok: true } | { ok: false; error: { code: string; retry_after_s?: number } };

/** Answers after which asking again makes sense; after any other the board is not for this reader. */
const PASSING = new Set(["unavailable", "too_many", "error"]);

/** Rows of any board, by their keys. */
export type Board = Readonly<Record<string, unknown>>;

/** Who hears how a board is, besides its rows. */
export interface Ears {
  /** The server gives this board to this reader neither now nor later. */
  refused?(): void;
  /** The server did not answer in time, or is too busy: it is asked again. */
  late?(): void;
}

/** Follows one board and hands its rows on whenever they change; asks anew after a gap or a break. */
export class Feed {
  #watch: Watch = NOTHING;

  constructor(
    readonly connection: Connection,
    public name: string,
    readonly take: (rows: Board) => void,
    readonly ears: Ears = {},
  ) {
    const { socket } = connection;
    socket.on("connect", () => this.#ask(this.#watch.have));
    socket.on("disconnect", () => (this.#watch = onDisconnect(this.#watch)));
    socket.on("board.snapshot", (message: Snapshot) => this.#mine(message) && this.#step(onSnapshot(this.#watch, message)));
    socket.on("board.delta", (message: Delta) => this.#mine(message) && this.#step(onDelta(this.#watch, message)));
  }

  /** Follows `name` from now on; the empty one is no board. */
  switchTo(name: string): void {
    if (name === this.name) return;
    const { socket } = this.connection;
    if (this.name && socket.connected) socket.emit("board.leave", { board: this.name });
    this.name = name;
    this.#watch = NOTHING;
    if (socket.connected) this.#ask(null);
  }

  #mine(message: { board: string }): boolean {
    return message.board === this.name;
  }

  #step({ watch, changed, ask }: Step): void {
    this.#watch = watch;
    if (changed) this.take(watch.rows as unknown as Board);
    if (ask) this.#ask(null);
  }

  #ask(have: Have | null): void {
    const { socket } = this.connection;
    const board = this.name;
    if (!board) return;
    socket.timeout(ACK_MS).emit("board.watch", { board, have }, (silence: Error | null, answer?: Answer) => {
      if (!socket.connected || board !== this.name) return;
      if (answer?.ok) {
        this.#watch = onAnswer(this.#watch);
        return;
      }
      if (answer && !PASSING.has(answer.error.code)) {
        this.ears.refused?.();
        return;
      }
      this.ears.late?.();
      const waitMs = silence ? 0 : (answer?.error.retry_after_s ?? 0) * 1000 || RETRY_MS;
      setTimeout(() => socket.connected && board === this.name && this.#ask(null), waitMs);
    });
  }
}

/** Tells `draw` the member's own window on `board` whenever it changes. */
export function followAround<Window>({ socket }: Connection, board: string, draw: (window: Window) => void): void {
  socket.on("connect", () => socket.emit("board.around", { board }));
  socket.on("around.me", (message: { board: string } & Window) => message.board === board && draw(message));
}
