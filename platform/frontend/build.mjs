// Builds scripts, styles, fonts and icons into psot/static/dist with a manifest, and fails above the
// budgets. `node build.mjs --watch` rebuilds on every change.
import { build, context } from "esbuild";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { sprite } from "./icons.mjs";
import { three } from "./three.mjs";

const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const dist = path.resolve(here, "../psot/static/dist");
const fonts = "node_modules/@fontsource-variable/inter/files";
const print = "node_modules/@fontsource/inter/files";

const ENTRIES = {
  app: "src/app.ts",
  board: "src/board.ts",
  "app.css": "styles/app.css",
  race: "src/race.ts",
  "race.css": "styles/race.css",
  races: "src/races.ts",
  "races.css": "styles/races.css",
  replay: "src/replay.ts",
  spectate: "src/spectate.ts",
  "spectate.css": "styles/spectate.css",
  tower: "src/tower.ts",
  "tower.css": "styles/tower.css",
  remote: "src/remote.ts",
  embed: "src/embed.ts",
  jury: "src/jury.ts",
  "results.css": "styles/results.css",
  "items.css": "styles/items.css",
  "study.css": "styles/study.css",
  library: "src/library.ts",
  "library.css": "styles/library.css",
  recordings: "src/recordings.ts",
  "recordings.css": "styles/recordings.css",
  quiz: "src/quiz.ts",
  "quiz.css": "styles/quiz.css",
  reading: "src/reading.ts",
  "reading.css": "styles/reading.css",
  workplace: "src/workplace.ts",
  "workplace.css": "styles/workplace.css",
  "practice.css": "styles/practice.css",
  "community.css": "styles/community.css",
  regions: "src/regions.ts",
  "regions.css": "styles/regions.css",
  medals: "src/medals.ts",
  "rankings.css": "styles/rankings.css",
  "officials.css": "styles/officials.css",
  "numbers.css": "styles/numbers.css",
};
const FILES = {
  "favicon.svg": "styles/favicon.svg",
  "font-latin": `${fonts}/inter-latin-wght-normal.woff2`,
  "font-cyrillic": `${fonts}/inter-cyrillic-wght-normal.woff2`,
  "print-latin": `${print}/inter-latin-400-normal.woff`,
  "print-latin-bold": `${print}/inter-latin-700-normal.woff`,
  "print-cyrillic": `${print}/inter-cyrillic-400-normal.woff`,
  "print-cyrillic-bold": `${print}/inter-cyrillic-700-normal.woff`,
};

