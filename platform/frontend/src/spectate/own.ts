import type { Connection } from "../board/connection";
import { write } from "./dom";
import { type Racer, gap, told } from "./rows";
import { drawTiles } from "./table";
import { tiles } from "./rows";
import { words } from "./words";

const TELL_EVERY_MS = 15_000;

interface Mine extends Racer {
  ahead_ms: number | null;
  behind_ms: number | null;
  leader_ms: number | null;
  region_ms: number | null;
  team_ms: number | null;
}

interface Split {
  point: string;
  rank: number | null;
}

interface Around {
  board: string;
  me?: Mine;
  entered?: number;
  splits?: Split[];
}

const GAPS = ["ahead_ms", "behind_ms", "leader_ms", "region_ms", "team_ms"] as const;

/** The racer's own row, pinned to the edge of the window, and told to a screen reader now and then. */
export function followOwn(bar: HTMLElement, { socket }: Connection): void {
  const board = bar.dataset.around ?? "";
  const bouts = Number(bar.dataset.bouts) || 0;
  const shown: HTMLElement[] = [];
  const holder = bar.querySelector<HTMLElement>("[data-own-shots]");
  let told_ = { rank: -1, at: -Infinity };
  socket.on("connect", () => socket.emit("board.around", { board }));
  socket.on("around.me", (message: Around) => {
    const { me } = message;
    if (message.board !== board || !me) return;
    bar.hidden = false;
    const rank = me.irm ?? (me.rank === null ? "–" : String(me.rank));
    write(bar.querySelector("[data-own-rank]"), rank);
    write(bar.querySelector("[data-own-entered]"), message.entered ? String(message.entered) : "");
    for (const name of GAPS) {
      const figure = bar.querySelector<HTMLElement>(`[data-own-gap=${name}]`);
      const value = me[name];
      figure?.parentElement?.toggleAttribute("hidden", value === null || value === undefined);
      write(figure, gap(value));
    }
    if (holder) drawTiles(holder, shown, tiles(me.bouts, bouts));
    const now = performance.now();
    if (me.rank === null || me.rank === told_.rank || now - told_.at < TELL_EVERY_MS) return;
    told_ = { rank: me.rank, at: now };
    write(bar.querySelector("[data-own-news]"), told(words, "ownPlace", { rank: me.rank, gap: gap(me.leader_ms) || "0.0" }));
  });
}
