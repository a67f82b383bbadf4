/** Talks to the server: every answer is JSON, everything else is an answer that never came. */
import { meta } from "../page/strings";
import type { Answer, Report } from "./protocol";
import type { Kept, Sent, Store } from "./reports";

const PATIENCE_MS = 10_000;
const PREFIX = "psot:watch:";
const SIGNED_OUT = 401;
/** Statuses that a later attempt may not meet. */
const PASSING = new Set([408, 429, 500, 502, 503, 504]);

/** Posts `body`; rejects where no answer came. A page sent to sign in is signed out. */
export async function post(address: string, body: unknown, last = false): Promise<Response> {
  return fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": meta("csrf-token") },
    body: JSON.stringify(body),
    redirect: "manual",
    keepalive: last,
    ...(last ? {} : { signal: AbortSignal.timeout(PATIENCE_MS) }),
  });
}

export async function sendReport(address: string, report: Report, last: boolean): Promise<Sent> {
  try {
    const answer = await post(address, report, last);
    if (answer.type === "opaqueredirect") return { kind: "refused", status: SIGNED_OUT };
    if (answer.ok) return { kind: "taken", answer: (await answer.json()) as Answer };
    return PASSING.has(answer.status) ? { kind: "lost" } : { kind: "refused", status: answer.status };
  } catch {
    return { kind: "lost" };
  }
}

/** Keeps reports in this browser; without storage they live as long as the page. */
export const browserStore: Store = {
  load() {
    try {
      return Object.keys(localStorage)
        .filter((key) => key.startsWith(PREFIX))
        .map((key) => JSON.parse(localStorage.getItem(key) ?? "") as Kept);
    } catch {
      return [];
    }
  },
  save(kept) {
    try {
      localStorage.setItem(PREFIX + kept.viewing, JSON.stringify(kept));
    } catch {
      // full or forbidden: the reports stay in memory
    }
  },
  remove(viewing) {
    try {
      localStorage.removeItem(PREFIX + viewing);
    } catch {
      // nothing was kept
    }
  },
};
