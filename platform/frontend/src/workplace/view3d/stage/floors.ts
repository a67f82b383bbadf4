/** Floors of seven kinds with the zones painted on them. */
import type { Scenario, Spot, Zone } from "../../types";
import { canvas, clouds, edges, grain, lattice, type Pen, random } from "./paint";

/** Pixels to a metre, and how a spot of the site comes onto the canvas. */
interface Scale {
  px: number;
  at(spot: Spot): Spot;
}

type Paint = (pen: Pen, scale: Scale) => void;

function fill(pen: Pen, colour: string): void {
  pen.fillStyle = colour;
  pen.fillRect(0, 0, pen.canvas.width, pen.canvas.height);
}

const FLOORS: Record<string, Paint> = {
  concrete(pen, { px }) {
    fill(pen, "#868c8e");
    clouds(pen, 60, 0.1);
    grain(pen, 0.13);
    lattice(pen, 3.5 * px, 2.5 * px, "rgba(38,42,46,.42)", Math.max(1, 0.018 * px));
    scratches(pen, px, 26);
  },
  tiles(pen, { px }) {
    fill(pen, "#c9cdca");
    const next = random(31);
    const side = 0.6 * px;
    for (let y = 0; y < pen.canvas.height; y += side) {
      for (let x = 0; x < pen.canvas.width; x += side) {
        pen.fillStyle = `rgba(${next() > 0.5 ? "90,98,100" : "255,255,255"},${0.05 + next() * 0.07})`;
        pen.fillRect(x, y, side, side);
      }
    }
    lattice(pen, side, side, "rgba(96,102,104,.6)", Math.max(1, 0.012 * px));
    grain(pen, 0.05);
  },
  asphalt(pen) {
    fill(pen, "#55595c");
    clouds(pen, 50, 0.12, 13);
    grain(pen, 0.3, 3);
    cracks(pen, 7, "rgba(24,26,28,.55)");
  },
  ground(pen, { px }) {
    fill(pen, "#8a7757");
    clouds(pen, 90, 0.13, 19);
    const next = random(77);
    for (let nth = 0; nth < 900; nth += 1) {
      pen.fillStyle = next() > 0.4 ? `rgba(70,58,40,${next() * 0.35})` : `rgba(196,182,150,${next() * 0.4})`;
      const r = (0.01 + next() * 0.035) * px;
      pen.beginPath();
      pen.ellipse(next() * pen.canvas.width, next() * pen.canvas.height, r, r * 0.7, next() * 3, 0, 7);
      pen.fill();
    }
    tufts(pen, px, 260);
    grain(pen, 0.22, 9);
  },
  roof(pen, { px }) {
    fill(pen, "#5d6163");
    clouds(pen, 40, 0.1, 23);
    grain(pen, 0.3, 11);
    // Rolls of bitumen felt, a metre wide, each a little different.
    const next = random(41);
    for (let x = 0; x < pen.canvas.width; x += px) {
      pen.fillStyle = `rgba(${next() > 0.5 ? "20,22,24" : "230,230,228"},${next() * 0.08})`;
      pen.fillRect(x, 0, px, pen.canvas.height);
      pen.fillStyle = "rgba(18,19,20,.5)";
      pen.fillRect(x, 0, 0.05 * px, pen.canvas.height);
      pen.fillRect(x, next() * pen.canvas.height, px, 0.04 * px);
    }
  },
  grating(pen, { px }) {
    fill(pen, "#23282c");
    lattice(pen, 0.12 * px, 0.06 * px, "#8b949a", Math.max(1, 0.022 * px));
    lattice(pen, 1 * px, 1 * px, "#a6aeb3", 0.05 * px);
    grain(pen, 0.08);
  },
  carpet(pen, { px }) {
    fill(pen, "#6d7780");
    const side = 0.5 * px;
    for (let y = 0, row = 0; y < pen.canvas.height; y += side, row += 1) {
      for (let x = 0, column = 0; x < pen.canvas.width; x += side, column += 1) {
        pen.fillStyle = (row + column) % 2 ? "rgba(255,255,255,.05)" : "rgba(12,20,28,.07)";
        pen.fillRect(x, y, side, side);
      }
    }
    grain(pen, 0.2, 21);
  },
};

