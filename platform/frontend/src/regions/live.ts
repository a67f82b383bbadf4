import { type Rows, standings } from "../board/state";

const STEPS = 6;

/** The step of colour of `place` (from 1) among `places`: the rule of the server's map. */
export function step(place: number, places: number): number {
  return STEPS - Math.floor(((place - 1) * STEPS) / places);
}

/** Writes the scores of `rows` into the map, where it shows what stands now. */
export function drawLive(rows: Rows): void {
  const map = document.querySelector<HTMLElement>('[data-swap="map"][data-moving="true"]');
  const list = standings(rows);
  if (!map || !list.length) return;
  const number = new Intl.NumberFormat(document.documentElement.lang);
  list.forEach(([key, row], index) => {
    const tile = map.querySelector<SVGElement>(`[data-region="${CSS.escape(key)}"]`);
    const value = tile?.querySelector(".tile-value");
    const shown = number.format(row.rating);
    if (!tile || !value || value.textContent === shown) return;
    const label = tile.querySelector(".tile-label")?.textContent ?? "";
    value.textContent = shown;
    tile.setAttribute("aria-label", `${label} ${shown} ${tile.dataset.name ?? ""}`);
    shade(tile, step(index + 1, list.length));
  });
}

function shade(tile: SVGElement, to: number): void {
  for (let one = 0; one <= STEPS; one += 1) tile.classList.toggle(`tile-${one}`, one === to);
  tile.querySelectorAll(".pip").forEach((pip, index) => pip.classList.toggle("pip-on", index < to));
}
