/** Live boards: every `[data-board]` of the page shares one connection. */
import { Connection } from "./board/connection";
import { Island, followNeighbours } from "./board/island";

const islands: Island[] = [];
const connection = new Connection((state) => islands.forEach((island) => island.report(state)));

for (const section of document.querySelectorAll<HTMLElement>("[data-board]")) {
  if (section.dataset.board) islands.push(new Island(section, connection));
}
for (const section of document.querySelectorAll<HTMLElement>("[data-around]")) {
  followNeighbours(section, connection);
}
if (document.querySelector("[data-board]:not([data-board='']), [data-around]")) connection.open();
