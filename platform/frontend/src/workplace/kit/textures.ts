/** Pictures on planes of the kit, drawn on a canvas: signs by their shapes and colours, plates, labels, posters. */

import { PICTOGRAMS, type Family } from "./pictograms";

type Canvas = CanvasRenderingContext2D;

/** Signal colours of ГОСТ 12.4.026. */
const RED = "#c8102e";
const YELLOW = "#ffcf00";
const GREEN = "#00843d";
const BLUE = "#0a57a4";
const BLACK = "#15171a";
const WHITE = "#ffffff";

/** Draws one stroke of a pictogram; see `pictograms.ts`. */
const stroke = (g: Canvas, text: string, ink: string, ground: string): void => {
  const [, way = "F", width = "", rest = ""] = /^([FBSX])([\d.]*) ?(.*)$/.exec(text) ?? [];
  g.fillStyle = g.strokeStyle = way === "B" || way === "X" ? ground : ink;
  g.lineWidth = Number(width);
  g.beginPath();
  for (const [, name, list = ""] of rest.matchAll(/([MLQCZOER])([^MLQCZOER]*)/g)) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = list.trim().split(/[ ,]+/).map(Number);
    if (name === "M") g.moveTo(a, b);
    else if (name === "L") g.lineTo(a, b);
    else if (name === "Q") g.quadraticCurveTo(a, b, c, d);
    else if (name === "C") g.bezierCurveTo(a, b, c, d, e, f);
    else if (name === "R") g.rect(a, b, c, d);
    else if (name === "Z") g.closePath();
    else {
      g.moveTo(a + c, b);
      g.ellipse(a, b, c, name === "E" ? d : c, 0, 0, 2 * Math.PI);
    }
  }
  if (width) g.stroke();
  else g.fill();
};

const strokes = (g: Canvas, list: readonly string[], [x, y, size]: [number, number, number], ink: string, ground: string): void => {
  g.save();
  g.translate(x, y);
  g.scale(size / 100, size / 100);
  g.lineCap = g.lineJoin = "round";
  for (const each of list) stroke(g, each, ink, ground);
  g.restore();
};

const fill = (g: Canvas, color: string, x = 0, y = 0, width = 2048, height = 2048): void => {
  g.fillStyle = color;
  g.fillRect(x, y, width, height);
};

const write = (g: Canvas, text: string, x: number, y: number, size: number, color = BLACK, weight = 700): void => {
  g.fillStyle = color;
  g.font = `${weight} ${size}px "Inter Variable", "Inter", "DejaVu Sans", sans-serif`;
  g.textAlign = "center";
  g.textBaseline = "middle";
  g.fillText(text, x, y);
};

/** Grey lines where small print would be. */
const lines = (g: Canvas, x: number, y: number, width: number, count: number, step: number, color = "#8a9096"): void => {
  for (let nth = 0; nth < count; nth += 1) fill(
    g, color, x, y + nth * step, width * (nth % 3 === 2 ? 0.6 : nth % 2 ? 0.85 : 1), step * 0.36,
  );
};

const circle = (g: Canvas, radius: number, color: string): void => {
  g.beginPath();
  g.arc(128, 128, radius, 0, 2 * Math.PI);
  g.fillStyle = color;
  g.fill();
};

const triangle = (g: Canvas, inset: number, color: string): void => {
  g.beginPath();
  g.moveTo(128, 12 + inset * 1.6);
  g.lineTo(250 - inset * 1.45, 234 - inset * 0.8);
  g.lineTo(6 + inset * 1.45, 234 - inset * 0.8);
  g.closePath();
  g.fillStyle = color;
  g.fill();
};

