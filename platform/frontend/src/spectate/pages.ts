/** Which pages of a long list a window shows, as pure functions. Rows count from 0. */

export const PAGE = 50;

/** Returns the first and the last page (from 0) that rows in [top, top + height) pixels lie on. */
export function pagesIn(top: number, height: number, row: number, total: number): number[] {
  const last = Math.max(0, Math.ceil(total / PAGE) - 1);
  const from = Math.min(last, Math.max(0, Math.floor(top / row / PAGE)));
  const to = Math.min(last, Math.max(0, Math.floor((top + height) / row / PAGE)));
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** Returns the rows [from, to) that are drawn: those in the window and a few beyond each edge. */
export function rowsIn(top: number, height: number, row: number, total: number, beyond = 6): [number, number] {
  const from = Math.max(0, Math.floor(top / row) - beyond);
  return [from, Math.min(total, Math.ceil((top + height) / row) + beyond)];
}

/** Returns the address of one page of the list. */
export function address(base: string, page: number, filter: Record<string, string>): string {
  const query = new URLSearchParams({ from: String(page * PAGE + 1), count: String(PAGE) });
  for (const [name, value] of Object.entries(filter)) if (value) query.set(name, value);
  return `${base}?${query.toString()}`;
}
