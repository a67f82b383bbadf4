/** Before and after: the start, the pause, finishing, the end. */
import { icon } from "../page/icon";
import { type Child, el } from "../race/dom";
import { button } from "./parts";
import type { Stage } from "./stage";

export type ViewName = "walk" | "overview" | "plan" | "list";

/** What stands on the stage before the first step. */
export function startCard({ engine, words }: Stage, has3d: boolean, begin: (view: ViewName) => void): HTMLElement {
  const { title, intro, minutes } = engine.scenario;
  const ways = [
    has3d && button("start-walk", words.say("start3d"), () => begin("walk"), { main: true, sign: "play", kind: "button button-large" }),
    button("start-plan", words.say("startPlan"), () => begin("plan"), { main: !has3d, sign: "map", kind: has3d ? "button" : "button button-large" }),
    button("start-list", words.say("startList"), () => begin("list"), { sign: "list-checks" }),
  ];
  return el(
    "section",
    { class: "work-start", "aria-labelledby": "work-start-title" },
    el("div", { class: "work-start-card" },
      el("p", { class: "work-kicker" }, words.say(`mode.${engine.mode}`)),
      el("h2", { id: "work-start-title", tabindex: "-1" }, title),
      el("p", { class: "work-intro" }, intro),
      el("ul", { class: "work-facts" }, fact("clock", words.say("norm", { n: minutes })), fact("eye", words.say("objects", { n: engine.scenario.objects.length })), fact("info", words.say(`modeHelp.${engine.mode}`))),
      el("div", { class: "buttons" }, ...ways.filter((one) => one !== false)),
      el("p", { class: "soft" }, words.say(has3d ? "startHelp" : "no3d")),
    ),
  );
}

function fact(sign: string, text: string): HTMLElement {
  return el("li", {}, icon(sign), el("span", {}, text));
}

/** What is asked before finishing. */
export function finishBody(stage: Stage, close: () => void): Child[] {
  const { engine, words } = stage;
  const left = engine.taskRefs().filter((one) => !one.done && !one.begun).length;
  const finish = (): void => void stage.act({ kind: "finish" });
  return [
    el("p", {}, words.say("finishHelp")),
    left > 0 && el("p", { class: "work-told work-told-partly" }, icon("circle-alert"), el("span", {}, words.say("tasksLeft", { n: left }))),
    el("div", { class: "buttons" }, button("finish-yes", words.say("finishYes"), finish, { main: true, sign: "flag" }), button("finish-no", words.say("finishNo"), close)),
  ];
}

/** What stands on the stage when the run is over. */
export function endCard({ engine, words }: Stage, debrief: string): HTMLElement {
  const { ended, score_ppm } = engine.state;
  const text = engine.told("ended");
  return el(
    "section",
    { class: "work-start", "aria-labelledby": "work-end-title" },
    el("div", { class: `work-start-card work-end-${ended}` },
      el("h2", { id: "work-end-title", tabindex: "-1" }, icon(ended === "critical" ? "circle-alert" : "flag"), words.say(`ended.${ended}`)),
      text ? el("p", { class: "work-intro" }, text) : null,
      score_ppm === null ? null : el("p", { class: "work-score" }, words.percent(score_ppm)),
      el("p", { class: "soft" }, words.say("endedHelp")),
      el("a", { class: "button button-main button-large", href: debrief }, icon("list-checks"), words.say("toDebrief")),
    ),
  );
}
