import { fill } from "../page/strings";
import { type Point, placed, stepped, within } from "./crosshair";

const MOST = 20;

/** A picture to point at: by a click, or by arrow keys and Enter. The list says the same in words. */
export function pointOnPictures(field: HTMLElement): void {
  const picture = field.querySelector<HTMLElement>(".spot-picture");
  const board = field.querySelector<HTMLButtonElement>(".spot-board");
  const said = field.querySelector<HTMLElement>(".spot-said");
  if (!picture || !board) return;
  const several = field.dataset.several === "yes";
  let points: Point[] = [];
  let at: Point = [500, 500];
  picture.hidden = false;
  field.querySelector(".spot-still")?.remove();
  const cross = layer("spot-cross");
  cross.hidden = true;
  put(cross, at);

  board.addEventListener("click", (event) => {
    if (event.detail === 0) return place(at); // Enter or Space on the button
    const box = board.getBoundingClientRect();
    at = [within((1000 * (event.clientX - box.left)) / box.width), within((1000 * (event.clientY - box.top)) / box.height)];
    place(at);
  });
  board.addEventListener("keydown", (event) => {
    const next = stepped(at, event.key, event.shiftKey);
    if (next) {
      event.preventDefault();
      at = next;
      cross.hidden = false;
      put(cross, at);
      return;
    }
    if (event.key !== "Delete" && event.key !== "Backspace") return;
    event.preventDefault();
    points = points.slice(0, -1);
    draw();
    tell(field.dataset.removed ?? "");
  });
  board.addEventListener("focus", () => (cross.hidden = !board.matches(":focus-visible")));
  board.addEventListener("blur", () => (cross.hidden = true));
  // Who chooses from the list means the list.
  field.addEventListener("change", (event) => {
    if (!(event.target as Element).matches("input[type=radio], input[type=checkbox]")) return;
    points = [];
    draw();
  });

  function place(where: Point): void {
    const before = points.length;
    points = placed(points, where, several).slice(-MOST);
    for (const one of field.querySelectorAll<HTMLInputElement>(".spot-list input")) one.checked = false;
    draw();
    const [x, y] = where.map((one) => `${Math.round(one / 10)} %`);
    tell(points.length < before ? (field.dataset.removed ?? "") : fill(field.dataset.place ?? "", { x: x ?? "", y: y ?? "" }));
  }

  function draw(): void {
    for (const one of field.querySelectorAll(".spot-point, input[data-point]")) one.remove();
    points.forEach((point, number) => {
      const mark = layer("spot-point");
      mark.textContent = String(number + 1);
      put(mark, point);
      const input = document.createElement("input");
      input.type = "hidden";
      input.name = field.dataset.spot ?? "point";
      input.value = point.join(",");
      input.dataset.point = "";
      field.append(input);
    });
  }

  function layer(name: string): HTMLElement {
    const made = document.createElement("span");
    made.className = name;
    made.setAttribute("aria-hidden", "true");
    picture?.append(made);
    return made;
  }

  function put(mark: HTMLElement, [x, y]: Point): void {
    mark.style.left = `${x / 10}%`;
    mark.style.top = `${y / 10}%`;
  }

  function tell(text: string): void {
    if (said) said.textContent = text;
  }
}
