/** The live standings of a race: what the server rendered, kept moving by boards. */
import { Connection } from "./board/connection";
import { paced } from "./board/pace";
import { say } from "./page/strings";
import { type Choice, boardOf, chosen, shared } from "./spectate/choice";
import { CourseView } from "./spectate/course";
import { find, write } from "./spectate/dom";
import { type Board, Feed } from "./board/feed";
import { FreshnessView } from "./spectate/freshness";
import { HeadView } from "./spectate/head";
import { Lanes } from "./spectate/lanes";
import { FieldList } from "./spectate/list";
import { followOwn } from "./spectate/own";
import { headOf, lanesOf, racers, told } from "./spectate/rows";
import { Table } from "./spectate/table";
import { Ticker } from "./spectate/ticker";
import { words } from "./spectate/words";

const TABLE_EVERY_MS = 1000;
const PICTURE_EVERY_MS = 250;

const page = find<HTMLElement>("[data-spectate]");
const main = page.dataset.spectate ?? "";
const form = find<HTMLFormElement>("[data-choice]");
const own = Number(page.dataset.ownBib) || 0;

const freshness = new FreshnessView(document.querySelectorAll<HTMLElement>("[data-live-state]"));
const connection = new Connection((state) => freshness.report(state));
freshness.listen(connection);

const head = new HeadView(document);
const table = new Table(find("[data-standings]"));
table.sortable();
let rows: Board = {};
const drawTable = paced(() => table.draw(racers(rows)), TABLE_EVERY_MS);
const standings = new Feed(connection, page.dataset.board ?? main, (board) => {
  rows = board;
  head.take(headOf(board));
  drawTable();
});
follow("range", () => {
  const lanes = new Lanes(find("[data-lanes]"));
  return (board) => {
    const { lanes: shown, shooting } = lanesOf(board);
    lanes.draw(shown);
    write(find("[data-shooting]"), shooting ? told(words, "range", { n: shooting }) : told(words, "nobodyShoots"));
  };
});
follow("field", () => {
  const course = new CourseView(find("[data-course]"));
  return (board) => course.draw(board, own);
});
follow("news", () => {
  const ticker = new Ticker(find("[data-ticker]"));
  return (board) => ticker.draw(board);
});
const list = new FieldList(find("[data-list]"), { class: field("class"), region: field("region"), q: "" });

const bar = document.querySelector<HTMLElement>("[data-around]");
if (bar) followOwn(bar, connection);
chooseWithoutLeaving();
slashSearches();
connection.open();

/** Follows a part of the main board and draws it at most four times a second. */
function follow(suffix: string, make: () => (board: Board) => void): void {
  const draw = make();
  let board: Board = {};
  const drawPaced = paced(() => draw(board), PICTURE_EVERY_MS);
  new Feed(connection, `${main}.${suffix}`, (rows_) => {
    board = rows_;
    drawPaced();
  });
}

function field(name: keyof Choice): string {
  return form.querySelector<HTMLSelectElement>(`[name=${name}]`)?.value ?? "";
}

function chooseWithoutLeaving(): void {
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector("[data-without-script]")?.remove();
  form.addEventListener("change", (event) => {
    const select = event.target;
    if (!(select instanceof HTMLSelectElement)) return;
    const choice = chosen(select.name as keyof Choice, select.value);
    for (const other of form.querySelectorAll("select")) if (other !== select) other.value = "";
    history.replaceState(null, "", shared(location.pathname, choice));
    write(find("[data-board-title]"), select.value ? (select.selectedOptions[0]?.textContent ?? "").trim() : String(words.overall));
    rows = {};
    table.draw([]);
    standings.switchTo(boardOf(main, choice));
    list.narrow({ class: choice.class, region: choice.region });
  });
}

function slashSearches(): void {
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLElement && event.target.matches("input, select, textarea");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    document.querySelector<HTMLInputElement>("[data-list] input[type=search]")?.focus();
  });
}

// A link to this page is one to exactly what it shows.
for (const button of document.querySelectorAll<HTMLElement>("[data-share]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.clipboard.writeText(location.href).then(
      () => dispatchEvent(new CustomEvent("psot:toast", { detail: say("copied") })),
      () => dispatchEvent(new CustomEvent("psot:toast", { detail: say("copyFailed") })),
    );
  });
}
