/** Points the icon inside `holder` at another drawing of the same sprite. */
export function setIcon(holder: Element, name: string): void {
  const use = holder.querySelector("use");
  const sprite = use?.getAttribute("href")?.split("#")[0];
  if (use && sprite) use.setAttribute("href", `${sprite}#${name}`);
}

/** Returns an icon like the ones the server rendered; empty where the page carries none. */
export function icon(name: string): SVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  const sprite = document.querySelector("svg.icon use")?.getAttribute("href")?.split("#")[0] ?? "";
  use.setAttribute("href", `${sprite}#${name}`);
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}
