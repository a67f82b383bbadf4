/** Signs, panels and labels of the kit, drawn once each. */
import { drawTexture } from "../kit/textures";
import { canvas } from "./stage/paint";

const SIDE_PX = 256;

/** `aspect` is the width as a part of the height. */
export function pictureOf(texture: string, aspect: number): HTMLCanvasElement {
  const [made, pen] = canvas(SIDE_PX * Math.max(1, Math.min(4, aspect)), SIDE_PX * Math.max(1, Math.min(4, 1 / aspect)));
  drawTexture(texture, pen);
  return made;
}
