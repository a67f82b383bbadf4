import { say } from "../page/strings";
import { toast } from "../page/toasts";

/** Buttons of a result that only script can do: print it, copy its address. */
export function printAndShare(): void {
  const print = document.querySelector<HTMLElement>("[data-print]");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }
  const copy = document.querySelector<HTMLElement>("[data-copy]");
  if (copy && navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", () => {
      navigator.clipboard.writeText(copy.dataset.copy ?? "").then(
        () => toast(say("copied")),
        () => toast(say("copyFailed")),
      );
    });
  }
}

/** Enter goes on from an explanation, unless something on the page has the focus. */
export function goOnByEnter(): void {
  const next = document.querySelector<HTMLAnchorElement>("a[data-next]");
  if (!next) return;
  document.addEventListener("keydown", (event) => {
    const free = document.activeElement === document.body || document.activeElement?.id === "main";
    if (event.key === "Enter" && free && !event.repeat) next.click();
  });
}
