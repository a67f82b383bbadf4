/** The state of a run as a pure fold of effects, the same as the server's. */
import type { Answer, Effect, Placed, Scenario, State, Tasks } from "./types";

const NO_TASKS: Tasks = { procedures: [], ppe: [], measurements: [], documents: [], decisions: [] };

/** What is known before the first action. */
export const START: State = {
  nth: 0,
  looked: [],
  reported: {},
  assessed: {},
  stepped: {},
  waited_min: 0,
  worn: {},
  measured: {},
  concluded: {},
  marked: {},
  decided: {},
  states: {},
  dressed: {},
  opened: NO_TASKS,
  hints: [],
  score_ppm: null,
  ended: "",
};

/** Returns `state` after the effects of one action. */
export function fold(state: State, effects: readonly Effect[]): State {
  return effects.reduce(one, state);
}

/** Returns `state` after an answer; one that was folded before changes nothing. */
export function answered(state: State, answer: Answer): State {
  return answer.nth <= state.nth ? state : { ...fold(state, answer.effects), nth: answer.nth };
}

function one(state: State, effect: Effect): State {
  switch (effect.t) {
    case "looked":
      return state.looked.includes(effect.object) ? state : { ...state, looked: [...state.looked, effect.object] };
    case "reported":
      return { ...state, reported: { ...state.reported, [effect.object]: effect.verdict } };
    case "assessed":
      return { ...state, assessed: { ...state.assessed, [effect.object]: effect.verdict } };
    case "stepped": {
      const { step, by, verdict, done, procedure } = effect;
      const before = state.stepped[procedure] ?? [];
      return { ...state, stepped: { ...state.stepped, [procedure]: [...before, { step, by, verdict, done }] } };
    }
    case "waited":
      return { ...state, waited_min: state.waited_min + effect.minutes };
    case "worn":
      return { ...state, worn: { ...state.worn, [effect.ppe]: { items: effect.items, verdict: effect.verdict } } };
    case "measured": {
      const { instrument, value, verdict } = effect;
      return { ...state, measured: { ...state.measured, [effect.measurement]: { instrument, value, verdict } } };
    }
    case "concluded":
      return { ...state, concluded: { ...state.concluded, [effect.measurement]: { answer: effect.answer, verdict: effect.verdict } } };
    case "marked":
      return { ...state, marked: { ...state.marked, [effect.document]: { fields: effect.fields, verdict: effect.verdict } } };
    case "decided": {
      const { option, in_time, verdict, text } = effect;
      return { ...state, decided: { ...state.decided, [effect.decision]: { option, in_time, verdict, text } } };
    }
    case "changed":
      return { ...state, states: { ...state.states, [effect.object]: { ...state.states[effect.object], ...effect.states } } };
    case "dressed":
      return { ...state, dressed: { ...state.dressed, [effect.object]: effect.wears } };
    case "opened":
      return { ...state, opened: joined(state.opened, effect.tasks) };
    case "hinted":
      return { ...state, hints: [...state.hints, { text: effect.text, object: effect.object }] };
    case "scored":
      return { ...state, score_ppm: effect.score_ppm };
    case "ended":
      return { ...state, ended: effect.how };
  }
}

/** Returns the tasks of both, each once, in the order they opened. */
export function joined(tasks: Tasks, more: Partial<Tasks>): Tasks {
  const both = <Task extends { id: string }>(known: Task[], fresh: Task[] = []): Task[] => [
    ...known,
    ...fresh.filter((task) => !known.some((one) => one.id === task.id)),
  ];
  return {
    procedures: both(tasks.procedures, more.procedures),
    ppe: both(tasks.ppe, more.ppe),
    measurements: both(tasks.measurements, more.measurements),
    documents: both(tasks.documents, more.documents),
    decisions: both(tasks.decisions, more.decisions),
  };
}

/** Returns `placed` as it is now: states and clothes that actions have changed. */
export function current(placed: Placed, state: State): Placed {
  const states = state.states[placed.id];
  const wears = state.dressed[placed.id];
  if (!states && !wears) return placed;
  return { ...placed, states: { ...placed.states, ...states }, wears: wears ?? placed.wears };
}

/** Returns every task that is open: from the beginning, and opened since. */
export function openTasks(scenario: Scenario, state: State): Tasks {
  return joined(scenario.tasks, state.opened);
}
