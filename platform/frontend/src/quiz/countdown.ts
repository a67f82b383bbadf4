/** The time left, by the server's clock: the page was told how much there was when it was made. */
const EVERY_MS = 250;
const LOW_MS = 60_000;

/** Returns `ms` as minutes and seconds; a second begun counts as a whole one. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Counts down; at the end sends what is chosen, or looks at the result. */
export function countDown(): void {
  const shown = document.querySelector<HTMLElement>("[data-left-ms]");
  const face = shown?.querySelector<HTMLElement>("[data-clock]");
  if (!shown || !face) return;
  // The page came a moment after it was made: what passed since counts too.
  const [arrival] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const made = arrival?.responseStart ?? performance.now();
  const left = (): number => Number(shown.dataset.leftMs) - (performance.now() - made);
  let warned = left() < LOW_MS;
  const timer = setInterval(tick, EVERY_MS);

  function tick(): void {
    if (!shown || !face) return;
    const ms = left();
    face.textContent = clock(ms);
    shown.classList.toggle("countdown-low", ms < LOW_MS);
    if (ms < LOW_MS && !warned) {
      warned = true;
      const said = document.querySelector("[data-countdown-said]");
      if (said) said.textContent = shown.dataset.minute ?? "";
    }
    if (ms > 0) return;
    clearInterval(timer);
    const form = document.querySelector<HTMLFormElement>("form.quiz-form");
    if (form?.checkValidity()) form.requestSubmit();
    else location.reload();
  }
  tick();
}
