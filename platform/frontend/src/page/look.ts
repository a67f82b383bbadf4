import { setIcon } from "./icon";

const ICONS: Record<string, string> = { auto: "sun-moon", light: "sun", dark: "moon" };
const SCHEMES: Record<string, string> = { auto: "light dark", light: "light", dark: "dark" };

/** Switches the look at once and tells the server afterwards; without script the form posts. */
export function switchLook(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-look]");
  form?.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!(button instanceof HTMLButtonElement) || button.name !== "theme") return;
    event.preventDefault();
    show(form, button.value);
    const body = new FormData(form, button);
    void fetch(form.action, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
  });
}

function show(form: HTMLFormElement, theme: string): void {
  document.documentElement.dataset.theme = theme;
  document.querySelector<HTMLMetaElement>('meta[name="color-scheme"]')!.content = SCHEMES[theme] ?? "light dark";
  for (const button of form.querySelectorAll<HTMLButtonElement>("button[name=theme]")) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
  const opener = document.querySelector(`[popovertarget="${form.id}"]`);
  if (opener) setIcon(opener, ICONS[theme] ?? "sun-moon");
}
