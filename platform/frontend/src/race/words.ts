/** The sentences of the page, rendered by the server in the reader's language. */
import { fill } from "../page/strings";
import type { Both } from "./protocol";
import { readPoint } from "./points";
import { gap, time } from "./times";

type Sentence = string | Partial<Record<Intl.LDMLPluralRule, string>>;
type Places = Record<string, string | number>;

export class Words {
  readonly language = document.documentElement.lang === "en" ? "en" : "ru";
  readonly #plural = new Intl.PluralRules(this.language);
  readonly #comma = this.language === "ru" ? "," : ".";
  readonly #number = new Intl.NumberFormat(this.language);

  constructor(readonly sentences: Readonly<Record<string, Sentence>>, readonly regions: Readonly<Record<string, string>>) {}

  /** Returns sentence `name`; one with forms takes that of `places.n`. */
  say(name: string, places: Places = {}): string {
    const sentence = this.sentences[name] ?? name;
    if (typeof sentence === "string") return fill(sentence, places);
    const form = this.#plural.select(Number(places.n ?? 0));
    return fill(sentence[form] ?? sentence.many ?? sentence.other ?? name, places);
  }

  both(text: Both | null): string {
    return text ? text[this.language] : "";
  }

  number(value: number): string {
    return this.#number.format(value);
  }

  time(ms: number): string {
    return time(ms, this.#comma);
  }

  gap(ms: number): string {
    return gap(ms, this.#comma);
  }

  seconds(ms: number): string {
    return (ms / 1000).toFixed(2).replace(".", this.#comma);
  }

  region(code: string): string {
    return this.regions[code] ?? code;
  }

  /** Names a timing point without its lap, for a table that has the lap beside it. */
  mark(label: string): string {
    const point = readPoint(label);
    return point ? this.say(`mark.${point.mark}`, { n: point.number }) : label;
  }

  /** Names a timing point in full. */
  point(label: string): string {
    const point = readPoint(label);
    if (!point) return label;
    return this.say(`point.${point.mark}`, { lap: point.lap, n: point.number });
  }

  name(row: { name: string; number: number }): string {
    return row.name || this.say("member", { number: row.number });
  }
}
