/** The board of medals: its lines are asked for anew when they are others than those shown. */
import { Connection } from "./board/connection";
import { Feed } from "./board/feed";
import { FreshnessView } from "./spectate/freshness";

const LINES = "[data-medals-shown]";
/** Open pages do not all ask in the same moment. */
const SPREAD_MS = 2000;
const RETRY_MS = 5000;

const place = document.querySelector<HTMLElement>("[data-medals]");
let timer: ReturnType<typeof setTimeout> | undefined;
let asking = new AbortController();

function shown(): HTMLElement | null {
  return document.querySelector<HTMLElement>(LINES);
}

/** Asks until it is answered. The answer is never older than what asked for it, so once is enough. */
async function renew(address: string): Promise<void> {
  const { signal } = asking;
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" }, signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector(LINES);
    if (answer.ok && fresh) {
      shown()?.replaceWith(fresh);
      return;
    }
  } catch {
    // The network is away: asked again below.
  }
  if (!signal.aborted) timer = setTimeout(() => void renew(address), RETRY_MS);
}

if (place?.dataset.medals) {
  const { medals, address = "" } = place.dataset;
  const freshness = new FreshnessView(place.querySelectorAll<HTMLElement>("[data-live-state]"));
  const connection = new Connection((state) => freshness.report(state));
  freshness.listen(connection);
  new Feed(connection, medals, ({ lines }) => {
    // What was asked for before is older than what is wanted now.
    clearTimeout(timer);
    asking.abort();
    asking = new AbortController();
    if (shown()?.dataset.medalsShown === (lines as { sha256: string }).sha256) return;
    timer = setTimeout(() => void renew(address), Math.random() * SPREAD_MS);
  });
  connection.open();
}
