/** Situations of a racer for tests, with good defaults. */
import type { Around, BoardRow, Situation, Task } from "../src/race/protocol";
import { START, type State, onSituation } from "../src/race/state";

export const T0 = 1_800_000_000_000;

export function situation(other: Partial<Situation> = {}): Situation {
  return {
    race: "r",
    bib: 7,
    seat_no: 1,
    stage: "running",
    now_ms: T0,
    zero_ms: T0 - 60_000,
    start_ms: T0 - 60_000,
    state: "station",
    out: false,
    lap: 1,
    laps: 3,
    leg: 1,
    legs: 1,
    bout: 0,
    bouts: 2,
    position: null,
    station: 1,
    stations: 3,
    falls: 0,
    falls_most: 2,
    targets: [],
    spares_left: 0,
    shootings: "",
    hold: null,
    task: null,
    last: null,
    splits: [],
    finish_ms: null,
    total_ms: null,
    penalty_ms: 0,
    probe: "p",
    rtt_ms: 40,
    allowance_ms: 40,
    closed: false,
    ...other,
  };
}

export function task(number: number, other: Partial<Task> = {}): Task {
  return {
    number,
    kind: "station",
    topic_name: { ru: "Высота", en: "Height" },
    text: "?",
    options: [
      { id: "x", text: "А" },
      { id: "y", text: "Б" },
    ],
    shown_ms: T0,
    due_ms: null,
    limit_ms: null,
    ...other,
  };
}

export function shot(number: number, targets: Situation["targets"], other: Partial<Situation> = {}): Situation {
  const limit = { limit_ms: 20_000, due_ms: T0 + 20_040 };
  return situation({ state: "shot", position: "P", bout: 1, targets, task: task(number, { kind: "P", ...limit }), ...other });
}

/** A screen that has seen these situations, one after the other. */
export function seen(...situations: Situation[]): State {
  return situations.reduce((state, one) => onSituation(state, one, 0, 0), START);
}

export function row(pos: number, other: Partial<BoardRow> = {}): BoardRow {
  return {
    pos,
    rank: pos,
    bib: pos,
    name: "",
    number: 100 + pos,
    region: "RU-TYU",
    state: "station",
    irm: null,
    point: null,
    gap_ms: 0,
    total_ms: null,
    bouts: [],
    lap: 1,
    ...other,
  };
}

export function around(splits: Around["splits"] = [], rank = 3): Around {
  const gaps = { ahead_ms: 1000, behind_ms: 2000, leader_ms: 5000, region_ms: null, team_ms: null };
  return { me: { ...row(rank), ...gaps }, rows: [], entered: 12, splits };
}
