import { meta, say } from "../page/strings";
import type { Connection, Freshness } from "./connection";
import { paced } from "./pace";
import { type Delta, type Have, NOTHING, type Row, type Rows, type Snapshot, type Step, type Watch, onAnswer, onDelta, onDisconnect, onSnapshot } from "./state";
import { BoardView } from "./view";

const DRAW_EVERY_MS = 1000;
const ACK_MS = 10_000;
const RETRY_MS = 5000;
const LATE_MS = 10_000;

/** How the server acknowledges any event. */
type Answer = { ok: true } | { ok: false; error: { code: string; retry_after_s?: number } };

/** Answers after which asking again makes sense; after any other the board stays as rendered. */
const PASSING = new Set(["unavailable", "too_many", "error"]);

/** Keeps one rendered board alive: listens, resyncs on a gap, draws once a second, shows how fresh. */
export class Island {
  readonly #name: string;
  readonly #view: BoardView;
  readonly #draw: () => void;
  #watch: Watch = NOTHING;
  #freshness: Freshness = "connecting";
  #refused = false;
  #late = false;
  #lateTimer: ReturnType<typeof setTimeout> | undefined;
  #changedAt = new Date();

  constructor(readonly section: HTMLElement, readonly connection: Connection) {
    this.#name = section.dataset.board ?? "";
    this.#view = new BoardView(section);
    this.#draw = paced(() => this.#view.draw(this.#watch.rows), DRAW_EVERY_MS);
    const { socket } = connection;
    socket.on("connect", () => this.#ask(this.#watch.have));
    socket.on("disconnect", () => (this.#watch = onDisconnect(this.#watch)));
    socket.on("board.snapshot", (message: Snapshot) => this.#mine(message) && this.#take(onSnapshot(this.#watch, message)));
    socket.on("board.delta", (message: Delta) => this.#mine(message) && this.#take(onDelta(this.#watch, message)));
    socket.on("live.delayed", ({ delayed }: { delayed: boolean }) => this.#beLate(delayed));
  }

  /** Shows how the connection is; a break of more than ten seconds makes the standings late. */
  report(state: Freshness): void {
    if (state === this.#freshness && state !== "live") return;
    this.#freshness = state;
    clearTimeout(this.#lateTimer);
    if (state === "reconnecting") this.#lateTimer = setTimeout(() => this.#beLate(true), LATE_MS);
    this.#beLate(false);
  }

  #mine(message: { board: string }): boolean {
    return message.board === this.#name;
  }

  #take({ watch, changed, ask }: Step): void {
    this.#watch = watch;
    if (changed) {
      this.#changedAt = new Date();
      this.#draw();
    }
    if (ask) this.#ask(null);
  }

  #ask(have: Have | null): void {
    const { socket } = this.connection;
    socket.timeout(ACK_MS).emit("board.watch", { board: this.#name, have }, (silence: Error | null, answer?: Answer) => {
      if (!socket.connected) return;
      if (answer?.ok) {
        this.#watch = onAnswer(this.#watch);
        return;
      }
      if (answer && !PASSING.has(answer.error.code)) {
        this.#refused = true;
        return this.#show();
      }
      this.#beLate(true);
      const wait = silence ? 0 : (answer?.error.retry_after_s ?? 0) * 1000 || RETRY_MS;
      setTimeout(() => socket.connected && this.#ask(null), wait);
    });
  }

  #beLate(late: boolean): void {
    this.#late = late;
    this.#show();
  }

  #show(): void {
    const place = this.section.querySelector<HTMLElement>("[data-live-state]");
    const text = place?.querySelector("[data-live-text]");
    if (!place || !text) return;
    const off = this.#refused || this.#freshness === "off";
    const shown = off ? "off" : this.#late ? "delayed" : this.#freshness;
    place.hidden = off;
    place.dataset.liveState = shown;
    text.textContent = shown === "delayed" ? `${say(shown)}, ${say("asOf", { time: clockTime(this.#changedAt) })}` : say(shown);
  }
}

/** Draws the member's neighbours: the rows come whole, a few of them, whenever one of them moves. */
export function followNeighbours(section: HTMLElement, { socket }: Connection): void {
  const board = section.dataset.around ?? "";
  const view = new BoardView(section);
  let rows: Rows = {};
  const draw = paced(() => view.draw(rows), DRAW_EVERY_MS);
  socket.on("connect", () => socket.emit("board.around", { board }));
  socket.on("around.me", (message: { board: string; rows: ({ key: string } & Row)[] }) => {
    if (message.board !== board) return;
    rows = Object.fromEntries(message.rows.map(({ key, ...row }) => [key, row]));
    draw();
  });
}

function clockTime(moment: Date): string {
  const zone = meta("time-zone");
  return new Intl.DateTimeFormat(document.documentElement.lang, {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    ...(zone ? { timeZone: zone } : {}),
  }).format(moment);
}
