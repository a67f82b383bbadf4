import { type Socket, io } from "socket.io-client";
import { meta } from "../page/strings";

export type Freshness = "off" | "connecting" | "live" | "reconnecting";

const REFUSED = new Set([401, 403]);
const RETRY_MS = 2000;
const RETRY_LATEST_MS = 30_000;

/** Thrown where the server gives this reader no live updates: the page stays as it was rendered. */
class NotForUsError extends Error {}

/** The one connection of a page. Every attempt carries a fresh one-use ticket. */
export class Connection {
  readonly socket: Socket;
  #attempts = 0;
  #ever = false;

  constructor(readonly report: (state: Freshness) => void) {
    this.socket = io({
      autoConnect: false,
      transports: ["websocket", "polling"],
      tryAllTransports: true,
      reconnectionDelay: RETRY_MS,
      reconnectionDelayMax: RETRY_LATEST_MS,
      randomizationFactor: 0.7,
      auth: (give) => {
        ticket().then(
          (value) => give({ ticket: value }),
          (reason: unknown) => this.#noTicket(reason),
        );
      },
    });
    this.socket.on("connect", () => {
      this.#attempts = 0;
      this.#ever = true;
      report("live");
    });
    this.socket.on("disconnect", (reason) => {
      report("reconnecting");
      if (reason === "io server disconnect") this.#again();
    });
    this.socket.on("connect_error", () => {
      report(this.#ever ? "reconnecting" : "connecting");
      if (!this.socket.active) this.#again();
    });
  }

  open(): void {
    this.report("connecting");
    this.socket.connect();
  }

  #noTicket(reason: unknown): void {
    this.socket.disconnect();
    if (reason instanceof NotForUsError) return this.report("off");
    this.report(this.#ever ? "reconnecting" : "connecting");
    this.#again();
  }

  /** Tries once more, later each time and never all clients at once. */
  #again(): void {
    this.#attempts += 1;
    const latest = Math.min(RETRY_LATEST_MS, RETRY_MS * 2 ** (this.#attempts - 1));
    setTimeout(() => this.socket.connect(), latest * (0.3 + 0.7 * Math.random()));
  }
}

async function ticket(): Promise<string> {
  const answer = await fetch("/live/ticket", {
    method: "POST",
    headers: { "X-CSRFToken": meta("csrf-token"), Accept: "application/json" },
    signal: AbortSignal.timeout(10_000),
  });
  if (REFUSED.has(answer.status)) throw new NotForUsError();
  if (!answer.ok) throw new Error(`no ticket: ${answer.status}`);
  return ((await answer.json()) as { ticket: string }).ticket;
}
