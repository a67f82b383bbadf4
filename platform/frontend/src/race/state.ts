/**
 * What a racer's screen knows, as pure functions.
 *
 * The server is always right: a situation replaces what was known, unless it is older. What a racer
 * has chosen is kept until the server has acknowledged it, whatever happens to the connection.
 */
import { type Clock, measured } from "./clock";
import { type Ghosts, rankedAmong } from "./ghosts";
import { readPoint } from "./points";
import type { Around, BoardRow, Fault, Outcome, RaceRow, Situation, Split, Target } from "./protocol";

export type Link = "connecting" | "socket" | "http" | "lost";
export type Seat = "entering" | "held" | "taken" | "refused";

/** An answer that was given here and is not acknowledged. */
export interface Pending {
  readonly task: number;
  readonly option: string;
}

/** What the last answer came to, with the targets as they then were. */
export interface Flash {
  readonly task: number;
  readonly kind: "station" | "shot";
  readonly outcome: Outcome;
  readonly targets: readonly Target[];
  readonly atMs: number;
}

export interface State {
  readonly situation: Situation | null;
  readonly clock: Clock | null;
  readonly seat: Seat;
  readonly refusal: Fault | null;
  readonly link: Link;
  readonly pending: Pending | null;
  readonly chosenAt: number;
  readonly flash: Flash | null;
  readonly around: Around | null;
  readonly leaders: readonly BoardRow[];
  readonly race: RaceRow | null;
  /** In practice: the field raced against. */
  readonly ghosts: Ghosts | null;
}

export const START: State = {
  situation: null,
  clock: null,
  seat: "entering",
  refusal: null,
  link: "connecting",
  pending: null,
  chosenAt: -Infinity,
  flash: null,
  around: null,
  leaders: [],
  race: null,
  ghosts: null,
};

/** A second press within so many ms is the same press. */
export const BOUNCE_MS = 250;
const LEADERS = 10;

/** Takes a situation with the local times at which it was asked for and came; old ones are ignored. */
export function onSituation(state: State, situation: Situation, sentAt: number, receivedAt: number): State {
  const clock = measured(state.clock, sentAt, receivedAt, situation.now_ms);
  if (state.situation && isOlder(situation, state.situation)) return { ...state, clock };
  return {
    ...state,
    clock,
    situation,
    seat: "held",
    refusal: null,
    pending: stillOpen(state.pending, situation),
    flash: flashOf(state, situation),
  };
}

function isOlder(one: Situation, known: Situation): boolean {
  if (one.seat_no !== known.seat_no) return one.seat_no < known.seat_no;
  if (one.now_ms !== known.now_ms) return one.now_ms < known.now_ms;
  return (one.task?.number ?? 0) < (known.task?.number ?? 0);
}

/** An answer outlives every situation that still shows its task; any other settles it. */
function stillOpen(pending: Pending | null, { task }: Situation): Pending | null {
  return pending && task?.number === pending.task ? pending : null;
}

function flashOf(state: State, situation: Situation): Flash | null {
  const last = situation.last ?? ranOut(state, situation);
  if (!last || (state.flash && state.flash.task >= last.task)) return state.flash;
  const before = state.situation;
  const { now_ms } = situation;
  const shot = before?.task?.number === last.task && before.task.kind !== "station";
  const targets = shot ? before.targets.map((one) => (one === "aim" ? (last.outcome === "right" ? "hit" : "miss") : one)) : [];
  return { task: last.task, kind: shot ? "shot" : "station", outcome: last.outcome, targets, atMs: now_ms };
}

/** A shot that is gone without an answer of ours ran out of time. */
function ranOut({ situation: before, pending }: State, { task, now_ms }: Situation): Situation["last"] {
  const gone = before?.task;
  if (!gone?.due_ms || gone.number === task?.number || pending?.task === gone.number) return null;
  return now_ms >= gone.due_ms ? { task: gone.number, outcome: "late" } : null;
}

/** Takes a choice by its place from 0; the same state where there is nothing to choose now. */
export function onChoice(state: State, place: number, localMs: number): State {
  const task = state.situation?.task;
  const option = task?.options[place];
  if (!task || !option || state.seat !== "held" || state.pending) return state;
  if (localMs - state.chosenAt < BOUNCE_MS) return state;
  return { ...state, pending: { task: task.number, option: option.id }, chosenAt: localMs };
}

