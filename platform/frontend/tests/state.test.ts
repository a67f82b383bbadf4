import assert from "node:assert/strict";
import { test } from "node:test";
import { type Delta, NOTHING, type Row, type Rows, type Snapshot, type Watch, onAnswer, onDelta, onDisconnect, onSnapshot, standings } from "../src/board/state";

const BOARD = "ratings:2026-Q4";

/** A small generator of the same numbers for the same seed. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

/** A server's board: every change makes a version, deltas span any two of them. */
class Server {
  versions: Rows[] = [{}];
  constructor(readonly epoch: string, readonly roll: (sides: number) => number) {}

  change(): void {
    const rows: Record<string, Row> = { ...this.versions.at(-1)! };
    const key = `m${this.roll(12)}`;
    if (rows[key] && this.roll(4) === 0) delete rows[key];
    else rows[key] = { rank: 1 + this.roll(12), rating: this.roll(1000) };
    this.versions.push(rows);
  }

  get version(): number {
    return this.versions.length - 1;
  }

  snapshot(version = this.version): Snapshot {
    return { board: BOARD, epoch: this.epoch, version, rows: this.versions[version]! };
  }

  delta(from: number, to: number): Delta {
    const [before, after] = [this.versions[from]!, this.versions[to]!];
    const touched = this.versions.slice(from + 1, to + 1).flatMap((rows) => Object.keys(rows));
    const set = Object.fromEntries(touched.filter((key) => after[key]).map((key) => [key, after[key]!]));
    const gone = [...new Set([...Object.keys(before), ...touched])].filter((key) => !after[key]);
    return { board: BOARD, epoch: this.epoch, from, to, set, gone };
  }
}

function at(server: Server, version: number): Watch {
  return onSnapshot(NOTHING, server.snapshot(version)).watch;
}

test("a stale snapshot plus the deltas after it equals a fresh snapshot", () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const roll = dice(seed);
    const server = new Server("a", roll);
    for (let i = 0; i < 20; i += 1) server.change();
    let version = roll(20);
    let watch = at(server, version);
    while (version < server.version) {
      const to = version + 1 + roll(server.version - version);
      watch = onDelta(watch, server.delta(version, to)).watch;
      version = to;
    }

    assert.deepEqual(watch.rows, server.snapshot().rows);
  }
});

test("lost, doubled and reordered messages end in the server's board as soon as a snapshot comes", () => {
  for (let seed = 1; seed <= 500; seed += 1) {
    const roll = dice(seed);
    const server = new Server("a", roll);
    server.change();
    let watch = at(server, roll(2));
    const flying: Delta[] = [];
    let asked = false;
    for (let i = 0; i < 40; i += 1) {
      server.change();
      if (roll(5) > 0) flying.push(server.delta(server.version - 1, server.version));
      while (flying.length && roll(3) > 0) {
        const [message] = roll(4) === 0 ? [flying[roll(flying.length)]!] : flying.splice(roll(flying.length), 1);
        const step = onDelta(watch, message!);
        asked ||= step.ask;
        watch = step.watch;
      }
      if (asked && roll(3) === 0) {
        watch = onSnapshot(watch, server.snapshot()).watch;
        asked = false;
      }
      assert.deepEqual(watch.rows, server.versions[watch.have!.version]);
    }
    const last = onDelta(watch, server.delta(server.version - 1, server.version));
    watch = last.ask || last.watch.asked ? onSnapshot(last.watch, server.snapshot()).watch : last.watch;

    assert.deepEqual(watch.rows, server.snapshot().rows);
  }
});

test("a gap asks for a snapshot once, however many messages follow it", () => {
  const server = new Server("a", dice(7));
  for (let i = 0; i < 5; i += 1) server.change();
  const first = onDelta(at(server, 1), server.delta(2, 3));
  const second = onDelta(first.watch, server.delta(3, 4));

  assert.deepEqual([first.ask, second.ask], [true, false]);
});

test("after the answer or a new connection a gap may ask again", () => {
  const server = new Server("a", dice(7));
  for (let i = 0; i < 5; i += 1) server.change();
  const { watch } = onDelta(at(server, 1), server.delta(2, 3));

  assert.equal(onDelta(onAnswer(watch), server.delta(3, 4)).ask, true);
  assert.equal(onDelta(onDisconnect(watch), server.delta(3, 4)).ask, true);
});

test("a delta of another epoch asks for a snapshot, and the snapshot of that epoch is taken", () => {
  const before = new Server("a", dice(1));
  const after = new Server("b", dice(2));
  for (let i = 0; i < 9; i += 1) before.change();
  after.change();
  const step = onDelta(at(before, 9), after.delta(0, 1));
  const { watch } = onSnapshot(step.watch, after.snapshot());

  assert.equal(step.ask, true);
  assert.deepEqual(watch.have, { epoch: "b", version: 1 });
});

test("old news changes nothing: neither a delta nor a snapshot from before", () => {
  const server = new Server("a", dice(3));
  for (let i = 0; i < 5; i += 1) server.change();
  const watch = at(server, 4);

  assert.equal(onDelta(watch, server.delta(1, 3)).watch, watch);
  assert.equal(onSnapshot(watch, server.snapshot(2)).watch, watch);
});

test("standings go by place, equal places by key", () => {
  const row = (rank: number): Row => ({ rank, rating: 0 });

  assert.deepEqual(
    standings({ c: row(2), b: row(1), a: row(2), d: row(10) }).map(([key]) => key),
    ["b", "a", "c", "d"],
  );
});
