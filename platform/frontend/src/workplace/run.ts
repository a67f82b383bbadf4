/** The page of a run: engine, link and screen together. */
import { Connection } from "../board/connection";
import { Feed } from "../board/feed";
import { meta } from "../page/strings";
import { Engine } from "./engine";
import { HttpLink, type Line, type Post } from "./link";
import { Screen } from "./screen";
import { Trail } from "./trail";
import type { Control, PathPoint, Run } from "./types";
import { Views } from "./views";
import { given, pageWords } from "./words";

const WAIT_MS = 8000;
const TRAIL_MS = 5000;

function request(body: unknown): RequestInit {
  return {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": meta("csrf-token") },
    body: JSON.stringify(body),
  };
}

export const post: Post = async (path, body) => {
  const answer = await fetch(path, { ...request(body), signal: AbortSignal.timeout(WAIT_MS) });
  return { status: answer.status, body: (await answer.json().catch(() => null)) as unknown };
};

/** Builds the screen of the run on `root`. */
export function startRun(root: HTMLElement): void {
  const run = given<Run>("run");
  const url = root.dataset.url ?? "";
  const words = pageWords();
  let line: (line: Line) => void = () => undefined;
  const link = new HttpLink(url, post, (now) => line(now), sessionStorage);
  const shelf = `psot-workplace-opened-${run.run}`;
  const opened = JSON.parse(sessionStorage.getItem(shelf) ?? "{}") as Record<string, number>;
  const engine = new Engine(run, link, () => performance.now(), opened);
  const send = (points: PathPoint[]): void => void fetch(`${url}/path`, { ...request(points), keepalive: true }).catch(() => undefined);
  const trail = new Trail(send, () => engine.elapsed_ms());
  const screen = new Screen(root, engine, words, trail);
  line = (now) => screen.hud.line(now);
  engine.on(() => sessionStorage.setItem(shelf, JSON.stringify(engine.openedAt())));
  screen.start(run.answers.length ? (Views.remembered(run.run) ?? null) : null);
  const unsent = link.unsent();
  if (unsent && unsent.nth === engine.state.nth + 1) void screen.act(unsent.action);
  addEventListener("offline", () => line("lost"));
  addEventListener("online", () => line("good"));
  addEventListener("pagehide", () => trail.flush());
  setInterval(() => trail.flush(), TRAIL_MS);
  if (run.board) follow(run.board, engine);
  expose(engine, screen);
}

/** Follows what the trainer of the class does. */
function follow(board: string, engine: Engine): void {
  const connection = new Connection(() => undefined);
  new Feed(connection, board, (rows) => {
    const control = rows.control as Control | undefined;
    if (control) engine.controlled(control.paused, control.point, control.closed);
  });
  connection.open();
}

/** Lets a test in a browser find the engine and the 3D view; nothing of it is secret. */
function expose(engine: Engine, screen: Screen): void {
  const told = { engine, get view() { return screen.views.view; } };
  Object.assign(window, { psotWorkplace: told });
  document.documentElement.dataset.ready = "run";
}
