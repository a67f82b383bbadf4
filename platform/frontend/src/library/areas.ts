/** Places of a hotspot question, drawn on its picture instead of typed as numbers. */
const NS = "http://www.w3.org/2000/svg";
const WHOLE = 1000;

type Point = [x: number, y: number];

export function drawAreas(): void {
  for (const host of document.querySelectorAll<HTMLElement>("[data-areas]")) new Areas(host);
}

/** The corners dragged over as the numbers of a shape, in thousandths; null for a mere touch. */
export function numbersOf(shape: string, from: Point, to: Point): number[] | null {
  const [left, right] = [Math.min(from[0], to[0]), Math.max(from[0], to[0])];
  const [top, bottom] = [Math.min(from[1], to[1]), Math.max(from[1], to[1])];
  if (right - left < 5 && bottom - top < 5) return null;
  if (shape === "circle") {
    const radius = Math.round(Math.hypot(to[0] - from[0], to[1] - from[1]));
    return [from[0], from[1], Math.min(radius, WHOLE)];
  }
  return [left, top, right, bottom];
}

class Areas {
  private readonly form: HTMLFormElement | null;
  private readonly list: HTMLElement | null;
  private readonly image = new Image();
  private readonly drawing = document.createElementNS(NS, "svg");
  private row: HTMLElement | null = null;
  private from: Point | null = null;

  constructor(private readonly host: HTMLElement) {
    this.form = host.closest("form");
    this.list = host.parentElement?.querySelector("ol") ?? null;
    this.row = this.list?.querySelector<HTMLElement>("[data-area]") ?? null;
    this.drawing.setAttribute("viewBox", `0 0 ${WHOLE} ${WHOLE}`);
    this.drawing.setAttribute("preserveAspectRatio", "none");
    this.image.alt = "";
    this.image.addEventListener("load", () => (host.hidden = false));
    this.image.addEventListener("error", () => (host.hidden = true));
    host.append(this.image, this.drawing);
    this.list?.addEventListener("focusin", (event) => this.enter(event));
    this.form?.addEventListener("input", () => this.show());
    host.addEventListener("pointerdown", (event) => this.press(event));
    host.addEventListener("pointermove", (event) => this.drag(event));
    host.addEventListener("pointerup", () => (this.from = null));
    this.show();
  }

  private enter(event: Event): void {
    this.row = (event.target as Element).closest<HTMLElement>("[data-area]");
    this.show();
  }

  private press(event: PointerEvent): void {
    if (!this.row) return;
    event.preventDefault();
    this.host.setPointerCapture(event.pointerId);
    this.from = this.at(event);
    const shape = this.shape(this.row);
    if (shape === "polygon") this.write([...this.numbers(this.row), ...this.from]);
  }

  private drag(event: PointerEvent): void {
    if (!this.from || !this.row || this.shape(this.row) === "polygon") return;
    const numbers = numbersOf(this.shape(this.row), this.from, this.at(event));
    if (numbers) this.write(numbers);
  }

  private at(event: PointerEvent): Point {
    const box = this.host.getBoundingClientRect();
    const part = (value: number, whole: number) => Math.round(Math.min(Math.max(value / whole, 0), 1) * WHOLE);
    return [part(event.clientX - box.left, box.width), part(event.clientY - box.top, box.height)];
  }

  private field(row: HTMLElement): HTMLInputElement | null {
    return row.querySelector<HTMLInputElement>("input[name*='at.']");
  }

  private shape(row: HTMLElement): string {
    return row.querySelector("select")?.value ?? "rect";
  }

  private numbers(row: HTMLElement): number[] {
    return (this.field(row)?.value ?? "").split(/[\s,]+/).filter(Boolean).map(Number);
  }

  private write(numbers: number[]): void {
    const field = this.row && this.field(this.row);
    if (!field) return;
    field.value = numbers.join(" ");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  private show(): void {
    const name = this.form?.querySelector<HTMLInputElement>(`[name='${this.host.dataset["areas"]}picture.file']`)?.value;
    const address = name ? `${this.host.dataset["picture"]}${encodeURIComponent(name)}` : "";
    if (!address) this.host.hidden = true;
    else if (this.image.getAttribute("src") !== address) this.image.src = address;
    this.drawing.replaceChildren(...[...(this.list?.children ?? [])].flatMap((row) => this.drawn(row as HTMLElement)));
  }

  private drawn(row: HTMLElement): Element[] {
    const numbers = this.numbers(row);
    if (numbers.some(Number.isNaN)) return [];
    const [a = 0, b = 0, c = 0, d = 0] = numbers;
    const shapes: Record<string, () => [string, Record<string, number | string>] | null> = {
      rect: () => (numbers.length === 4 ? ["rect", { x: a, y: b, width: c - a, height: d - b }] : null),
      circle: () => (numbers.length === 3 ? ["circle", { cx: a, cy: b, r: c }] : null),
      polygon: () => (numbers.length >= 4 ? ["polygon", { points: numbers.join(" ") }] : null),
    };
    const found = shapes[this.shape(row)]?.();
    if (!found) return [];
    const shape = document.createElementNS(NS, found[0]);
    for (const [key, value] of Object.entries(found[1])) shape.setAttribute(key, String(value));
    if (row === this.row) shape.classList.add("area-now");
    return [shape];
  }
}
