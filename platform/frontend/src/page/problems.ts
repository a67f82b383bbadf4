/** Brings the reader to what a form has to say: the summary of its problems. */
export function focusFirstProblem(): void {
  document.querySelector<HTMLElement>("[data-focus]")?.focus();
}