/** Ground of a family of signs: draws it, and tells where the pictogram goes and its colours. */
const FAMILIES: Record<Family, { ground: (g: Canvas) => void; at: [number, number, number]; ink: string; paper: string }> = {
  warning: {
    ground: (g) => [fill(g, WHITE), triangle(g, 0, BLACK), triangle(g, 13, YELLOW)], at: [71, 96, 114], ink: BLACK,
    paper: YELLOW,
  },
  mandatory: { ground: (g) => [fill(g, WHITE), circle(g, 122, BLUE)], at: [48, 44, 160], ink: WHITE, paper: BLUE },
  prohibition: {
    ground: (g) => [fill(g, WHITE), circle(g, 122, RED), circle(g, 98, WHITE)], at: [66, 66, 124], ink: BLACK, paper: WHITE,
  },
  safe: { ground: (g) => [fill(g, WHITE), fill(g, GREEN, 8, 8, 240, 240)], at: [36, 36, 184], ink: WHITE, paper: GREEN },
  fire: { ground: (g) => [fill(g, WHITE), fill(g, RED, 8, 8, 240, 240)], at: [36, 32, 184], ink: WHITE, paper: RED },
};

/** The way out: a door, a running man and an arrow, twice as wide as high. */
const exit = (g: Canvas): void => {
  fill(g, WHITE);
  fill(g, GREEN, 8, 8, 496, 240);
  fill(g, WHITE, 350, 34, 120, 196);
  fill(g, GREEN, 366, 52, 88, 178);
  const man = [
    "F O 50 12 10", "S12 M46 28 L36 56",
    "S9 M46 30 L66 44 L80 40 M44 30 L24 34 L16 50 M36 56 L56 66 L52 92 M36 56 L22 74 L4 80",
  ];
  strokes(g, man, [214, 40, 184], WHITE, GREEN);
  strokes(g, ["S11 M94 50 L8 50", "S11 M36 22 L8 50 L36 78"], [30, 52, 152], WHITE, GREEN);
};

const sign = (g: Canvas, name: string): void => {
  if (name === "exit") return exit(g);
  const [family, ...list] = PICTOGRAMS[name] ?? PICTOGRAMS["general"]!;
  const { ground, at, ink, paper } = FAMILIES[family];
  ground(g);
  strokes(g, list, at, ink, paper);
  if (family !== "prohibition") return;
  g.save();
  g.translate(128, 128);
  g.rotate(Math.PI / 4);
  fill(g, RED, -104, -11, 208, 22);
  g.restore();
};

const diagonal = (a: string, b: string) => (g: Canvas): void => {
  fill(g, a);
  g.fillStyle = b;
  for (let nth = -2; nth < 16; nth += 2) {
    g.beginPath();
    for (const [x, y] of [[nth * 32, 64], [nth * 32 + 32, 64], [nth * 32 + 76, 0], [nth * 32 + 44, 0]] as const) g.lineTo(x, y);
    g.fill();
  }
};

const diamond = (g: Canvas, x: number, y: number, half: number, pictogram: string): void => {
  g.save();
  g.translate(x, y);
  g.rotate(Math.PI / 4);
  fill(g, "#d4001a", -half, -half, 2 * half, 2 * half);
  fill(g, WHITE, -half * 0.84, -half * 0.84, half * 1.68, half * 1.68);
  g.restore();
  strokes(g, PICTOGRAMS[pictogram]!.slice(1), [x - half * 0.62, y - half * 0.68, half * 1.24], BLACK, WHITE);
};

const gauge = (g: Canvas, value: string): void => {
  fill(g, "#2b2f33");
  circle(g, 120, WHITE);
  g.lineWidth = 20;
  for (const [color, from, to] of [["#2f9e44", 0.75, 1.75], ["#e03131", 1.75, 2.25]] as const) {
    g.beginPath();
    g.arc(128, 128, 96, from * Math.PI, to * Math.PI);
    g.strokeStyle = color;
    g.stroke();
  }
  const angle = (value === "over" ? 2.1 : value === "zero" ? 0.78 : 1.35) * Math.PI;
  g.beginPath();
  g.moveTo(128 - Math.cos(angle) * 20, 128 - Math.sin(angle) * 20);
  g.lineTo(128 + Math.cos(angle) * 84, 128 + Math.sin(angle) * 84);
  g.lineWidth = 9;
  g.strokeStyle = BLACK;
  g.stroke();
  circle(g, 12, BLACK);
  write(g, "МПа", 128, 190, 26);
};

