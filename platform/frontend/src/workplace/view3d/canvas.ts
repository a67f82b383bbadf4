/** The canvas that is drawn on: put into its host, named for those who do not see it, and its renderer. */
import { ACESFilmicToneMapping, NoToneMapping, WebGLRenderer } from "three";
import type { Quality } from "./tiers";

/** Puts the canvas into its host; returns what is read aloud beside it. */
export function hung(canvas: HTMLCanvasElement, host: HTMLElement, label: string): HTMLElement {
  const said = document.createElement("div");
  if (getComputedStyle(host).position === "static") host.style.position = "relative";
  Object.assign(canvas.style, { position: "absolute", inset: "0", width: "100%", height: "100%", touchAction: "none", cursor: "grab" });
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", label);
  said.setAttribute("role", "status");
  Object.assign(said.style, { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" });
  host.append(canvas, said);
  return said;
}

export function rendererOn(canvas: HTMLCanvasElement, quality: Quality): WebGLRenderer {
  const renderer = new WebGLRenderer({ canvas, antialias: quality.antialias, stencil: true, powerPreference: "high-performance" });
  renderer.setPixelRatio(Math.min(window.devicePixelRatio || 1, quality.ratio_max));
  renderer.toneMapping = quality.lit ? ACESFilmicToneMapping : NoToneMapping;
  renderer.toneMappingExposure = 0.96;
  return renderer;
}