function scratches(pen: Pen, px: number, count: number): void {
  const next = random(12);
  pen.lineCap = "round";
  for (let nth = 0; nth < count; nth += 1) {
    const [x, y] = [next() * pen.canvas.width, next() * pen.canvas.height];
    pen.strokeStyle = `rgba(28,28,28,${0.05 + next() * 0.1})`;
    pen.lineWidth = (0.02 + next() * 0.05) * px;
    pen.beginPath();
    pen.moveTo(x, y);
    pen.quadraticCurveTo(x + (next() - 0.5) * 3 * px, y + next() * px, x + (next() - 0.5) * 5 * px, y + (next() - 0.5) * px);
    pen.stroke();
  }
}

function cracks(pen: Pen, count: number, colour: string): void {
  const next = random(61);
  pen.strokeStyle = colour;
  pen.lineWidth = 1.4;
  for (let nth = 0; nth < count; nth += 1) {
    let [x, y] = [next() * pen.canvas.width, next() * pen.canvas.height];
    pen.beginPath();
    pen.moveTo(x, y);
    for (let bend = 0; bend < 9; bend += 1) pen.lineTo((x += (next() - 0.4) * 60), (y += (next() - 0.5) * 50));
    pen.stroke();
  }
}

function tufts(pen: Pen, px: number, count: number): void {
  const next = random(101);
  for (let nth = 0; nth < count; nth += 1) {
    const [x, y] = [next() * pen.canvas.width, next() * pen.canvas.height];
    pen.strokeStyle = `rgba(${80 + next() * 40},${104 + next() * 30},52,.75)`;
    pen.lineWidth = 0.012 * px;
    pen.beginPath();
    for (let blade = 0; blade < 6; blade += 1) {
      pen.moveTo(x + (next() - 0.5) * 0.1 * px, y);
      pen.lineTo(x + (next() - 0.5) * 0.26 * px, y - next() * 0.12 * px);
    }
    pen.stroke();
  }
}

const YELLOW = "#e2b40f";

function outline(pen: Pen, scale: Scale, area: Spot[]): void {
  pen.beginPath();
  area.forEach((corner, nth) => (nth ? pen.lineTo(...scale.at(corner)) : pen.moveTo(...scale.at(corner))));
  pen.closePath();
}

function lined(pen: Pen, px: number, fill_: string, line: string, dash_m: number[] = []): void {
  pen.fillStyle = fill_;
  pen.fill();
  pen.strokeStyle = line;
  pen.lineWidth = 0.09 * px;
  pen.lineJoin = "miter";
  pen.setLineDash(dash_m.map((metres) => metres * px));
  pen.stroke();
  pen.setLineDash([]);
}

/** Stripes at 45 degrees inside the outline's border, yellow and black as ГОСТ 12.4.026 has them. */
function striped(pen: Pen, px: number): void {
  pen.save();
  pen.fillStyle = "rgba(200,54,30,.12)";
  pen.fill();
  pen.clip();
  pen.lineWidth = 0.36 * px;
  pen.strokeStyle = YELLOW;
  pen.stroke();
  const [tile, on] = canvas(0.4 * px, 0.4 * px);
  const side = tile.width;
  on.fillStyle = "#17181a";
  on.beginPath();
  for (const shift of [-side, 0, side]) {
    on.moveTo(shift, side), on.lineTo(shift + side / 2, side), on.lineTo(shift + side * 1.5, 0), on.lineTo(shift + side, 0);
  }
  on.fill();
  pen.strokeStyle = pen.createPattern(tile, "repeat") as CanvasPattern;
  pen.stroke();
  pen.restore();
}

