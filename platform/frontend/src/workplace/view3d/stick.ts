/** A stick for thumbs, on screens that are touched. */
import { type Push, still } from "./keys";

const SIZE_PX = 112;
const REACH_PX = 40;

export class Stick {
  private readonly base = document.createElement("div");
  private readonly knob = document.createElement("div");
  private readonly ending = new AbortController();
  private pointer: number | null = null;
  private at = { x: 0, y: 0 };

  constructor(host: HTMLElement, name: string, stir: () => void) {
    const { signal } = this.ending;
    this.base.className = "view3d-stick";
    this.base.title = name;
    this.base.setAttribute("aria-hidden", "true");
    Object.assign(this.base.style, {
      position: "absolute", left: "16px", bottom: "16px", width: `${SIZE_PX}px`, height: `${SIZE_PX}px`, borderRadius: "50%",
      background: "rgba(16,24,32,.38)", border: "2px solid rgba(255,255,255,.55)", touchAction: "none",
    });
    Object.assign(this.knob.style, {
      position: "absolute", left: "50%", top: "50%", width: "46px", height: "46px", margin: "-23px 0 0 -23px", borderRadius: "50%",
      background: "rgba(255,255,255,.85)", boxShadow: "0 2px 8px rgba(0,0,0,.4)",
    });
    this.base.append(this.knob);
    const touched = window.matchMedia("(pointer: coarse)");
    const show = (): void => void (this.base.style.display = touched.matches ? "block" : "none");
    touched.addEventListener("change", show, { signal });
    show();
    this.base.addEventListener("pointerdown", (event) => {
      this.pointer = event.pointerId;
      this.base.setPointerCapture(event.pointerId);
      this.move(event);
      stir();
    }, { signal });
    this.base.addEventListener("pointermove", (event) => event.pointerId === this.pointer && this.move(event), { signal });
    for (const end of ["pointerup", "pointercancel"] as const) this.base.addEventListener(end, () => this.release(), { signal });
    host.append(this.base);
  }

  get held(): boolean {
    return this.pointer !== null;
  }

  push(): Push {
    return { ...still(), ahead: -this.at.y, aside: this.at.x };
  }

  dispose(): void {
    this.ending.abort();
    this.base.remove();
  }

  private move(event: PointerEvent): void {
    const { left, top } = this.base.getBoundingClientRect();
    const [x, y] = [event.clientX - left - SIZE_PX / 2, event.clientY - top - SIZE_PX / 2];
    const far = Math.hypot(x, y) || 1;
    const share = Math.min(1, far / REACH_PX) / far;
    this.at = { x: x * share, y: y * share };
    this.knob.style.transform = `translate(${this.at.x * REACH_PX}px,${this.at.y * REACH_PX}px)`;
  }

  private release(): void {
    this.pointer = null;
    this.at = { x: 0, y: 0 };
    this.knob.style.transform = "";
  }
}