const plan = (g: Canvas): void => {
  fill(g, WHITE);
  fill(g, GREEN, 0, 0, 384, 44);
  write(g, "ПЛАН ЭВАКУАЦИИ", 192, 23, 28, WHITE);
  g.strokeStyle = "#33383d";
  g.lineWidth = 5;
  g.strokeRect(18, 60, 348, 170);
  for (const [x, y, width, height] of [
    [18, 60, 84, 62], [102, 60, 92, 62], [194, 60, 88, 62], [18, 168, 110, 62], [128, 168, 120, 62], [248, 168, 118, 62],
  ] as const) g.strokeRect(x, y, width, height);
  strokes(g, ["S3 M12 48 L80 48", "F M80 42 L92 48 L80 54 Z"], [30, 78, 330], GREEN, WHITE);
  for (const x of [60, 150, 240]) strokes(g, ["S8 M50 0 L50 90", "F M20 70 L50 110 L80 70 Z"], [x - 14, 100, 30], GREEN, WHITE);
  fill(g, RED, 300, 128, 14, 14);
  fill(g, BLUE, 180, 140, 14, 14);
  lines(g, 24, 240, 150, 2, 10);
  lines(g, 210, 240, 150, 2, 10);
};

const sheet = (g: Canvas, x: number, y: number, color: string, tint: string): void => {
  fill(g, "#00000022", x + 3, y + 4, 84, 108);
  fill(g, tint, x, y, 84, 108);
  fill(g, color, x, y, 84, 20);
  lines(g, x + 8, y + 30, 66, 7, 10);
};

/** Notices on a board: fresh, or yellowed, crooked and fewer. */
const board = (g: Canvas, content: string): void => {
  const fresh = content === "new";
  fill(g, fresh ? "#eef2f5" : "#cdc4ab");
  fill(g, fresh ? BLUE : "#7b8288", 0, 0, 512, 54);
  write(g, "ОХРАНА ТРУДА", 256, 28, 34, WHITE);
  const colors = [RED, BLUE, GREEN, "#f0a500", BLUE];
  for (const [nth, color] of colors.entries())
    for (const line of [0, 1]) {
      if (!fresh && (nth * 2 + line) % 3 === 1) continue;
      g.save();
      g.translate(14 + nth * 100, 68 + line * 124);
      if (!fresh) g.rotate(((nth * 7 + line * 5) % 5) * 0.05 - 0.1);
      sheet(g, 0, 0, fresh ? color : "#9a8f76", fresh ? WHITE : "#ddd0a8");
      g.restore();
    }
};

const banner = (ground: string, ink: string, ...text: string[]) => (g: Canvas): void => {
  fill(g, ground);
  g.strokeStyle = ink;
  g.lineWidth = 12;
  g.strokeRect(10, 10, 236, 108);
  const step = 84 / text.length;
  for (const [nth, line] of text.entries()) write(
    g, line, 128, 64 + (nth - (text.length - 1) / 2) * step, Math.min(40, 310 / line.length), ink,
  );
};

const label = (g: Canvas, pictogram: string): void => {
  fill(g, WHITE);
  fill(g, BLUE, 0, 0, 256, 34);
  diamond(g, 84, 128, 56, pictogram || "flammable");
  lines(g, 168, 56, 76, 8, 18);
  lines(g, 20, 216, 216, 2, 16, "#b0262f");
};

const display = (text: string) => (g: Canvas): void => {
  fill(g, text ? "#b9d8b4" : "#4d554f");
  if (text) write(g, text, 64, 34, 34, "#10240f");
};

const monitor = (g: Canvas): void => {
  fill(g, "#e9eef3");
  fill(g, "#245a94", 0, 0, 256, 20);
  fill(g, "#c9d6e2", 0, 20, 54, 140);
  lines(g, 66, 34, 170, 9, 13, "#6f7c88");
  fill(g, "#f0a500", 66, 132, 60, 16);
};

