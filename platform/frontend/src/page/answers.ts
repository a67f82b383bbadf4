/** Keys 1 to 9 choose the answer with that number, as on a range; typing in a field is left alone. */
export function chooseAnswersByKey(): void {
  const list = document.querySelector<HTMLElement>("[data-answers]");
  if (!list) return;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !/^[1-9]$/.test(event.key)) return;
    if (event.target instanceof HTMLElement && event.target.matches("textarea, select, input:not([type=radio], [type=checkbox])")) return;
    // Of a case with several questions the one that is being answered is meant.
    const here = event.target instanceof Element ? event.target.closest("[data-choices]") : null;
    const inputs = (here ?? list.querySelector("[data-choices]") ?? list).querySelectorAll<HTMLInputElement>("input[type=radio], input[type=checkbox]");
    const input = inputs[Number(event.key) - 1];
    if (!input || input.disabled) return;
    event.preventDefault();
    input.focus();
    input.click();
  });
}
