/** Pairs made by dragging a word to its line. The selects stay: they are what keyboards use. */
export function matchByDragging(field: HTMLElement): void {
  const tokens = field.querySelector<HTMLElement>(".match-tokens");
  if (!tokens) return;
  const selects = [...field.querySelectorAll<HTMLSelectElement>(".match-slot")];
  tokens.hidden = false;
  field.classList.add("match-live");
  field.addEventListener("change", mark);
  tokens.addEventListener("pointerdown", (event) => {
    const token = (event.target as Element).closest<HTMLElement>(".match-token");
    if (token && event.button === 0) drag(token, event);
  });
  mark();

  function mark(): void {
    const used = new Set(selects.map((one) => one.value));
    for (const token of field.querySelectorAll<HTMLElement>(".match-token"))
      token.classList.toggle("match-used", used.has(token.dataset.token ?? ""));
    for (const one of selects) one.closest(".match-row")?.classList.toggle("match-filled", one.value !== "");
  }

  function drag(token: HTMLElement, start: PointerEvent): void {
    start.preventDefault();
    token.setPointerCapture(start.pointerId);
    token.classList.add("match-dragged");
    const ghost = token.cloneNode(true) as HTMLElement;
    ghost.classList.add("match-ghost");
    field.append(ghost);
    const over = (event: PointerEvent): HTMLElement | undefined => {
      const under = document.elementsFromPoint(event.clientX, event.clientY);
      return under.find((one) => one.matches(".match-row") && field.contains(one)) as HTMLElement | undefined;
    };
    const move = (event: PointerEvent): void => {
      ghost.style.translate = `${event.clientX}px ${event.clientY}px`;
      const row = over(event);
      for (const one of field.querySelectorAll(".match-over")) if (one !== row) one.classList.remove("match-over");
      row?.classList.add("match-over");
    };
    const end = (event: PointerEvent): void => {
      const slot = over(event)?.querySelector<HTMLSelectElement>("select");
      token.removeEventListener("pointermove", move);
      token.classList.remove("match-dragged");
      for (const one of field.querySelectorAll(".match-over")) one.classList.remove("match-over");
      ghost.remove();
      if (!slot || event.type === "pointercancel") return;
      slot.value = token.dataset.token ?? "";
      slot.dispatchEvent(new Event("change", { bubbles: true }));
    };
    move(start);
    token.addEventListener("pointermove", move);
    token.addEventListener("pointerup", end, { once: true });
    token.addEventListener("pointercancel", end, { once: true });
  }
}