const medical = (cross: string, ground: string) => (g: Canvas): void => {
  fill(g, ground);
  strokes(g, ["F R 36 6 28 88 R 6 36 88 28"], [40, 40, 176], cross, ground);
};

const plate = (g: Canvas): void => {
  fill(g, "#c6cbce");
  g.strokeStyle = "#3f464b";
  g.lineWidth = 6;
  g.strokeRect(8, 8, 240, 112);
  fill(g, "#2a4a66", 18, 18, 100, 26);
  lines(g, 20, 58, 210, 4, 16, "#4c5459");
};

const heart = (ok: string) => (g: Canvas): void => {
  fill(g, ok === "yes" ? "#e7f7ea" : "#3a3d40");
  if (ok === "yes") strokes(g, ["S10 M14 54 L40 82 L88 22"], [24, 12, 104], GREEN, WHITE);
  else strokes(g, ["S12 M18 18 L82 82 M82 18 L18 82"], [24, 12, 104], "#ff5a4d", WHITE);
};

const journal = (g: Canvas): void => {
  fill(g, WHITE);
  write(g, "ЖУРНАЛ", 128, 24, 24);
  lines(g, 20, 48, 216, 6, 13);
};

type Draw = (g: Canvas, name: string) => void;

/** Picture by the word before the colon: its width and height in pixels, and what draws it with the word after. */
const PICTURES: Record<string, [width: number, height: number, draw: Draw]> = {
  sign: [256, 256, sign],
  gauge: [256, 256, gauge],
  label: [256, 256, label],
  cross: [
    256, 256,
    (g, name) => medical(name === "red" ? RED : name === "white" ? WHITE : GREEN, name === "white" ? GREEN : WHITE)(g),
  ],
  tape: [512, 64, diagonal("#f2b705", BLACK)],
  ribbon: [512, 64, diagonal(WHITE, "#d3202b")],
  plate: [256, 128, plate],
  poster: [256, 128, banner(WHITE, RED, "НЕ ВКЛЮЧАТЬ!", "Работают люди")],
  tag: [
    256, 128,
    (g, name) => (
      name === "no"
        ? banner(WHITE, RED, "СТОП!", "Не подниматься")
        : banner(WHITE, GREEN, "ЛЕСА ПРИНЯТЫ", "Работать разрешено")
    )(g),
  ],
  card: [
    256, 128,
    (g, name) => banner(
      name === "past" ? "#efe2c0" : WHITE, name === "past" ? RED : GREEN, name === "past" ? "ПРОСРОЧЕНО" : "ПРОВЕРЕНО",
      name === "past" ? "срок истёк" : "годен",
    )(g),
  ],
  danger: [256, 128, banner(YELLOW, BLACK, "ОСТОРОЖНО!", "Яма")],
  mark: [256, 128, (g, name) => banner(WHITE, BLACK, name)(g)],
  plan: [384, 272, plan],
  board: [512, 320, board],
  display: [128, 64, (g, name) => display(name)(g)],
  monitor: [256, 160, monitor],
  ready: [152, 128, (g, name) => heart(name)(g)],
  journal: [256, 128, journal],
};

const split = (texture: string): [picture: [number, number, Draw], name: string] => {
  const [kind = "", name = ""] = texture.split(":");
  return [PICTURES[kind] ?? PICTURES["plate"]!, name];
};

/** Width and height in pixels that a picture is made for; any canvas of about the same form will do. */
export const textureSize = (texture: string): [width: number, height: number] => {
  const [[width, height]] = split(texture);
  return texture === "sign:exit" ? [512, 256] : [width, height];
};

/** Draws a picture over the whole of a canvas. */
export const drawTexture = (texture: string, context: CanvasRenderingContext2D): void => {
  const [[, , draw], name] = split(texture);
  const [width, height] = textureSize(texture);
  context.save();
  context.scale(context.canvas.width / width, context.canvas.height / height);
  draw(context, name);
  context.restore();
};

/** Every kind of picture there is. */
export const PICTURE_KINDS = Object.keys(PICTURES);
