/** Changes where one object stands in a scenario's text and nothing else: its author's hand stays as it is. */
import type { Spot } from "./types";

/** A stretch of the text. */
interface Stretch {
  from: number;
  to: number;
}

const NUMBER = "[-+]?[\\d.]+";
const PAIR = new RegExp(`\\[\\s*(${NUMBER})\\s*,\\s*(${NUMBER})\\s*\\]`, "g");

/**
 * Returns `text` with object `id` standing at `spot`, `by` away from where it was; its course, where
 * it has one, goes with it. Null where the object or its place is not found.
 */
export function movedTo(text: string, id: string, spot: Spot, by: Spot): string | null {
  const object = objectOf(text, id);
  if (!object) return null;
  const inside = text.slice(object.from, object.to);
  const at = placed(inside, spot);
  const both = coursed(at ?? inside, by);
  const next = both ?? at;
  return next === null ? null : text.slice(0, object.from) + next + text.slice(object.to);
}

/** Returns where object `id` is written; null where it is not. */
export function objectOf(text: string, id: string): Stretch | null {
  const list = section(text, "objects");
  if (!list) return null;
  return items(text, list).find((item) => idOf(text.slice(item.from, item.to)) === id) ?? null;
}

/** Where a caret goes to see an object: the beginning of its item. */
export function caretOf(text: string, id: string): number | null {
  return objectOf(text, id)?.from ?? null;
}

/** The item with another `at`; null where it has none. */
function placed(item: string, spot: Spot): string | null {
  const plain = unquoted(item);
  const place = `[${write(spot[0])}, ${write(spot[1])}]`;
  const flow = /(^|[\s,{])(at\s*:\s*)\[[^\]\n]*\]/.exec(plain);
  if (flow) return put(item, flow.index + flow[1]!.length + flow[2]!.length, flow.index + flow[0].length, place);
  const block = new RegExp(`(\\n[ \\t]*(?:-[ \\t]+)?at[ \\t]*:)[ \\t]*\\n[ \\t]*-[ \\t]+${NUMBER}[ \\t]*\\n[ \\t]*-[ \\t]+${NUMBER}`).exec(plain);
  return block ? put(item, block.index + block[1]!.length, block.index + block[0].length, ` ${place}`) : null;
}

/** The item with its course moved; null where it has none. */
function coursed(item: string, [dx, dz]: Spot): string | null {
  const path = /(^|[\s,{])path\s*:\s*\[(?:\s*\[[^\]]*\]\s*,?)+\s*\]/.exec(unquoted(item));
  if (!path) return null;
  const moved = path[0].replace(PAIR, (_, x: string, z: string) => `[${write(Number(x) + dx)}, ${write(Number(z) + dz)}]`);
  return put(item, path.index, path.index + path[0].length, moved);
}

/** The same text with quoted strings and comments blanked out, letter by letter. */
function unquoted(text: string): string {
  const blank = (found: string): string => found.replace(/[^\n]/g, "·");
  return text.replace(/"(?:[^"\\\n]|\\.)*"|(?<=[\s[{,:])'(?:[^'\n]|'')*'|(?<=\s)#[^\n]*/g, blank);
}

/** Metres with centimetres, without noise. */
function write(value: number): string {
  const rounded = Math.round(value * 100) / 100;
  return String(Object.is(rounded, -0) ? 0 : rounded);
}

function put(text: string, from: number, to: number, what: string): string {
  return text.slice(0, from) + what + text.slice(to);
}

/** The lines below a key of the top level. */
function section(text: string, key: string): Stretch | null {
  const head = new RegExp(`^${key}[ \\t]*:[ \\t]*(?:#[^\\n]*)?$`, "m").exec(text);
  if (!head) return null;
  const from = head.index + head[0].length;
  const next = /^(?![ \t\n#-])/m.exec(text.slice(from + 1));
  return { from, to: next ? from + 1 + next.index : text.length };
}

/** Items of a block list: from each dash of the first one's depth to the next. */
function items(text: string, { from, to }: Stretch): Stretch[] {
  const first = /^([ \t]*)-[ \t]/m.exec(text.slice(from, to));
  if (!first) return [];
  const starts = [...text.slice(from, to).matchAll(new RegExp(`^${first[1]}-[ \\t]`, "gm"))].map((one) => from + one.index);
  return starts.map((start, nth) => ({ from: start, to: starts[nth + 1] ?? to }));
}

/** The item's own id: of a flow mapping its first one, of a block one that at its own depth. */
function idOf(item: string): string | null {
  const dash = /^[ \t]*-[ \t]+/.exec(item)?.[0].length ?? 0;
  const flow = /^\{[^{}]*?(?:[{,\s])?id\s*:\s*["']?([\w-]+)/;
  const block = new RegExp(`(?:^[ \\t]*-[ \\t]+|\\n[ \\t]{${dash}})id[ \\t]*:[ \\t]*["']?([\\w-]+)`);
  return (item[dash] === "{" ? flow.exec(item.slice(dash)) : block.exec(item))?.[1] ?? null;
}
