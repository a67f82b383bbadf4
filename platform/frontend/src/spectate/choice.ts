/** Which board a spectator follows, as pure functions over the form's fields and the address. */

export interface Choice {
  class: string;
  region: string;
  split: string;
}

export const EVERYBODY: Choice = { class: "", region: "", split: "" };

/** Returns the board of a choice: a point's before a class's before a region's, as the server has it. */
export function boardOf(main: string, { class: code, region, split }: Choice): string {
  if (split) return `${main}.p.${split}`;
  if (code) return `${main}.c.${code}`;
  return region ? `${main}.r.${region}` : main;
}

/** Returns the address to share; what is not chosen is left out. */
export function shared(path: string, choice: Choice): string {
  const query = new URLSearchParams(Object.entries(choice).filter(([, value]) => value));
  return query.size ? `${path}?${query.toString()}` : path;
}

/** Returns the choice after `name` was set: a board is of one kind, so the others are cleared. */
export function chosen(name: keyof Choice, value: string): Choice {
  return { ...EVERYBODY, [name]: value };
}
