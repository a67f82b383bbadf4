/** A card or a panel over the screen: opens, closes by its cross or Escape, gives the focus back. */
import { icon } from "../page/icon";
import { type Child, el, write } from "../race/dom";
import { redraw } from "./parts";

const NARROW = "(max-width: 56rem)";

export class Sheet {
  readonly node: HTMLDialogElement;
  readonly #title: HTMLElement;
  readonly #kicker: HTMLElement;
  readonly #body: HTMLElement;
  #back: { element: HTMLElement | null; key: string } = { element: null, key: "" };

  /** `modal` sheets hide everything else where the screen is narrow. */
  constructor(
    readonly name: string,
    closeText: string,
    readonly modal: boolean,
    readonly onClose: () => void = () => undefined,
  ) {
    const id = `work-${name}-title`;
    this.#title = el("h2", { id, tabindex: "-1" });
    this.#kicker = el("p", { class: "work-kicker" });
    this.#body = el("div", { class: "work-sheet-body" });
    const close = el("button", { type: "button", class: "work-close", "aria-label": closeText, "data-key": "close" }, icon("x"));
    close.addEventListener("click", () => this.close());
    this.node = el(
      "dialog",
      { class: `work-sheet work-${name}`, "aria-labelledby": id },
      el("div", { class: "work-sheet-head" }, el("div", {}, this.#kicker, this.#title), close),
      this.#body,
    );
    this.node.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.close();
    });
    this.node.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      this.close();
    });
  }

  get open(): boolean {
    return this.node.open;
  }

  /** Opens with the focus on its title; what had the focus gets it back later. */
  show(kicker: string, title: string, body: readonly Child[]): void {
    if (!this.node.open) {
      const element = document.activeElement as HTMLElement | null;
      this.#back = { element, key: element?.dataset.key ?? "" };
      if (this.modal && matchMedia(NARROW).matches) this.node.showModal();
      else this.node.show();
    }
    this.draw(kicker, title, body);
    this.#body.scrollTop = 0;
    this.#title.focus({ preventScroll: true });
  }

  /** Brings what is shown up to date. */
  draw(kicker: string, title: string, body: readonly Child[]): void {
    write(this.#kicker, kicker);
    write(this.#title, title);
    redraw(this.#body, body);
  }

  close(): void {
    if (!this.node.open) return;
    const { element, key } = this.#back;
    const again = element?.isConnected && element !== document.body ? element : key ? document.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`) : null;
    this.node.close();
    again?.focus({ preventScroll: true });
    this.onClose();
  }
}
