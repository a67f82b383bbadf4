import { fill } from "../page/strings";
import { moved, placeAt } from "./reorder";

/** Lines that are put in order by buttons, arrow keys and dragging; the selects keep the places. */
export function orderByMoving(field: HTMLElement): void {
  const list = field.querySelector<HTMLElement>(".order-items");
  const said = field.querySelector<HTMLElement>("[data-moved]");
  if (!list) return;
  const items = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>(".order-item")];
  const given = items().map((item) => Number(select(item).value) || Infinity);
  arrange(items().map((item, at) => ({ item, place: given[at] ?? Infinity })).sort((a, b) => a.place - b.place).map((one) => one.item));
  field.classList.add("order-live");
  for (const part of field.querySelectorAll<HTMLElement>(".order-moves, .order-place")) part.hidden = false;

  list.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-move]");
    const item = button?.closest<HTMLElement>(".order-item");
    if (button && item) step(item, Number(button.dataset.move), button);
  });
  list.addEventListener("keydown", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-move]");
    const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    if (!button || !by) return;
    event.preventDefault();
    step(button.closest<HTMLElement>(".order-item") as HTMLElement, by, button);
  });
  list.addEventListener("pointerdown", (event) => {
    const item = (event.target as Element).closest<HTMLElement>(".order-item");
    if (!item || (event.target as Element).closest("button, select") || event.button !== 0) return;
    drag(item, event);
  });

  function select(item: HTMLElement): HTMLSelectElement {
    return item.querySelector("select") as HTMLSelectElement;
  }

  function arrange(order: readonly HTMLElement[]): void {
    if (items().some((item, at) => item !== order[at])) list?.replaceChildren(...order);
    order.forEach((item, at) => {
      select(item).value = String(at + 1);
      const place = item.querySelector(".order-place");
      if (place) place.textContent = String(at + 1);
      for (const button of item.querySelectorAll<HTMLElement>("[data-move]")) {
        const blocked = button.dataset.move === "-1" ? at === 0 : at === order.length - 1;
        button.setAttribute("aria-disabled", String(blocked));
      }
    });
  }

  function tell(item: HTMLElement): void {
    const text = item.querySelector(".order-text")?.textContent ?? "";
    if (said) said.textContent = fill(said.dataset.moved ?? "", { text, place: items().indexOf(item) + 1 });
  }

  function step(item: HTMLElement, by: number, button: HTMLElement): void {
    const now = items();
    arrange(moved(now, now.indexOf(item), now.indexOf(item) + by));
    button.focus();
    tell(item);
  }

  function drag(item: HTMLElement, start: PointerEvent): void {
    start.preventDefault();
    item.setPointerCapture(start.pointerId);
    item.classList.add("order-dragged");
    const move = (event: PointerEvent): void => {
      const others = items().filter((one) => one !== item);
      const middles = others.map((one) => one.getBoundingClientRect()).map((box) => box.top + box.height / 2);
      const now = items();
      arrange(moved(now, now.indexOf(item), placeAt(event.clientY, middles)));
    };
    const end = (): void => {
      item.removeEventListener("pointermove", move);
      item.classList.remove("order-dragged");
      tell(item);
    };
    item.addEventListener("pointermove", move);
    item.addEventListener("pointerup", end, { once: true });
    item.addEventListener("pointercancel", end, { once: true });
  }
}
