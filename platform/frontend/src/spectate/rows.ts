/** The rows of a race's live boards and what they mean, as pure functions. Times in milliseconds. */
import { fill } from "../page/strings";

/** One line of the standings; `team` is set in a relay, `name` is empty without consent. */
export interface Racer {
  pos: number;
  rank: number | null;
  bib: number;
  team: string | null;
  leg: number;
  name: string;
  number: number;
  region: string;
  state: string;
  irm: string | null;
  point: string | null;
  gap_ms: number | null;
  total_ms: number | null;
  /** Misses of each finished bout. */
  bouts: readonly number[];
  lap: number;
}

/** What a board says of its race. */
export interface Head {
  stage: string;
  zero_ms: number | null;
  now_ms: number;
  entered: number;
  on_course: number;
  finished: number;
  out: number;
  frozen_ms: number | null;
  delay_s: number;
  laps: number;
  bouts: number;
  relay: boolean;
}

export type Target = "hit" | "miss" | "aim" | "wait";

/** A racer on the range. */
export interface Lane {
  bib: number;
  name: string;
  number: number;
  region: string;
  position: "P" | "S";
  bout: number;
  targets: readonly Target[];
  spares: number;
}

/** One line of the ticker; `n` is a place or a count of misses. */
export interface News {
  t_ms: number;
  kind: string;
  bib: number;
  name: string;
  number: number;
  region: string;
  n: number;
}

/** What the server says in the reader's language. */
export interface Words {
  states: Record<string, string>;
  points: Record<string, string>;
  regions: Record<string, string>;
  labels: Record<string, string>;
  news: Record<string, string>;
  [name: string]: string | Record<string, string>;
}

type Board = Readonly<Record<string, unknown>>;

const HEAD = "race";

/** Returns sentence `name` with its `{places}` filled. */
export function told(words: Words, name: string, places: Record<string, string | number> = {}): string {
  const text = words[name];
  return typeof text === "string" ? fill(text, places) : name;
}

/** Returns the racers of a board by position, each with its key. */
export function racers(board: Board): [string, Racer][] {
  const found = Object.entries(board).filter(([key]) => key !== HEAD) as [string, Racer][];
  return found.sort(([, one], [, other]) => one.pos - other.pos);
}

/** Returns what a board says of its race; null until something is published. */
export function headOf(board: Board): Head | null {
  return (board[HEAD] as Head | undefined) ?? null;
}

/** Returns who a row is about: a name by consent, else the member's number; in a relay the team. */
export function nameOf(row: { name: string; number: number; team?: string | null }, words: Words): string {
  if (row.name) return row.name;
  if (row.number) return told(words, "member", { number: row.number });
  return row.team ? told(words, "team", { team: row.team }) : "";
}

/** Returns a time as a protocol writes it: tenths are cut, as places count them. */
export function clock(valueMs: number): string {
  const tenths = Math.floor(Math.max(0, valueMs) / 100);
  const [rest, seconds] = [Math.floor(tenths / 600), Math.floor(tenths / 10) % 60];
  const [hours, minutes] = [Math.floor(rest / 60), rest % 60];
  const tail = `.${tenths % 10}`;
  if (hours) return `${hours}:${two(minutes)}:${two(seconds)}${tail}`;
  return minutes ? `${minutes}:${two(seconds)}${tail}` : `${seconds}${tail}`;
}

/** Returns whole seconds as a running clock shows them: "0:07", "20:51", "1:02:03". */
export function running(valueMs: number): string {
  const all = Math.floor(Math.abs(valueMs) / 1000);
  const [hours, minutes] = [Math.floor(all / 3600), Math.floor(all / 60) % 60];
  return hours ? `${hours}:${two(minutes)}:${two(all % 60)}` : `${minutes}:${two(all % 60)}`;
}

/** Returns a gap with its sign; "" where there is none. */
export function gap(valueMs: number | null | undefined): string {
  if (valueMs === null || valueMs === undefined) return "";
  return `${valueMs < 0 ? "−" : "+"}${clock(Math.abs(valueMs))}`;
}

/** Returns what the last column shows: the mark of who is out, a total, a gap, or the leader's word. */
export function result(row: Racer, words: Words): string {
  if (row.irm) return row.irm;
  if (row.rank === null) return "";
  if (row.gap_ms === 0 || row.gap_ms === null) return row.total_ms === null ? told(words, "leads") : clock(row.total_ms);
  return gap(row.gap_ms);
}

/** Returns one tile a bout: misses of the finished ones, null of those ahead. */
export function tiles(bouts: readonly number[], count: number): (number | null)[] {
  return Array.from({ length: Math.max(count, bouts.length) }, (_, index) => bouts[index] ?? null);
}

/** Returns where a racer is, in words: the state, or the last point of who is under way. */
export function where(row: Racer, words: Words): string {
  const state = words.states[row.state] ?? row.state;
  const passes = row.state === "station" || row.state === "course";
  return (passes && row.point && words.points[row.point]) || state;
}

/** Returns the lanes in use, by bib, and how many shoot in all. */
export function lanesOf(board: Board): { lanes: Lane[]; shooting: number } {
  const { range, ...lanes } = board as Record<string, Lane> & { range?: { shooting: number } };
  const listed = Object.values(lanes as Record<string, Lane>).sort((one, other) => one.bib - other.bib);
  return { lanes: listed, shooting: range?.shooting ?? listed.length };
}

/** Returns the ticker, the newest first, at most `most` lines. */
export function newsOf(board: Board, most: number): [string, News][] {
  const listed = Object.entries(board) as [string, News][];
  return listed.sort(([one], [other]) => Number(other) - Number(one)).slice(0, most);
}

/** Returns a line of the ticker in words. */
export function sentence(news: News, words: Words): string {
  return fill(words.news[news.kind] ?? news.kind, { who: nameOf(news, words), n: news.n });
}

/**
 * Returns how far the server's clock is ahead of this one. A board says when it last changed, which
 * may be long ago: the server's clock is at least there, so the greater estimate is the nearer one.
 */
export function ahead(head: Head, hereMs: number, knownMs: number): number {
  return Math.max(knownMs, head.now_ms - hereMs);
}

/** Returns the time of the race as this board shows it: behind by its delay; null before any zero. */
export function raceMs(head: Head, hereMs: number, aheadMs: number): number | null {
  return head.zero_ms === null ? null : hereMs + aheadMs - head.zero_ms - head.delay_s * 1000;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
