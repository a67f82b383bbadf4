/**
 * Everything that can be done in a run as menus, for who holds controllers and neither mouse nor
 * keyboard: all tasks, all points. No document and nothing of 3D: whoever shows a menu calls
 * `press` of a line and shows what comes back; null closes it.
 */
import type { Engine, TaskRef } from "./engine";
import { newsOf } from "./news";
import { WAITS_MIN } from "./panels/waits";
import type { Action, Choice, Decision, Measurement, Paper, Ppe, Procedure, ProcedureStep, Tasks } from "./types";
import type { Words } from "./words";

export interface Line {
  /** Finds the line again, also in another language. */
  key: string;
  text: string;
  /** Ticked in a list of several. */
  chosen?: boolean;
  /** What is most likely wanted. */
  main?: boolean;
  press(): Promise<Menu | null>;
}

export interface Menu {
  title: string;
  text: string;
  lines: Line[];
}

type Next = (said: string) => Menu | null;
const LISTS = { procedure: "procedures", ppe: "ppe", measurement: "measurements", document: "documents", decision: "decisions" } as const;

export class Menus {
  constructor(
    private readonly engine: Engine,
    private readonly words: Words,
  ) {}

  /** What can be done at an object; null for what belongs to none. */
  at(object: string | null, said = ""): Menu {
    if (this.engine.state.ended) return this.over();
    return object === null ? this.home(said) : this.ofObject(object, said);
  }

  private home(said: string): Menu {
    const { words, engine } = this;
    const tasks = engine.taskRefs().filter((one) => !one.done);
    const lines = tasks.map((one) => this.taskLine(one, null));
    if (engine.mode === "practice") lines.push(this.acts("hint", words.say("hintTake", { percent: words.percent(HINT_PPM) }), { kind: "hint" }, (text) => this.home(text)));
    const left = tasks.length ? words.say("tasksLeft", { n: tasks.length }) : "";
    const sure = (): Menu => ({
      title: words.say("finish"),
      text: `${left} ${words.say("finishHelp")}`.trim(),
      lines: [this.acts("finish-yes", words.say("finishYes"), { kind: "finish" }, () => this.over(), true), this.goes("finish-no", words.say("finishNo"), () => this.home(""))],
    });
    lines.push(this.goes("finish", words.say("finishYes"), sure), this.closes());
    return { title: words.say("tasks"), text: said || (tasks.length ? "" : words.say("noTasks")), lines };
  }

  private ofObject(object: string, said: string): Menu {
    const { engine, words } = this;
    const { name, look } = engine.object(object);
    const lines: Line[] = [];
    const verdict = engine.state.reported[object];
    if (engine.scenario.hazards && verdict === undefined) {
      const sure = (): Menu => ({
        title: name,
        text: words.say("sure"),
        lines: [this.acts("yes", words.say("yes"), { kind: "report", object }, (text) => this.ofObject(object, text), true), this.goes("no", words.say("no"), () => this.ofObject(object, ""))],
      });
      lines.push({ ...this.goes("report", words.say("report"), sure), main: true });
    } else if (engine.scenario.hazards && verdict !== "wrong" && !(object in engine.state.assessed)) {
      lines.push({ ...this.goes("assess", words.say("assess"), () => this.kindOf(object)), main: true });
    }
    lines.push(...engine.tasksAt(object).filter((one) => !one.done).map((one) => this.taskLine(one, object)));
    lines.push(this.goes("home", words.say("tasks"), () => this.home("")), this.closes());
    return { title: name, text: said || look, lines };
  }

  private kindOf(object: string): Menu {
    const { words, engine } = this;
    const { kinds = [], controls = [] } = engine.scenario.hazards ?? {};
    const control = (hazard_kind: string): Menu => ({
      title: engine.object(object).name,
      text: words.say("hazardControl"),
      lines: controls.map((one) => this.acts(`control-${one.id}`, one.name, { kind: "assess", object, hazard_kind, control: one.id }, (said) => this.ofObject(object, said))),
    });
    return { title: engine.object(object).name, text: words.say("hazardKind"), lines: kinds.map((one) => this.goes(`kind-${one.id}`, one.name, () => control(one.id))) };
  }

  private taskLine(ref: TaskRef, from: string | null): Line {
    return this.goes(`task-${ref.kind}-${ref.id}`, `${this.words.say(`task.${ref.kind}`)}: ${ref.title}`, () => this.task(ref, from));
  }

  private task({ kind, id }: Pick<TaskRef, "kind" | "id">, from: string | null): Menu {
    const found = (this.engine.tasks()[LISTS[kind]] as Tasks[keyof Tasks][number][]).find((one) => one.id === id);
    if (!found) return this.at(from);
    const menus: Record<TaskRef["kind"], () => Menu> = {
      procedure: () => this.procedure(found as Procedure, from, ""),
      ppe: () => this.ppe(found as Ppe, from),
      measurement: () => this.measurement(found as Measurement, from, ""),
      document: () => this.paper(found as Paper, from),
      decision: () => this.decision(found as Decision, from),
    };
    return menus[kind]();
  }