/** Brings back an answer that an earlier page of this tab could not deliver. */
export function onKept(state: State, kept: Pending | null): State {
  return kept && state.situation?.task?.number === kept.task ? { ...state, pending: kept } : state;
}

/** Takes a refusal: of a call in general, or of the answer to `task`. */
export function onRefused(state: State, fault: Fault, task: number | null = null): State {
  if (fault.code === "taken_over") return { ...state, seat: "taken", pending: null };
  if (task !== null) return state.pending?.task === task ? { ...state, pending: null } : state;
  return { ...state, seat: "refused", refusal: fault, pending: null };
}

/**
 * Takes the news that seat number `seatNo` is the newest; the own one changes nothing. While a seat is
 * being taken the news may well be of that one: the answer decides, and the next call if it does not.
 */
export function onTakenOver(state: State, seatNo: number): State {
  if (state.seat !== "held" || !state.situation || seatNo <= state.situation.seat_no) return state;
  return { ...state, seat: "taken", pending: null };
}

/** Begins anew after another device had the seat. */
export function onEntering(state: State): State {
  return { ...state, seat: "entering", refusal: null };
}

export function onLink(state: State, link: Link): State {
  return state.link === link ? state : { ...state, link };
}

export function onAround(state: State, around: Around): State {
  return { ...state, around };
}

/** Takes the rows of the board: the first ten, and the line of the race itself. */
export function onBoard(state: State, rows: Readonly<Record<string, unknown>>): State {
  const { race, ...others } = rows as Record<string, BoardRow> & { race?: unknown };
  const leaders = Object.values(others as Record<string, BoardRow>)
    .sort((one, other) => one.pos - other.pos)
    .slice(0, LEADERS);
  return { ...state, leaders, race: (race as RaceRow | undefined) ?? state.race };
}

export function onGhosts(state: State, ghosts: Ghosts): State {
  return { ...state, ghosts };
}

/** Whether the racer is between start and finish, where leaving the page is counted. */
export function isRacing({ situation, seat }: State): boolean {
  if (!situation || seat !== "held" || situation.out || situation.closed) return false;
  return situation.task !== null || situation.hold !== null;
}

/** When the server has news that follow by themselves, by its clock; null: nothing will. */
export function nextNews({ situation, seat }: State): number | null {
  if (!situation || seat !== "held" || situation.out || situation.closed) return null;
  if (situation.finish_ms !== null && situation.task === null) return null;
  const { state, start_ms, hold, task, now_ms } = situation;
  if (state === "on the line") return start_ms;
  if (hold) return hold.until_ms;
  if (task) return task.due_ms;
  return state === "finished" || state === "exchange" ? null : now_ms;
}

/** Whether the racer's own clock has not begun and waits for a team mate. */
export function isWaiting({ situation }: State): boolean {
  return situation?.state === "on the line" && situation.start_ms === null && situation.zero_ms !== null;
}

/** A line of the table of splits: own times, with place and gap where the board knows them. */
export interface SplitLine extends Split {
  readonly rank: number | null;
  readonly behind_ms: number | null;
}

/**
 * Returns the own splits, the newest first, with the ranks that the board or the ghosts give. Of points passed
 * at the same moment (the last station is where the range begins) the later one is told.
 */
export function splitLines({ situation, around, ghosts }: State): SplitLine[] {
  const places = ghosts ? rankedAmong(situation?.splits ?? [], ghosts) : (around?.splits ?? []);
  const keyOf = ({ leg = 1, point }: { leg?: number; point: string }): string => `${leg}:${point}`;
  const ranked = new Map(places.map((one) => [keyOf(one), one]));
  const own = (situation?.splits ?? []).toSorted((one, other) => one.t_ms - other.t_ms || byCourse(one, other));
  const last = own.filter((one, index) => own[index + 1]?.t_ms !== one.t_ms);
  const lines = last.map((own) => {
    const known = ranked.get(keyOf(own));
    return { ...own, rank: known?.rank ?? null, behind_ms: known?.behind_ms ?? null };
  });
  return lines.reverse();
}

const MARKS = ["station", "range_entry", "range_exit", "loop_exit", "lap_end", "exchange", "finish"];

function byCourse(one: Split, other: Split): number {
  const [a, b] = [readPoint(one.point), readPoint(other.point)];
  return (a?.lap || Infinity) - (b?.lap || Infinity) || MARKS.indexOf(a?.mark ?? "") - MARKS.indexOf(b?.mark ?? "");
}
