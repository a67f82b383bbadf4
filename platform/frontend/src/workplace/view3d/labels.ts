/** Labels over objects: a shape, a colour and the object's name. They are pictures; pointers pass through. */
import { type PerspectiveCamera, Vector3 } from "three";
import type { Mark } from "./contract";
import type { Thing } from "./objects";

export type Badge = Exclude<Mark, ""> | "hover" | "focus";

/** What each mark looks like: outline, ground of the label, its sign. */
export const BADGES: Record<Badge, { line: number; ground: string; ink: string; sign: string; radius: string }> = {
  found: { line: 0x19c37d, ground: "#0c6b45", ink: "#ffffff", sign: "✓", radius: "999px" },
  false: { line: 0xff5a4f, ground: "#9c1c14", ink: "#ffffff", sign: "✕", radius: "2px" },
  selected: { line: 0xffb81c, ground: "#ffb81c", ink: "#14181c", sign: "◆", radius: "6px" },
  pointed: { line: 0x4db8ff, ground: "#0b5f9e", ink: "#ffffff", sign: "▼", radius: "6px 6px 18px 18px" },
  focus: { line: 0xffffff, ground: "#ffffff", ink: "#14181c", sign: "", radius: "6px" },
  hover: { line: 0xdfe8ee, ground: "#14202b", ink: "#eef4f8", sign: "", radius: "6px" },
};

const HIDDEN = "translate(-9999px,-9999px)";

export class Labels {
  readonly layer = document.createElement("div");
  private readonly shown = new Map<string, { node: HTMLElement; at: Vector3 }>();

  constructor(host: HTMLElement) {
    Object.assign(this.layer.style, { position: "absolute", inset: "0", overflow: "hidden", pointerEvents: "none" });
    this.layer.className = "view3d-labels";
    this.layer.setAttribute("aria-hidden", "true");
    host.append(this.layer);
  }

  /** Puts a label over the object; null takes it away. */
  show(thing: Thing, name: string, badge: Badge | null): void {
    this.shown.get(thing.id)?.node.remove();
    this.shown.delete(thing.id);
    if (!badge) return;
    const { ground, ink, sign, radius } = BADGES[badge];
    const node = document.createElement("div");
    node.dataset["object"] = thing.id;
    node.dataset["badge"] = badge;
    node.textContent = sign ? `${sign} ${name}` : name;
    Object.assign(node.style, {
      position: "absolute", left: "0", top: "0", padding: "3px 9px", background: ground, color: ink, borderRadius: radius,
      font: "600 13px/1.35 inherit", fontSize: "13px", fontWeight: "600", whiteSpace: "nowrap", boxShadow: "0 2px 8px rgba(0,0,0,.4)",
      transform: HIDDEN, maxWidth: "16rem", overflow: "hidden", textOverflow: "ellipsis", zIndex: badge === "found" ? "1" : "2",
    });
    this.layer.append(node);
    const { min, max } = thing.box;
    this.shown.set(thing.id, { node, at: new Vector3((min.x + max.x) / 2, Math.min(max.y, min.y + 2.4) + 0.12, (min.z + max.z) / 2) });
  }

  /** Moves all labels to where their objects are in the picture. */
  follow(camera: PerspectiveCamera, width: number, height: number): void {
    const on = new Vector3();
    for (const { node, at } of this.shown.values()) {
      on.copy(at).project(camera);
      const seen = on.z < 1 && Math.abs(on.x) < 1.05;
      const [x, y] = [((on.x + 1) / 2) * width, ((1 - on.y) / 2) * height];
      // What is above the picture keeps its label at the upper edge.
      const low = Math.min(Math.max(y, 30), height - 8);
      node.style.transform = seen ? `translate(-50%,-100%) translate(${x.toFixed(1)}px,${low.toFixed(1)}px)` : HIDDEN;
    }
  }

  dispose(): void {
    this.layer.remove();
  }
}
