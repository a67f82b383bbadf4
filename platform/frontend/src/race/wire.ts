/** The socket and HTTP as `Line` knows them. */
import type { Socket } from "socket.io-client";
import { meta } from "../page/strings";
import type { Payload, Post, Wire } from "./link";
import type { Answer } from "./protocol";

const HTTP_WAIT_MS = 5000;

export function wireOf(socket: Socket): Wire {
  return {
    connected: () => socket.connected,
    ask: (event, payload, waitMs) =>
      new Promise((tell) => {
        socket.timeout(waitMs).emit(event, payload, (silence: Error | null, answer?: Answer) => tell(silence ? null : (answer ?? null)));
      }),
  };
}

export const post: Post = async (path, payload) => {
  const answer = await fetch(path, { ...request(payload), signal: AbortSignal.timeout(HTTP_WAIT_MS) });
  const told: unknown = await answer.json().catch(() => null);
  if (isAnswer(told)) return told;
  // Something on the way answered, not the race: later it may let us through.
  if (answer.status >= 500 || answer.status === 429) throw new Error(`no answer: ${answer.status}`);
  return { ok: false, error: { code: `http_${answer.status}`, message: "" } };
};

/** Sends without waiting, for a page that is going away. */
export function postAndLeave(path: string, payload: Payload): void {
  void fetch(path, { ...request(payload), keepalive: true }).catch(() => undefined);
}

function request(payload: Payload): RequestInit {
  return {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": meta("csrf-token") },
    body: JSON.stringify(payload),
  };
}

function isAnswer(told: unknown): told is Answer {
  return typeof told === "object" && told !== null && typeof (told as { ok?: unknown }).ok === "boolean";
}
