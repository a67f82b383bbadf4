/** Notes changes of a form that are not saved, and asks before they are left behind. */
export function noteUnsaved(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-unsaved]")) {
    const kept = content(form);
    const note = form.querySelector<HTMLElement>("[data-unsaved-note]");
    let leaving = false;
    form.addEventListener("input", () => {
      if (note) note.hidden = content(form) === kept;
    });
    form.addEventListener("submit", () => {
      leaving = true;
    });
    addEventListener("beforeunload", (event) => {
      if (!leaving && content(form) !== kept) event.preventDefault();
    });
  }
}

function content(form: HTMLFormElement): string {
  const fields = [...new FormData(form)].filter(([name]) => name !== "csrf_token");
  return JSON.stringify(fields.map(([name, value]) => [name, String(value)]));
}
