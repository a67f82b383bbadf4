/** A document as it lies on the desk; what is wrong or missing in it is marked, then handed in. */
import { icon } from "../../page/icon";
import { type Child, el, write } from "../../race/dom";
import { told } from "../parts";
import type { Stage } from "../stage";
import type { Paper } from "../types";

export function documentBody(stage: Stage, task: Paper): Child[] {
  const { engine, words } = stage;
  const marked = engine.state.marked[task.id];
  if (marked) return [told(words, marked.verdict, engine.told(`marked:${task.id}`)), sheetOf(stage, task, marked.fields)];
  const chosen = new Set<string>();
  const count = el("span", {}, words.say("docNone"));
  const toggled = (id: string, on: boolean): void => {
    if (on) chosen.add(id);
    else chosen.delete(id);
    write(count, chosen.size ? words.say("docMarked", { n: chosen.size }) : words.say("docNone"));
  };
  const form = el(
    "form",
    { class: "work-form" },
    sheetOf(stage, task, null, toggled),
    el("button", { type: "submit", class: "button button-main", "data-key": `mark-${task.id}` }, icon("check"), count),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void stage.act({ kind: "mark", document: task.id, fields: task.fields.map((one) => one.id).filter((one) => chosen.has(one)) });
  });
  return [el("p", { class: "soft" }, words.say("docHelp")), form];
}

function sheetOf({ words }: Stage, task: Paper, marked: readonly string[] | null, toggled?: (id: string, on: boolean) => void): HTMLElement {
  const rows = task.fields.map((field) => {
    const value = el("span", { class: "paper-value" }, field.value || el("span", { class: "paper-empty" }, words.say("docEmpty")));
    if (!toggled) return el("li", { class: "paper-row", "data-marked": marked?.includes(field.id) ?? false }, el("span", { class: "paper-name" }, field.name), value, marked?.includes(field.id) && el("span", { class: "paper-mark" }, icon("flag"), words.say("docFlag")));
    const box = el("input", { type: "checkbox", value: field.id, "data-key": `field-${task.id}-${field.id}` });
    const row = el("li", { class: "paper-row", "data-marked": false }, el("label", {}, el("span", { class: "paper-name" }, field.name), value, el("span", { class: "paper-mark" }, box, words.say("docFlag"))));
    box.addEventListener("change", () => {
      row.toggleAttribute("data-marked", box.checked);
      toggled(field.id, box.checked);
    });
    return row;
  });
  return el("div", { class: `paper paper-${task.kind}` }, el("p", { class: "paper-kind" }, words.say(`paper.${task.kind}`)), el("h3", { class: "paper-title" }, task.title), el("ul", {}, ...rows));
}
