const SLIDING_MS = 120;

/** Answers the form in place: the parts of the page that it changes are taken from the new page. */
export function followForm(drawn: () => void): void {
  const form = document.querySelector<HTMLFormElement>("[data-regions-form]");
  if (!form) return;
  form.querySelector("[data-regions-show]")?.setAttribute("hidden", "");
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  const show = async (): Promise<void> => {
    const mine = (asked += 1);
    const address = addressOf(form);
    document.querySelector("[data-swap='map']")?.classList.add("tilemap-busy");
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(answer.statusText);
      const text = await answer.text();
      if (mine !== asked) return;
      swap(new DOMParser().parseFromString(text, "text/html"));
      history.replaceState(null, "", address);
      drawn();
    } catch {
      // What cannot be done in place is done as without script: by going there.
      if (mine === asked) location.assign(address);
    }
  };
  form.addEventListener("input", (event) => {
    const told = form.querySelector<HTMLOutputElement>("[data-week-told]");
    const field = event.target as HTMLInputElement;
    if (told && field.name === "week") told.value = field.value;
    clearTimeout(timer);
    // Another season has weeks of its own: its slider comes with its page.
    if (field.name === "season") {
      form.querySelector("[name=week]")?.setAttribute("disabled", "");
      form.requestSubmit();
      return;
    }
    timer = setTimeout(() => void show(), SLIDING_MS);
  });
}

function addressOf(form: HTMLFormElement): string {
  const said = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && value) said.set(name, value);
  const query = said.toString();
  return query ? `${location.pathname}?${query}` : location.pathname;
}

function swap(page: Document): void {
  for (const fresh of page.querySelectorAll<HTMLElement>("[data-swap]")) {
    document.querySelector(`[data-swap="${fresh.dataset.swap}"]`)?.replaceWith(fresh);
  }
  const moving = page.querySelector("[data-moving-side]")?.hasAttribute("hidden") ?? true;
  document.querySelector("[data-moving-side]")?.toggleAttribute("hidden", moving);
}
