/** The remote control: every button is a form's, the script only spares the way to a new page. */
import { find, part, write } from "./spectate/dom";
import { type Racer, nameOf } from "./spectate/rows";
import { read, words } from "./spectate/words";

interface Says {
  panels: Record<string, string>;
  nobody: string;
  still: string;
  moves: string;
  told: string;
  kept: string;
  failed: string;
}

interface Shown {
  told: boolean;
  panel: string;
  bib: number | null;
  class: string;
  revealed: number;
  frozen: boolean;
}

const TYPING_MS = 250;
const FOUND = 8;
const says = read<Says>("remote-words");
const names = new Map<number, string>();

document.querySelectorAll<HTMLFormElement>(".remote form[method=post]").forEach((form) => {
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!(button instanceof HTMLButtonElement)) return;
    event.preventDefault();
    void press(form, button);
  });
});
document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof HTMLElement && event.target.matches("input, textarea, select");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const button = document.querySelector<HTMLButtonElement>(`.remote [data-key="${CSS.escape(event.key)}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});
searchWhileTyping();

async function press(form: HTMLFormElement, button: HTMLButtonElement): Promise<void> {
  button.setAttribute("aria-busy", "true");
  try {
    const body = new FormData(form, button);
    const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Requested-With": "fetch", Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    show((await answer.json()) as Shown);
  } catch {
    tell(says.failed);
  } finally {
    button.removeAttribute("aria-busy");
  }
}

function show(shown: Shown): void {
  write(now("panel"), says.panels[shown.panel] ?? shown.panel);
  write(now("racer"), shown.bib === null ? says.nobody : `${shown.bib} ${names.has(shown.bib) ? `· ${names.get(shown.bib)}` : ""}`);
  write(now("board"), shown.frozen ? says.still : says.moves);
  const places = document.querySelectorAll<HTMLElement>("[data-place]");
  write(now("revealed"), `${shown.revealed} / ${places.length}`);
  places.forEach((place, index) => place.classList.toggle("shown", index >= places.length - shown.revealed));
  const press_ = (selector: string, is: (value: string) => boolean): void =>
    document.querySelectorAll<HTMLButtonElement>(selector).forEach((one) => one.setAttribute("aria-pressed", String(is(one.value))));
  press_("button[name=panel]", (value) => value === shown.panel);
  press_("button[name=class]", (value) => shown.panel === "class" && value === shown.class);
  press_("button[name=board]", (value) => value === (shown.frozen ? "freeze" : "unfreeze"));
  tell(shown.told ? says.told : says.kept);
}

function now(name: string): HTMLElement {
  return find(`[data-now=${name}]`);
}

function tell(text: string): void {
  write(find("[data-told]"), "");
  write(find("[data-told]"), text);
  dispatchEvent(new CustomEvent("psot:toast", { detail: text }));
}

function searchWhileTyping(): void {
  const search = find<HTMLInputElement>("[data-search]");
  const list = find<HTMLElement>("[data-racers]");
  const address = list.dataset.racers ?? "";
  let typing: ReturnType<typeof setTimeout> | undefined;
  search.form?.querySelector("[data-without-script]")?.remove();
  search.form?.addEventListener("submit", (event) => event.preventDefault());
  search.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => void look(), TYPING_MS);
  });

  async function look(): Promise<void> {
    const text = search.value.trim();
    if (!text) return list.replaceChildren();
    try {
      const query = new URLSearchParams({ q: text, count: String(FOUND) });
      const answer = await fetch(`${address}?${query.toString()}`, { headers: { Accept: "application/json" } });
      if (!answer.ok || text !== search.value.trim()) return;
      list.replaceChildren(...((await answer.json()) as { rows: Racer[] }).rows.map(choice));
    } catch {
      tell(says.failed);
    }
  }
}

function choice(row: Racer): HTMLLIElement {
  const item = part("li", "");
  const button = part("button", "remote-racer");
  button.name = "bib";
  button.value = String(row.bib);
  const name = nameOf(row, words);
  names.set(row.bib, name);
  button.append(part("b", "bib", String(row.bib)), part("span", "", name), part("span", "soft", words.regions[row.region] ?? ""));
  item.append(button);
  return item;
}
