/** Keeps the rows of a board and the own window on it, for screens that draw them their own way. */
import type { Connection } from "../board/connection";
import { type Delta, NOTHING, type Snapshot, type Step, type Watch, onAnswer, onDelta, onDisconnect, onSnapshot } from "../board/state";

type Rows = Readonly<Record<string, unknown>>;

const ACK_MS = 10_000;
const RETRY_MS = 5000;
const PASSING = new Set(["unavailable", "too_many", "error"]);

type Reply = { ok: true } | { ok: false; error: { code: string; retry_after_s?: number } };

/** Tells `draw` the rows of `board` whenever they change. */
export function follow({ socket }: Connection, board: string, draw: (rows: Rows) => void): void {
  let watch: Watch = NOTHING;
  const take = ({ watch: next, changed, ask: missing }: Step): void => {
    watch = next;
    if (changed) draw(watch.rows as unknown as Rows);
    if (missing) ask(false);
  };
  const ask = (known: boolean): void => {
    socket.timeout(ACK_MS).emit("board.watch", { board, have: known ? watch.have : null }, (silence: Error | null, reply?: Reply) => {
      if (!socket.connected) return;
      if (reply?.ok) watch = onAnswer(watch);
      else if (silence || (reply && PASSING.has(reply.error.code))) {
        const wait = silence ? 0 : (reply?.error.retry_after_s ?? 0) * 1000 || RETRY_MS;
        setTimeout(() => socket.connected && ask(false), wait);
      }
    });
  };
  socket.on("connect", () => ask(true));
  socket.on("disconnect", () => (watch = onDisconnect(watch)));
  socket.on("board.snapshot", (message: Snapshot) => message.board === board && take(onSnapshot(watch, message)));
  socket.on("board.delta", (message: Delta) => message.board === board && take(onDelta(watch, message)));
}

/** Tells `draw` the own window on `board` whenever it changes. */
export function followAround<Window>({ socket }: Connection, board: string, draw: (window: Window) => void): void {
  socket.on("connect", () => socket.emit("board.around", { board }));
  socket.on("around.me", (message: { board: string } & Window) => message.board === board && draw(message));
}
