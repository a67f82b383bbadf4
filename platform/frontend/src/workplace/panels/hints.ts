/** Hints: what was said, and one more for its price. */
import { type Child, el } from "../../race/dom";
import { HINT_PPM } from "../menus";
import { button } from "../parts";
import type { Stage } from "../stage";

export function hintsBody(stage: Stage): Child[] {
  const { engine, words } = stage;
  const { hints, ended } = engine.state;
  const price = { percent: words.percent(HINT_PPM) };
  const items = hints.map((one, nth) =>
    el("li", {}, el("p", {}, one.text), one.object && button(`hint-object-${nth}`, words.say("hintShow", { name: engine.object(one.object).name }), () => stage.openObject(one.object), { quiet: true, sign: "eye" })),
  );
  return [
    el("p", { class: "soft" }, words.say("hintHelp", price)),
    hints.length > 0 && el("ol", { class: "work-hints" }, ...items),
    button("hint-take", words.say(hints.length ? "hintMore" : "hintTake", price), () => void stage.act({ kind: "hint" }), { main: true, sign: "zap", off: Boolean(ended) }),
  ];
}
