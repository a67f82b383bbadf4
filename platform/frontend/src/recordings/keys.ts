/** The keys of the player; they rest while somebody types or a dialog is open. */
import type { Controls } from "./controls";

const FIELDS = "input:not([type=range]), textarea, select, [contenteditable]";

export function playByKeys(controls: Controls, said: (name: string, places?: Record<string, string>) => void): void {
  const acts: Record<string, () => void> = {
    " ": () => controls.toggle(),
    k: () => controls.toggle(),
    ArrowLeft: () => controls.skip(-5),
    ArrowRight: () => controls.skip(5),
    j: () => controls.skip(-10),
    l: () => controls.skip(10),
    f: () => controls.full(),
    m: () => controls.mute(),
    c: () => {
      controls.captions();
    },
    "<": () => speed(-1),
    ">": () => speed(1),
  };
  // The same keys under a Russian layout.
  const russian: Record<string, string> = { а: "f", с: "c", ь: "m", о: "j", л: "k", д: "l", б: "<", ю: ">" };
  const speed = (step: 1 | -1): void => {
    controls.changeSpeed(step);
    said("speed", { speed: String(controls.video.playbackRate) });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
    const target = event.target instanceof HTMLElement ? event.target : null;
    if (target?.matches(FIELDS)) return;
    const pressing = target?.matches("button, a, summary") ?? false;
    if (event.key === " " && pressing) return;
    if (target?.matches("[type=range]") && event.key.startsWith("Arrow")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (/^[0-9]$/.test(key)) {
      event.preventDefault();
      controls.seek((controls.lengthS * Number(key)) / 10);
      return;
    }
    const latin = russian[key];
    const named = latin === "<" || latin === ">" ? (event.shiftKey ? latin : "") : (latin ?? key);
    const act = acts[named];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
