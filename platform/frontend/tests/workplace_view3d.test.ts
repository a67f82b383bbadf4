import assert from "node:assert/strict";
import test from "node:test";
import { Ground } from "../src/workplace/view3d/ground";
import { gamepadPush, Keys, moves } from "../src/workplace/view3d/keys";
import { clusters } from "../src/workplace/view3d/objects";
import { numbers, opened } from "../src/workplace/view3d/props";
import { tierOf } from "../src/workplace/view3d/tiers";

const press = { id: "press", x: 0, z: 0, half: [1, 0.5] as [number, number], turn: 0 };

test("a walker goes round what stands in the way and never through it", () => {
  const ground = new Ground([10, 10]);
  ground.set("press", [press]);
  let at: [number, number] = [0.2, 3];
  for (let step = 0; step < 200; step += 1) at = ground.walk(at, 0, -0.05);
  assert.ok(at[1] > 0.5, `stopped before it at ${at}`);
  assert.ok(ground.free(...at));
});

test("whoever stands inside of something gets out of it", () => {
  const ground = new Ground([10, 10]);
  ground.set("press", [press]);
  let at: [number, number] = [0, 0.2];
  for (let step = 0; step < 60; step += 1) at = ground.walk(at, 0, 0.05);
  assert.ok(ground.free(...at));
});

test("an obstacle is turned with its object", () => {
  const ground = new Ground([10, 10]);
  ground.set("press", [{ ...press, turn: Math.PI / 2 }]);
  assert.equal(ground.free(1, 0), true);
  assert.equal(ground.free(0, 1), false);
});

test("nobody leaves the site", () => {
  const ground = new Ground([4, 6]);
  let at: [number, number] = [0, 0];
  for (let step = 0; step < 100; step += 1) at = ground.walk(at, 0.3, 0.3);
  assert.ok(at[0] < 2 && at[1] < 3, String(at));
});

test("keys are known by their place; those held with control belong to the browser", () => {
  const keys = new Keys();
  const key = (code: string, ctrlKey = false): KeyboardEvent => ({ code, ctrlKey, metaKey: false, altKey: false, shiftKey: false }) as KeyboardEvent;
  assert.equal(keys.press(key("KeyW")), true);
  assert.equal(keys.press(key("KeyD")), true);
  assert.equal(keys.press(key("KeyQ", true)), false);
  assert.deepEqual(keys.push(), { ahead: 1, aside: 1, turn: 0, tilt: 0 });
  keys.release(key("KeyW"));
  assert.equal(keys.push().ahead, 0);
});

test("a gamepad at rest pushes nothing, though its sticks tremble", () => {
  const pad = (axes: number[]): Gamepad => ({ connected: true, axes, buttons: [{ pressed: false }] }) as unknown as Gamepad;
  assert.equal(moves(gamepadPush([null, pad([0.05, -0.1, 0.02, 0])])!.push), false);
  assert.equal(gamepadPush([pad([0, -1, 0, 0])])!.push.ahead, 1);
  assert.equal(gamepadPush([]), null);
});

test("legs that stand apart stay apart, what touches is one", () => {
  const leg = (x: number): { x0: number; x1: number; z0: number; z1: number } => ({ x0: x, x1: x + 0.1, z0: 0, z1: 0.1 });
  assert.equal(clusters([leg(0), leg(2)]).length, 2);
  assert.deepEqual(clusters([leg(0), leg(0.15), leg(0.3)]), [{ x0: 0, x1: 0.4, z0: 0, z1: 0.1 }]);
});

for (const [renderer, tier] of [
  ["ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)), SwiftShader driver)", "low"],
  ["llvmpipe (LLVM 15.0.7, 256 bits)", "low"],
  ["Mali-G78", "mid"],
  ["Apple GPU", "mid"],
  ["ANGLE (Intel, Intel(R) UHD Graphics 620 Direct3D11)", "mid"],
  ["", "mid"],
  ["ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 Direct3D11)", "high"],
  ["ANGLE (Intel, Intel(R) Arc(TM) A770 Graphics Direct3D11)", "high"],
] as const) {
  test(`${renderer || "a renderer that hides its name"} draws in the ${tier} tier`, () => assert.equal(tierOf(renderer), tier));
}

function binary(json: object, body: ArrayBuffer): ArrayBuffer {
  const text = new TextEncoder().encode(JSON.stringify(json).padEnd(Math.ceil(JSON.stringify(json).length / 4) * 4));
  const file = new ArrayBuffer(20 + text.length + 8 + body.byteLength);
  const view = new DataView(file);
  [0x46546c67, 2, file.byteLength, text.length, 0x4e4f534a].forEach((one, nth) => view.setUint32(nth * 4, one, true));
  new Uint8Array(file, 20).set(text);
  view.setUint32(20 + text.length, body.byteLength, true);
  new Uint8Array(file, 28 + text.length).set(new Uint8Array(body));
  return file;
}

test("numbers of a prop are read from where they lie, with gaps and scales", () => {
  const body = new ArrayBuffer(16);
  const view = new DataView(body);
  [0, 65535, 7, 7, 32768].forEach((one, nth) => view.setUint16(nth * 2, one, true));
  const file = opened(binary({
    bufferViews: [{ buffer: 0, byteLength: 16, byteStride: 8 }],
    accessors: [{ bufferView: 0, componentType: 5123, normalized: true, count: 2, type: "VEC2" }],
  }, body));
  const [a, b, c] = numbers(file, 0);
  assert.deepEqual([a, b, Math.round((c ?? 0) * 100)], [0, 1, 50]);
});

test("a file that is no prop is refused", () => {
  assert.throws(() => opened(new ArrayBuffer(40)), /not a binary glTF/);
});
