import assert from "node:assert/strict";
import { test } from "node:test";
import type { Answer, Report } from "../src/recordings/protocol";
import { type Entry, type Kept, Reports, type Sent } from "../src/recordings/reports";
import { Tracker, written } from "../src/recordings/segments";
import { clock } from "../src/recordings/times";
import { plain } from "../src/recordings/transcript";

test("a stretch grows while time flows and ends at a pause", () => {
  const tracker = new Tracker();
  tracker.begin(10);
  tracker.tick(10.25);
  tracker.tick(12);
  tracker.end();
  assert.deepEqual(tracker.take(), [[10, 12]]);
  assert.deepEqual(tracker.take(), []);
});

test("what is taken while playing goes on from there", () => {
  const tracker = new Tracker();
  tracker.begin(0);
  tracker.tick(1);
  assert.deepEqual(tracker.take(), [[0, 1]]);
  tracker.tick(2);
  assert.deepEqual(tracker.take(), [[1, 2]]);
});

test("a jump is not played, whichever way it goes", () => {
  const tracker = new Tracker();
  tracker.begin(0);
  tracker.tick(1);
  tracker.tick(60);
  tracker.tick(61);
  tracker.tick(5);
  tracker.tick(6);
  assert.deepEqual(tracker.take(), [
    [0, 1],
    [60, 61],
    [5, 6],
  ]);
});

test("nothing is played before playing begins", () => {
  const tracker = new Tracker();
  tracker.tick(5);
  assert.deepEqual(tracker.take(), []);
});

test("stretches are written as the video profile writes them", () => {
  assert.equal(written([[0, 12.5], [30.0004, 45]]), "0[.]12.5[,]30[.]45");
  assert.equal(written([]), "");
});

test("moments are written with minutes and seconds", () => {
  assert.deepEqual([0, 187_400, 3_765_000].map(clock), ["0:00", "3:07", "1:02:45"]);
});

test("letters are compared small and without dots", () => {
  assert.equal(plain("Ёлка ЩЁЛК"), "елка щелк");
});

class Shelf {
  kept = new Map<string, Kept>();
  load = (): Kept[] => [...this.kept.values()];
  save = (one: Kept): void => void this.kept.set(one.viewing, structuredClone(one));
  remove = (viewing: string): void => void this.kept.delete(viewing);
}

/** A server that is there or away; it remembers what it was sent. */
class Server {
  sent: Report[] = [];
  away = false;
  status = 0;
  send = async (_address: string, report: Report): Promise<Sent> => {
    this.sent.push(structuredClone(report));
    if (this.away) return { kind: "lost" };
    if (this.status) return { kind: "refused", status: this.status };
    return { kind: "taken", answer: { number: report.number } as Answer };
  };
}

const entry = (from: number, to: number, speed = "1x"): Entry => ({ verb: "played", segments: [[from, to]], speed, time: to, length: 100, progress: 0 });

function made(server: Server, shelf: Shelf, links: string[] = []) {
  const told: number[] = [];
  let wake = (): void => undefined;
  const pause = (): Promise<void> => new Promise((done) => (wake = done));
  const reports = new Reports("v", "/reports", server.send, shelf, (one) => told.push(one.number ?? 0), (state) => links.push(state), written, pause);
  return { reports, told, wake: () => wake() };
}

const settled = (): Promise<void> => new Promise((done) => setTimeout(done, 5));

test("reports are numbered, sent in order and forgotten once taken", async () => {
  const [server, shelf] = [new Server(), new Shelf()];
  const { reports, told } = made(server, shelf);
  reports.add(entry(0, 10));
  await settled();
  reports.add(entry(10, 20));
  await settled();
  assert.deepEqual(told, [1, 2]);
  assert.equal(shelf.kept.size, 0);
});

test("what was sent once is sent again as it was; what comes meanwhile goes into one report", async () => {
  const [server, shelf, links] = [new Server(), new Shelf(), [] as string[]];
  server.away = true;
  const { reports, told, wake } = made(server, shelf, links);
  reports.add(entry(0, 10));
  await settled();
  reports.add(entry(10, 20));
  reports.add(entry(20, 30));
  reports.add(entry(30, 40, "2x"));
  server.away = false;
  wake();
  await settled();
  assert.deepEqual(server.sent.map((one) => [one.number, one["played-segments"]]), [
    [1, "0[.]10"],
    [1, "0[.]10"],
    [2, "10[.]20[,]20[.]30"],
    [3, "30[.]40"],
  ]);
  assert.deepEqual(told, [1, 2, 3]);
  assert.deepEqual([links[0], links.at(-1)], ["off", "on"]);
});

test("a report refused for ever is not sent again, and the next one goes on", async () => {
  const [server, shelf] = [new Server(), new Shelf()];
  server.status = 409;
  const { reports } = made(server, shelf);
  reports.add(entry(0, 10));
  await settled();
  server.status = 0;
  reports.add(entry(10, 20));
  await settled();
  assert.deepEqual(server.sent.map((one) => one.number), [1, 2]);
  assert.equal(reports.waiting, 0);
});

test("who is signed out keeps the reports", async () => {
  const [server, shelf, links] = [new Server(), new Shelf(), [] as string[]];
  server.status = 401;
  const { reports } = made(server, shelf, links);
  reports.add(entry(0, 10));
  await settled();
  assert.equal(reports.waiting, 1);
  assert.deepEqual(links, ["refused"]);
});

test("the next page sends what the last one left", async () => {
  const [server, shelf] = [new Server(), new Shelf()];
  server.away = true;
  made(server, shelf).reports.add(entry(0, 10), true);
  await settled();
  server.away = false;
  for (const kept of shelf.load()) await Reports.resume(kept, server.send, shelf);
  assert.deepEqual(server.sent.map((one) => one.number), [1, 1]);
  assert.equal(shelf.kept.size, 0);
});
