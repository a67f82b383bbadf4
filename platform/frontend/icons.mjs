// One sprite with the icons the pages use and no other: a page asks by name, `<use href="…#name">`.
import { readFileSync } from "node:fs";
import path from "node:path";

export const ICONS = [
  "activity", "archive", "arrow-down", "arrow-left", "arrow-right", "arrow-up", "award", "badge-check", "ban", "bell",
  "book-open", "braces", "building-2", "calendar", "captions", "chart-column", "check", "chevron-down", "chevron-left",
  "chevron-right", "chevron-up", "circle-alert", "circle-check", "circle-user-round", "circle-x", "clipboard",
  "clock", "copy", "database", "download", "external-link", "eye", "eye-off", "file-text", "flag", "flame", "git-compare",
  "gauge", "grip-vertical", "hard-hat", "heart-pulse", "house", "image", "inbox", "info", "key-round", "languages", "layers",
  "list-checks", "lock", "log-in", "log-out", "mail", "map", "map-pin", "maximize", "medal", "menu", "minus",
  "monitor-smartphone", "moon", "pause", "pencil", "play", "plus", "printer", "radio", "rotate-ccw", "rotate-cw", "scale", "search", "send",
  "server", "settings-2", "shield-check", "sun", "sun-moon", "target", "timer", "trash-2", "triangle-alert",
  "trophy", "upload", "user-plus", "user-round", "users-round", "volume-2", "volume-x", "x", "zap", "circle-play", "bookmark",
];

/** Returns the sprite as SVG text; throws where an icon does not exist. */
export function sprite(folder) {
  const symbols = ICONS.map((name) => {
    const source = readFileSync(path.join(folder, `${name}.svg`), "utf8");
    const inside = source.replace(/<!--[^]*?-->/g, "").match(/<svg[^>]*>([^]*)<\/svg>/)?.[1];
    if (!inside) throw new Error(`the icon ${name} has no drawing`);
    const drawing = inside.replace(/\s*\n\s*/g, "");
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${drawing}</symbol>`;
  });
  const notice = "Lucide icons, ISC licence, (c) Lucide Contributors";
  return `<svg xmlns="http://www.w3.org/2000/svg"><!-- ${notice} -->${symbols.join("")}</svg>\n`;
}
