/** Stations and shots: a question with two to five answers, by key, by finger, by pointer. */
import { el, toggle } from "./dom";
import { type Drawn, type Stage, targets, timer } from "./parts";
import type { Task } from "./protocol";
import type { State } from "./state";

export function station(stage: Stage, task: Task): Drawn {
  const { words } = stage;
  const here = stage.state().situation!;
  const place = { lap: here.lap, laps: here.laps, n: here.station, of: here.stations };
  const falls = here.falls_most > 0 ? words.say("falls", { n: here.falls, of: here.falls_most }) : "";
  return {
    kicker: `${words.say("lapOf", place)} · ${words.both(task.topic_name)}`,
    title: words.say("stationOf", place),
    body: [el("p", { class: "case", id: "question" }, task.text), ...options(stage, task), el("p", { class: "panel-foot soft" }, falls)],
    update: (state) => press(state, task),
  };
}

export function shot(stage: Stage, task: Task, number: number): Drawn {
  const { words } = stage;
  const here = stage.state().situation!;
  const left = task.due_ms === null ? null : timer(words, task.shown_ms, task.due_ms, Math.ceil((task.limit_ms ?? Infinity) / 1000));
  const spare = here.state === "spare round";
  return {
    kicker: `${words.say("boutOf", { n: here.bout, of: here.bouts })} · ${words.say(task.kind === "P" ? "prone" : "standing")}`,
    title: spare ? words.say("spareAt", { n: number, left: here.spares_left }) : words.say("shotOf", { n: number, of: here.targets.length }),
    body: [
      el("div", { class: "range-head" }, targets(words, here.targets), left?.node),
      el("p", { class: "question", id: "question" }, task.text),
      ...options(stage, task),
    ],
    ...(left ? { tick: left.tick } : {}),
    update: (state) => press(state, task),
  };
}

function options(stage: Stage, task: Task): HTMLElement[] {
  const group = el("div", { class: "options", role: "group", "aria-labelledby": "question" });
  task.options.forEach((option, place) => {
    const button = el("button", { type: "button", class: "option", "data-option": option.id, "aria-pressed": "false" }, el("kbd", {}, String(place + 1)), el("span", {}, option.text));
    button.addEventListener("click", () => stage.choose(place));
    group.append(button);
  });
  return [group];
}

/** Shows which answer is on its way; a button that cannot be pressed any more stays focusable. */
function press(state: State, task: Task): void {
  const chosen = state.pending?.task === task.number ? state.pending.option : null;
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-option]")) {
    const mine = button.dataset.option === chosen;
    button.setAttribute("aria-pressed", String(mine));
    if (chosen === null) button.removeAttribute("aria-disabled");
    else button.setAttribute("aria-disabled", "true");
    toggle(button, "data-sent", mine);
  }
}
