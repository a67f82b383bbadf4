import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Line, type Payload, type Wire } from "../src/race/link";
import type { Answer } from "../src/race/protocol";
import type { Link } from "../src/race/state";
import { situation } from "./race_builders";

const OK: Answer = { ok: true, situation: situation() };

/** A server that may be reached by socket, by HTTP, by both or not at all; it counts what comes. */
class Server implements Wire {
  socket: "answers" | "silent" | "away" = "answers";
  http: "answers" | "away" = "answers";
  replies: Answer[] = [];
  heard: [string, Payload][] = [];

  connected(): boolean {
    return this.socket !== "away";
  }

  async ask(event: string, payload: Payload): Promise<Answer | null> {
    this.heard.push([event, payload]);
    return this.socket === "answers" ? this.#reply() : null;
  }

  post = async (path: string, payload: Payload): Promise<Answer> => {
    if (this.http === "away") throw new Error("no network");
    this.heard.push([path, payload]);
    return this.#reply();
  };

  #reply(): Answer {
    return this.replies.shift() ?? OK;
  }
}

function line(server: Server): { line: Line; links: Link[] } {
  const links: Link[] = [];
  return { line: new Line("r", server, server.post, (link) => links.push(link), () => 0), links };
}

const ANSWER = { seat: "s", task: 4, option: "x" };

test("an answer goes over the socket where there is one", async () => {
  const server = new Server();
  const { line: way, links } = line(server);

  assert.equal((await way.call("answer", ANSWER))?.answer, OK);
  assert.deepEqual(server.heard, [["race.answer", { race: "r", ...ANSWER }]]);
  assert.deepEqual(links, ["socket"]);
});

test("a silent socket is passed by with the same task over HTTP", async () => {
  const server = new Server();
  server.socket = "silent";
  await line(server).line.call("answer", ANSWER);

  assert.deepEqual(server.heard.map(([where]) => where), ["race.answer", "/races/r/answers"]);
  assert.deepEqual(server.heard[1]![1], ANSWER);
});

test("without a socket the call goes over HTTP at once, and back to the socket later", async () => {
  const server = new Server();
  const { line: way, links } = line(server);
  server.socket = "away";
  await way.call("look", { seat: "s" });
  server.socket = "answers";
  await way.call("look", { seat: "s" });

  assert.deepEqual(links, ["http", "socket"]);
});

test("an answer is sent until it is acknowledged, and the loss is told meanwhile", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const server = new Server();
  [server.socket, server.http] = ["away", "away"];
  const { line: way, links } = line(server);
  const sent = way.call("answer", ANSWER);
  for (let tries = 0; tries < 3; tries += 1) {
    await settle();
    mock.timers.tick(4000);
  }
  server.http = "answers";
  await settle();
  mock.timers.tick(4000);

  assert.equal((await sent)?.answer, OK);
  mock.timers.reset();
  assert.deepEqual(new Set(links), new Set(["lost", "http"]));
  assert.deepEqual(server.heard, [["/races/r/answers", ANSWER]]);
});

test("a refusal that passes is waited out, one that stands is told", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const server = new Server();
  server.replies = [{ ok: false, error: { code: "too_many", message: "", retry_after_s: 2 } }, { ok: false, error: { code: "answer_stands", message: "" } }];
  const sent = line(server).line.call("answer", ANSWER);
  await settle();
  mock.timers.tick(1999);
  await settle();
  const before = server.heard.length;
  mock.timers.tick(1);
  const answer = (await sent)?.answer;
  mock.timers.reset();

  assert.deepEqual([before, server.heard.length], [1, 2]);
  assert.equal(answer?.ok === false && answer.error.code, "answer_stands");
});

test("a closed line gives up, an opened one enters again", async () => {
  const server = new Server();
  const { line: way } = line(server);
  way.close();

  assert.equal(await way.call("look", {}), null);
  assert.equal(await way.once("look", {}), null);
  way.open();
  await way.enter();
  assert.deepEqual(server.heard, [["/races/r/enter", {}]]);
});

test("what is worth nothing later is called once", async () => {
  const server = new Server();
  [server.socket, server.http] = ["away", "away"];

  assert.equal(await line(server).line.once("look", { probe: "p" }), null);
});

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
