/** Shows what is being written as readers will see it, soon after the pen rests. */
const REST_MS = 500;

export function followWriting(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-preview]")) {
    const here = document.querySelector<HTMLElement>("[data-preview-here]");
    if (!here) continue;
    for (const button of form.querySelectorAll<HTMLElement>("[data-without-script]")) button.hidden = true;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    let asked = 0;
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(async () => {
        const number = ++asked;
        const shown = await rendered(form);
        // A slow answer to an earlier question must not take the place of a later one.
        if (shown !== undefined && number === asked) replace(here, shown);
      }, REST_MS);
    });
  }
}

async function rendered(form: HTMLFormElement): Promise<string | undefined> {
  try {
    const answer = await fetch(form.dataset["preview"] ?? "", { method: "POST", body: new FormData(form) });
    return answer.ok ? await answer.text() : undefined;
  } catch {
    return undefined; // offline: the preview waits, what is written stays
  }
}

/** Puts the server's own cleaned page part in; scroll positions inside it stay. */
function replace(here: HTMLElement, html: string): void {
  const top = here.parentElement?.scrollTop ?? 0;
  const page = new DOMParser().parseFromString(html, "text/html");
  here.replaceChildren(...page.body.childNodes);
  if (here.parentElement) here.parentElement.scrollTop = top;
}