  private procedure(task: Procedure, from: string | null, said: string): Menu {
    const { words, engine } = this;
    const done = (engine.state.stepped[task.id] ?? []).filter((one) => one.done);
    const again: Next = (text) => this.procedure(task, from, text);
    const steps = task.steps.filter((step) => !done.some((one) => one.step === step.id)).map((step) => this.step(task, step, again));
    const waits = (): Menu => ({
      title: words.say("waitTitle"),
      text: words.say("waitHelp"),
      lines: WAITS_MIN.map((minutes) => this.acts(`wait-${minutes}`, words.say("minutesShort", { n: minutes }), { kind: "wait", minutes }, again)),
    });
    return { title: task.title, text: said || task.intro, lines: [...steps, this.goes("wait", words.say("waitTitle"), waits), this.back(from)] };
  }

  private step(task: Procedure, step: ProcedureStep, again: Next): Line {
    const action: Action = { kind: "step", procedure: task.id, step: step.id };
    const key = `step-${step.id}`;
    if (!step.asks_person) return this.acts(key, step.text, action, again);
    const people = this.engine.scenario.objects.filter((one) => one.kind === "person");
    const who = (): Menu => ({ title: step.text, text: this.words.say("whoConfirms"), lines: people.map((one) => this.acts(`by-${one.id}`, one.name, { ...action, by: one.id }, again)) });
    return this.goes(key, step.text, who);
  }

  private ppe(task: Ppe, from: string | null, items: readonly string[] = []): Menu {
    const { words } = this;
    const done = this.acts("wear", words.say("ppeWear", { n: items.length }), { kind: "wear", ppe: task.id, items: [...items] }, (said) => this.at(from, said), true);
    return { title: task.task, text: words.say("ppeChoose"), lines: [...this.ticks("item", task.offer, items, (now) => this.ppe(task, from, now)), done, this.back(from)] };
  }

  private paper(task: Paper, from: string | null, marked: readonly string[] = []): Menu {
    const { words } = this;
    const fields = task.fields.map((one) => ({ id: one.id, name: `${one.name}: ${one.value || words.say("docEmpty")}` }));
    const text = marked.length ? words.say("docMarked", { n: marked.length }) : words.say("docNone");
    const done = this.acts("mark", text, { kind: "mark", document: task.id, fields: [...marked] }, (said) => this.at(from, said), true);
    return { title: task.title, text: words.say("docHelp"), lines: [...this.ticks("field", fields, marked, (now) => this.paper(task, from, now)), done, this.back(from)] };
  }

  private measurement(task: Measurement, from: string | null, said: string): Menu {
    const { words, engine } = this;
    const measured = engine.state.measured[task.id];
    if (!measured) {
      const lines = engine.scenario.instruments.map((one) => this.acts(`instrument-${one.id}`, one.name, { kind: "measure", measurement: task.id, instrument: one.id }, (text) => this.measurement(task, from, text)));
      return { title: task.point, text: said || words.say("instrument"), lines: [...lines, this.back(from)] };
    }
    const conclude = (verdict: "safe" | "unsafe"): Line => this.acts(verdict, words.say(`concluded.${verdict}`), { kind: "conclude", measurement: task.id, verdict }, (text) => this.at(from, text));
    const reading = measured.value ? `${measured.value} ${task.unit}` : words.say("noReading");
    return { title: task.point, text: `${reading}. ${words.say("conclusion")}`, lines: [conclude("safe"), conclude("unsafe"), this.back(from)] };
  }

  private decision(task: Decision, from: string | null): Menu {
    const lines = task.options.map((one) => this.acts(`option-${one.id}`, one.text, { kind: "decide", decision: task.id, option: one.id }, (said) => this.at(from, said)));
    return { title: this.words.say("task.decision"), text: task.text, lines: [...lines, this.back(from)] };
  }

  private over(): Menu {
    const { ended, score_ppm } = this.engine.state;
    const score = score_ppm === null ? "" : this.words.percent(score_ppm);
    return { title: this.words.say(`ended.${ended || "stopped"}`), text: `${score} ${this.words.say("endedHelp")}`.trim(), lines: [this.closes()] };
  }

  private ticks(name: string, offer: readonly Choice[], chosen: readonly string[], next: (now: string[]) => Menu): Line[] {
    const turned = (id: string): string[] => offer.map((one) => one.id).filter((one) => chosen.includes(one) !== (one === id));
    return offer.map((one) => ({ ...this.goes(`${name}-${one.id}`, one.name, () => next(turned(one.id))), chosen: chosen.includes(one.id) }));
  }

  private acts(key: string, text: string, action: Action, next: Next, main = false): Line {
    return { key, text, main, press: () => this.act(action, next) };
  }

  private async act(action: Action, next: Next): Promise<Menu | null> {
    let said: string;
    try {
      said = newsOf(await this.engine.act(action), this.engine, this.words)?.text ?? "";
    } catch (error) {
      said = (error as Error).message || this.words.say("refused");
    }
    return this.engine.state.ended ? this.over() : next(said);
  }

  private goes(key: string, text: string, next: () => Menu): Line {
    return { key, text, press: () => Promise.resolve(next()) };
  }

  private back(from: string | null): Line {
    return this.goes("back", this.words.say("back"), () => this.at(from));
  }

  private closes(): Line {
    return { key: "close", text: this.words.say("close"), press: () => Promise.resolve(null) };
  }
}

/** Of all points of a run, what a hint costs, as the rules say. */
export const HINT_PPM = 50_000;
