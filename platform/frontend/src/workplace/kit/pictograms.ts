/**
 * Pictograms of safety signs after ГОСТ 12.4.026 on a field of 100 × 100.
 *
 * A stroke of a pictogram: F fills, B fills with the ground, S<width> and X<width> draw a line and a line of the
 * ground; then M L Q C Z as in a path, O a circle (x y radius), E an ellipse (x y rx ry), R a box (x y width height).
 */
export type Family = "warning" | "mandatory" | "prohibition" | "safe" | "fire";

const HEAD = "F O 50 40 30 M4 100 Q6 72 34 68 L66 68 Q94 72 96 100 Z";
const FLAME = "F M50 4 C92 42 86 66 76 82 C66 96 34 96 24 82 C12 62 40 50 34 26 C46 32 50 20 50 4 Z";
const SMALL_FLAME = "F M22 52 C42 70 38 82 33 90 C28 98 12 98 8 90 C2 80 16 72 14 62 C20 64 22 60 22 52 Z";

const star = (points: number, far: number, near: number): string =>
  `F M${Array.from({ length: points * 2 }, (_, nth) => {
    const [angle, radius] = [(nth * Math.PI) / points, nth % 2 ? near : far * (nth % 4 ? 0.8 : 1)];
    return `${(50 + Math.sin(angle) * radius).toFixed(0)} ${(50 - Math.cos(angle) * radius).toFixed(0)}`;
  }).join(" L")} Z`;

