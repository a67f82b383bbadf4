/** The 3D view of the workplace; loaded only when a member starts. */
import { NoWebGL, type Options, type View, type World } from "./contract";
import { rendererOf, tierOf } from "./tiers";
import { View as Drawn } from "./view";

export { NoWebGL, type Mark, type Mode, type Options, type View, type Words, type World } from "./contract";
export type { Figures } from "./stats";
export { type Tier, tierOf } from "./tiers";

/** What draws here; throws NoWebGL where nothing does. */
function probe(): string {
  const canvas = document.createElement("canvas");
  const gl = canvas.getContext("webgl2");
  if (!gl) throw new NoWebGL("no WebGL 2");
  const renderer = rendererOf(gl);
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return renderer;
}

/** Shows the engine's scenario within `host`; rejects with NoWebGL where that is impossible. */
export async function createView(host: HTMLElement, engine: World, options: Options): Promise<View> {
  const since_ms = performance.now();
  const renderer = probe();
  const canvas = document.createElement("canvas");
  let view: Drawn;
  try {
    view = new Drawn(host, engine, options, { canvas, renderer, since_ms, tier: options.tier ?? tierOf(renderer) });
  } catch (error) {
    canvas.remove();
    // three.js throws a plain error where the context is refused after all.
    if (error instanceof Error && /WebGL/.test(error.message)) throw new NoWebGL(error.message);
    throw error;
  }
  return view.begin();
}
