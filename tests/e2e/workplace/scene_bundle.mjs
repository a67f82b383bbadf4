// Bundles scene_page.ts into the folder named, exactly as the product is bundled.
import { fileURLToPath, pathToFileURL } from "node:url";
import path from "node:path";

const here = path.dirname(fileURLToPath(import.meta.url));
const frontend = path.resolve(here, "../../../platform/frontend");
const from = (file) => import(pathToFileURL(path.join(frontend, file)));
const { build } = await from("node_modules/esbuild/lib/main.js");
const { three } = await from("three.mjs");
await build({
  absWorkingDir: frontend,
  entryPoints: { scene: path.join(here, "scene_page.ts") },
  bundle: true,
  minify: true,
  splitting: true,
  format: "esm",
  target: ["es2022", "chrome123"],
  outdir: process.argv[2],
  plugins: [three],
});
