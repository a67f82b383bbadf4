/** The whole screen: panel, figures, tables, course, drawn from what is known. */
import { Course } from "./course";
import { fieldAt, whereabouts } from "./ghosts";
import { type News, newsOf } from "./news";
import { Panel } from "./panel";
import type { Stage } from "./parts";
import { phaseOf } from "./phase";
import type { BoardRow, Field } from "./protocol";
import type { Sound } from "./sound";
import { serverTime } from "./clock";
import { type State, splitLines } from "./state";
import { Racers, Splits, figures } from "./tables";
import { stopwatch } from "./times";

export class Screen {
  readonly #panel: Panel;
  readonly #course: Course;
  readonly #leaders: Racers;
  readonly #near: Racers;
  readonly #splits: Splits;
  readonly #figure: (name: string, text: string) => void;
  readonly #news: HTMLElement;
  #field: Field | null = null;

  constructor(readonly root: HTMLElement, readonly stage: Stage, readonly sound: Sound) {
    const one = <Kind extends HTMLElement>(name: string): Kind => root.querySelector<Kind>(`[data-${name}]`)!;
    const own = (row: BoardRow): boolean => isOwn(stage.state(), row);
    const bouts = Number(root.dataset.bouts);
    this.#panel = new Panel(one("panel"), stage);
    this.#course = new Course(one("course"), stage.words);
    this.#leaders = new Racers(one("leaders"), stage.words, bouts, own);
    this.#near = new Racers(one("near"), stage.words, bouts, own);
    this.#splits = new Splits(one("splits"), one("no-splits"), stage.words);
    this.#figure = figures(document);
    this.#news = one("news");
  }

  /** Draws a new state; what changed for the racer is said aloud. */
  show(before: State, state: State): void {
    const now = performance.now();
    this.#panel.show(phaseOf(state, now), state, serverTime(state.clock, now));
    this.#splits.draw(splitLines(state));
    if (before.leaders !== state.leaders) this.#leaders.draw(state.leaders);
    if (before.around !== state.around) this.#near.draw(state.around?.rows ?? []);
    if (before.situation !== state.situation) this.#course.draw(this.#field, state.situation);
    this.#showFigures(state);
    for (const one of newsOf(before, state)) this.tell(one);
  }

  /** Moves the times on; a phase may end by itself. */
  tick(state: State): void {
    const now = performance.now();
    const nowMs = serverTime(state.clock, now);
    this.#panel.show(phaseOf(state, now), state, nowMs);
    this.#figure("run", runTime(state, nowMs));
    if (state.ghosts) this.#moveGhosts(state, nowMs);
  }

  field(rows: Readonly<Record<string, unknown>>): void {
    this.#field = { sections: [], leaders: [], ...(rows as Partial<Field>) };
    this.#course.draw(this.#field, this.stage.state().situation);
  }

  /** Returns whether the phase has taken key `place` for itself. */
  key(place: number): boolean {
    return this.#panel.key(place);
  }

  tell(news: News): void {
    this.#news.textContent = this.#sentence(news);
    if (news.say === "hit" || news.say === "passed") this.sound.play("hit");
    else if (news.say === "seconds") this.sound.play("last");
    else if (news.say !== "split") this.sound.play("miss");
  }

  #sentence(news: News): string {
    const { words } = this.stage;
    if (news.say === "seconds") return words.say("secondsLeft", { n: news.left });
    if (news.say !== "split") return words.say(news.say);
    const places = { point: words.point(news.point), rank: news.rank, gap: words.gap(news.behindMs ?? 0) };
    return words.say(news.behindMs ? "splitNews" : "splitBest", places);
  }

  #showFigures(state: State): void {
    const { words } = this.stage;
    const { around, situation } = state;
    const [last] = state.ghosts ? splitLines(state) : [];
    const among = last && state.ghosts ? [last.rank, fieldAt(last.point, state.ghosts), last.behind_ms] : null;
    const [rank, of, leaderMs] = among ?? [around?.me.rank, around?.entered, around?.me.leader_ms];
    const gap = (ms: number | null | undefined): string => (ms == null ? "–" : ms === 0 ? words.say("leading") : words.gap(ms));
    this.#figure("place", rank ? `${words.number(rank)} / ${words.number(of ?? 0)}` : "–");
    this.#figure("leader", gap(leaderMs));
    this.#figure("ahead", gap(around?.me.ahead_ms));
    this.#figure("behind", gap(around?.me.behind_ms));
    this.#figure("region", gap(around?.me.region_ms));
    this.#figure("team", gap(around?.me.team_ms));
    this.#figure("penalty", situation?.penalty_ms ? words.gap(situation.penalty_ms) : "–");
    this.#figure("shooting", situation?.shootings || "–");
    this.#figure("link", words.say(`link.${state.link}`));
    document.querySelector<HTMLElement>("[data-link]")!.dataset.link = state.link;
  }

  #moveGhosts({ situation, ghosts }: State, nowMs: number): void {
    if (!situation?.start_ms || nowMs < situation.start_ms || !ghosts) return;
    const runMs = nowMs - situation.start_ms;
    const places = ghosts.leaders.flatMap((one) => {
      const found = whereabouts(one, runMs, situation.laps, situation.stations);
      return found ? [{ bib: one.bib, at: found.at }] : [];
    });
    this.#course.drawGhosts(places);
  }
}

function isOwn({ situation, around }: State, row: BoardRow): boolean {
  if (row.team && around?.me.team) return row.team === around.me.team;
  return row.bib === situation?.bib;
}

function runTime({ situation, clock }: State, nowMs: number): string {
  if (!situation || situation.start_ms === null || !clock || nowMs < situation.start_ms) return "0:00";
  if (situation.total_ms !== null) return stopwatch(situation.total_ms);
  if (situation.out || situation.closed) return "–";
  return stopwatch((situation.finish_ms ?? nowMs) - situation.start_ms + situation.penalty_ms);
}
