/** Timing points of the course: their names on the wire, and where they lie on a lap. */

export interface Point {
  /** 0 for the exchange and the finish, which belong to the last lap. */
  lap: number;
  mark: "station" | "range_entry" | "range_exit" | "loop_exit" | "lap_end" | "exchange" | "finish";
  number: number;
}

/** Reads a label such as `lap2.station3` or `finish`; null for what is none. */
export function readPoint(label: string): Point | null {
  const found = /^(?:lap(\d+)\.)?(station|range_entry|range_exit|loop_exit|lap_end|exchange|finish)(\d*)$/.exec(label);
  if (!found) return null;
  return { lap: Number(found[1] ?? 0), mark: found[2] as Point["mark"], number: Number(found[3] || 0) };
}

/** Where a section lies on the picture of a lap, from 0 at the start line to 1 at the lap's end. */
export function placeOn(section: string, stations: number): number {
  const station = /^station(\d+)$/.exec(section);
  if (station) return (Number(station[1]) / (stations + 1)) * RANGE_AT;
  const places: Record<string, number> = { range: RANGE_AT, loop: LOOP_AT, course: COURSE_AT, finish: 1, line: 0 };
  return places[section] ?? 0;
}

/** The share of a lap that lies before the range. */
export const RANGE_AT = 0.86;
const LOOP_AT = 0.9;
const COURSE_AT = 0.95;

/** Returns the section where a racer in `state` is. */
export function sectionOf(state: string, station: number): string {
  if (state === "station") return `station${station}`;
  if (state === "range" || state === "shot" || state === "spare round") return "range";
  if (state === "penalty loop") return "loop";
  if (state === "on the line") return "line";
  return state === "finished" || state === "exchange" ? "finish" : "course";
}
