const PAUSE_MS = 250;

/** Asks the server again whether the tasks are enough whenever a choice of the form changes. */
export function followChoices(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-checks]")) follow(form);
}

function follow(form: HTMLFormElement): void {
  const place = form.querySelector<HTMLElement>("[data-checks-here]");
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let asked: AbortController | undefined;
  form.addEventListener("change", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => void ask(), PAUSE_MS);
  });
  const ask = async (): Promise<void> => {
    asked?.abort();
    asked = new AbortController();
    const chosen = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && name.includes(".")) chosen.append(name, value);
    }
    try {
      const answer = await fetch(`${form.dataset.checks}?${chosen}`, { signal: asked.signal });
      if (answer.ok && place) place.innerHTML = await answer.text();
    } catch (error) {
      // The check is made again when the form is saved; a newer choice has its own answer.
      if (!(error instanceof DOMException || error instanceof TypeError)) throw error;
    }
  };
}
