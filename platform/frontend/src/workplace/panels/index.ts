/** One panel for each kind of task. */
import type { Child } from "../../race/dom";
import type { Engine, TaskRef } from "../engine";
import type { Stage } from "../stage";
import { decisionBody } from "./decisions";
import { documentBody } from "./documents";
import { measurementBody } from "./measuring";
import { ppeBody } from "./ppe";
import { procedureBody } from "./procedures";

/** What a panel is drawn from: while it is the same, nothing is drawn anew under a hand. */
export function taskStamp({ state }: Engine, { kind, id }: Pick<TaskRef, "kind" | "id">): string {
  const { stepped, waited_min, worn, measured, concluded, marked, decided, ended } = state;
  const own = { procedure: [stepped[id], waited_min], ppe: [worn[id]], measurement: [measured[id], concluded[id]], document: [marked[id]], decision: [decided[id]] };
  return JSON.stringify([kind, id, ended, own[kind]]);
}

/** What a panel shows; null where the task is not open. */
export function taskPanel(stage: Stage, { kind, id }: Pick<TaskRef, "kind" | "id">): { kicker: string; title: string; body: Child[] } | null {
  const tasks = stage.engine.tasks();
  const kicker = stage.words.say(`task.${kind}`);
  const find = <Task extends { id: string }>(all: Task[]): Task | undefined => all.find((one) => one.id === id);
  const panel = <Task>(task: Task | undefined, title: (task: Task) => string, body: (stage: Stage, task: Task) => Child[]): { kicker: string; title: string; body: Child[] } | null =>
    task === undefined ? null : { kicker, title: title(task), body: body(stage, task) };
  switch (kind) {
    case "procedure":
      return panel(find(tasks.procedures), (one) => one.title, procedureBody);
    case "ppe":
      return panel(find(tasks.ppe), (one) => one.task, ppeBody);
    case "measurement":
      return panel(find(tasks.measurements), (one) => one.point, measurementBody);
    case "document":
      return panel(find(tasks.documents), (one) => one.title, documentBody);
    case "decision":
      return panel(find(tasks.decisions), (one) => one.text, decisionBody);
  }
}
