/** What the server tells of a scenario and of a run, and what is told to it. Holds no answers. */

/** A scenario as it is shown before anything is known: texts in the member's language. */
export interface Scenario {
  id: string;
  version: number;
  title: string;
  intro: string;
  /** Norm of the run in minutes. */
  minutes: number;
  site: Site;
  zones: Zone[];
  objects: Placed[];
  /** What a report is asked about, in the order shown; null where nothing is looked for. */
  hazards: { kinds: Choice[]; controls: Choice[]; total: number | null } | null;
  instruments: Choice[];
  tasks: Tasks;
}

export interface Choice {
  id: string;
  name: string;
}

/** Metres; x to the right, z towards the viewer, the origin in the middle of the site. */
export type Spot = [x: number, z: number];

export type Side = "north" | "east" | "south" | "west";

export interface Site {
  kind: "room" | "outdoor" | "roof";
  /** Width (x) and depth (z) in metres. */
  size: Spot;
  /** Metres to the ceiling of a room; of a roof, from the ground. */
  height: number;
  floor: string;
  /** Walls that have windows. */
  windows: Side[];
  start: { at: Spot; look: Spot };
}

export interface Zone {
  id: string;
  name: string;
  kind: "walkway" | "danger" | "work" | "escape" | "storage";
  /** Corners of a polygon. */
  area: Spot[];
}

/** Object of the kit on its place. */
export interface Placed {
  id: string;
  /** Kind of `content/scenarios/kit.json`. */
  kind: string;
  at: Spot;
  /** Metres above the floor. */
  y: number;
  /** Degrees, counter-clockwise seen from above; 0 faces +z. */
  turn: number;
  name: string;
  /** What is seen, neutrally. */
  look: string;
  /** State by name, every state of the kind. */
  states: Record<string, string>;
  /** What a person wears. */
  wears: string[];
  /** Course of what is long: cable, tape, line, wire, fence. */
  path: Spot[];
  /** Times the usual size. */
  size: number;
  /** File of a glTF prop that an operator added; empty for the kit's own parts. */
  model: string;
}

/** Tasks that are open; more are told when they open. */
export interface Tasks {
  procedures: Procedure[];
  ppe: Ppe[];
  measurements: Measurement[];
  documents: Paper[];
  decisions: Decision[];
}

export interface Procedure {
  id: string;
  title: string;
  intro: string;
  object: string;
  /** Steps offered, in the order shown; some must never be done. */
  steps: ProcedureStep[];
}

export interface ProcedureStep {
  id: string;
  text: string;
  /** Whether a second person must be named for it. */
  asks_person: boolean;
}

export interface Ppe {
  id: string;
  task: string;
  /** Person who puts it on; empty for oneself. */
  person: string;
  offer: Choice[];
}

export interface Measurement {
  id: string;
  object: string;
  /** Where and what is measured. */
  point: string;
  unit: string;
}

export interface Paper {
  id: string;
  object: string;
  title: string;
  kind: "permit" | "journal" | "act" | "card";
  fields: { id: string; name: string; value: string }[];
}

export interface Decision {
  id: string;
  text: string;
  object: string;
  /** Seconds to decide in, from its opening; null for as long as it takes. */
  time_s: number | null;
  options: { id: string; text: string }[];
}

/** What a member does. */
export type Action =
  | { kind: "look"; object: string }
  | { kind: "report"; object: string }
  | { kind: "assess"; object: string; hazard_kind: string; control: string }
  | { kind: "step"; procedure: string; step: string; by?: string }
  | { kind: "wait"; minutes: number }
  | { kind: "wear"; ppe: string; items: string[] }
  | { kind: "measure"; measurement: string; instrument: string }
  | { kind: "conclude"; measurement: string; verdict: "safe" | "unsafe" }
  | { kind: "mark"; document: string; fields: string[] }
  | { kind: "decide"; decision: string; option: string }
  | { kind: "hint" }
  | { kind: "finish" };

/** `noted` says nothing: in a check nothing is judged before the end. */
export type Verdict = "right" | "partly" | "wrong" | "noted";

