/** Where things are on the picture of the course, as pure functions. The picture is 620 × 300. */

export interface Section {
  lap: number;
  section: string;
  count: number;
}

export interface Leader {
  bib: number;
  lap: number;
  section: string;
  /** Permille of the whole course. */
  done: number;
}

export type Spot = readonly [x: number, y: number];

/** A share of the lap, from its beginning behind the line to the line itself. */
export type Span = readonly [from: number, to: number];

/** Share of a lap at which the range begins, and at which it ends. */
export const RANGE: Span = [0.825, 0.982];
const LOOP = { x: 300, y: 196, rx: 52, ry: 20 };
const CROWD_MOST = 48;

/** Returns which part of the lap a section of the course takes. */
export function span(section: string, stations: number): Span {
  if (section === "range") return RANGE;
  if (section === "finish") return [0.99, 1];
  if (section === "line") return [0, 0.015];
  const number = Math.min(stations, Number(/^station(\d+)$/.exec(section)?.[1] ?? stations));
  const each = RANGE[0] / Math.max(1, stations);
  return [0.02 + each * (number - 1), Math.min(RANGE[0] - 0.01, each * number)];
}

/** Returns the share of the present lap a leader has behind: what is told of the whole, kept in its section. */
export function share({ lap, section, done }: Leader, laps: number, stations: number): number {
  const [from, to] = span(section, stations);
  const inLap = (done / 1000) * laps - (lap - 1);
  return Math.min(to, Math.max(from, inLap));
}

/** Returns the spot of a racer in the penalty loop: each bib has its own. */
export function onLoop(bib: number): Spot {
  const angle = (bib * 2.399963) % (2 * Math.PI);
  return [LOOP.x + LOOP.rx * Math.cos(angle), LOOP.y + LOOP.ry * Math.sin(angle)];
}

/** Returns the share of the lap for one of `count` racers who shoot: side by side, the first ahead. */
export function onRange(index: number, count: number): number {
  const [from, to] = RANGE;
  return to - ((index + 0.5) / Math.max(1, count)) * (to - from);
}

/** Returns as many spots as a crowd of `count` is drawn with: all of a few, ever fewer of more. */
export function crowd(count: number): number {
  return count <= 16 ? count : Math.min(CROWD_MOST, Math.round(16 + 2 * Math.sqrt(count - 16)));
}

/** Returns shares of the lap for the dots of one section, spread evenly over its part. */
export function spread({ section, count }: Section, stations: number): number[] {
  const [from, to] = span(section, stations);
  const dots = crowd(count);
  return Array.from({ length: dots }, (_, index) => from + ((index + 0.5) / dots) * (to - from));
}

/** Adds the laps of each section up: the picture has one lap. */
export function perSection(sections: readonly Section[]): Section[] {
  const sums = new Map<string, number>();
  for (const { section, count } of sections) sums.set(section, (sums.get(section) ?? 0) + count);
  return [...sums].map(([section, count]) => ({ lap: 0, section, count }));
}
