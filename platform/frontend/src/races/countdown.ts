import { leftText } from "./left";

/** Between the end of a countdown and the look at what follows, so that readers do not come at once. */
const SPREAD_MS = 4000;
const SETTLE_MS = 1500;

/** Lets every countdown of the page tick by the server's clock, told when the page was made. */
export function tickCountdowns(): void {
  for (const place of document.querySelectorAll<HTMLElement>("[data-countdown]")) tick(place);
}

function tick(place: HTMLElement): void {
  const left = place.querySelector<HTMLElement>("[data-left]");
  if (!left) return;
  const end = performance.now() + Number(place.dataset.until) - Number(place.dataset.now);
  const draw = (): void => {
    const rest = end - performance.now();
    left.textContent = leftText(rest, left.dataset.days ?? "");
    if (rest > 0) setTimeout(draw, 1000 - ((-rest % 1000) + 1000) % 1000 || 1000);
    else setTimeout(lookAgain, SETTLE_MS + Math.random() * SPREAD_MS);
  };
  draw();
}

/** Loads the page as it is now, once, and never under somebody's typing. */
function lookAgain(): void {
  const key = `looked:${location.pathname}`;
  const typing = document.activeElement?.matches("input, select, textarea") ?? false;
  if (typing || sessionStorage.getItem(key) === document.title + location.search) return;
  sessionStorage.setItem(key, document.title + location.search);
  location.reload();
}