// Sizes after gzip, in bytes: what a first visit loads before anything moves.
const BUDGETS = [
  { what: "script of live standings", limit: 40 * 1024, entries: ["app", "spectate"] },
  { what: "styles of live standings", limit: 15 * 1024, entries: ["app.css", "spectate.css"] },
  { what: "script of the big screen", limit: 40 * 1024, entries: ["app", "tower"] },
  { what: "styles of the big screen", limit: 15 * 1024, entries: ["app.css", "tower.css"] },
  { what: "script of any page", limit: 40 * 1024, entries: ["app", "board"] },
  { what: "styles of any page", limit: 15 * 1024, entries: ["app.css"] },
  { what: "script of the racer's screen", limit: 40 * 1024, entries: ["app", "race"] },
  { what: "styles of the racer's screen", limit: 15 * 1024, entries: ["app.css", "race.css"] },
  { what: "script of races and the desk", limit: 40 * 1024, entries: ["app", "races"] },
  { what: "styles of races and the desk", limit: 15 * 1024, entries: ["app.css", "races.css"] },
  { what: "script of the jury's desk", limit: 40 * 1024, entries: ["app", "jury"] },
  { what: "script of the board of medals", limit: 40 * 1024, entries: ["app", "medals"] },
  { what: "script of a replay", limit: 40 * 1024, entries: ["app", "replay"] },
  { what: "script of a quiz", limit: 40 * 1024, entries: ["app", "quiz"] },
  { what: "styles of a quiz", limit: 15 * 1024, entries: ["app.css", "quiz.css"] },
  { what: "script of a recording", limit: 40 * 1024, entries: ["app", "recordings"] },
  { what: "styles of a recording", limit: 15 * 1024, entries: ["app.css", "recordings.css"] },
  { what: "script of the virtual workplace", limit: 40 * 1024, entries: ["app", "workplace"] },
  { what: "styles of the virtual workplace", limit: 15 * 1024, entries: ["app.css", "workplace.css"] },
  { what: "styles of practice around it", limit: 15 * 1024, entries: ["app.css", "practice.css"] },
  { what: "script of a lesson", limit: 40 * 1024, entries: ["app", "reading"] },
  { what: "styles of numbers and achievements", limit: 15 * 1024, entries: ["app.css", "numbers.css"] },
  { what: "styles of the officials' pages", limit: 15 * 1024, entries: ["app.css", "officials.css"] },
  { what: "styles of the community", limit: 15 * 1024, entries: ["app.css", "community.css"] },
  { what: "styles of boards of people", limit: 15 * 1024, entries: ["app.css", "rankings.css"] },
  { what: "styles of the library", limit: 15 * 1024, entries: ["app.css", "reading.css"] },
  { what: "script of the editors' desk", limit: 40 * 1024, entries: ["app", "library"] },
  { what: "styles of the editors' desk", limit: 15 * 1024, entries: ["app.css", "library.css"] },
  { what: "styles of results", limit: 15 * 1024, entries: ["app.css", "results.css"] },
  { what: "styles of own learning", limit: 15 * 1024, entries: ["app.css", "study.css"] },
  { what: "script of the map of regions", limit: 40 * 1024, entries: ["app", "regions"] },
  { what: "styles of the regions", limit: 15 * 1024, entries: ["app.css", "regions.css"] },
  { what: "styles of item analysis", limit: 15 * 1024, entries: ["app.css", "items.css"] },
];
// What comes only when it is asked for: the module it begins with, and all that it needs at once.
const LATER = [
  { what: "3D view of the workplace", limit: 200 * 1024, module: "src/workplace/view3d/index.ts" },
];

const OPTIONS = {
  absWorkingDir: here,
  entryPoints: Object.entries(ENTRIES).map(([name, file]) => ({
    in: file,
    out: name.replace(/\.css$/, ""),
  })),
  bundle: true,
  minify: true,
  splitting: true,
  format: "esm",
  target: ["es2022", "chrome123", "firefox125", "safari17.5"],
  outdir: dist,
  entryNames: "[name]-[hash]",
  chunkNames: "part-[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file", ".svg": "file" },
  metafile: true,
  sourcemap: "linked",
  legalComments: "linked",
  write: false,
  plugins: [three],
  define: { "process.env.NODE_ENV": '"production"' },
};

const hash = (bytes) => createHash("sha256").update(bytes).digest("hex").slice(0, 8).toUpperCase();

/** Names every entry's file, style sheet and first chunks, as `psot.shell.assets` reads them. */
function manifestOf(metafile) {
  const manifest = {};
  const names = new Map(Object.entries(ENTRIES).map(([name, file]) => [file, name]));
  for (const [file, output] of Object.entries(metafile.outputs)) {
    const name = output.entryPoint && names.get(output.entryPoint);
    if (!name) continue;
    const entry = { file: path.basename(file) };
    if (output.cssBundle) entry.css = path.basename(output.cssBundle);
    const imports = output.imports.filter((one) => one.kind === "import-statement");
    if (imports.length) entry.imports = imports.map((one) => path.basename(one.path));
    manifest[name] = entry;
  }
  return manifest;
}

