import assert from "node:assert/strict";
import { test } from "node:test";
import { caretOf, movedTo } from "../src/workplace/yaml";

const FLOW = `id: shop  # a small one
zones:
  - {id: lathe, kind: work, area: [[0, 0], [1, 1]]}
objects:
  # the machine at: [9, 9]
  - {id: lathe, kind: lathe, at: [-3.2, -2.6], turn: 0, name: {ru: Станок, en: Lathe}}   # stays
  - {id: rack, kind: rack, name: {ru: "Стеллаж, at: [1, 1]", en: Rack}, at: [1,2], states: {load: over}}
hazards:
  - {id: lathe, object: lathe, states: {guard: open}}
`;

const BLOCK = `objects:
- id: lathe
  kind: lathe
  at: [0, 0]
  name: {ru: Станок, en: Lathe}
- kind: rack
  id: "rack"
  at:
    - 1.5
    - -2
  states:
    load: over
- id: lead
  kind: cable
  path: [[-8.3, -3.2], [-7.5, -4.1]]
debrief: {ru: x, en: y}
`;

test("the place of an object is rewritten and nothing else", () => {
  assert.equal(movedTo(FLOW, "lathe", [-3, 1.25], [0, 0]), FLOW.replace("at: [-3.2, -2.6]", "at: [-3, 1.25]"));
});

test("a text in quotes is not taken for a place", () => {
  assert.equal(movedTo(FLOW, "rack", [2, 2], [0, 0]), FLOW.replace("at: [1,2]", "at: [2, 2]"));
});

test("block lists are understood in both hands", () => {
  assert.equal(movedTo(BLOCK, "lathe", [0.5, -0.001], [0, 0]), BLOCK.replace("at: [0, 0]", "at: [0.5, 0]"));
  assert.equal(movedTo(BLOCK, "rack", [4, 5], [0, 0]), BLOCK.replace("at:\n    - 1.5\n    - -2", "at: [4, 5]"));
});

test("what is long is moved as a whole", () => {
  assert.equal(movedTo(BLOCK, "lead", [-7.3, -3.7], [1, -0.5]), BLOCK.replace("[[-8.3, -3.2], [-7.5, -4.1]]", "[[-7.3, -3.7], [-6.5, -4.6]]"));
});

test("an object that is not written is not moved, and a zone is no object", () => {
  assert.equal(movedTo(FLOW, "gone", [0, 0], [0, 0]), null);
  assert.equal(movedTo("id: x\n", "lathe", [0, 0], [0, 0]), null);
  assert.equal(FLOW.slice(caretOf(FLOW, "lathe")!).startsWith("  - {id: lathe, kind: lathe"), true);
});
