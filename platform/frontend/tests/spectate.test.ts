import assert from "node:assert/strict";
import { test } from "node:test";
import { EVERYBODY, boardOf, chosen, shared } from "../src/spectate/choice";
import { crowd, onRange, perSection, RANGE, share, span, spread } from "../src/spectate/geometry";
import { address, pagesIn, rowsIn } from "../src/spectate/pages";
import { BY_PLACE, type Sorting, pressed, sorted } from "../src/spectate/sorting";
import { type Head, type Racer, type Words, ahead, clock, gap, lanesOf, nameOf, newsOf, raceMs, racers, result, running, sentence, tiles, where } from "../src/spectate/rows";

const WORDS: Words = {
  states: { shot: "стреляет", station: "на станции" },
  points: { "lap2.range_exit": "Круг 2, уход с рубежа" },
  regions: {},
  labels: {},
  news: { clean_shooting: "{who}: чистая стрельба", finished: "{who}: финиш, место {n}" },
  member: "Участник {number}",
  team: "Команда {team}",
  leads: "лидер",
};

function racer(over: Partial<Racer> = {}): Racer {
  return { pos: 1, rank: 1, bib: 7, team: null, leg: 1, name: "", number: 12345, region: "RU-TYU", state: "station", irm: null, point: null, gap_ms: null, total_ms: null, bouts: [], lap: 1, ...over };
}

function head(over: Partial<Head> = {}): Head {
  return { stage: "running", zero_ms: 1_000_000, now_ms: 1_060_000, entered: 9, on_course: 9, finished: 0, out: 0, frozen_ms: null, delay_s: 0, laps: 3, bouts: 2, relay: false, ...over };
}

test("times are cut to tenths, as places count them", () => {
  assert.equal(clock(1_251_099), "20:51.0");
  assert.equal(clock(59_990), "59.9");
  assert.equal(clock(3_723_400), "1:02:03.4");
  assert.equal(running(7_900), "0:07");
  assert.equal(gap(174_960), "+2:54.9");
  assert.equal(gap(-3_200), "−3.2");
  assert.equal(gap(null), "");
});

test("a board is drawn by position, whatever the order of its keys, and its head is no racer", () => {
  const board = { "9": racer({ pos: 2, bib: 9 }), race: head(), "7": racer() };

  assert.deepEqual(racers(board).map(([key]) => key), ["7", "9"]);
});

test("a name is shown by consent, else the member's number, in a relay the team", () => {
  assert.equal(nameOf(racer({ name: "Анна Петрова" }), WORDS), "Анна Петрова");
  assert.equal(nameOf(racer(), WORDS), "Участник 12345");
  assert.equal(nameOf(racer({ number: 0, team: "ТЮМ-1" }), WORDS), "Команда ТЮМ-1");
});

test("the last column tells a mark, a total, a gap, or who leads", () => {
  assert.equal(result(racer({ irm: "DNF", rank: null }), WORDS), "DNF");
  assert.equal(result(racer({ gap_ms: 0, total_ms: 1_251_060 }), WORDS), "20:51.0");
  assert.equal(result(racer({ gap_ms: 0 }), WORDS), "лидер");
  assert.equal(result(racer({ rank: 2, gap_ms: 32_449 }), WORDS), "+32.4");
  assert.equal(result(racer({ rank: null }), WORDS), "");
});

test("who is under way is at the last point, who shoots is at the range", () => {
  assert.equal(where(racer({ point: "lap2.range_exit" }), WORDS), "Круг 2, уход с рубежа");
  assert.equal(where(racer({ state: "shot", point: "lap2.range_exit" }), WORDS), "стреляет");
  assert.equal(where(racer(), WORDS), "на станции");
});

test("each bout has a tile, those ahead are empty", () => {
  assert.deepEqual(tiles([0, 2], 4), [0, 2, null, null]);
  assert.deepEqual(tiles([0, 2, 1], 2), [0, 2, 1]);
});

test("the clock of a race runs on the server's clock and behind by the broadcast's delay", () => {
  const late = head({ delay_s: 30 });
  const here = 500_000;

  const aheadMs = ahead(head(), here, 0);
  assert.equal(raceMs(head(), here, aheadMs), 60_000);
  assert.equal(raceMs(late, here, aheadMs), 30_000);
  assert.equal(ahead(head(), here + 90_000, aheadMs), aheadMs, "a board that has not changed for long turns no clock back");
  assert.equal(raceMs(head({ zero_ms: null }), here, 0), null);
});

