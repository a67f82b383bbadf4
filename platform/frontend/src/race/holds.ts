/** Holds: after a fall, before a spare round, in the penalty loop, with something to read. */
import { calm, el, svg, write } from "./dom";
import { type Drawn, type Stage, memo, targets, timer } from "./parts";
import { done } from "./phase";
import type { Hold } from "./protocol";
import { secondsLeft } from "./times";

export function fall(stage: Stage, hold: Hold): Drawn {
  const { words } = stage;
  const here = stage.state().situation!;
  const left = timer(words, hold.from_ms, hold.until_ms);
  const last = here.falls >= here.falls_most;
  return {
    kicker: words.say("stationOf", { n: here.station, of: here.stations }),
    title: words.say("fallTitle"),
    body: [el("p", { class: "lead" }, words.say(last ? "fallLast" : "fallText", { n: here.falls, of: here.falls_most })), left.node, memo(words, hold.memo)],
    tick: left.tick,
  };
}

export function reload(stage: Stage, hold: Hold): Drawn {
  const { words } = stage;
  const here = stage.state().situation!;
  const left = timer(words, hold.from_ms, hold.until_ms);
  const rounds = el("p", { class: "rounds" }, el("span", { class: "rounds-shells", "aria-hidden": "true" }), words.say("sparesLeft", { n: here.spares_left }));
  rounds.firstElementChild!.append(...Array.from({ length: here.spares_left }, () => el("i")));
  return {
    kicker: `${words.say("boutOf", { n: here.bout, of: here.bouts })} · ${words.say(here.position === "S" ? "standing" : "prone")}`,
    title: words.say("reloadTitle"),
    body: [el("div", { class: "range-head" }, targets(words, here.targets), left.node), rounds, memo(words, hold.memo)],
    tick: left.tick,
  };
}

const TRACK = { cx: 110, cy: 70, rx: 92, ry: 52 };

/** The loop as it is: a track, and a marker that goes round once while the hold lasts. */
export function loop(stage: Stage, hold: Hold, number: number): Drawn {
  const { words } = stage;
  const total = number - 1 + hold.loops_left;
  const marker = svg("circle", { class: "loop-marker", r: 9 });
  const trail = svg("path", { class: "loop-trail" });
  const figure = svg("text", { class: "loop-number", x: TRACK.cx, y: TRACK.cy + 4 });
  const unit = svg("text", { class: "loop-unit", x: TRACK.cx, y: TRACK.cy + 24 });
  unit.textContent = words.say("secondsShort");
  const picture = svg(
    "svg",
    { class: "loop", viewBox: "0 0 220 140", "aria-hidden": "true" },
    svg("ellipse", { class: "loop-track", ...TRACK }),
    svg("path", { class: "loop-gate", d: `M${TRACK.cx} ${TRACK.cy - TRACK.ry - 12}v24` }),
    trail,
    marker,
    figure,
    unit,
  );
  return {
    kicker: words.say("boutOf", { n: stage.state().situation!.bout, of: stage.state().situation!.bouts }),
    title: words.say("loopOf", { n: number, of: total }),
    body: [
      el(
        "div",
        { class: "loop-head" },
        picture as unknown as HTMLElement,
        el("div", { class: "loop-words" }, el("p", {}, words.say("loopText")), el("p", { class: "soft" }, words.say("loopsLeft", { n: hold.loops_left }))),
      ),
      memo(words, hold.memo),
    ],
    tick(nowMs) {
      write(figure, String(secondsLeft(hold.until_ms, nowMs)));
      const share = done(hold.from_ms, hold.until_ms, calm() ? Math.floor(nowMs / 1000) * 1000 : nowMs);
      const angle = share * 2 * Math.PI - Math.PI / 2;
      const [x, y] = [TRACK.cx + TRACK.rx * Math.cos(angle), TRACK.cy + TRACK.ry * Math.sin(angle)];
      marker.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
      trail.setAttribute("d", arc(share));
    },
  };
}

/** The way skied so far, from the gate at the top. */
function arc(share: number): string {
  const steps = Math.max(1, Math.round(share * 48));
  const points = Array.from({ length: steps + 1 }, (_, index) => {
    const angle = (index / steps) * share * 2 * Math.PI - Math.PI / 2;
    return `${(TRACK.cx + TRACK.rx * Math.cos(angle)).toFixed(1)} ${(TRACK.cy + TRACK.ry * Math.sin(angle)).toFixed(1)}`;
  });
  return `M${points.join("L")}`;
}
