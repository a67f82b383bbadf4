import { meta, say } from "../page/strings";
import type { Connection, Freshness } from "./connection";
import { Feed, followAround } from "./feed";
import { paced } from "./pace";
import type { Row, Rows } from "./state";
import { BoardView } from "./view";

const DRAW_EVERY_MS = 1000;
const LATE_MS = 10_000;

/** Keeps one rendered board alive: listens, resyncs on a gap, draws once a second, shows how fresh. */
export class Island {
  #rows: Rows = {};
  #freshness: Freshness = "connecting";
  #refused = false;
  #late = false;
  #lateTimer: ReturnType<typeof setTimeout> | undefined;
  #changedAt = new Date();

  constructor(
    readonly section: HTMLElement,
    connection: Connection,
  ) {
    const view = new BoardView(section);
    const draw = paced(() => view.draw(this.#rows), DRAW_EVERY_MS);
    const take = (rows: unknown): void => {
      this.#rows = rows as Rows;
      this.#changedAt = new Date();
      draw();
    };
    new Feed(connection, section.dataset.board ?? "", take, {
      refused: () => {
        this.#refused = true;
        this.#show();
      },
      late: () => this.#beLate(true),
    });
    connection.socket.on("live.delayed", ({ delayed }: { delayed: boolean }) => this.#beLate(delayed));
  }

  /** Shows how the connection is; a break of more than ten seconds makes the standings late. */
  report(state: Freshness): void {
    if (state === this.#freshness && state !== "live") return;
    this.#freshness = state;
    clearTimeout(this.#lateTimer);
    if (state === "reconnecting") this.#lateTimer = setTimeout(() => this.#beLate(true), LATE_MS);
    this.#beLate(false);
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
export function followNeighbours(section: HTMLElement, connection: Connection): void {
  const view = new BoardView(section);
  let rows: Rows = {};
  const draw = paced(() => view.draw(rows), DRAW_EVERY_MS);
  followAround<{ rows: ({ key: string } & Row)[] }>(connection, section.dataset.around ?? "", (window) => {
    rows = Object.fromEntries(window.rows.map(({ key, ...row }) => [key, row]));
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