/** Files that are taken as they are: fonts keep the name the style sheet knows them by. */
function filesOf(outputs) {
  const files = new Map(outputs.map((file) => [path.basename(file.path), file.contents]));
  const manifest = {};
  for (const [name, source] of Object.entries(FILES)) {
    const bytes = readFileSync(path.join(here, source));
    const { name: stem, ext } = path.parse(source);
    const built = [...files.keys()].find((one) => one.startsWith(`${stem}-`) && one.endsWith(ext));
    const file = built ?? `${stem}-${hash(bytes)}${ext}`;
    if (!built) files.set(file, bytes);
    manifest[name] = { file };
  }
  const drawing = Buffer.from(sprite(path.join(here, "node_modules/lucide-static/icons")));
  const file = `icons-${hash(drawing)}.svg`;
  files.set(file, drawing);
  manifest["icons.svg"] = { file };
  return { files, manifest };
}

/** Files that a module's chunk needs before it can run, itself among them. */
function chunksOf(module, { outputs }) {
  const first = Object.keys(outputs).find((file) => outputs[file].entryPoint === module);
  if (!first) throw new Error(`nothing is built from ${module}`);
  const wanted = new Set([first]);
  for (const file of wanted) {
    for (const one of outputs[file].imports) if (one.kind === "import-statement") wanted.add(one.path);
  }
  return [...wanted].map((file) => path.basename(file));
}

/** Prints what each budget costs; throws where one is exceeded. */
function weigh(manifest, files, metafile) {
  const size = (file) => gzipSync(files.get(file), { level: 9 }).length;
  const loads = [
    ...BUDGETS.map((one) => ({
      ...one,
      loaded: new Set(one.entries.flatMap((e) => [manifest[e].file, ...(manifest[e].imports ?? [])])),
    })),
    ...LATER.map((one) => ({ ...one, loaded: new Set(chunksOf(one.module, metafile)) })),
  ];
  for (const { what, limit, loaded } of loads) {
    const bytes = [...loaded].reduce((sum, file) => sum + size(file), 0);
    console.log(`${what}: ${(bytes / 1024).toFixed(1)} of ${limit / 1024} KB gzip`);
    if (bytes > limit) throw new Error(`${what} is over its budget`);
  }
}

const BROTLI = {
  params: {
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
  },
};

/** Lays `NAME.br` and `NAME.gz` beside text, as `psot.shell.files` sends it; fonts are packed already. */
function pack(files, name, bytes) {
  if (!/\.(js|css|svg)$/.test(name)) return;
  const forms = { br: brotliCompressSync(bytes, BROTLI), gz: gzipSync(bytes, { level: 9 }) };
  for (const [ending, packed] of Object.entries(forms)) {
    if (packed.length < bytes.length) files.set(`${name}.${ending}`, packed);
  }
}

/** Writes the manifest last and by renaming, so that a reader never meets half a build. */
function write(result) {
  const { files, manifest: taken } = filesOf(result.outputFiles);
  const manifest = { ...manifestOf(result.metafile), ...taken };
  weigh(manifest, files, result.metafile);
  for (const [name, bytes] of [...files]) pack(files, name, bytes);
  mkdirSync(dist, { recursive: true });
  for (const [name, bytes] of files) writeFileSync(path.join(dist, name), bytes);
  writeFileSync(path.join(dist, "manifest.json.new"), `${JSON.stringify(manifest, null, 1)}\n`);
  renameSync(path.join(dist, "manifest.json.new"), path.join(dist, "manifest.json"));
  const old = readdirSync(dist).filter((name) => !files.has(name) && name !== "manifest.json");
  for (const name of old) rmSync(path.join(dist, name), { recursive: true });
}

if (process.argv.includes("--watch")) {
  const plugin = { name: "write", setup: (b) => b.onEnd((r) => void (r.errors.length || write(r))) };
  await (await context({ ...OPTIONS, plugins: [three, plugin] })).watch();
} else {
  write(await build(OPTIONS));
}