/** What an action has brought about; the state is the fold of these, here and on the server. */
export type Effect =
  | { t: "looked"; object: string }
  | { t: "reported"; object: string; verdict: Verdict; text: string }
  | { t: "assessed"; object: string; hazard_kind: string; control: string; verdict: Verdict; text: string }
  | { t: "stepped"; procedure: string; step: string; by: string; verdict: Verdict; done: boolean; text: string }
  | { t: "waited"; minutes: number }
  | { t: "worn"; ppe: string; items: string[]; verdict: Verdict; text: string }
  | { t: "measured"; measurement: string; instrument: string; verdict: Verdict; value: string; text: string }
  | { t: "concluded"; measurement: string; answer: "safe" | "unsafe"; verdict: Verdict; text: string }
  | { t: "marked"; document: string; fields: string[]; verdict: Verdict; text: string }
  | { t: "decided"; decision: string; option: string; in_time: boolean; verdict: Verdict; text: string }
  | { t: "changed"; object: string; states: Record<string, string> }
  | { t: "dressed"; object: string; wears: string[] }
  | { t: "opened"; tasks: Partial<Tasks> }
  | { t: "hinted"; text: string; object: string }
  | { t: "scored"; score_ppm: number }
  | { t: "ended"; how: Ending; text: string };

export type Ending = "finished" | "critical" | "stopped";

/** The server's answer to an action; the same action again gets the same answer. */
export interface Answer {
  nth: number;
  effects: Effect[];
}

/** Where a run stands: the fold of all effects so far. */
export interface State {
  /** Actions taken. */
  nth: number;
  looked: string[];
  reported: Record<string, Verdict>;
  assessed: Record<string, Verdict>;
  stepped: Record<string, { step: string; by: string; verdict: Verdict; done: boolean }[]>;
  waited_min: number;
  worn: Record<string, { items: string[]; verdict: Verdict }>;
  measured: Record<string, { instrument: string; value: string; verdict: Verdict }>;
  concluded: Record<string, { answer: "safe" | "unsafe"; verdict: Verdict }>;
  marked: Record<string, { fields: string[]; verdict: Verdict }>;
  decided: Record<string, { option: string; in_time: boolean; verdict: Verdict; text: string }>;
  /** States of objects that were changed. */
  states: Record<string, Record<string, string>>;
  dressed: Record<string, string[]>;
  opened: Tasks;
  hints: { text: string; object: string }[];
  score_ppm: number | null;
  ended: Ending | "";
}

/** What the page of a run is given. */
export interface Run {
  run: string;
  mode: "practice" | "check";
  scenario: Scenario;
  answers: Answer[];
  /** Milliseconds since the beginning, pauses left out. */
  elapsed_ms: number;
  /** Name of the board of a class; empty outside one. */
  board: string;
}

/** The answer to POST .../actions where it was not taken: impossible, a gap in the count, paused. */
export interface Refusal {
  error: { code: string; message: string };
  /** Where the server stands, given with a gap: the page goes on from here. */
  run?: Run;
}

/** What the page of a debrief is given (`script#debrief`); its texts stand in the page itself too. */
export interface Debrief {
  /** As the member met it, before anything was done. */
  scenario: Scenario;
  duration_ms: number;
  /** In the order of the page's list; `#line-<n>` (from 1) is a line's place on the page. */
  lines: DebriefLine[];
  /** Where the member walked; empty for one who took the plan or the list. */
  path: PathPoint[];
  actions: { at_ms: number; action: Action; verdict: Verdict | "" }[];
  /** Objects in the order of the best path. */
  best: string[];
}

export interface DebriefLine {
  kind: "hazard" | "false_alarm" | "step" | "measurement" | "ppe" | "document" | "decision";
  id: string;
  /** Where it is; empty where it has no place. */
  object: string;
  verdict: "right" | "partly" | "wrong" | "missed";
  title: string;
  text: string;
  norm: string;
}

export type PathPoint = [at_ms: number, x: number, z: number, heading_deg: number];

/** Row "control" of a class's board. */
export interface Control {
  paused: boolean;
  /** Object the trainer points at; empty for none. */
  point: string;
  closed: boolean;
}

/** A participant's row of a class's board, by the id of the run. */
export interface Participant {
  name: string;
  /** Parts done, of `parts`. */
  done: number;
  parts: number;
  found: number;
  score_ppm: number | null;
  ended: Ending | "";
}

/** What the trainer's page is given (`script#class`): control goes by POST of a part of `Control` to `url`. */
export interface ClassPage {
  scenario: Scenario;
  board: string;
  url: string;
}

/** The answer of the author's check: problems, and the scenario as it would be shown. */
export interface Checked {
  problems: { subject: string; field: string; message: string }[];
  scenario: Scenario | null;
}
