/** Moving one entry of a list: pure, so that keys, buttons and drags do the same. */

/** Returns `list` with the entry at `from` taken to `to`; a place outside changes nothing. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const result = [...list];
  if (from < 0 || from >= list.length || to < 0 || to >= list.length) return result;
  const [taken] = result.splice(from, 1);
  result.splice(to, 0, taken as T);
  return result;
}

/** Returns the place in a column for something dragged to `y`: `middles` are those of the others. */
export function placeAt(y: number, middles: readonly number[]): number {
  return middles.filter((middle) => middle < y).length;
}
