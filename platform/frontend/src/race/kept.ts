/** An answer that is not acknowledged outlives a reload of its tab. */
import type { Pending } from "./state";

export interface Shelf {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
  removeItem(name: string): void;
}

export function keep(shelf: Shelf, race: string, pending: Pending | null): void {
  const name = `psot-race-${race}`;
  if (pending) shelf.setItem(name, JSON.stringify(pending));
  else shelf.removeItem(name);
}

/** Returns the answer kept for `race`, or null where there is none or it cannot be read. */
export function kept(shelf: Shelf, race: string): Pending | null {
  try {
    const told = JSON.parse(shelf.getItem(`psot-race-${race}`) ?? "null") as Partial<Pending> | null;
    return typeof told?.task === "number" && typeof told.option === "string" ? { task: told.task, option: told.option } : null;
  } catch {
    return null;
  }
}
