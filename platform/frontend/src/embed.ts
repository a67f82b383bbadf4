/** The board in a frame of another site: asks for its few rows now and then, without any cookie. */
import { find } from "./spectate/dom";
import type { Racer } from "./spectate/rows";
import { Table } from "./spectate/table";

const EVERY_MS = 5000;

const section = find<HTMLElement>("[data-embed]");
const table = new Table(section);
const address = `${section.dataset.list ?? ""}?from=1&count=${section.dataset.rows ?? "10"}`;

async function look(): Promise<void> {
  if (document.hidden) return;
  try {
    const answer = await fetch(address, { credentials: "omit", headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const { rows } = (await answer.json()) as { rows: Racer[] };
    table.draw(rows.map((row) => [row.team ? `t:${row.team}` : String(row.bib), row] as const));
  } catch {
    // What is shown stays; the next look comes in five seconds.
  }
}

setInterval(() => void look(), EVERY_MS);
void look();
