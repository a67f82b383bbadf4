/** One panel for each kind of task. */
import type { Child } from "../../race/dom";
import type { TaskRef } from "../engine";
import type { Stage } from "../stage";
import { decisionBody } from "./decisions";
import { documentBody } from "./documents";
import { measurementBody } from "./measuring";
import { ppeBody } from "./ppe";
import { procedureBody } from "./procedures";

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
