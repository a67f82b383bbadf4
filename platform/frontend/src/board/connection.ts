import { type Socket, io } from "socket.io-client";
import { meta } from "../page/strings";
import { type Spread, USUAL, backoff, spread } from "./retry";
import { Tickets } from "./tickets";

export type Freshness = "off" | "connecting" | "live" | "reconnecting";

const REFUSED = new Set([401, 403, 404]);
const TICKET_MS = 10_000;

/** Thrown where the server gives this reader no live updates: the page stays as it was rendered. */
class NotForUsError extends Error {}

/**
 * The one connection of a page. Every attempt carries a fresh one-use ticket, without which the
 * server opens nothing; it says how far attempts are to be spread, so that ten thousand pages do not
 * come back at once.
 *
 * Every third attempt begins by polling: on a way that lets the request for a websocket through and
 * not its answer, the ticket is gone with it.
 */
export class Connection {
  readonly socket: Socket;
  #attempts = 0;
  #ever = false;
  #spread: Spread = USUAL;
  readonly #tickets = new Tickets(ticket);

  constructor(readonly report: (state: Freshness) => void) {
    this.socket = io({
      autoConnect: false,
      reconnection: false,
      tryAllTransports: true,
    });
    this.socket.on("connect", () => {
      this.#attempts = 0;
      this.#ever = true;
      report("live");
    });
    this.socket.on("disconnect", (reason) => {
      if (reason !== "io client disconnect") this.#again();
    });
    this.socket.on("connect_error", () => this.#again());
    for (const event of ["live.hello", "live.goodbye"]) {
      this.socket.on(event, ({ retry_ms }: { retry_ms: Spread }) => (this.#spread = retry_ms));
    }
    this.socket.on("live.ended", () => this.#end());
  }

  /** Lets the first attempt use the ticket that another request of the page brings; "" for none. */
  bring(ticket: Promise<string>): void {
    this.#tickets.bring(ticket);
  }

  open(): void {
    this.report("connecting");
    void this.#connect();
  }

  async #connect(): Promise<void> {
    try {
      const { opts } = this.socket.io;
      opts.query = { ticket: await this.#tickets.next() };
      opts.transports = this.#attempts % 3 === 2 ? ["polling", "websocket"] : ["websocket", "polling"];
    } catch (reason) {
      return reason instanceof NotForUsError ? this.#end() : this.#again();
    }
    this.socket.connect();
  }

  #end(): void {
    this.socket.disconnect();
    this.report("off");
  }

  #again(): void {
    this.report(this.#ever ? "reconnecting" : "connecting");
    const wait = backoff(spread(this.#spread, Math.random()), this.#attempts);
    this.#attempts += 1;
    setTimeout(() => void this.#connect(), wait);
  }
}

async function ticket(): Promise<string> {
  const answer = await fetch("/live/ticket", {
    method: "POST",
    headers: { "X-CSRFToken": meta("csrf-token"), Accept: "application/json" },
    signal: AbortSignal.timeout(TICKET_MS),
  });
  if (REFUSED.has(answer.status)) throw new NotForUsError();
  if (!answer.ok) throw new Error(`no ticket: ${answer.status}`);
  return ((await answer.json()) as { ticket: string }).ticket;
}
