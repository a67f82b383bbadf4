/** Canvases to paint surfaces on: grain, stains, and a random that is the same again. */

export type Pen = CanvasRenderingContext2D;

export function canvas(width: number, height: number): [HTMLCanvasElement, Pen] {
  const made = document.createElement("canvas");
  made.width = Math.max(1, Math.round(width));
  made.height = Math.max(1, Math.round(height));
  return [made, made.getContext("2d") as Pen];
}

/** Numbers from 0 to 1, the same for the same seed (Park and Miller's generator). */
export function random(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
}

/** Fine grain over everything: `strength` 0 to 1. */
export function grain(pen: Pen, strength: number, seed = 5, side = 256): void {
  const next = random(seed);
  const [tile, on] = canvas(side, side);
  const dots = on.createImageData(side, side);
  for (let at = 0; at < dots.data.length; at += 4) {
    const shade = next() * 255;
    dots.data[at] = dots.data[at + 1] = dots.data[at + 2] = shade;
    dots.data[at + 3] = 255 * strength * next();
  }
  on.putImageData(dots, 0, 0);
  pen.fillStyle = pen.createPattern(tile, "repeat") as CanvasPattern;
  pen.fillRect(0, 0, pen.canvas.width, pen.canvas.height);
}

/** Large soft patches, darker and lighter. */
export function clouds(pen: Pen, count: number, alpha: number, seed = 7): void {
  const next = random(seed);
  const { width, height } = pen.canvas;
  for (let nth = 0; nth < count; nth += 1) {
    const [x, y, r] = [next() * width, next() * height, (0.03 + next() * 0.13) * width];
    const soft = pen.createRadialGradient(x, y, 0, x, y, r);
    soft.addColorStop(0, next() > 0.5 ? `rgba(38,42,44,${alpha})` : `rgba(236,238,236,${alpha})`);
    soft.addColorStop(1, "rgba(120,120,120,0)");
    pen.fillStyle = soft;
    pen.fillRect(x - r, y - r, 2 * r, 2 * r);
  }
}

/** Darkness gathering at the four edges. */
export function edges(pen: Pen, width_px: number, alpha: number): void {
  const { width, height } = pen.canvas;
  const sides: [number, number, number, number][] = [
    [0, 0, width_px, 0], [width, 0, width - width_px, 0], [0, 0, 0, width_px], [0, height, 0, height - width_px],
  ];
  for (const side of sides) {
    const soft = pen.createLinearGradient(...side);
    soft.addColorStop(0, `rgba(14,17,20,${alpha})`);
    soft.addColorStop(1, "rgba(14,17,20,0)");
    pen.fillStyle = soft;
    pen.fillRect(0, 0, width, height);
  }
}

/** Lines across and along at every `step`, in pixels. */
export function lattice(pen: Pen, step_x: number, step_y: number, colour: string, width_px: number): void {
  pen.strokeStyle = colour;
  pen.lineWidth = width_px;
  pen.beginPath();
  for (let x = step_x; x < pen.canvas.width; x += step_x) pen.moveTo(x, 0), pen.lineTo(x, pen.canvas.height);
  for (let y = step_y; y < pen.canvas.height; y += step_y) pen.moveTo(0, y), pen.lineTo(pen.canvas.width, y);
  pen.stroke();
}

/** A round shadow with soft edges, black with alpha, for what stands on a floor. */
export function blob(side = 96): HTMLCanvasElement {
  const [made, pen] = canvas(side, side);
  const dots = pen.createImageData(side, side);
  const [middle, flat, rim] = [(side - 1) / 2, side * 0.27, side * 0.225];
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const out_x = Math.max(0, Math.abs(x - middle) - flat) / rim;
      const out_y = Math.max(0, Math.abs(y - middle) - flat) / rim;
      const t = Math.max(0, 1 - Math.hypot(out_x, out_y));
      dots.data[(y * side + x) * 4 + 3] = 150 * t * t * (3 - 2 * t);
    }
  }
  pen.putImageData(dots, 0, 0);
  return made;
}
