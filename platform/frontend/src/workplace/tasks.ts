/** Tasks as lines: in the side panel, in an object's card, in the list. */
import { icon } from "../page/icon";
import { type Child, el } from "../race/dom";
import type { TaskKind, TaskRef } from "./engine";
import { button } from "./parts";
import type { Stage } from "./stage";

const SIGNS: Record<TaskKind, string> = {
  procedure: "list-checks",
  ppe: "hard-hat",
  measurement: "gauge",
  document: "file-text",
  decision: "git-compare",
};

/** Opens the task; says its kind and how far it is. */
export function taskButton(stage: Stage, task: TaskRef, where: string): HTMLButtonElement {
  const { words, engine } = stage;
  const how = task.done ? "done" : task.begun ? "begun" : "open";
  const place = where === "side" && task.object ? ` · ${engine.object(task.object).name}` : "";
  const made = button(
    `${where}-task-${task.kind}-${task.id}`,
    el(
      "span",
      { class: "work-task-text" },
      el("span", { class: "work-task-kind" }, `${words.say(`task.${task.kind}`)}${place}`),
      el("span", { class: "work-task-title" }, task.title),
    ),
    () => stage.openTask(task),
    { kind: "work-task", sign: SIGNS[task.kind] },
  );
  made.dataset.how = how;
  made.dataset.task = `${task.kind}:${task.id}`;
  made.append(el("span", { class: "work-task-how" }, task.done ? icon("check") : null, words.say(`task.${how}`)));
  return made;
}

/** The side panel's tasks; what is still to be done comes first. */
export function taskList(stage: Stage): Child[] {
  const tasks = stage.engine.taskRefs();
  const sorted = [...tasks.filter((one) => !one.done), ...tasks.filter((one) => one.done)];
  return sorted.map((one) => el("li", {}, taskButton(stage, one, "side")));
}
