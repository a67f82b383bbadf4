import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

import { KIT, MATERIALS, bounds, footprint, height, mesh, parts, type Part } from "../src/workplace/kit";
import { leg, paced } from "../src/workplace/kit/signs";
import { composed, spinning, type V3 } from "../src/workplace/kit/parts";
import { PICTURE_KINDS, drawTexture, textureSize } from "../src/workplace/kit/textures";
import type { Placed } from "../src/workplace/types";

interface Kind {
  group: string;
  states: Record<string, string[]>;
}

const kit = JSON.parse(readFileSync(path.resolve("../../content/scenarios/kit.json"), "utf8")) as { kinds: Record<string, Kind>; wears: Record<string, unknown> };
const kinds = Object.entries(kit.kinds);

const usual = (kind: Kind): Record<string, string> => Object.fromEntries(Object.entries(kind.states).map(([state, values]) => [state, values[0]!]));

const placed = (kind: string, changes: Partial<Placed> = {}): Placed => ({
  id: `the-${kind}`, kind, at: [0, 0], y: 0, turn: 0, name: "", look: "", states: usual(kit.kinds[kind]!), wears: [], path: [], size: 1, model: "", ...changes,
});

/** Every kind in its usual states, and then with one state changed at a time. */
const variants = kinds.flatMap(([name, kind]) => [
  { name, state: "", value: "", object: placed(name) },
  ...Object.entries(kind.states).flatMap(([state, values]) =>
    values.slice(1).map((value) => ({ name, state, value, object: placed(name, { states: { ...usual(kind), [state]: value } }) })),
  ),
]);

const triangles = (of: Part[]): number => of.reduce((sum, part) => sum + mesh(part).index.length / 3, 0);

/** A canvas that only remembers what was asked of it. */
const canvas = (): { context: CanvasRenderingContext2D; calls: string[] } => {
  const calls: string[] = [];
  const context = new Proxy({ canvas: { width: 512, height: 256 } } as Record<string, unknown>, {
    get: (held, name: string) => held[name] ?? ((...words: unknown[]) => void calls.push(`${name} ${words.join()}`)),
    set: (held, name: string, value) => (calls.push(`${name} = ${String(value)}`), (held[name] = value), true),
  });
  return { context: context as unknown as CanvasRenderingContext2D, calls };
};

test("the kit draws every kind that scenarios may place, and no other", () => {
  assert.deepEqual(Object.keys(KIT).sort(), kinds.map(([name]) => name).sort());
});

test("every kind has parts of known materials, finite numbers and a sane size in every state", () => {
  for (const { name, state, value, object } of variants) {
    const of = parts(object);
    const story = `${name} ${state}=${value}`;
    assert.ok(of.length > 0, story);
    for (const part of of) {
      assert.ok(part.material in MATERIALS, `${story}: ${part.material}`);
      const { positions, normals, uvs, index } = mesh(part);
      assert.ok(index.length > 0, `${story}: an empty ${part.shape}`);
      assert.ok([...positions, ...normals, ...uvs].every(Number.isFinite), `${story}: ${part.shape}`);
      assert.ok(Math.max(...index) * 3 < positions.length, `${story}: ${part.shape}`);
      if (part.texture) assert.ok(PICTURE_KINDS.includes(part.texture.split(":")[0]!), `${story}: ${part.texture}`);
    }
    const { x0, x1, z0, z1 } = footprint(of);
    assert.ok(x1 - x0 <= 8 && z1 - z0 <= 8 && x1 - x0 > 0.01 && z1 - z0 > 0.001, `${story}: ${x1 - x0} × ${z1 - z0}`);
    const { low, high } = bounds(of);
    assert.ok(high[1] <= 6 && low[1] > -0.5, `${story}: from ${low[1]} to ${high[1]}`);
    assert.equal(height(of), high[1]);
  }
});

test("no state looks like the usual one", () => {
  for (const { name, state, value, object } of variants) {
    if (state) assert.notDeepEqual(parts(object), parts(placed(name)), `${name} ${state}=${value}`);
  }
});

test("two values of a state never look the same", () => {
  for (const [name, kind] of kinds)
    for (const [state, values] of Object.entries(kind.states)) {
      const looks = values.map((value) => JSON.stringify(parts(placed(name, { states: { ...usual(kind), [state]: value } }))));
      assert.equal(new Set(looks).size, values.length, `${name} ${state}`);
    }
});

