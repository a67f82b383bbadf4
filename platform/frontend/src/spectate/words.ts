import type { Words } from "./rows";

/** Returns what the server put on the page for its scripts: JSON in the element with this id. */
export function read<T>(id: string): T {
  return JSON.parse(document.getElementById(id)?.textContent ?? "{}") as T;
}

export const words: Words = read<Words>("race-words");
