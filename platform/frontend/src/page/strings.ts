/** Sentences the server rendered in the reader's language. */
let sentences: Record<string, string> | undefined;

/** Returns sentence `name` with its `{places}` filled; the name itself where it is unknown. */
export function say(name: string, places: Record<string, string | number> = {}): string {
  sentences ??= JSON.parse(document.getElementById("strings")?.textContent ?? "{}") as Record<string, string>;
  return fill(sentences[name] ?? name, places);
}

/** Puts `places` into the `{names}` of `text`. */
export function fill(text: string, places: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (all, key: string) => String(places[key] ?? all));
}

/** Returns the content of `<meta name="...">`, or "". */
export function meta(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? "";
}