test("the ticker is told newest first in the reader's words", () => {
  const news = { t_ms: 1, bib: 7, name: "", number: 5, region: "", n: 3 };
  const board = { "2": { ...news, kind: "clean_shooting" }, "10": { ...news, kind: "finished" } };

  assert.deepEqual(newsOf(board, 9).map(([, one]) => sentence(one, WORDS)), ["Участник 5: финиш, место 3", "Участник 5: чистая стрельба"]);
  assert.equal(newsOf(board, 1).length, 1);
});

test("lanes are told by bib, and how many shoot in all", () => {
  const lane = { name: "", number: 1, region: "", position: "P", bout: 1, targets: ["hit"], spares: 0 };
  const { lanes, shooting } = lanesOf({ range: { shooting: 214 }, "30": { ...lane, bib: 30 }, "4": { ...lane, bib: 4 } });

  assert.deepEqual(lanes.map(({ bib }) => bib), [4, 30]);
  assert.equal(shooting, 214);
});

test("a leader is drawn in the section that is told, as far as the whole says", () => {
  const [from, to] = span("station2", 3);
  const at = (done: number): number => share({ bib: 1, lap: 2, section: "station2", done }, 3, 3);

  assert.ok(at(0) === from && at(999) === to);
  assert.ok(Math.abs(at(334 + 133) - (0.467 * 3 - 1)) < 1e-9);
});

test("racers on the range stand side by side within it", () => {
  const places = [0, 1, 2].map((index) => onRange(index, 3));

  assert.deepEqual([...places].sort((a, b) => b - a), places);
  assert.ok(places.every((one) => one > RANGE[0] && one < RANGE[1]));
});

test("a crowd is drawn by ever fewer dots, and never outside its section", () => {
  const [from, to] = span("station1", 3);

  assert.equal(crowd(5), 5);
  assert.ok(crowd(10_000) <= 48 && crowd(300) > crowd(100));
  assert.ok(spread({ lap: 1, section: "station1", count: 400 }, 3).every((one) => one >= from && one <= to));
  assert.deepEqual(perSection([{ lap: 1, section: "range", count: 2 }, { lap: 2, section: "range", count: 3 }]), [{ lap: 0, section: "range", count: 5 }]);
});

test("a window of a long list asks for its own pages and draws its own rows only", () => {
  assert.deepEqual(pagesIn(0, 480, 40, 10_000), [0]);
  assert.deepEqual(pagesIn(48 * 40, 480, 40, 10_000), [0, 1]);
  assert.deepEqual(pagesIn(9_999 * 40, 480, 40, 10_000), [199]);
  assert.deepEqual(rowsIn(4_000, 480, 40, 10_000), [94, 118]);
  assert.deepEqual(rowsIn(0, 480, 40, 3), [0, 3]);
  assert.equal(address("/list", 2, { class: "", region: "RU-TYU", q: "Ян" }), "/list?from=101&count=50&region=RU-TYU&q=%D0%AF%D0%BD");
});

test("rows are looked through by any column, and equal ones keep their places", () => {
  const list = [[1, 7, 2], [2, 3, 0], [3, 5, 2]].map(([pos, bib, misses]) => [String(bib), racer({ pos: pos!, bib: bib!, bouts: [misses!] })] as const);
  const by = (sorting: Sorting): string => sorted(list, sorting).map(([key]) => key).join();

  assert.equal(by(BY_PLACE), "7,3,5");
  assert.equal(by(pressed(BY_PLACE, "bib")), "3,5,7");
  assert.equal(by(pressed(BY_PLACE, "shots")), "3,7,5");
  assert.equal(by(pressed(pressed(BY_PLACE, "shots"), "shots")), "7,5,3");
});

test("a choice is one board and one address to share", () => {
  assert.equal(boardOf("race:ab", EVERYBODY), "race:ab");
  assert.equal(boardOf("race:ab", chosen("split", "lap1.range_exit")), "race:ab.p.lap1.range_exit");
  assert.equal(boardOf("race:ab", chosen("class", "new")), "race:ab.c.new");
  assert.equal(boardOf("race:ab", chosen("region", "RU-TYU")), "race:ab.r.RU-TYU");
  assert.equal(shared("/races/1/live", chosen("region", "RU-TYU")), "/races/1/live?region=RU-TYU");
  assert.equal(shared("/races/1/live", EVERYBODY), "/races/1/live");
});
