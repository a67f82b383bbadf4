/** Canvases as textures. */
import { CanvasTexture, SRGBColorSpace } from "three";
import { canvas } from "./stage/paint";

export function textureOf(drawn: HTMLCanvasElement, anisotropy: number): CanvasTexture {
  const texture = new CanvasTexture(drawn);
  texture.colorSpace = SRGBColorSpace;
  texture.anisotropy = anisotropy;
  return texture;
}

/** A ball as a liquid would look, for what knows no lights: dark from above, bright where one looks along it. */
export function liquidBall(dark: string, from: number, sheen: string[]): HTMLCanvasElement {
  const [made, pen] = canvas(128, 128);
  const light = pen.createRadialGradient(64, 70, 4, 64, 64, 64);
  light.addColorStop(0, dark);
  light.addColorStop(from, dark);
  sheen.forEach((colour, nth) => light.addColorStop(from + ((0.98 - from) * (nth + 1)) / sheen.length, colour));
  pen.fillStyle = light;
  pen.fillRect(0, 0, 128, 128);
  // Windows or sky, mirrored.
  pen.filter = "blur(3px)";
  pen.fillStyle = "rgba(255,255,255,.5)";
  pen.fillRect(40, 22, 14, 20);
  pen.fillRect(60, 20, 14, 20);
  pen.fillRect(80, 22, 12, 18);
  return made;
}
