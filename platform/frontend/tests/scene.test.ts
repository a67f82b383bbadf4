import assert from "node:assert/strict";
import { test } from "node:test";
import { NOTHING_CHOSEN, TURN_MS, chosenOf, panelAt, revealed, rotation } from "../src/tower/scene";

const STOCK = { shooting: 3, classes: ["new", "old"], news: 4 };

test("panels take turns, and the range comes back between them while anybody shoots", () => {
  const names = (stock: typeof STOCK): string[] => rotation(stock).map(({ panel, class: code }) => code || panel);

  assert.deepEqual(names(STOCK), ["range", "new", "range", "old", "range", "news"]);
  assert.deepEqual(names({ ...STOCK, shooting: 0 }), ["new", "old", "news"]);
  assert.deepEqual(names({ shooting: 0, classes: [], news: 0 }), ["range"]);
});

test("each panel stays for its turn", () => {
  const at = (ms: number): string => panelAt(NOTHING_CHOSEN, STOCK, ms).panel;

  assert.equal(at(0), "range");
  assert.equal(at(TURN_MS - 1), "range");
  assert.equal(at(TURN_MS), "class");
  assert.equal(at(6 * TURN_MS), "range");
});

test("what the remote control chose stays", () => {
  const chosen = (panel: string, code = ""): unknown => panelAt({ ...NOTHING_CHOSEN, panel, class: code }, STOCK, 99 * TURN_MS);

  assert.deepEqual(chosen("course"), { panel: "course", class: "" });
  assert.deepEqual(chosen("class", "old"), { panel: "class", class: "old" });
  assert.deepEqual(chosen("class"), { panel: "class", class: "new" });
  assert.equal(panelAt({ ...NOTHING_CHOSEN, panel: "class" }, { ...STOCK, classes: [] }, 0).panel, "range");
});

test("places that nobody has seen are empty until they are revealed, from the last upwards", () => {
  const board = { screen: { panel: "reveal", bib: null, class: "", places: 3, hidden: 2 }, "place:3": { bib: 9 } };

  assert.equal(chosenOf(board).hidden, 2);
  assert.deepEqual(revealed(board), [null, null, { bib: 9 }]);
  assert.deepEqual(revealed({}), []);
});
