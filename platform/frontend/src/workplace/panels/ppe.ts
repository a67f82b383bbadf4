/** Choosing protection for a job: everything is offered, also what does harm. */
import { icon } from "../../page/icon";
import { type Child, el } from "../../race/dom";
import { tile, told } from "../parts";
import type { Stage } from "../stage";
import type { Ppe } from "../types";

export function ppeBody(stage: Stage, task: Ppe): Child[] {
  const { engine, words } = stage;
  const worn = engine.state.worn[task.id];
  const who = task.person ? words.say("ppeFor", { name: engine.object(task.person).name }) : words.say("ppeSelf");
  if (worn) {
    const names = task.offer.filter((one) => worn.items.includes(one.id));
    return [
      el("p", { class: "soft" }, who),
      el("ul", { class: "work-worn" }, ...names.map((one) => el("li", {}, icon("check"), one.name))),
      names.length === 0 && el("p", {}, words.say("ppeNothing")),
      told(words, worn.verdict, engine.told(`worn:${task.id}`)),
    ];
  }
  const count = el("span", {});
  const form = el(
    "form",
    { class: "work-form" },
    el("fieldset", { class: "work-choice" }, el("legend", {}, words.say("ppeChoose")), el("div", { class: "work-tiles" }, ...task.offer.map((one) => tile("checkbox", `ppe-${task.id}`, one.id, one.name)))),
    el("button", { type: "submit", class: "button button-main", "data-key": `wear-${task.id}` }, icon("hard-hat"), count),
  );
  const chosen = (): string[] => [...form.querySelectorAll<HTMLInputElement>("input:checked")].map((one) => one.value);
  const counted = (): void => void (count.textContent = words.say("ppeWear", { n: chosen().length }));
  counted();
  form.addEventListener("change", counted);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void stage.act({ kind: "wear", ppe: task.id, items: chosen() });
  });
  return [el("p", { class: "soft" }, who), form];
}
