/** Where a tile stands on the grid. */
export interface Spot {
  row: number;
  column: number;
}

const WAYS: Readonly<Record<string, Spot>> = {
  ArrowUp: { row: -1, column: 0 },
  ArrowDown: { row: 1, column: 0 },
  ArrowLeft: { row: 0, column: -1 },
  ArrowRight: { row: 0, column: 1 },
};

/** More than any two tiles are apart. */
const WIDEST = 100;

/** The index of the tile an arrow `key` leads to from `from`: the nearest one that way, or none. */
export function neighbour(spots: readonly Spot[], from: Spot, key: string): number {
  const way = WAYS[key];
  let best = -1;
  let least = Infinity;
  if (!way) return best;
  spots.forEach((spot, index) => {
    const down = spot.row - from.row;
    const right = spot.column - from.column;
    const ahead = down * way.row + right * way.column;
    if (ahead <= 0) return;
    // A row is walked to its end, over any gap, before another one is.
    const far = ahead + WIDEST * Math.abs(way.row ? right : down);
    if (far < least) [best, least] = [index, far];
  });
  return best;
}

/** Lets arrow keys walk from tile to tile, beside the usual way with Tab. */
export function walkTiles(): void {
  document.addEventListener("keydown", (event) => {
    const tile = (event.target as Element | null)?.closest?.<SVGElement>("a.tile");
    if (!tile || !(event.key in WAYS)) return;
    const all = [...tile.ownerSVGElement!.querySelectorAll<SVGAElement>("a.tile")];
    const index = neighbour(all.map(spotOf), spotOf(tile), event.key);
    if (index < 0) return;
    event.preventDefault();
    all[index]!.focus();
  });
}

function spotOf(tile: SVGElement): Spot {
  return { row: Number(tile.dataset.row), column: Number(tile.dataset.column) };
}
