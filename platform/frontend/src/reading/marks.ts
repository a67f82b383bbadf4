/** Bookmarks a place, or takes the mark away, without leaving the page; a failure leaves it to the form. */
export function markWithoutLeaving(form: HTMLFormElement): void {
  const button = form.querySelector<HTMLButtonElement>("button[name=wanted]");
  const word = form.querySelector<HTMLElement>("[data-mark-word]");
  if (!button || !word) return;
  let plain = false;
  form.addEventListener("submit", (event) => {
    if (plain) return;
    event.preventDefault();
    const wanted = button.value;
    const sent = new FormData(form);
    sent.set("wanted", wanted);
    button.disabled = true;
    fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body: sent })
      .then((answer) => {
        if (!answer.ok) throw new Error(String(answer.status));
        const on = wanted === "yes";
        button.value = on ? "no" : "yes";
        button.setAttribute("aria-pressed", String(on));
        word.textContent = (on ? word.dataset.on : word.dataset.off) ?? "";
      })
      .catch(() => {
        plain = true;
        button.disabled = false;
        form.requestSubmit(button);
      })
      .finally(() => (button.disabled = false));
  });
}
