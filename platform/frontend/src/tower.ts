/** The big screen: everything it shows comes by boards, what it shows is chosen on another device. */
import { Connection } from "./board/connection";
import { paced } from "./board/pace";
import { CourseView } from "./spectate/course";
import { find, still, write } from "./spectate/dom";
import { type Board, Feed } from "./board/feed";
import { FreshnessView } from "./spectate/freshness";
import { HeadView } from "./spectate/head";
import { Lanes } from "./spectate/lanes";
import { type Racer, headOf, lanesOf, nameOf, newsOf, racers, result, sentence, tiles, told } from "./spectate/rows";
import { drawTiles } from "./spectate/table";
import { Ticker } from "./spectate/ticker";
import { read, words } from "./spectate/words";
import { NOTHING_CHOSEN, chosenOf, panelAt, revealed } from "./tower/scene";
import { Third } from "./tower/third";
import { Tower } from "./tower/tower";

const ROWS = 12;
const CLASS_ROWS = 5;
const TOWER_EVERY_MS = 1000;
const PICTURE_EVERY_MS = 250;

const stage = find<HTMLElement>("[data-screen]");
const main = stage.dataset.main ?? "";
const bouts = Number(stage.dataset.bouts) || 0;
const titles = read<Record<string, string>>("race-classes");
const started = performance.now();

const freshness = new FreshnessView(document.querySelectorAll<HTMLElement>("[data-live-state]"));
const connection = new Connection((state) => freshness.report(state));
freshness.listen(connection);

const head = new HeadView(document);
const tower = new Tower(find("[data-tower]"), ROWS, bouts);
const third = new Third(find("[data-third]"), stage.dataset.list ?? "", bouts, (shown) => {
  find<HTMLElement>("[data-strip]").hidden = shown;
});
const classTower = new Tower(find("[data-class-tower]"), CLASS_ROWS, bouts);
const lanes = new Lanes(find("[data-lanes]"));
const course = new CourseView(find("[data-course]"));
const ticker = new Ticker(find("[data-ticker]"));
const cardTiles: HTMLElement[] = [];

let rows: Board = {};
let screen: Board = {};
let field: Board = {};
let chosen = NOTHING_CHOSEN;
let shooting = 0;
let news = 0;
let last: string | null = null;

const drawTower = paced(showTower, TOWER_EVERY_MS);
const drawCourse = paced(() => course.draw(field, chosen.bib ?? 0, true), PICTURE_EVERY_MS);

new Feed(connection, main, (board) => {
  rows = board;
  const told_ = headOf(board);
  head.take(told_);
  find<HTMLElement>("[data-on-air]").hidden = told_?.stage !== "running";
  drawTower();
});
new Feed(connection, stage.dataset.screen ?? "", (board) => {
  screen = board;
  chosen = chosenOf(board);
  third.choose(chosen.bib);
  showPanel();
  showTower();
  drawCourse();
});
new Feed(connection, `${main}.range`, (board) => {
  const shown = lanesOf(board);
  shooting = shown.shooting;
  lanes.draw(shown.lanes);
  write(find("[data-shooting]"), shooting ? told(words, "range", { n: shooting }) : told(words, "nobodyShoots"));
});
new Feed(connection, `${main}.field`, (board) => {
  field = board;
  drawCourse();
});
new Feed(connection, `${main}.news`, (board) => {
  const [newest] = newsOf(board, 1);
  news = Object.keys(board).length;
  ticker.draw(board);
  write(find("[data-strip]"), newest ? sentence(newest[1], words) : "");
});
let classRows: Board = {};
const drawClass = paced(() => {
  const list = racers(classRows);
  classTower.draw(list, chosen.bib);
  find<HTMLElement>("[data-class-empty]").hidden = list.length > 0;
}, TOWER_EVERY_MS);
const classFeed = new Feed(connection, "", (board) => {
  classRows = board;
  drawClass();
});

connection.open();
showPanel();
setInterval(showPanel, TOWER_EVERY_MS);

function showTower(): void {
  const reveals = chosen.panel === "reveal";
  const standing = racers(rows);
  third.take(standing.map(([, row]) => row));
  const list = reveals ? revealed<Racer>(screen).map((row, index) => [`place:${index + 1}`, row] as const) : standing;
  tower.draw(list, chosen.bib);
  find<HTMLElement>("[data-tower-empty]").hidden = list.length > 0;
  showCard(reveals ? revealed<Racer>(screen).find((row) => row !== null) : undefined);
}

/** The place revealed last, large. */
function showCard(row: Racer | undefined): void {
  const card = find<HTMLElement>("[data-card]");
  find<HTMLElement>("[data-card-wait]").hidden = Boolean(row);
  card.hidden = !row;
  if (!row) {
    last = null;
    return;
  }
  const slot = (name: string): HTMLElement => find(`[data-card-${name}]`, card);
  write(slot("place"), row.irm ?? String(row.rank ?? row.pos));
  write(slot("name"), nameOf(row, words));
  write(slot("region"), words.regions[row.region] ?? "");
  write(slot("result"), result(row, words));
  drawTiles(slot("shots"), cardTiles, tiles(row.bouts, bouts));
  const key = String(row.pos);
  if (key !== last && !still()) {
    card.animate([{ opacity: 0, transform: "rotateX(-70deg)" }, { opacity: 1, transform: "none" }], { duration: 700, easing: "cubic-bezier(.2,.8,.2,1)" });
  }
  last = key;
}

function showPanel(): void {
  const reveals = chosen.panel === "reveal";
  const now = panelAt(chosen, { shooting, classes: Object.keys(titles), news }, performance.now() - started);
  stage.dataset.panel = reveals ? "reveal" : now.panel;
  find<HTMLElement>("[data-reveal-card]").hidden = !reveals;
  find<HTMLElement>(".tv-course").hidden = reveals;
  for (const panel of document.querySelectorAll<HTMLElement>("[data-panel-name]")) {
    panel.hidden = reveals || panel.dataset.panelName !== now.panel;
  }
  if (reveals || now.panel !== "class" || !now.class) return;
  write(find("[data-class-title]"), titles[now.class] ?? now.class);
  if (classFeed.name !== `${main}.c.${now.class}`) classRows = {};
  classFeed.switchTo(`${main}.c.${now.class}`);
  drawClass();
}
