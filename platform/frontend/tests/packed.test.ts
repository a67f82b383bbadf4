import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";

// The tests run in the folder of the front end; what is built lies beside it.
const dist = path.resolve("../psot/static/dist");
const FORMS = { ".br": brotliDecompressSync, ".gz": gunzipSync };

test("every packed file unpacks to the file beside it", () => {
  for (const [ending, unpack] of Object.entries(FORMS)) {
    const packed = readdirSync(dist).filter((name) => name.endsWith(ending));
    assert.ok(packed.length > 50);
    for (const name of packed) {
      const plain = readFileSync(path.join(dist, name.slice(0, -ending.length)));
      assert.deepEqual(unpack(readFileSync(path.join(dist, name))), plain, name);
    }
  }
});