test("an object stays light enough for a telephone", () => {
  for (const { name, state, value, object } of variants) {
    const count = triangles(parts(object));
    assert.ok(count <= 9000, `${name} ${state}=${value}: ${count} triangles`);
  }
});

test("everything that is worn changes a person in every pose", () => {
  for (const pose of kit.kinds["person"]!.states["pose"]!) {
    const states = { ...usual(kit.kinds["person"]!), pose };
    const bare = JSON.stringify(parts(placed("person", { states })));
    for (const worn of Object.keys(kit.wears)) {
      const dressed = parts(placed("person", { states, wears: [worn] }));
      assert.notEqual(JSON.stringify(dressed), bare, `${pose} ${worn}`);
      assert.ok(dressed.every((part) => mesh(part).positions.every(Number.isFinite)), `${pose} ${worn}`);
    }
  }
});

test("two things that are worn never look the same", () => {
  const looks = Object.keys(kit.wears).map((worn) => JSON.stringify(parts(placed("person", { wears: [worn] }))));
  assert.equal(new Set(looks).size, looks.length);
});

test("a person stands on the floor in every pose, and is as tall as a person when upright", () => {
  for (const pose of kit.kinds["person"]!.states["pose"]!) {
    const { low, high } = bounds(parts(placed("person", { states: { pose, face: "calm" } })));
    assert.ok(Math.abs(low[1]) < 1e-9, `${pose}: ${low[1]}`);
    if (pose === "stand") assert.ok(high[1] > 1.65 && high[1] < 1.85, String(high[1]));
    if (pose === "lie") assert.ok(high[1] < 0.8 && high[2] - low[2] > 1.3, String(high[1]));
  }
});

test("people differ in height, build, hair, skin and clothes, and each stays as they are", () => {
  const people = Array.from({ length: 40 }, (_, nth) => parts(placed("person", { id: `one-${nth}`, wears: ["coverall"] })));
  const many = (what: (of: Part[]) => unknown): number => new Set(people.map((of) => JSON.stringify(what(of)))).size;
  assert.ok(many((of) => height(of).toFixed(2)) > 5);
  for (const prefix of ["skin", "hair", "coverall"]) assert.ok(many((of) => of.find(({ material }) => material.startsWith(prefix))?.material) > 2, prefix);
  assert.deepEqual(people[7], parts(placed("person", { id: "one-7", wears: ["coverall"] })));
});

test("what is dug out lies below the floor, and a mouth without light of its own shows it", () => {
  const open: [string, Record<string, string>][] = [["manhole", { cover: "open" }], ["opening", { cover: "no" }], ["excavation", {}]];
  for (const [kind, states] of open) {
    const of = parts(placed(kind, { states }));
    const deep = of.filter((part) => part.deep);
    assert.ok(of.some(({ material, deep: lies }) => material === "pit" && !lies), kind);
    assert.ok(deep.length > 4, kind);
    assert.ok(deep.every((part) => mesh(part).positions.every((value, nth) => nth % 3 !== 1 || value < 0.03)), kind);
    assert.ok(Math.min(...deep.flatMap((part) => mesh(part).positions.filter((_, nth) => nth % 3 === 1))) < -1.5, kind);
    assert.ok(bounds(of).low[1] > -0.1, kind);
  }
});

test("the same object is drawn the same again, another one of its kind differently", () => {
  assert.deepEqual(parts(placed("rack")), parts(placed("rack")));
  assert.notDeepEqual(parts(placed("rack")), parts(placed("rack", { id: "another" })));
});

test("an object of twice the size reaches twice as far", () => {
  for (const kind of ["lathe", "drum", "person", "forklift"]) {
    const [one, two] = [bounds(parts(placed(kind))), bounds(parts(placed(kind, { size: 2 })))];
    for (const axis of [0, 1, 2] as const) assert.ok(Math.abs(two.high[axis] - 2 * one.high[axis]) < 1e-6, kind);
  }
});

