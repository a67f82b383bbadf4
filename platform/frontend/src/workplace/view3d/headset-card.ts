/** A card with buttons that hangs in the room, for hands that hold controllers. */
import { type CanvasTexture, Mesh, MeshBasicMaterial, PlaneGeometry, type Raycaster, Vector3 } from "three";
import { canvas, type Pen } from "./stage/paint";
import { textureOf } from "./textures";

export interface Button {
  key: string;
  text: string;
  chosen?: boolean;
  main?: boolean;
  press(): void;
}

/** Lines that a card holds beside its text. */
export const MOST_LINES = 6;
const [WIDTH_PX, HEIGHT_PX, WIDTH_M] = [640, 760, 0.72];
const HEIGHT_M = (WIDTH_M * HEIGHT_PX) / WIDTH_PX;
const BUTTON_PX = 66;
const STEP_PX = 76;
const FONT = '"Inter Variable", Inter, sans-serif';

export class Card {
  readonly mesh: Mesh<PlaneGeometry, MeshBasicMaterial>;
  private readonly pen: Pen;
  private readonly picture: CanvasTexture;
  private buttons: Button[] = [];

  constructor() {
    const [drawn, pen] = canvas(WIDTH_PX, HEIGHT_PX);
    this.pen = pen;
    this.picture = textureOf(drawn, 1);
    const surface = new MeshBasicMaterial({ map: this.picture, toneMapped: false, fog: false, depthTest: false, transparent: true });
    this.mesh = new Mesh(new PlaneGeometry(WIDTH_M, HEIGHT_M), surface);
    this.mesh.renderOrder = 10;
    this.mesh.visible = false;
  }

  show(title: string, text: string, buttons: Button[], at: Vector3, eyes: Vector3): void {
    this.buttons = buttons;
    this.paint(title, text);
    this.mesh.position.copy(at);
    this.mesh.lookAt(eyes);
    this.mesh.visible = true;
  }

  hide(): void {
    this.mesh.visible = false;
    this.buttons = [];
  }

  /** The button that a ray points to. */
  buttonAt(ray: Raycaster): Button | null {
    if (!this.mesh.visible) return null;
    this.mesh.updateWorldMatrix(true, false);
    const [hit] = ray.intersectObject(this.mesh);
    if (!hit?.uv) return null;
    const y = (1 - hit.uv.y) * HEIGHT_PX;
    return this.buttons.find((_, nth) => y >= this.top(nth) && y <= this.top(nth) + BUTTON_PX) ?? { key: "", text: "", press: () => undefined };
  }

  /** The middle of a button in the room; null where it is not shown. */
  pointOf(key: string): Vector3 | null {
    const nth = this.buttons.findIndex((one) => one.key === key);
    if (nth < 0) return null;
    const down = (this.top(nth) + BUTTON_PX / 2) / HEIGHT_PX;
    return this.mesh.localToWorld(new Vector3(0, HEIGHT_M * (0.5 - down), 0));
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
    this.picture.dispose();
  }

  private top(nth: number): number {
    return HEIGHT_PX - 16 - (this.buttons.length - nth) * STEP_PX;
  }

  private paint(title: string, text: string): void {
    const { pen } = this;
    pen.clearRect(0, 0, WIDTH_PX, HEIGHT_PX);
    pen.fillStyle = "#101a24";
    pen.beginPath();
    pen.roundRect(0, 0, WIDTH_PX, HEIGHT_PX, 28);
    pen.fill();
    pen.textBaseline = "top";
    pen.fillStyle = "#ffffff";
    pen.font = `700 34px ${FONT}`;
    const y = this.write(title, 26, 40, 2);
    pen.fillStyle = "#c9d6e0";
    pen.font = `400 26px ${FONT}`;
    this.write(text, y + 8, 33, Math.max(1, Math.floor((this.top(0) - y - 16) / 33)));
    this.buttons.forEach((button, nth) => this.paintButton(button, this.top(nth)));
    this.picture.needsUpdate = true;
  }

  /** A button; a long text stands in two smaller lines. */
  private paintButton({ text, main, chosen }: Button, top: number): void {
    const { pen } = this;
    pen.fillStyle = main ? "#ffb81c" : "#2a3a48";
    pen.beginPath();
    pen.roundRect(26, top, WIDTH_PX - 52, BUTTON_PX, 14);
    pen.fill();
    if (chosen) {
      pen.strokeStyle = "#ffb81c";
      pen.lineWidth = 4;
      pen.stroke();
    }
    pen.fillStyle = main ? "#14181c" : "#eef4f8";
    const said = chosen ? `✓ ${text}` : text;
    pen.font = `600 27px ${FONT}`;
    if (pen.measureText(said).width <= WIDTH_PX - 100) return pen.fillText(said, 50, top + 18);
    pen.font = `500 20px ${FONT}`;
    this.write(said, top + 10, 25, 2, 50);
  }

  /** Writes in lines of the card's width; returns where the next one would begin. */
  private write(text: string, y: number, step: number, most: number, x = 26): number {
    const lines: string[] = [];
    let line = "";
    for (const word of text.split(/\s+/)) {
      const longer = line ? `${line} ${word}` : word;
      if (this.pen.measureText(longer).width <= WIDTH_PX - 2 * x) line = longer;
      else lines.push(line), (line = word);
    }
    lines.push(line);
    lines.slice(0, most).forEach((one, nth) => this.pen.fillText(nth === most - 1 && lines.length > most ? `${one} …` : one, x, y + nth * step));
    return y + Math.min(lines.length, most) * step;
  }
}
