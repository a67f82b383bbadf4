// three.js as short as we use it. Shaders go without comments and indents, and without what no material
// of ours asks for; everything cut stands behind an #ifdef that is never defined here. Classes that only
// statements beside them keep (animation, loaders) lose those statements, so that nobody needs them.
import { readFileSync } from "node:fs";

const UNUSED = [
  // glass that bends light, measured light of rooms, hair and brushed metal
  "transmission_fragment", "transmission_pars_fragment", "lightprobes_pars_fragment",
  // bodies that bend, bumps, cuts, depth of huge scenes, many in one
  "morphinstance_vertex", "morphcolor_vertex", "morphnormal_vertex", "morphtarget_pars_vertex", "morphtarget_vertex",
  "skinbase_vertex", "skinning_pars_vertex", "skinning_vertex", "skinnormal_vertex",
  "displacementmap_pars_vertex", "displacementmap_vertex", "bumpmap_pars_fragment",
  "clipping_planes_fragment", "clipping_planes_pars_fragment", "clipping_planes_pars_vertex", "clipping_planes_vertex",
  "logdepthbuf_fragment", "logdepthbuf_pars_fragment", "logdepthbuf_pars_vertex", "logdepthbuf_vertex",
  "batching_pars_vertex", "batching_vertex", "alphahash_fragment", "alphahash_pars_fragment",
  // materials that we do not make
  "lights_phong_fragment", "lights_phong_pars_fragment",
  "lights_toon_fragment", "lights_toon_pars_fragment", "gradientmap_pars_fragment",
  "backgroundCube_vert", "backgroundCube_frag", "background_vert", "background_frag", "cube_frag",
  "distance_vert", "distance_frag", "equirect_vert", "equirect_frag", "linedashed_vert", "linedashed_frag",
  "meshnormal_vert", "meshnormal_frag", "meshphong_vert", "meshphong_frag",
  "meshtoon_vert", "meshtoon_frag", "points_vert", "points_frag", "shadow_vert", "shadow_frag", "sprite_vert", "sprite_frag",
];

const shorter = (shader) =>
  shader
    .replace(/\/\*[^]*?\*\//g, "")
    .replace(/\/\/[^\n]*/g, "")
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => (line.startsWith("#") ? line : line.replace(/\s+/g, " ").replace(/ ?([-+*/=<>(){},;?:&|!]) ?/g, "$1")))
    .join("\n");

/** Rewrites the shaders of three.module.js; throws where the pinned version is not the one this knows. */
export function cut(source) {
  const [, table] = /\nconst ShaderChunk = \{([^}]*)\}/.exec(source) ?? [];
  if (!table) throw new Error("three.js has no table of shaders any more");
  const unused = new Set(
    UNUSED.map((name) => {
      const [, variable] = new RegExp(`\\b${name}: ([\\w$]+)`).exec(table) ?? [];
      if (!variable) throw new Error(`three.js has no shader ${name} any more`);
      return variable;
    }),
  );
  return source.replace(/^((?:var|const) ([\w$]+) = )("(?:[^"\\]|\\.)*");$/gm, (_, start, name, text) =>
    unused.has(name) ? `${start}"";` : `${start}${JSON.stringify(shorter(JSON.parse(text)))};`,
  );
}

/** Rewrites three.core.js: what nothing imports is dropped by the bundler, for nothing holds it any more. */
export const loose = (source) =>
  source.replace(/^(?:\w*KeyframeTrack|PropertyBinding|Loader)\.(?:prototype|Composite|DEFAULT_MATERIAL_NAME)[^;]*;$/gm, "");

export const three = {
  name: "three",
  setup(build) {
    build.onLoad({ filter: /three[\\/]build[\\/]three\.module\.js$/ }, ({ path }) => ({
      contents: cut(readFileSync(path, "utf8")),
    }));
    build.onLoad({ filter: /three[\\/]build[\\/]three\.core\.js$/ }, ({ path }) => ({
      contents: loose(readFileSync(path, "utf8")),
    }));
  },
};
