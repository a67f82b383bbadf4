/** Which objects are marked and how; the strongest of several marks is shown. */
import type { Mark } from "./contract";
import { type Badge, BADGES, Labels } from "./labels";
import type { Materials } from "./materials";
import type { Things } from "./objects";
import { Outlines } from "./outlines";

export class Marks {
  readonly labels: Labels;
  readonly outlines: Outlines;
  private readonly marks = new Map<string, Exclude<Mark, "">>();
  private hovered: string | null = null;
  private focused: string | null = null;

  constructor(
    host: HTMLElement,
    materials: Materials,
    private readonly things: Things,
    private readonly name: (id: string) => string,
  ) {
    this.labels = new Labels(host);
    this.outlines = new Outlines(materials);
  }

  set(id: string, mark: Mark): void {
    if (mark) this.marks.set(id, mark);
    else this.marks.delete(id);
    this.draw(id);
  }

  /** The object under the pointer; says whether it is another one. */
  hover(id: string | null): boolean {
    if (id === this.hovered) return false;
    const before = this.hovered;
    this.hovered = id;
    for (const one of [before, id]) if (one) this.draw(one);
    return true;
  }

  /** The object that the keyboard is at. */
  focus(id: string | null): void {
    const before = this.focused;
    this.focused = id;
    for (const one of [before, id]) if (one) this.draw(one);
  }

  /** Draws the object's mark, after it has been built anew too. */
  draw(id: string): void {
    const thing = this.things.get(id);
    if (!thing) return;
    const badge = this.badgeOf(id);
    this.labels.show(thing, this.name(id), badge);
    this.outlines.show(thing, badge === null || badge === "hover" ? null : BADGES[badge].line);
  }

  dispose(): void {
    this.labels.dispose();
    this.outlines.dispose();
  }

  private badgeOf(id: string): Badge | null {
    return this.marks.get(id) ?? (this.focused === id ? "focus" : this.hovered === id ? "hover" : null);
  }
}
