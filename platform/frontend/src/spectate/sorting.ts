/** By which column the first places are looked through, as pure functions. */
import type { Racer } from "./rows";

export type Column = "place" | "bib" | "shots";

export interface Sorting {
  column: Column;
  down: boolean;
}

export const BY_PLACE: Sorting = { column: "place", down: false };

const VALUES: Record<Column, (row: Racer) => number> = {
  place: (row) => row.pos,
  bib: (row) => row.bib,
  shots: (row) => row.bouts.reduce((sum, misses) => sum + misses, 0),
};

/** Returns the sorting after a column's head was pressed: the same column turns round. */
export function pressed({ column, down }: Sorting, next: Column): Sorting {
  return { column: next, down: column === next && !down };
}

/** Returns the rows in the order of a sorting; equal ones by their place. */
export function sorted<Key>(list: readonly (readonly [Key, Racer])[], { column, down }: Sorting): (readonly [Key, Racer])[] {
  const value = VALUES[column];
  const sign = down ? -1 : 1;
  return [...list].sort(([, one], [, other]) => sign * (value(one) - value(other)) || one.pos - other.pos);
}