/** Arrows along the longer side, to the end that is nearer to a way out. */
function arrows(pen: Pen, scale: Scale, area: Spot[], exits: Spot[]): void {
  const xs = area.map(([x]) => x);
  const zs = area.map(([, z]) => z);
  const [x0, x1, z0, z1] = [Math.min(...xs), Math.max(...xs), Math.min(...zs), Math.max(...zs)];
  const along = x1 - x0 >= z1 - z0;
  const long = along ? x1 - x0 : z1 - z0;
  const [start, end]: [Spot, Spot] = along ? [[x0, (z0 + z1) / 2], [x1, (z0 + z1) / 2]] : [[(x0 + x1) / 2, z0], [(x0 + x1) / 2, z1]];
  const back = farTo(exits, start) < farTo(exits, end);
  const wide = Math.min(along ? z1 - z0 : x1 - x0, 1.1) * 0.32;
  pen.fillStyle = "rgba(240,248,242,.85)";
  for (let at = 1; at < long - 0.4; at += 2.4) {
    const [x, y] = scale.at(along ? [x0 + at, (z0 + z1) / 2] : [(x0 + x1) / 2, z0 + at]);
    const w = wide * scale.px;
    pen.save();
    pen.translate(x, y);
    pen.rotate((along ? 0 : Math.PI / 2) + (back ? Math.PI : 0));
    pen.beginPath();
    pen.moveTo(w * 1.5, 0), pen.lineTo(0, -w), pen.lineTo(0, -w * 0.38), pen.lineTo(-w * 1.5, -w * 0.38);
    pen.lineTo(-w * 1.5, w * 0.38), pen.lineTo(0, w * 0.38), pen.lineTo(0, w);
    pen.fill();
    pen.restore();
  }
}

const farTo = (exits: Spot[], [x, z]: Spot): number => Math.min(...exits.map((exit) => Math.hypot(exit[0] - x, exit[1] - z)));

const ZONES: Record<Zone["kind"], (pen: Pen, scale: Scale, area: Spot[], exits: Spot[]) => void> = {
  walkway: (pen, { px }) => lined(pen, px, "rgba(72,122,104,.4)", YELLOW),
  work: (pen, { px }) => lined(pen, px, "rgba(255,255,255,.03)", "rgba(238,240,238,.75)"),
  storage: (pen, { px }) => lined(pen, px, "rgba(36,80,143,.13)", "rgba(226,232,240,.8)", [0.5, 0.25]),
  danger: (pen, { px }) => striped(pen, px),
  escape(pen, scale, area, exits) {
    lined(pen, scale.px, "rgba(16,132,72,.42)", "#0b8a3e");
    if (exits.length) arrows(pen, scale, area, exits);
  },
};

/** Patches of light where the sun comes through windows; each is four corners on the floor. */
function sunlit(pen: Pen, scale: Scale, patches: Spot[][]): void {
  pen.save();
  pen.filter = "blur(2px)";
  pen.globalCompositeOperation = "soft-light";
  for (const patch of patches) {
    outline(pen, scale, patch);
    pen.fillStyle = "rgba(255,240,206,.85)";
    pen.fill();
  }
  pen.restore();
}

/** The floor of a site, its longest side `side_px`; `patches` only where nothing casts real light. */
export function paintFloor({ site, zones, objects }: Scenario, side_px: number, patches: Spot[][]): HTMLCanvasElement {
  const exits = objects.filter(({ kind }) => kind === "door").map(({ at }) => at);
  const [width, depth] = site.size;
  const px = Math.min(side_px / Math.max(width, depth), 120);
  const [made, pen] = canvas(width * px, depth * px);
  const scale: Scale = { px, at: ([x, z]) => [(x + width / 2) * px, (z + depth / 2) * px] };
  (FLOORS[site.floor] ?? (FLOORS.concrete as Paint))(pen, scale);
  for (const zone of zones) {
    outline(pen, scale, zone.area);
    ZONES[zone.kind](pen, scale, zone.area, exits);
  }
  grain(pen, 0.07, 99);
  if (site.kind === "room") edges(pen, 0.7 * px, 0.34);
  sunlit(pen, scale, patches);
  return made;
}
