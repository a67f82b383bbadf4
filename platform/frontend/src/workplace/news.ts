/** What is said after an action: one sentence, aloud and as a note on the stage. */
import type { Engine } from "./engine";
import { toneOf } from "./parts";
import type { Tone } from "./stage";
import type { Effect, Tasks, Verdict } from "./types";
import type { Words } from "./words";

export interface News {
  text: string;
  tone: Tone;
}

/** Returns what the effects of one action say; nothing where they say nothing new. */
export function newsOf(effects: readonly Effect[], engine: Engine, words: Words): News | null {
  const said = effects.flatMap((one) => sentence(one, engine, words));
  if (said.length === 0) return null;
  const tone = said.find((one) => one.tone !== "plain")?.tone ?? "plain";
  return { text: said.map((one) => one.text).join(" "), tone };
}

function sentence(effect: Effect, engine: Engine, words: Words): News[] {
  const judged = (verdict: Verdict, text: string, name: string = verdict): News[] => [{ tone: toneOf(verdict), text: `${words.say(`verdict.${name}`)} ${text}`.trim() }];
  switch (effect.t) {
    case "reported":
      return judged(effect.verdict, effect.text, effect.verdict === "wrong" ? "falseAlarm" : effect.verdict === "right" ? "found" : "noted");
    case "assessed":
      return judged(effect.verdict, "", `assessed.${effect.verdict}`);
    case "stepped":
      return judged(effect.verdict, effect.text);
    case "worn":
    case "concluded":
    case "marked":
      return judged(effect.verdict, effect.text);
    case "measured":
      return [{ tone: toneOf(effect.verdict), text: effect.value ? words.say("reading", { value: effect.value }) : words.say("noReading") }];
    case "decided":
      return effect.in_time ? judged(effect.verdict, effect.text) : [{ tone: "bad", text: `${words.say("timeOver")} ${effect.text}`.trim() }];
    case "waited":
      return [{ tone: "plain", text: words.say("waited", { n: engine.state.waited_min }) }];
    case "opened":
      return opened(effect.tasks, words);
    case "hinted":
      return [{ tone: "plain", text: effect.text }];
    default:
      return [];
  }
}

function opened(tasks: Partial<Tasks>, words: Words): News[] {
  const titles = [
    ...(tasks.decisions ?? []).map((one) => one.text),
    ...(tasks.procedures ?? []).map((one) => one.title),
    ...(tasks.ppe ?? []).map((one) => one.task),
    ...(tasks.measurements ?? []).map((one) => one.point),
    ...(tasks.documents ?? []).map((one) => one.title),
  ];
  return titles.map((title) => ({ tone: "plain" as const, text: words.say("newTask", { title }) }));
}
