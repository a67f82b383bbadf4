import { setIcon } from "./icon";
import { say } from "./strings";

/** Lets a reader see the password being typed; the button appears only where this script runs. */
export function revealPasswords(): void {
  for (const holder of document.querySelectorAll<HTMLElement>("[data-reveal]")) {
    const input = holder.querySelector("input");
    const button = holder.querySelector("button");
    if (!input || !button) continue;
    button.hidden = false;
    button.setAttribute("aria-label", say("show"));
    button.addEventListener("click", () => {
      const shown = input.type === "password";
      input.type = shown ? "text" : "password";
      button.setAttribute("aria-label", say(shown ? "hide" : "show"));
      setIcon(button, shown ? "eye-off" : "eye");
    });
    input.form?.addEventListener("submit", () => (input.type = "password"));
  }
}
