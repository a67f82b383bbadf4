/** The order in which Tab goes from object to object: the nearest first, aloud, and out after the last. */
import type { Box3 } from "three";
import type { Marks } from "./marks";
import type { Things } from "./objects";
import type { Walking } from "./walking";

export class Order {
  private ids: string[] = [];
  private nth = -1;

  constructor(
    private readonly things: Things,
    private readonly marks: Marks,
    private readonly walking: Walking,
    /** Says an object's name aloud, "" for none. */
    private readonly say: (id: string) => void,
  ) {}

  /** The object one is at. */
  get id(): string | undefined {
    return this.ids[this.nth];
  }

  /** To the next object; undefined where the keyboard leaves the picture. */
  go(way: 1 | -1): string | undefined {
    if (this.nth < 0) this.ids = this.nearest();
    this.nth += way;
    const { id } = this;
    if (!id) {
      this.leave();
      return undefined;
    }
    this.marks.focus(id);
    this.say(id);
    return id;
  }

  leave(): void {
    this.forget();
    this.say("");
  }

  /** Whoever walks on is no longer at the object that Tab went to. */
  forget(): void {
    if (this.nth < 0) return;
    this.nth = -1;
    this.marks.focus(null);
  }

  private nearest(): string[] {
    const { x, z } = this.walking.pose;
    const far = (box: Box3): number => Math.hypot((box.min.x + box.max.x) / 2 - x, (box.min.z + box.max.z) / 2 - z);
    return [...this.things.all.values()].sort((one, other) => far(one.box) - far(other.box)).map(({ id }) => id);
  }
}
