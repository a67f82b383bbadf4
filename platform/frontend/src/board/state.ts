/**
 * What a watcher knows of a board, as pure functions.
 *
 * A board has an epoch (a new one starts when its history is not the old one's continuation) and a
 * version that grows by every change. A snapshot is the whole; a delta carries absolute values of all
 * rows that changed after version `from` up to version `to`. So a delta fits any version in
 * [from, to): later it is old news, earlier something is missing and the whole is asked for again.
 */

export interface Row {
  rank: number;
  rating: number;
  /** A name that may be shown; without one the member is told by `number`, in the reader's words. */
  member?: string;
  number?: number;
  region?: string;
  /** Places climbed since the last publication; negative: lost. */
  delta?: number;
}

export type Rows = Readonly<Record<string, Row>>;

export interface Have {
  epoch: string;
  version: number;
}

export interface Snapshot extends Have {
  board: string;
  rows: Rows;
}

export interface Delta {
  board: string;
  epoch: string;
  from: number;
  to: number;
  set: Rows;
  gone: readonly string[];
}

export interface Watch {
  /** The version these rows are; null until the first snapshot. */
  readonly have: Have | null;
  readonly rows: Rows;
  /** A snapshot was asked for and has not come. */
  readonly asked: boolean;
}

export interface Step {
  readonly watch: Watch;
  /** The rows are others than before. */
  readonly changed: boolean;
  /** Ask the server for a snapshot now. */
  readonly ask: boolean;
}

export const NOTHING: Watch = { have: null, rows: {}, asked: false };

/** Takes a snapshot, unless it is older than what is known of the same epoch. */
export function onSnapshot(watch: Watch, { epoch, version, rows }: Snapshot): Step {
  if (watch.have && watch.have.epoch === epoch && version < watch.have.version) return same(watch);
  return { watch: { have: { epoch, version }, rows, asked: false }, changed: true, ask: false };
}

/** Takes a delta where it fits, ignores old news, asks for the whole where something is missing. */
export function onDelta(watch: Watch, { epoch, from, to, set, gone }: Delta): Step {
  const { have } = watch;
  if (!have || have.epoch !== epoch || from > have.version) return missing(watch);
  if (to <= have.version) return same(watch);
  const rows = { ...watch.rows, ...set };
  for (const key of gone) delete rows[key];
  return { watch: { ...watch, have: { epoch, version: to }, rows }, changed: true, ask: false };
}

/** Takes the acknowledgement: what was lacking has been sent before it, or nobody published yet. */
export function onAnswer(watch: Watch): Watch {
  return { ...watch, asked: false };
}

/** Forgets that a snapshot was asked for: the connection that would bring it is gone. */
export function onDisconnect(watch: Watch): Watch {
  return { ...watch, asked: false };
}

/** Returns keys and rows from the first place on; equal places in the order of their keys. */
export function standings(rows: Rows): [string, Row][] {
  return Object.entries(rows).sort(
    ([a, one], [b, other]) => one.rank - other.rank || (a < b ? -1 : Number(a > b)),
  );
}

function same(watch: Watch): Step {
  return { watch, changed: false, ask: false };
}

function missing(watch: Watch): Step {
  return { watch: { ...watch, asked: true }, changed: false, ask: !watch.asked };
}
