/** Times of a race as the server writes them: to a tenth, cut and never rounded. */

const TENTHS_A_MINUTE = 600;
const TENTHS_AN_HOUR = 36_000;

/** Writes whole milliseconds as `24:31.4` or `1:02:31.4`; below a minute `31.4`. */
export function raceTime(ms: number, mark: string): string {
  const count = Math.floor(Math.abs(ms) / 100);
  const hours = Math.floor(count / TENTHS_AN_HOUR);
  const minutes = Math.floor((count % TENTHS_AN_HOUR) / TENTHS_A_MINUTE);
  const rest = count % TENTHS_A_MINUTE;
  const sign = ms < 0 ? "−" : "";
  const two = (value: number): string => String(value).padStart(2, "0");
  const seconds = `${two(Math.floor(rest / 10))}${mark}${rest % 10}`;
  if (hours) return `${sign}${hours}:${two(minutes)}:${seconds}`;
  return minutes ? `${sign}${minutes}:${seconds}` : `${sign}${Math.floor(rest / 10)}${mark}${rest % 10}`;
}

/** Writes a gap to the best as `+12.3`; no gap at all is a dash. */
export function gap(ms: number | null, mark: string): string {
  if (ms === null) return "—";
  const text = raceTime(Math.abs(ms), mark);
  if (Math.abs(ms) < 100) return text;
  return `${ms > 0 ? "+" : "−"}${text}`;
}

/** Returns the moment a key leads to from `at`, or null for a key that is not ours; all in seconds. */
export function keyed(key: string, shift: boolean, at: number, last: number): number | null {
  const step = shift ? 30 : 5;
  const wanted: Record<string, number> = { ArrowLeft: at - step, ArrowRight: at + step, Home: 0, End: last };
  const to = wanted[key];
  return to === undefined ? null : Math.min(Math.max(to, 0), last);
}
