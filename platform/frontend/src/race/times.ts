/** Times and gaps as a reader of results writes them: whole tenths, cut and never rounded. */

const MINUS = "\u2212";

function pad(value: number): string {
  return String(value).padStart(2, "0");
}

function clock(seconds: number): string {
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`;
}

/** Writes a time such as 26:00,1; `comma` parts the tenths. */
export function time(ms: number, comma: string): string {
  const tenths = Math.floor(Math.abs(ms) / 100);
  return `${ms < 0 ? MINUS : ""}${clock(Math.floor(tenths / 10))}${comma}${tenths % 10}`;
}

/** Writes a gap such as +12,3 or +2:54,9. */
export function gap(ms: number, comma: string): string {
  const tenths = Math.floor(Math.abs(ms) / 100);
  const seconds = Math.floor(tenths / 10);
  const whole = seconds < 60 ? String(seconds) : clock(seconds);
  return `${ms < 0 ? MINUS : "+"}${whole}${comma}${tenths % 10}`;
}

/** Writes whole seconds as 0:07 or 1:02:03. */
export function stopwatch(ms: number): string {
  return clock(Math.max(0, Math.floor(ms / 1000)));
}

/** Returns whole seconds left, the current one included. */
export function secondsLeft(untilMs: number, nowMs: number): number {
  return Math.max(0, Math.ceil((untilMs - nowMs) / 1000));
}
