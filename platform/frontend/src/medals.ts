/** The board of medals: its lines are asked for anew when they are others than those shown. */
import { Connection } from "./board/connection";
import { Feed } from "./board/feed";
import { FreshnessView } from "./spectate/freshness";

const LINES = "[data-medals-shown]";
/** Open pages do not all ask in the same moment. */
const SPREAD_MS = 2000;
const RETRY_MS = 5000;

let wanted = "";
let timer: ReturnType<typeof setTimeout> | undefined;

function shown(): HTMLElement | null {
  return document.querySelector<HTMLElement>(LINES);
}

function renewIn(waitMs: number): void {
  clearTimeout(timer);
  if (shown()?.dataset.medalsShown === wanted) return;
  timer = setTimeout(() => void renew(), waitMs);
}

async function renew(): Promise<void> {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector(LINES);
    if (answer.ok && fresh) shown()?.replaceWith(fresh);
  } catch {
    // Asked again below: the lines are still not the wanted ones.
  }
  renewIn(RETRY_MS);
}

const place = document.querySelector<HTMLElement>("[data-medals]");
if (place?.dataset.medals) {
  const freshness = new FreshnessView(place.querySelectorAll<HTMLElement>("[data-live-state]"));
  const connection = new Connection((state) => freshness.report(state));
  freshness.listen(connection);
  new Feed(connection, place.dataset.medals, ({ lines }) => {
    wanted = (lines as { sha256: string }).sha256;
    renewIn(Math.random() * SPREAD_MS);
  });
  connection.open();
}
