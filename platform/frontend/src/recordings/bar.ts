/** The bar under the picture, and the figures: what was seen, what is credited, what waits. */
import { clock } from "./times";
import type { Span, Status } from "./protocol";

const SVG = "http://www.w3.org/2000/svg";

export function drawStatus(status: Status, lengthMs: number): void {
  for (const drawing of document.querySelectorAll<SVGSVGElement>("[data-watched]"))
    for (const kind of ["seen", "waiting", "credited"] as const) drawSpans(drawing.querySelector(`.watched-${kind}`), status[kind]);
  const seen = status.seen.reduce((sum, [from, to]) => sum + to - from, 0);
  put("credited", clock(status.credited_ms));
  put("pending", clock(status.pending_ms));
  const share = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" }).format(Math.min(1, seen / lengthMs));
  put("seen", share);
}

function drawSpans(group: Element | null, spans: Span[]): void {
  group?.replaceChildren(
    ...spans.map(([from, to]) => {
      const rect = document.createElementNS(SVG, "rect");
      rect.setAttribute("x", String(from));
      rect.setAttribute("width", String(to - from));
      rect.setAttribute("height", "8");
      return rect;
    }),
  );
}

function put(name: string, text: string): void {
  const place = document.querySelector(`[data-credit="${name}"]`);
  if (place && place.textContent !== text) place.textContent = text;
}
