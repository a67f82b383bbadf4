/** Three tiers of quality, chosen by what draws. */

export type Tier = "low" | "mid" | "high";

export interface Quality {
  tier: Tier;
  /** Lit materials; otherwise light is baked into the colours. */
  lit: boolean;
  antialias: boolean;
  /** Most device pixels to a CSS pixel. */
  ratio_max: number;
  /** Share of these pixels while something moves. */
  moving_ratio: number;
  /** Side of the shadow map in pixels; 0 for no shadows. */
  shadow_px: number;
  /** Side of the environment's cube in pixels; 0 for none. */
  environment_px: number;
  /** Longest side of a drawn floor or wall, in pixels. */
  texture_px: number;
  anisotropy: number;
  /** Lacquer over paint. */
  clearcoat: boolean;
  /** Share of the usual number of corners of round things. */
  roundness: number;
}

export const TIERS: Record<Tier, Quality> = {
  low: {
    tier: "low", lit: false, antialias: false, ratio_max: 1, moving_ratio: 0.62, shadow_px: 0,
    environment_px: 0, texture_px: 1024, anisotropy: 1, clearcoat: false, roundness: 0.6,
  },
  mid: {
    tier: "mid", lit: true, antialias: true, ratio_max: 1.5, moving_ratio: 1, shadow_px: 1024,
    environment_px: 32, texture_px: 1536, anisotropy: 4, clearcoat: false, roundness: 0.8,
  },
  high: {
    tier: "high", lit: true, antialias: true, ratio_max: 2, moving_ratio: 1, shadow_px: 2048,
    environment_px: 64, texture_px: 2048, anisotropy: 8, clearcoat: true, roundness: 1,
  },
};

// The processor draws: names that drivers give themselves then.
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render|lavapipe|paravirtual/i;
// Phones and graphics that share the processor's memory; discrete ones of the same makers are not.
const MODEST = /mali|adreno|powervr|videocore|apple gpu|intel(?!.*\barc\b)|vega \d+ |radeon\(tm\) graphics|mesa.*(iris|crocus)/i;

/** The tier for a renderer's name; what hides its name is taken for modest. */
export function tierOf(renderer: string): Tier {
  if (SOFTWARE.test(renderer)) return "low";
  return renderer === "" || MODEST.test(renderer) ? "mid" : "high";
}

/** Name of what draws, "" where it is kept secret. */
export function rendererOf(gl: WebGL2RenderingContext): string {
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  return info ? String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL) ?? "") : "";
}
