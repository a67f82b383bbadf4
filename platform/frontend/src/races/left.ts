const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Writes a time left in milliseconds: "2 d 03:04:05", "03:04:05" or "04:05"; never below zero. */
export function leftText(ms: number, days: string): string {
  const rest = Math.max(0, Math.ceil(ms / SECOND)) * SECOND;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");
  const short = `${two((rest % HOUR) / MINUTE)}:${two((rest % MINUTE) / SECOND)}`;
  if (rest < HOUR) return short;
  const long = `${two((rest % DAY) / HOUR)}:${short}`;
  return rest < DAY ? long : `${Math.floor(rest / DAY)} ${days} ${long}`;
}
