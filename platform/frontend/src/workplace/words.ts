/** The sentences of the workplace, rendered by the server in the member's language. */
import { fill } from "../page/strings";
import { stopwatch } from "../race/times";

type Sentence = string | Partial<Record<Intl.LDMLPluralRule, string>>;
type Places = Record<string, string | number>;

export class Words {
  readonly #plural: Intl.PluralRules;
  readonly #number: Intl.NumberFormat;
  readonly #percent: Intl.NumberFormat;

  constructor(
    readonly sentences: Readonly<Record<string, Sentence>>,
    language: string,
  ) {
    this.#plural = new Intl.PluralRules(language);
    this.#number = new Intl.NumberFormat(language);
    this.#percent = new Intl.NumberFormat(language, { style: "percent" });
  }

  /** Returns sentence `name`; one with forms takes that of `places.n`. */
  say(name: string, places: Places = {}): string {
    const sentence = this.sentences[name] ?? name;
    if (typeof sentence === "string") return fill(sentence, places);
    const form = this.#plural.select(Number(places.n ?? 0));
    return fill(sentence[form] ?? sentence.many ?? sentence.other ?? name, places);
  }

  number(value: number): string {
    return this.#number.format(value);
  }

  /** Writes parts of a million as whole percent. */
  percent(ppm: number): string {
    return this.#percent.format(Math.floor(ppm / 10_000) / 100);
  }

  time(ms: number): string {
    return stopwatch(ms);
  }
}

/** Reads what the page was given under `id`. */
export function given<Kind>(id: string): Kind {
  return JSON.parse(document.getElementById(id)?.textContent ?? "null") as Kind;
}

export function pageWords(): Words {
  return new Words(given<Record<string, Sentence>>("workplace-words") ?? {}, document.documentElement.lang || "ru");
}
