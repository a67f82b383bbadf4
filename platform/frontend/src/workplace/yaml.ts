/** Changes one number pair of a scenario's text and nothing else: its author's hand stays as it is. */
import type { Spot } from "./types";

/** A stretch of the text. */
interface Stretch {
  from: number;
  to: number;
}

/** Returns `text` with object `id` standing at `spot`; null where the object or its place is not found. */
export function movedTo(text: string, id: string, spot: Spot): string | null {
  const object = objectOf(text, id);
  if (!object) return null;
  const inside = text.slice(object.from, object.to);
  const place = `[${write(spot[0])}, ${write(spot[1])}]`;
  const flow = /((?:^|[\s,{])at\s*:\s*)\[[^\]\n]*\]/.exec(inside);
  if (flow) return put(text, object.from + flow.index + flow[1]!.length, object.from + flow.index + flow[0].length, place);
  const block = /((?:^|\n)[ \t]*(?:-[ \t]+)?at[ \t]*:)[ \t]*(?:#[^\n]*)?\n[ \t]*-[ \t]+[-+.\d]+[^\n]*\n[ \t]*-[ \t]+[-+.\d]+/.exec(inside);
  if (!block) return null;
  const start = object.from + block.index + block[1]!.length;
  return put(text, start, object.from + block.index + block[0].length, ` ${place}`);
}

/** Returns where object `id` is written; null where it is not. */
export function objectOf(text: string, id: string): Stretch | null {
  const list = section(text, "objects");
  if (!list) return null;
  for (const item of items(text, list)) {
    if (idOf(text.slice(item.from, item.to)) === id) return item;
  }
  return null;
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
  const inside = text.slice(from, to);
  const first = /^([ \t]*)-[ \t]/m.exec(inside);
  if (!first) return [];
  const starts = [...inside.matchAll(new RegExp(`^${first[1]}-[ \\t]`, "gm"))].map((one) => from + one.index);
  return starts.map((start, nth) => ({ from: start, to: starts[nth + 1] ?? to }));
}

/** The item's own id: of a flow mapping the one at its own depth, of a block one that of its own lines. */
function idOf(item: string): string | null {
  const dash = /^[ \t]*-[ \t]+/.exec(item)?.[0].length ?? 0;
  const found = item[dash] === "{" ? /^\{[^{}]*?(?:^|[{,\s])id\s*:\s*["']?([\w-]+)/.exec(item.slice(dash)) : new RegExp(`(?:^|\\n)(?:[ \\t]*-[ \\t]+|[ \\t]{${dash}})id[ \\t]*:[ \\t]*["']?([\\w-]+)`).exec(item);
  return found?.[1] ?? null;
}

/** Where a caret goes to see an object: the beginning of its item. */
export function caretOf(text: string, id: string): number | null {
  return objectOf(text, id)?.from ?? null;
}
