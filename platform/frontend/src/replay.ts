/** The replay of a race: a slider over its frames, played, stepped by keys, shared by an address. */
import { Player } from "./replay/player";

for (const section of document.querySelectorAll<HTMLElement>("[data-replay]")) new Player(section).start();