test("what is long follows its path over the site wherever the object is and however it is turned", () => {
  const path: [number, number][] = [[1, 2], [3, 2], [3, 4]];
  for (const kind of ["cable", "fence_tape", "guard_rail", "anchor_line", "roof_edge", "fallen_wire"]) {
    const straight = bounds(parts(placed(kind, { path })));
    const moved = bounds(parts(placed(kind, { path, at: [1, 2] })));
    assert.ok(Math.abs(moved.low[0] + 1 - straight.low[0]) < 1e-6 && Math.abs(moved.low[2] + 2 - straight.low[2]) < 1e-6, `${kind} ${moved.low} ${straight.low}`);
    if (kind === "fallen_wire") continue; // its broken end hangs to the side of the object, not of the path
    const turned = parts(placed(kind, { path, turn: 90 }));
    const spin = spinning([0, Math.PI / 2, 0]);
    const back = bounds(turned.map((part) => ({ ...part, at: spin(part.at), turn: composed([0, Math.PI / 2, 0], part.turn ?? [0, 0, 0]) })));
    assert.ok(Math.abs(back.low[0] - straight.low[0]) < 0.02 && Math.abs(back.high[2] - straight.high[2]) < 0.02, `${kind} ${back.low} ${back.high} ${straight.low} ${straight.high}`);
  }
});

test("a course is cut into legs of no more than a step", () => {
  const line = paced([[0, 0, 0], [4, 0, 0], [4, 0, 1]], 1.5);
  assert.equal(line.length, 5);
  for (let nth = 1; nth < line.length; nth += 1) assert.ok(leg(line[nth - 1]!, line[nth]!).length <= 1.5);
});

test("turns put together do what one turn after the other does", () => {
  const turns: V3[] = [[0.3, -1.2, 2.1], [1.5, 0.4, -0.7], [0, Math.PI / 2, 0], [-2, 0.1, 0.2]];
  for (const outer of turns)
    for (const inner of turns) {
      const [one, two] = [spinning(composed(outer, inner))([1, 2, 3]), spinning(outer)(spinning(inner)([1, 2, 3]))];
      for (const axis of [0, 1, 2] as const) assert.ok(Math.abs(one[axis] - two[axis]) < 1e-4, `${outer} ${inner}`);
    }
});

test("triangles face outwards", () => {
  for (const kind of ["drum", "crate", "cone", "tank"])
    for (const part of parts(placed(kind))) {
      const { positions, normals, index } = mesh(part);
      let wrong = 0;
      for (let nth = 0; nth < index.length; nth += 3) {
        const [a, b, c] = [0, 1, 2].map((corner) => positions.slice(index[nth + corner]! * 3, index[nth + corner]! * 3 + 3)) as [V3, V3, V3];
        const [u, v] = [b.map((value, axis) => value - a[axis]!), c.map((value, axis) => value - a[axis]!)] as [V3, V3];
        const face = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
        const normal = normals.slice(index[nth]! * 3, index[nth]! * 3 + 3);
        if (face.reduce((sum, value, axis) => sum + value * normal[axis]!, 0) < -1e-9) wrong += 1;
      }
      assert.equal(wrong, 0, `${kind}: ${part.shape}`);
    }
});

test("every sign draws its own picture on the ground of its family", () => {
  const drawn = kit.kinds["sign"]!.states["pict"]!.map((name) => {
    const { context, calls } = canvas();
    drawTexture(`sign:${name}`, context);
    assert.ok(calls.filter((call) => /^(fill|stroke)/.test(call)).length >= 3, name);
    assert.ok(!calls.some((call) => call.includes("NaN")), name);
    return calls.join("\n");
  });
  assert.equal(new Set(drawn).size, drawn.length);
  const ground = (name: string): string => drawn[kit.kinds["sign"]!.states["pict"]!.indexOf(name)]!;
  assert.match(ground("voltage"), /#ffcf00/);
  assert.match(ground("helmet"), /#0a57a4/);
  assert.match(ground("no_smoking"), /#c8102e/);
  assert.match(ground("exit"), /#00843d/);
});

test("every picture of the kit draws something on a canvas of its size", () => {
  const names = new Set(variants.flatMap(({ object }) => parts(object).flatMap((part) => part.texture ?? [])));
  assert.ok(names.size > 50);
  for (const name of names) {
    const { context, calls } = canvas();
    drawTexture(name, context);
    const [wide, high] = textureSize(name);
    assert.ok(calls.length > 3, name);
    assert.ok(calls.includes(`scale ${512 / wide},${256 / high}`), name);
  }
});
