import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { BROUGHT_WITHIN_MS, Tickets } from "../src/board/tickets";

/** Tickets of a server that numbers those it is asked for. */
function numbered(): Tickets {
  let asked = 0;
  return new Tickets(async () => `asked ${(asked += 1)}`);
}

test("a ticket is asked for at every attempt", async () => {
  const tickets = numbered();

  assert.deepEqual([await tickets.next(), await tickets.next()], ["asked 1", "asked 2"]);
});

test("one that another request brings opens one connection", async () => {
  const tickets = numbered();
  tickets.bring(Promise.resolve("brought"));

  assert.deepEqual([await tickets.next(), await tickets.next()], ["brought", "asked 1"]);
});

test("one is asked for where none was brought", async () => {
  const tickets = numbered();
  tickets.bring(Promise.resolve(""));
  const refused = await tickets.next();
  tickets.bring(Promise.reject(new Error("no network")));

  assert.deepEqual([refused, await tickets.next()], ["asked 1", "asked 2"]);
});

test("one that does not come is not waited for", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const tickets = numbered();
  tickets.bring(new Promise(() => undefined));
  const next = tickets.next();
  mock.timers.tick(BROUGHT_WITHIN_MS);

  assert.equal(await next, "asked 1");
  mock.timers.reset();
});
