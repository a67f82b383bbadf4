/** Parts that cards and panels share. Text is always text, never markup. */
import { icon } from "../page/icon";
import { type Child, el } from "../race/dom";
import type { Tone } from "./stage";
import type { Verdict } from "./types";
import type { Words } from "./words";

const TONES: Record<Verdict, Tone> = { right: "good", partly: "partly", wrong: "bad", noted: "plain" };
const SIGNS: Record<Tone, string> = { good: "circle-check", partly: "circle-alert", bad: "circle-x", plain: "check" };

export const toneOf = (verdict: Verdict): Tone => TONES[verdict];
export const signOf = (tone: Tone): string => SIGNS[tone];

/** A verdict by word, shape and colour, with what was said about it. */
export function told(words: Words, verdict: Verdict, text: string, name: string = verdict): HTMLElement {
  const tone = toneOf(verdict);
  return el(
    "p",
    { class: `work-told work-told-${tone}` },
    icon(signOf(tone)),
    el("span", {}, el("b", {}, words.say(`verdict.${name}`)), text ? ` ${text}` : ""),
  );
}

export interface ButtonLook {
  main?: boolean;
  quiet?: boolean;
  sign?: string;
  off?: boolean;
  pressed?: boolean;
  kind?: string;
}

/** A button; `key` finds it again after its surroundings were drawn anew. */
export function button(key: string, text: Child, press: () => void, look: ButtonLook = {}): HTMLButtonElement {
  const made = el(
    "button",
    {
      type: "button",
      class: `${look.kind ?? "button"}${look.main ? " button-main" : ""}${look.quiet ? " button-quiet" : ""}`,
      "data-key": key,
      "aria-disabled": look.off ? "true" : false,
      ...(look.pressed === undefined ? {} : { "aria-pressed": String(look.pressed) }),
    },
    look.sign && icon(look.sign),
    text,
  );
  made.addEventListener("click", () => look.off || press());
  return made;
}

/** Radio buttons as tiles; `read` gives the chosen id or "". */
export function choice(name: string, title: string, options: readonly { id: string; name: string }[]): { node: HTMLElement; read: () => string } {
  const node = el("fieldset", { class: "work-choice" }, el("legend", {}, title), el("div", { class: "work-tiles" }, ...options.map((one) => tile("radio", name, one.id, one.name))));
  return { node, read: () => node.querySelector<HTMLInputElement>("input:checked")?.value ?? "" };
}

export function tile(type: "radio" | "checkbox", name: string, value: string, text: string, checked = false): HTMLElement {
  return el("label", { class: "work-tile" }, el("input", { type, name, value, "data-key": `${name}-${value}`, checked }), el("span", {}, text));
}

/** Puts `children` into `host`; who had the focus inside has it afterwards, or its title. */
export function redraw(host: HTMLElement, children: readonly Child[]): void {
  const active = document.activeElement as HTMLElement | null;
  const inside = active !== null && active !== host && host.contains(active);
  const key = inside ? active.dataset.key : undefined;
  host.replaceChildren(...children.filter((one): one is Node | string => Boolean(one)));
  if (!inside) return;
  const again = key === undefined ? null : host.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  (again ?? host.closest("dialog, section")?.querySelector<HTMLElement>("h2, h3"))?.focus({ preventScroll: true });
}
