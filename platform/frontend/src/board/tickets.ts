/** How long a connection waits for a ticket that is to come with something else. */
export const BROUGHT_WITHIN_MS = 5000;

/**
 * Where a connection's tickets come from. Each opens one connection: one is asked for at every
 * attempt, but for the next where another request of the page brings it along.
 */
export class Tickets {
  #brought: Promise<string> | null = null;

  constructor(readonly ask: () => Promise<string>) {}

  /** Lets the next attempt use what comes; "" or a failure means that one is asked for. */
  bring(ticket: Promise<string>): void {
    this.#brought = ticket.catch(() => "");
  }

  async next(): Promise<string> {
    const brought = this.#brought;
    this.#brought = null;
    if (!brought) return this.ask();
    let wake: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<string>((tell) => (wake = setTimeout(() => tell(""), BROUGHT_WITHIN_MS)));
    const first = await Promise.race([brought, late]);
    clearTimeout(wake);
    return first || this.ask();
  }
}
