import { say } from "../page/strings";
import type { Connection, Freshness } from "./connection";
import { paced } from "./pace";
import { type Delta, type Have, NOTHING, type Row, type Rows, type Snapshot, type Step, type Watch, onDelta, onDisconnect, onSnapshot } from "./state";
import { BoardView } from "./view";

const DRAW_EVERY_MS = 1000;
const ACK_MS = 10_000;
const LATE_MS = 10_000;

type Shown = Freshness | "delayed";

/** Keeps one rendered board alive: listens, resyncs on a gap, draws once a second, shows how fresh. */
export class Island {
  readonly name: string;
  readonly #view: BoardView;
  readonly #draw: () => void;
  #watch: Watch = NOTHING;
  #freshness: Freshness = "connecting";
  #late = false;
  #delayed = false;
  #lateTimer: ReturnType<typeof setTimeout> | undefined;
  #changedAt = new Date();

  constructor(readonly section: HTMLElement, readonly connection: Connection) {
    this.name = section.dataset.board ?? "";
    this.#view = new BoardView(section);
    this.#draw = paced(() => this.#view.draw(this.#watch.rows), DRAW_EVERY_MS);
    const { socket } = connection;
    socket.on("connect", () => this.#ask(this.#watch.have));
    socket.on("disconnect", () => (this.#watch = onDisconnect(this.#watch)));
    socket.on("board.snapshot", (message: Snapshot) => this.#mine(message) && this.#take(onSnapshot(this.#watch, message)));
    socket.on("board.delta", (message: Delta) => this.#mine(message) && this.#take(onDelta(this.#watch, message)));
    socket.on("board.delayed", (message: { board: string; delayed: boolean }) => {
      if (!this.#mine(message)) return;
      this.#delayed = message.delayed;
      this.#show();
    });
  }

  /** Shows how the connection is; a break of more than ten seconds makes the standings late. */
  report(state: Freshness): void {
    this.#freshness = state;
    clearTimeout(this.#lateTimer);
    this.#late = false;
    if (state === "reconnecting") {
      this.#lateTimer = setTimeout(() => {
        this.#late = true;
        this.#show();
      }, LATE_MS);
    }
    this.#show();
  }

  #mine(message: { board: string }): boolean {
    return message.board === this.name;
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
    const message = { board: this.name, have };
    this.connection.socket.timeout(ACK_MS).emit("board.watch", message, (failure: Error | null) => {
      if (failure && this.connection.socket.connected) this.#ask(null);
    });
  }

  #show(): void {
    const place = this.section.querySelector<HTMLElement>("[data-live-state]");
    const text = place?.querySelector("[data-live-text]");
    if (!place || !text) return;
    const late = this.#late || (this.#delayed && this.#freshness === "live");
    const shown: Shown = late ? "delayed" : this.#freshness;
    place.hidden = shown === "off";
    place.dataset.liveState = shown;
    text.textContent = late ? `${say("delayed")}, ${say("asOf", { time: clockTime(this.#changedAt) })}` : say(shown);
  }
}

/** Draws the member's neighbours: the rows come whole, a few of them, whenever one of them moves. */
export function followNeighbours(section: HTMLElement, connection: Connection): void {
  const view = new BoardView(section);
  let rows: Rows = {};
  const draw = paced(() => view.draw(rows), DRAW_EVERY_MS);
  connection.socket.on("around.me", (message: { rows: ({ key: string } & Row)[] }) => {
    rows = Object.fromEntries(message.rows.map(({ key, ...row }) => [key, row]));
    draw();
  });
}

function clockTime(moment: Date): string {
  const zone = document.querySelector<HTMLMetaElement>('meta[name="time-zone"]')?.content;
  return new Intl.DateTimeFormat(document.documentElement.lang, {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    ...(zone ? { timeZone: zone } : {}),
  }).format(moment);
}
