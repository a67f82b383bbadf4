/** Where a screen comes to rest: the finish, out of the race, another device, a refusal. */
import { icon } from "../page/icon";
import { el, write } from "./dom";
import type { Drawn, Stage } from "./parts";
import type { State } from "./state";

export function finished(stage: Stage): Drawn {
  const { words } = stage;
  const place = el("p", { class: "finish-place" });
  const total = el("dd");
  const leader = el("dd");
  const shooting = el("dd");
  const next = el("p", { class: "buttons" });
  const facts = el(
    "dl",
    { class: "finish-facts" },
    el("div", {}, el("dt", {}, words.say("total")), total),
    el("div", {}, el("dt", {}, words.say("toLeader")), leader),
    el("div", {}, el("dt", {}, words.say("shooting")), shooting),
  );
  return {
    kicker: words.say("finish"),
    title: words.say("finishTitle"),
    body: [place, facts, el("p", { class: "soft" }, words.say("finishText")), next],
    update(state) {
      const { situation, around, race } = state;
      const rank = around?.me.rank;
      write(place, rank ? words.say("placeOf", { rank: words.number(rank), of: words.number(around.entered) }) : words.say("placeSoon"));
      write(total, situation?.total_ms == null ? "—" : words.time(situation.total_ms));
      write(leader, around?.me.leader_ms == null ? "—" : around.me.leader_ms === 0 ? words.say("leading") : words.gap(around.me.leader_ms));
      write(shooting, situation?.shootings || "—");
      links(stage, next, race?.stage ?? situation?.stage ?? "");
    },
  };
}

function links(stage: Stage, holder: HTMLElement, raceStage: string): void {
  if (holder.dataset.stage === raceStage) return;
  holder.dataset.stage = raceStage;
  const ready = raceStage === "provisional" || raceStage === "official";
  const { words, raceUrl, protocolUrl } = stage;
  holder.replaceChildren(
    ready
      ? el("a", { class: "button button-main", href: protocolUrl }, icon("list-checks"), words.say("toProtocol"))
      : el("a", { class: "button", href: raceUrl }, icon("flag"), words.say("toRace")),
  );
}

export function handed(stage: Stage): Drawn {
  const { words } = stage;
  const drawn = finished(stage);
  return { ...drawn, kicker: words.say("exchange"), title: words.say("handedTitle") };
}

/** Anything that ends with a sentence and a way on. */
function told(stage: Stage, kicker: string, title: string, text: string, ...actions: HTMLElement[]): Drawn {
  const way = el("a", { class: "button", href: stage.raceUrl }, icon("flag"), stage.words.say("toRace"));
  return { kicker, title, body: [el("p", { class: "lead" }, text), el("p", { class: "buttons" }, ...actions, way)], key: () => undefined };
}

export function out(stage: Stage, mark: string): Drawn {
  const { words } = stage;
  return told(stage, words.say("raceOver"), words.say(`out.${mark}`), words.say("outText"));
}

export function closed(stage: Stage): Drawn {
  const { words } = stage;
  return told(stage, words.say("raceOver"), words.say("closedTitle"), words.say("closedText"));
}

function seatButton(stage: Stage, name: string): HTMLElement {
  const button = el("button", { type: "button", class: "button button-main" }, icon("rotate-cw"), stage.words.say(name));
  button.addEventListener("click", () => stage.takeSeat());
  return button;
}

export function taken(stage: Stage): Drawn {
  const { words } = stage;
  return told(stage, words.say("otherDevice"), words.say("takenTitle"), words.say("takenText"), seatButton(stage, "takeBack"));
}

export function refused(stage: Stage): Drawn {
  const { words } = stage;
  const message = stage.state().refusal?.message || words.say("refusedText");
  return told(stage, words.say("onTheLine"), words.say("refusedTitle"), message, seatButton(stage, "tryAgain"));
}

export function entering(stage: Stage): Drawn {
  const { words } = stage;
  return { kicker: words.say("onTheLine"), title: words.say("enteringTitle"), body: [el("p", { class: "lead" }, words.say("enteringText"))], key: () => undefined };
}

/** Between two tasks: the next one is being fetched. */
export function between(stage: Stage): Drawn {
  const { words } = stage;
  const here = stage.state().situation!;
  return {
    kicker: words.say("lapOf", { lap: here.lap, laps: here.laps }),
    title: words.say("betweenTitle"),
    body: [el("p", { class: "lead" }, words.say("betweenText"))],
    update: (_state: State) => undefined,
  };
}
