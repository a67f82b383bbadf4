/** What passes between a racer's screen and the server; every moment is ms of the epoch there. */

export type Target = "hit" | "miss" | "aim" | "wait";
export type Outcome = "right" | "wrong" | "late";

/** A short text in both languages of the product. */
export interface Both {
  ru: string;
  en: string;
}

export interface Hold {
  kind: "fall" | "reload" | "loop";
  from_ms: number;
  until_ms: number;
  /** This loop included. */
  loops_left: number;
  memo: { title: Both; text: Both } | null;
}

export interface Task {
  /** Counts from 1 within a run and never comes back. */
  number: number;
  kind: "station" | "P" | "S";
  topic_name: Both | null;
  text: string;
  options: { id: string; text: string }[];
  shown_ms: number;
  /** With the allowance; null: take your time. */
  due_ms: number | null;
  limit_ms: number | null;
}

export interface Split {
  point: string;
  leg?: number;
  t_ms: number;
  run_ms: number;
}

export interface Situation {
  race: string;
  bib: number;
  seat_no: number;
  stage: string;
  now_ms: number;
  zero_ms: number | null;
  start_ms: number | null;
  state: string;
  out: boolean;
  lap: number;
  laps: number;
  leg: number;
  legs: number;
  bout: number;
  bouts: number;
  position: "P" | "S" | null;
  station: number;
  stations: number;
  falls: number;
  falls_most: number;
  targets: Target[];
  spares_left: number;
  shootings: string;
  hold: Hold | null;
  task: Task | null;
  last: { task: number; outcome: Outcome } | null;
  splits: Split[];
  finish_ms: number | null;
  total_ms: number | null;
  penalty_ms: number;
  probe: string;
  rtt_ms: number | null;
  allowance_ms: number;
  closed: boolean;
}

export interface Fault {
  code: string;
  message: string;
  retry_after_s?: number;
}

export type Answer =
  | { ok: true; seat?: string; ticket?: string; outcome?: Outcome; repeated?: boolean; situation?: Situation; probe?: string }
  | { ok: false; error: Fault };

/** A line of the board of a race. */
export interface BoardRow {
  pos: number;
  rank: number | null;
  bib: number;
  team?: string | null;
  leg?: number;
  name: string;
  number: number;
  region: string;
  state: string;
  irm: string | null;
  point: string | null;
  gap_ms: number | null;
  total_ms: number | null;
  bouts: (number | string)[];
  lap: number;
}

/** The line of the board that tells of the race itself. */
export interface RaceRow {
  stage: string;
  entered: number;
  on_course: number;
  finished: number;
  out: number;
  frozen_ms: number | null;
  relay: boolean;
}

export interface RankedSplit {
  point: string;
  leg?: number;
  t_ms: number;
  run_ms: number;
  rank: number | null;
  behind_ms: number | null;
}

/** What the board says around one racer. */
export interface Around {
  me: BoardRow & {
    ahead_ms: number | null;
    behind_ms: number | null;
    leader_ms: number | null;
    region_ms: number | null;
    team_ms: number | null;
  };
  rows: (BoardRow & { key?: string })[];
  entered: number;
  splits: RankedSplit[];
}

/** Where the field is on the course: how many at each section, and the leaders. */
export interface Field {
  sections: { lap: number; section: string; count: number }[];
  leaders: { bib: number; lap: number; section: string; done: number }[];
}
