/**
 * One run, without a document: every view reads and drives this. It holds no answers; each action
 * goes to the server, whose effects are folded and told to whoever listens.
 */
import { answered, current, openTasks, START } from "./fold";
import { type Link, Refused } from "./link";
import type { Action, Decision, Effect, Placed, Run, Scenario, State, Tasks } from "./types";

export type TaskKind = "procedure" | "ppe" | "measurement" | "document" | "decision";

/** A task as lists show it. */
export interface TaskRef {
  kind: TaskKind;
  id: string;
  title: string;
  object: string;
  done: boolean;
  begun: boolean;
}

/** How the run is besides its state. */
export interface Status {
  /** An action is on its way. */
  busy: boolean;
  /** A trainer has paused the class. */
  paused: boolean;
  /** Object a trainer points at; empty for none. */
  point: string;
}

export class Engine {
  readonly scenario: Scenario;
  readonly mode: Run["mode"];
  readonly run: string;
  state: State;
  status: Status = { busy: false, paused: false, point: "" };
  readonly #listeners = new Set<(effects: Effect[]) => void>();
  readonly #watchers = new Set<() => void>();
  readonly #openedAt: Record<string, number>;
  readonly #told = new Map<string, string>();
  #queue: Promise<unknown> = Promise.resolve();
  #elapsed: number;
  #since: number | null;

  /** `openedAt` are moments (ms of the run) that an earlier page has seen tasks open at. */
  constructor(
    run: Run,
    readonly link: Link,
    readonly now: () => number = () => performance.now(),
    openedAt: Readonly<Record<string, number>> = {},
  ) {
    this.run = run.run;
    this.scenario = run.scenario;
    this.mode = run.mode;
    this.state = run.answers.reduce(answered, START);
    this.#hear(run.answers.flatMap((one) => one.effects));
    this.#elapsed = run.elapsed_ms;
    this.#since = this.state.ended ? null : now();
    this.#openedAt = { ...openedAt };
    for (const one of run.scenario.tasks.decisions) this.#openedAt[one.id] ??= 0;
    for (const one of this.state.opened.decisions) this.#openedAt[one.id] ??= run.elapsed_ms;
  }

  /** Does `action`; resolves with its effects, rejects with Refused where it is impossible. */
  act(action: Action): Promise<Effect[]> {
    const done = this.#queue.then(() => this.#send(action));
    this.#queue = done.catch(() => undefined);
    return done;
  }

  /** Tells `listener` the effects of every action; returns what stops it. */
  on(listener: (effects: Effect[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells `watcher` of every change of `status`; returns what stops it. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Returns an object as it stands now. Throws where there is none. */
  object(id: string): Placed {
    const placed = this.scenario.objects.find((one) => one.id === id);
    if (!placed) throw new Error(`no object ${id}`);
    return current(placed, this.state);
  }

  /** Returns its number on plan and list, from 1. */
  number(id: string): number {
    return this.scenario.objects.findIndex((one) => one.id === id) + 1;
  }

  tasks(): Tasks {
    return openTasks(this.scenario, this.state);
  }

  /** Returns all open tasks as one list. */
  taskRefs(): TaskRef[] {
    const { state } = this;
    const { procedures, ppe, measurements, documents, decisions } = this.tasks();
    return [
      ...decisions.map((one) => ref("decision", one.id, one.text, one.object, one.id in state.decided)),
      ...procedures.map((one) => ref("procedure", one.id, one.title, one.object, false, one.id in state.stepped)),
      ...ppe.map((one) => ref("ppe", one.id, one.task, one.person, one.id in state.worn)),
      ...measurements.map((one) => ref("measurement", one.id, one.point, one.object, one.id in state.concluded, one.id in state.measured)),
      ...documents.map((one) => ref("document", one.id, one.title, one.object, one.id in state.marked)),
    ];
  }

  tasksAt(object: string): TaskRef[] {
    return this.taskRefs().filter((one) => one.object === object);
  }

  /** Returns what was said about an effect, named as `reported:lathe` or `stepped:lockout.notify`. */
  told(name: string): string {
    return this.#told.get(name) ?? "";
  }

  /** Returns the milliseconds of the run, pauses left out. */
  elapsed_ms(): number {
    return this.#elapsed + (this.#since === null ? 0 : this.now() - this.#since);
  }

  /** Returns when `decision` opened, and when its time is over, in ms of the run; null without limit. */
  span(decision: Decision): { from: number; until: number } | null {
    if (decision.time_s === null || decision.id in this.state.decided) return null;
    const from = this.#openedAt[decision.id] ?? 0;
    return { from, until: from + decision.time_s * 1000 };
  }

  /** Moments that tasks opened at, for the next page of the same run. */
  openedAt(): Readonly<Record<string, number>> {
    return this.#openedAt;
  }

  /** Takes what the trainer of a class says; closing it ends the run with what is done. */
  controlled(paused: boolean, point: string, closed = false): void {
    if (closed && !this.state.ended) this.#take({ ...this.state, ended: "stopped" }, []);
    if (paused !== this.status.paused) this.#hold(paused);
    this.#put({ paused, point });
  }

  #hold(paused: boolean): void {
    this.#elapsed = this.elapsed_ms();
    this.#since = paused || this.state.ended ? null : this.now();
  }

  async #send(action: Action): Promise<Effect[]> {
    if (this.state.ended) throw new Refused("ended", "");
    this.#put({ busy: true });
    try {
      const answer = await this.link.act(this.state.nth + 1, action);
      this.#take(answered(this.state, answer), answer.effects);
      return answer.effects;
    } catch (error) {
      if (error instanceof Refused && error.run) this.#again(error.run);
      throw error;
    } finally {
      this.#put({ busy: false });
    }
  }

  /** Goes on from where the server stands. */
  #again(run: Run): void {
    this.#hear(run.answers.flatMap((one) => one.effects));
    this.#take(run.answers.reduce(answered, START), []);
  }

  #hear(effects: readonly Effect[]): void {
    for (const one of effects) if ("text" in one) this.#told.set(nameOf(one), one.text);
  }

  #take(state: State, effects: Effect[]): void {
    this.state = state;
    this.#hear(effects);
    for (const one of state.opened.decisions) this.#openedAt[one.id] ??= this.elapsed_ms();
    if (state.ended) this.#hold(true);
    for (const listener of this.#listeners) listener(effects);
  }

  #put(change: Partial<Status>): void {
    const next = { ...this.status, ...change };
    if (next.busy === this.status.busy && next.paused === this.status.paused && next.point === this.status.point) return;
    this.status = next;
    for (const watcher of this.#watchers) watcher();
  }
}

function ref(kind: TaskKind, id: string, title: string, object: string, done: boolean, begun = done): TaskRef {
  return { kind, id, title, object, done, begun };
}

/** Names what an effect is about. */
function nameOf(effect: Effect): string {
  switch (effect.t) {
    case "reported":
    case "assessed":
    case "hinted":
      return `${effect.t}:${effect.object}`;
    case "stepped":
      return `stepped:${effect.procedure}.${effect.step}`;
    case "worn":
      return `worn:${effect.ppe}`;
    case "measured":
    case "concluded":
      return `${effect.t}:${effect.measurement}`;
    case "marked":
      return `marked:${effect.document}`;
    case "decided":
      return `decided:${effect.decision}`;
    default:
      return effect.t;
  }
}
