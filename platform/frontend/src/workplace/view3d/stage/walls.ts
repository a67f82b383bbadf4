/** Walls of a room and skies, painted. */
import { canvas, clouds, grain, lattice, type Pen } from "./paint";

/** Rooms look like what they are for; told by the floor. */
export type Style = "workshop" | "office";

export const styleOf = (floor: string): Style =>
  floor === "tiles" || floor === "carpet" ? "office" : "workshop";

const PAINT: Record<Style, { above: string; below: string; line: string; to_m: number }> = {
  workshop: { above: "#e6e3da", below: "#6f8f95", line: "#39555b", to_m: 1.25 },
  office: { above: "#eeece6", below: "#dde3e2", line: "#a9b6b6", to_m: 0.95 },
};

/** A stretch of wall `long_m` by `high_m`; repeats sideways. */
export function paintWall(style: Style, long_m: number, high_m: number, side_px: number): HTMLCanvasElement {
  const px = Math.min(side_px / long_m, 90);
  const [made, pen] = canvas(long_m * px, high_m * px);
  const { above, below, line, to_m } = PAINT[style];
  const height = made.height;
  pen.fillStyle = above;
  pen.fillRect(0, 0, made.width, height);
  const y = height - to_m * px;
  pen.fillStyle = below;
  pen.fillRect(0, y, made.width, height - y);
  pen.fillStyle = line;
  pen.fillRect(0, y - 0.03 * px, made.width, 0.06 * px);
  if (style === "workshop") bricks(pen, px);
  clouds(pen, 24, 0.05, 29);
  grain(pen, 0.06, 17);
  const shade = pen.createLinearGradient(0, 0, 0, height);
  shade.addColorStop(0, "rgba(0,0,0,.17)");
  shade.addColorStop(0.2, "rgba(0,0,0,0)");
  shade.addColorStop(0.86, "rgba(0,0,0,0)");
  shade.addColorStop(1, "rgba(0,0,0,.3)");
  pen.fillStyle = shade;
  pen.fillRect(0, 0, made.width, height);
  pen.fillStyle = style === "office" ? "#8e9a9b" : "rgba(30,30,30,.4)";
  pen.fillRect(0, height - 0.1 * px, made.width, 0.1 * px);
  return made;
}

function bricks(pen: Pen, px: number): void {
  const step = 0.2 * px;
  lattice(pen, pen.canvas.width * 2, step, "rgba(50,56,58,.13)", 1);
  pen.beginPath();
  for (let y = 0, row = 0; y < pen.canvas.height; y += step, row += 1) {
    for (let x = (row % 2) * step; x < pen.canvas.width; x += 2 * step) pen.moveTo(x, y), pen.lineTo(x, y + step);
  }
  pen.stroke();
}

/** What is seen through a window: sky to the horizon. */
export function paintOutlook(): HTMLCanvasElement {
  const [made, pen] = canvas(32, 128);
  const sky = pen.createLinearGradient(0, 0, 0, 128);
  sky.addColorStop(0, "#b5d8fb");
  sky.addColorStop(0.62, "#eef6ff");
  sky.addColorStop(0.8, "#ffffff");
  sky.addColorStop(0.82, "#c4d2c6");
  sky.addColorStop(1, "#a7b9a8");
  pen.fillStyle = sky;
  pen.fillRect(0, 0, 32, 128);
  return made;
}

/** The whole sky for a dome: round about sideways, from the zenith to below the horizon downwards. */
export function paintSky(side_px: number): HTMLCanvasElement {
  const [made, pen] = canvas(side_px, side_px / 2);
  const [width, height] = [made.width, made.height];
  const sky = pen.createLinearGradient(0, 0, 0, height);
  sky.addColorStop(0, "#3f86cf");
  sky.addColorStop(0.3, "#7fb6e8");
  sky.addColorStop(0.47, "#d3e6f4");
  sky.addColorStop(0.505, "#e9eef0");
  sky.addColorStop(1, "#b9c1c0");
  pen.fillStyle = sky;
  pen.fillRect(0, 0, width, height);
  cumuli(pen);
  return made;
}

/** Heaps of cloud in a belt above the horizon; what passes the right edge comes in on the left. */
function cumuli(pen: Pen): void {
  const { width, height } = pen.canvas;
  let state = 4711;
  const next = (): number => (state = (state * 16807) % 2147483647) / 2147483647;
  for (let nth = 0; nth < 22; nth += 1) {
    const [x, y] = [next() * width, height * (0.3 + next() * 0.155)];
    // Nearer the horizon they are farther away, so smaller and flatter.
    const size = height * (0.004 + 0.05 * (0.47 - y / height));
    const puffs = 8 + Math.floor(next() * 9);
    for (let puff = 0; puff < puffs; puff += 1) {
      const r = size * (0.6 + next() * 0.9);
      const [px, py] = [x + (next() - 0.5) * size * 8, y - next() * size * 0.8];
      for (const shift of [-width, 0, width]) {
        const soft = pen.createRadialGradient(px + shift, py, 0, px + shift, py, r * 1.7);
        soft.addColorStop(0, "rgba(255,255,255,.42)");
        soft.addColorStop(1, "rgba(255,255,255,0)");
        pen.fillStyle = soft;
        pen.fillRect(px + shift - r * 2, py - r * 2, r * 4, r * 4);
      }
    }
  }
}