export const PICTOGRAMS: Record<string, [Family, ...string[]]> = {
  general: ["warning", "F M41 2 L59 2 L55 66 L45 66 Z O 50 84 10"],
  voltage: ["warning", "F M58 0 L26 54 L44 52 L36 82 L27 76 L32 100 L53 86 L44 84 L68 38 L50 42 L76 2 Z"],
  fall: [
    "warning", "F R 0 58 30 42 O 60 12 9", "S11 M58 26 L44 50 M58 28 L80 40 M56 28 L36 24 M44 50 L24 54 M44 50 L58 66 L46 80",
    "S4 M74 60 L80 76 M86 52 L92 68 M66 78 L70 92",
  ],
  lifting: ["warning", "F R 16 62 68 36", "S5 M50 38 L20 62 M50 38 L80 62", "S8 M50 0 L50 16 Q66 18 62 32 Q52 42 40 32"],
  forklift: [
    "warning", "F R 42 46 46 34 O 52 86 12 O 80 88 10 O 64 22 8 R 2 56 24 24",
    "S6 M34 12 L34 92 M34 86 L0 86 M48 46 L50 8 L78 8 L86 46", "S8 M64 32 L66 46", "X3 O 52 86 6",
  ],
  flammable: ["warning", FLAME, "F R 14 92 72 8"],
  explosive: ["warning", star(9, 46, 18), "F O 8 24 4 O 92 20 4 O 6 80 5 O 94 84 4"],
  toxic: [
    "warning", "S10 M8 68 L92 98 M92 68 L8 98", "F O 50 34 30 R 34 52 32 22", "B O 38 36 8 O 62 36 8 M50 44 L45 54 L55 54 Z",
    "X3 M44 64 L44 74 M50 64 L50 74 M56 64 L56 74",
  ],
  corrosive: [
    "warning", "S9 M4 12 L40 28 M96 12 L60 28",
    "F O 32 42 4 O 30 54 5 O 68 42 4 O 70 54 5 R 0 72 44 18 M54 84 Q60 66 78 70 L98 72 L98 92 L60 96 Z",
    "B M22 72 L30 82 L38 72 Z M66 69 L72 80 L78 69 Z",
  ],
  slippery: [
    "warning", "F O 62 12 10", "S11 M58 26 L44 52 M56 30 L78 44 M54 30 L30 34 M44 52 L70 62 L92 52 M44 54 L40 74 L18 80",
    "S5 M4 94 Q20 84 36 94 Q52 104 68 94 Q84 84 98 94",
  ],
  gas: ["warning", "F M32 34 Q34 20 50 18 Q66 20 68 34 L68 100 L32 100 Z R 42 6 16 14 R 36 0 28 8", "X4 M32 46 L68 46"],
  glasses: ["mandatory", HEAD, "X6 M18 36 L82 36", "X5 E 37 40 13 11 E 63 40 13 11", "F E 37 40 10 8 E 63 40 10 8"],
  helmet: [
    "mandatory",
    "F M16 42 Q18 4 50 4 Q82 4 84 42 L92 48 L8 48 Z M24 54 L76 54 Q76 84 50 88 Q24 84 24 54 Z M10 100 Q16 86 34 84 Q50 96 66 84 Q84 86 90 100 Z",
    "X4 M50 6 L50 36 M34 10 L32 38 M66 10 L68 38",
  ],
  gloves: [
    "mandatory",
    "F M22 96 L22 66 L4 46 L10 40 L24 52 L22 16 L30 14 L33 42 L34 6 L42 6 L43 42 L48 10 L55 12 L53 46 L60 24 L66 27 L58 66 L56 96 Z",
    "F M66 96 L66 72 Q70 50 72 34 L78 34 L78 52 L82 22 L88 22 L87 54 L94 34 L99 36 L92 74 L92 96 Z",
    "X4 M20 80 L58 80 M66 84 L94 84",
  ],
  boots: [
    "mandatory", "F M20 2 L54 2 L54 48 Q60 62 84 66 Q96 70 96 84 L20 84 Z R 20 88 76 10",
    "X4 M20 16 L54 16 M64 84 Q66 68 80 66",
  ],
  ear: [
    "mandatory", HEAD, "X7 M16 44 Q14 4 50 4 Q86 4 84 44", "F E 16 44 10 16 E 84 44 10 16", "S6 M16 34 Q16 0 50 0 Q84 0 84 34",
    "X3 E 16 44 12 18 E 84 44 12 18",
  ],
  mask: [
    "mandatory", HEAD, "B M26 40 Q50 30 74 40 Q76 68 50 74 Q24 68 26 40 Z",
    "F M32 44 Q50 36 68 44 Q68 62 50 66 Q32 62 32 44 Z O 50 78 11", "X4 O 50 78 7 M32 52 L68 52", "B E 38 30 6 4 E 62 30 6 4",
  ],
  harness: [
    "mandatory",
    "F O 50 12 11 M28 30 Q50 22 72 30 L84 62 L74 66 L66 46 L66 62 L72 100 L58 100 L50 74 L42 100 L28 100 L34 62 L34 46 L26 66 L16 62 Z",
    "X5 M38 26 L62 64 M62 26 L38 64 M34 64 L66 64", "S5 M72 30 L92 6 L98 0",
  ],
  shield: ["mandatory", HEAD, "X5 M20 22 L80 22 L84 62 Q50 84 16 62 Z", "F M24 14 L76 14 L78 26 L22 26 Z", "X4 M20 28 L80 28"],
  coverall: [
    "mandatory",
    "F O 50 10 10 M30 24 L42 22 L50 34 L58 22 L70 24 L88 66 L76 70 L68 48 L68 62 L72 100 L54 100 L50 68 L46 100 L28 100 L32 62 L32 48 L24 70 L12 66 Z",
    "X4 M50 34 L50 66 M34 60 L66 60",
  ],
  no_entry: [
    "prohibition", "F O 54 12 10", "S13 M52 30 L50 58",
    "S9 M52 30 L34 46 L32 60 M52 30 L68 46 L80 54 M50 58 L36 78 L24 98 M50 58 L64 76 L68 98",
  ],
  no_fire: [
    "prohibition", "S9 M50 52 L50 100", "F M50 0 C76 24 72 36 64 46 C58 54 42 54 36 46 C28 34 44 28 42 14 C48 18 50 10 50 0 Z",
  ],
  no_smoking: [
    "prohibition", "F R 4 56 66 14 R 74 56 8 14 R 86 56 8 14",
    "S5 M78 48 Q80 36 68 34 Q56 30 64 16 M90 48 Q94 28 80 26 Q74 20 80 8",
  ],
  no_switch: [
    "prohibition", "S7 R 20 12 46 76", "F R 36 44 14 26 O 43 26 5 M96 40 L62 36 Q52 36 56 44 L74 48 L70 60 L96 72 Z",
    "S7 M43 50 L56 38",
  ],
  no_water: [
    "prohibition", SMALL_FLAME, "F M52 6 L92 20 L78 52 L44 34 Z M24 44 Q34 34 46 38 L50 44 Q36 44 32 56 Z",
    "S5 M60 2 Q92 -4 96 24",
  ],
  no_touch: [
    "prohibition", "S8 M12 4 L12 96", "F M16 34 L60 36 Q86 40 98 52 L98 74 Q70 82 50 74 L38 60 L44 52 L56 58 L56 50 L16 44 Z",
  ],
  exit: ["safe"],
  arrow: ["safe", "F M6 38 L50 38 L50 14 L94 50 L50 86 L50 62 L6 62 Z"],
  first_aid: ["safe", "F R 36 8 28 84 R 8 36 84 28"],
  aed: [
    "safe", "F M50 94 Q6 62 6 34 Q8 8 32 10 Q46 12 50 26 Q54 12 68 10 Q92 8 94 34 Q94 62 50 94 Z",
    "B M56 22 L34 58 L48 56 L42 84 L66 46 L52 48 Z",
  ],
  assembly: [
    "safe", "F O 36 36 7 O 50 30 8 O 64 36 7 M26 70 L28 48 L44 46 L56 46 L72 48 L74 70 Z",
    "F M2 2 L24 6 L6 24 Z M98 2 L94 24 L76 6 Z M2 98 L6 76 L24 94 Z M98 98 L76 94 L94 76 Z",
    "S9 M12 12 L26 26 M88 12 L74 26 M12 88 L26 74 M88 88 L74 74",
  ],
  extinguisher: [
    "fire", "F M36 40 Q36 26 50 26 Q64 26 64 40 L64 96 L36 96 Z R 44 10 12 18 R 34 8 34 7", "S6 M56 14 Q80 16 80 44 L80 56",
    "F M74 54 L86 54 L88 70 L72 70 Z", SMALL_FLAME,
  ],
  hydrant: [
    "fire", "S8 O 46 46 34 O 46 46 18", "F O 46 46 6", "S8 M78 52 Q84 74 66 82 L52 86", "F M52 80 L52 94 L22 98 L22 92 Z",
  ],
  alarm_button: [
    "fire", "S6 R 42 6 50 50", "F O 67 31 12 M67 40 L74 46 L74 64 L90 70 L88 98 L58 98 L50 78 L56 74 L62 80 L62 46 Z",
    "X3 O 67 31 14", SMALL_FLAME,
  ],
  phone: [
    "fire",
    "F M44 8 Q58 0 62 10 L66 26 Q66 32 58 34 Q58 56 70 70 Q76 64 82 66 L94 76 Q98 84 88 92 Q74 100 56 76 Q40 52 38 28 Q38 12 44 8 Z",
    SMALL_FLAME,
  ],
};
