/** The map of regions: live numbers, arrow keys from tile to tile, and answers without a new page. */
import { Connection } from "./board/connection";
import { Feed } from "./board/feed";
import { Island } from "./board/island";
import type { Rows } from "./board/state";
import { walkTiles } from "./regions/keys";
import { followForm } from "./regions/form";
import { drawLive } from "./regions/live";

const side = document.querySelector<HTMLElement>("[data-board]");
if (side?.dataset.board) {
  let island: Island | undefined;
  const connection = new Connection((state) => island?.report(state));
  island = new Island(side, connection);
  let rows: Rows = {};
  new Feed(connection, side.dataset.board, (taken) => {
    rows = taken as Rows;
    drawLive(rows);
  });
  connection.open();
  followForm(() => drawLive(rows));
} else {
  followForm(() => undefined);
}
walkTiles();
