/** Small pieces of a page that change in place: nothing is written that already stands there. */

export function part<K extends keyof HTMLElementTagNameMap>(tag: K, className: string, text = ""): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.className = className;
  if (text) element.textContent = text;
  return element;
}

export function write(element: Element | null | undefined, text: string): void {
  if (element && element.textContent !== text) element.textContent = text;
}

export function mark(element: Element, className: string): void {
  if (element.getAttribute("class") !== className) element.setAttribute("class", className);
}

export function find<T extends Element>(selector: string, root: ParentNode = document): T {
  const found = root.querySelector<T>(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return found;
}

export const still = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches || document.hidden;
