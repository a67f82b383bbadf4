/** What a view costs, for tests and measurements. */
import type { WebGLRenderer } from "three";
import type { Tier } from "./tiers";

export interface Figures {
  tier: Tier;
  renderer: string;
  /** Pictures drawn since the start; stands still when nothing changes. */
  frames: number;
  /** From the call to the first picture handed over. */
  start_ms: number;
  /** Time of the main thread for each of the last pictures. */
  frames_ms: number[];
  /** Drawn in the last picture. */
  calls: number;
  triangles: number;
  /** Held by the graphics. */
  geometries: number;
  textures: number;
}

const REMEMBERED = 240;

export class Stats {
  frames = 0;
  private readonly times_ms: number[] = [];
  private start_ms = 0;

  constructor(
    private readonly tier: Tier,
    private readonly renderer: string,
    private readonly since_ms: number,
  ) {}

  drawn(took_ms: number): void {
    this.frames += 1;
    if (this.frames === 1) this.start_ms = performance.now() - this.since_ms;
    this.times_ms.push(took_ms);
    if (this.times_ms.length > REMEMBERED) this.times_ms.shift();
  }

  figures(gl: WebGLRenderer): Figures {
    return {
      tier: this.tier,
      renderer: this.renderer,
      frames: this.frames,
      start_ms: this.start_ms,
      frames_ms: [...this.times_ms],
      calls: gl.info.render.calls,
      triangles: gl.info.render.triangles,
      geometries: gl.info.memory.geometries,
      textures: gl.info.memory.textures,
    };
  }
}
