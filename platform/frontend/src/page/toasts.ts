const SHOWN_MS = 5000;

/** Says one short sentence in the corner; a screen reader hears it politely. */
export function toast(text: string): void {
  const place = document.getElementById("toasts");
  if (!place) return;
  const note = document.createElement("p");
  note.className = "toast";
  note.textContent = text;
  place.append(note);
  setTimeout(() => note.remove(), SHOWN_MS);
}

/** Lets other islands speak: `dispatchEvent(new CustomEvent("psot:toast", { detail: text }))`. */
export function showToasts(): void {
  addEventListener("psot:toast", (event) => toast(String((event as CustomEvent<unknown>).detail)));
}
