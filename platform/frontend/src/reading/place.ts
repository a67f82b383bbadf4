import { meta } from "../page/strings";

const REST_MS = 1500;
const WHOLE_PPM = 1_000_000;

/** Where a reader is: the last heading above the upper third of the screen, and how far they came. */
interface Place {
  anchor: string;
  furthest_ppm: number;
}

/** Marks the heading under way in the contents; keeps the place of a member whenever they rest. */
export function follow(page: HTMLElement): void {
  const prose = page.querySelector<HTMLElement>("[data-prose]");
  if (!prose) return;
  const headings = [...prose.querySelectorAll<HTMLElement>("h2[id], h3[id]")];
  const links = new Map([...page.querySelectorAll<HTMLAnchorElement>(".lesson-contents a")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  const contents = page.querySelector<HTMLDetailsElement>(".lesson-contents");
  // Open where they stand beside the text: on a phone they would push it down after it was drawn.
  if (contents && matchMedia("(min-width: 64.01rem)").matches) contents.open = true;
  const keep = keeper(page.dataset.lesson ?? "", Number(page.dataset.furthest) || 0);
  let anchor: string | undefined;
  const look = (): void => {
    const line = innerHeight / 3;
    const here = headings.filter((one) => one.getBoundingClientRect().top <= line).at(-1)?.id ?? "";
    if (here !== anchor) {
      links.get(anchor ?? "")?.removeAttribute("aria-current");
      links.get(here)?.setAttribute("aria-current", "location");
      anchor = here;
    }
    keep({ anchor: here, furthest_ppm: seenPpm(prose) });
  };
  addEventListener("scroll", look, { passive: true });
  addEventListener("resize", look);
  look();
}

/** The share of `prose` above the lower edge of the screen, in millionths. */
function seenPpm(prose: HTMLElement): number {
  const { top, height } = prose.getBoundingClientRect();
  return Math.max(0, Math.min(WHOLE_PPM, Math.round(((innerHeight - top) / height) * WHOLE_PPM)));
}

/** Sends a place once the reader rests, and what is unsent when they leave; nothing without an address. */
function keeper(address: string, furthestPpm: number): (place: Place) => void {
  if (!address) return () => undefined;
  let furthest = furthestPpm;
  let unsent: Place | undefined;
  let resting: ReturnType<typeof setTimeout> | undefined;
  const send = (): void => {
    if (!unsent) return;
    const body = JSON.stringify(unsent);
    unsent = undefined;
    void fetch(address, {
      method: "POST",
      keepalive: true,
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": meta("csrf-token") },
      body,
    }).catch(() => undefined); // the next rest sends the place anew
  };
  addEventListener("visibilitychange", () => document.hidden && send());
  let last = "";
  return (place) => {
    furthest = Math.max(furthest, place.furthest_ppm);
    const now = { anchor: place.anchor, furthest_ppm: furthest };
    const text = JSON.stringify(now);
    if (text === last) return;
    last = text;
    unsent = now;
    clearTimeout(resting);
    resting = setTimeout(send, REST_MS);
  };
}
