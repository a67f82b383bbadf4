/** The jury's desk stays current: what changed on the page is put in place, without a reload. */
import { toast } from "./page/toasts";

const EVERY_MS = 5000;
const PATIENCE_MS = 10_000;

const parts = [...document.querySelectorAll<HTMLElement>("[data-live]")];

async function look(): Promise<void> {
  if (document.hidden) return;
  const answer = await fetch(location.href, { signal: AbortSignal.timeout(PATIENCE_MS) });
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const before = count(document);
  for (const part of parts) {
    const found = fresh.querySelector<HTMLElement>(`[data-live="${part.dataset.live}"]`);
    // Who is at work in a part keeps it: it follows with the next look.
    if (!found || part.contains(document.activeElement) || found.innerHTML === part.innerHTML) continue;
    part.replaceChildren(...found.childNodes);
  }
  const told = parts[0]?.dataset.told;
  if (told && count(document) > before) toast(told);
}

/** How many cases, protests and decisions are listed. */
function count(page: Document): number {
  return page.querySelectorAll("[data-live] h3").length;
}

if (parts.length) setInterval(() => void look().catch(() => undefined), EVERY_MS);
