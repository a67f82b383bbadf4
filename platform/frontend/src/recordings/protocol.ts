/** What the page knows of its recording, and what the server answers. Times are milliseconds. */
export type Span = [number, number];

export interface CheckOpen {
  id: string;
  left_ms: number;
  answer: string;
}

/** Where the member stands with the recording. */
export interface Status {
  seen: Span[];
  credited: Span[];
  waiting: Span[];
  credited_ms: number;
  pending_ms: number;
  place_ms: number;
  completed: boolean;
  check: CheckOpen | null;
}

export interface RecordingData {
  slug: string;
  kind: "file" | "hls" | "embed";
  source: string;
  length_ms: number;
  counts: boolean;
  open: string;
  status: Status;
  words: Record<string, string>;
}

/** Verbs and extensions of the xAPI video profile; each report holds what was played since the last. */
export interface Report {
  verb: "played" | "paused" | "seeked" | "completed" | "terminated";
  number: number;
  "session-id": string;
  "played-segments": string;
  speed: string;
  time: number;
  "time-from"?: number;
  "time-to"?: number;
  length: number;
  progress: number;
}

export interface Answer {
  status: Status;
  viewing?: string;
  reports?: string;
  number?: number;
  accepted_ms?: number;
  refused_ms?: number;
}
