/** Moments and lengths as the server writes them. */

/** 187000 is 3:07, 3765000 is 1:02:45. */
export function clock(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const second = String(total % 60).padStart(2, "0");
  const minutes = Math.floor(total / 60);
  const hour = Math.floor(minutes / 60);
  return hour ? `${hour}:${String(minutes % 60).padStart(2, "0")}:${second}` : `${minutes}:${second}`;
}
