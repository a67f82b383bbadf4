/** What the big screen shows when, as pure functions. */

export type Panel = "range" | "class" | "news" | "course";

/** What the remote control chose. */
export interface Chosen {
  panel: string;
  bib: number | null;
  class: string;
  /** Places of the reveal, and how many of them nobody has seen yet. */
  places: number;
  hidden: number;
}

export const NOTHING_CHOSEN: Chosen = { panel: "auto", bib: null, class: "", places: 0, hidden: 0 };

/** What there is to rotate through. */
export interface Stock {
  shooting: number;
  classes: readonly string[];
  news: number;
}

export const TURN_MS = 12_000;

/** Returns the panels that rotate, in their order; the range comes back between the others. */
export function rotation({ shooting, classes, news }: Stock): { panel: Panel; class: string }[] {
  const others: { panel: Panel; class: string }[] = [
    ...classes.map((code) => ({ panel: "class" as const, class: code })),
    ...(news ? [{ panel: "news" as const, class: "" }] : []),
  ];
  const range = { panel: "range" as const, class: "" };
  if (!others.length) return [range];
  return shooting ? others.flatMap((one) => [range, one]) : others;
}

/** Returns the panel of this moment: the chosen one, or the turn of those that rotate. */
export function panelAt(chosen: Chosen, stock: Stock, elapsedMs: number): { panel: Panel; class: string } {
  const { panel } = chosen;
  if (panel === "range" || panel === "news" || panel === "course") return { panel, class: "" };
  const code = chosen.class || stock.classes[0];
  if (panel === "class" && code) return { panel, class: code };
  const turns = rotation(stock);
  return turns[Math.floor(elapsedMs / TURN_MS) % turns.length]!;
}

/** Returns what the screen's board says, the usual where nobody has chosen. */
export function chosenOf(board: Readonly<Record<string, unknown>>): Chosen {
  return { ...NOTHING_CHOSEN, ...(board.screen as Partial<Chosen> | undefined) };
}

/** Returns the places of the reveal, the winner first; null where nobody has seen who it is. */
export function revealed<Row>(board: Readonly<Record<string, unknown>>): (Row | null)[] {
  const { places } = chosenOf(board);
  return Array.from({ length: places }, (_, index) => (board[`place:${index + 1}`] as Row | undefined) ?? null);
}

/** Returns the bouts of a racer as hits of shots: "4/5". */
export function hits(misses: number, shots: number): string {
  return `${shots - misses}/${shots}`;
}
