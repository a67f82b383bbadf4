import { say } from "./strings";
import { toast } from "./toasts";

/** Copies the text of the element named by `data-copies` when its button is pressed. */
export function copyOnClick(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-copies]");
    const source = button && document.getElementById(button.dataset.copies ?? "");
    if (!source) return;
    const text = source instanceof HTMLInputElement ? source.value : (source.textContent ?? "").trim();
    navigator.clipboard.writeText(text).then(
      () => toast(say("copied")),
      () => toast(say("copyFailed")),
    );
  });
}
