/** Calls `draw` at most once per `every_ms`, and always once after the last request. */
export function paced(draw: () => void, everyMs: number, now: () => number = () => performance.now()): () => void {
  let last = -Infinity;
  let waiting = false;
  return () => {
    if (waiting) return;
    const rest = last + everyMs - now();
    const run = (): void => {
      waiting = false;
      last = now();
      draw();
    };
    if (rest <= 0) return run();
    waiting = true;
    setTimeout(run, rest);
  };
}
