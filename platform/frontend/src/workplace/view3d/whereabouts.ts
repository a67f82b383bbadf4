/** Tells where the member stands, once it has changed and not too often. */
import { headingOf, type Walking } from "./walking";

/** Places are told at most so often. */
const TOLD_MS = 250;

type Listener = (x: number, z: number, heading_deg: number) => void;

export class Whereabouts {
  private readonly listeners: Listener[] = [];
  private told = { ms: 0, key: "" };
  private waiting = 0;

  constructor(private readonly walking: Walking) {}

  listen(listener: Listener): void {
    this.listeners.push(listener);
    const { pose } = this.walking;
    listener(pose.x, pose.z, headingOf(pose));
  }

  /** Tells of a change, now or as soon as it may be told. */
  tell(now_ms: number): void {
    const { pose } = this.walking;
    const [x, z, heading_deg] = [Math.round(pose.x * 100) / 100, Math.round(pose.z * 100) / 100, headingOf(pose)];
    const key = `${x} ${z} ${heading_deg}`;
    if (key === this.told.key) return;
    const rest_ms = this.told.ms + TOLD_MS - now_ms;
    this.stop();
    if (rest_ms > 0) {
      this.waiting = window.setTimeout(() => this.tell(performance.now()), rest_ms);
      return;
    }
    this.told = { ms: now_ms, key };
    for (const listener of this.listeners) listener(x, z, heading_deg);
  }

  stop(): void {
    clearTimeout(this.waiting);
  }
}
