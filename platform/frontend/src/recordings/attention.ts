/** The check of attention: a dialog with one button, open as long as the server says. */
import { fill } from "../page/strings";
import { toast } from "../page/toasts";
import type { Answer, CheckOpen, Status } from "./protocol";
import { post } from "./wire";

export class Attention {
  readonly #dialog = document.getElementById("attention") as HTMLDialogElement | null;
  #open: CheckOpen | null = null;
  #endsAt = 0;
  #timer = 0;

  constructor(
    readonly words: Record<string, string>,
    readonly told: (status: Status) => void,
  ) {
    this.#button?.addEventListener("click", () => void this.#answer());
    // Escape must not look like an answer, nor take the question away.
    this.#dialog?.addEventListener("cancel", (event) => event.preventDefault());
  }

  /** Shows the check that waits, or none. */
  show(check: CheckOpen | null): void {
    if (!this.#dialog || check?.id === this.#open?.id) return;
    this.#close();
    if (!check) return;
    this.#open = check;
    this.#endsAt = performance.now() + check.left_ms;
    this.#dialog.showModal();
    this.#button?.focus();
    this.#count();
    this.#timer = window.setInterval(() => this.#count(), 1000);
  }

  get #button(): HTMLButtonElement | null {
    return this.#dialog?.querySelector<HTMLButtonElement>("[data-attention=answer]") ?? null;
  }

  #count(): void {
    const left = Math.ceil((this.#endsAt - performance.now()) / 1000);
    const place = this.#dialog?.querySelector("[data-attention=left]");
    if (place) place.textContent = fill(this.words.left ?? "", { count: Math.max(0, left) });
    if (left > 0) return;
    this.#close();
    toast(this.words.missed ?? "");
  }

  async #answer(): Promise<void> {
    const check = this.#open;
    const button = this.#button;
    if (!check || !button || button.disabled) return;
    button.disabled = true;
    const answer = await post(check.answer, {}).catch(() => null);
    button.disabled = false;
    // Without an answer the dialog stays: another press, or the end of its time.
    if (!answer) return;
    this.#close(check);
    if (!answer.ok) {
      toast(this.words.missed ?? "");
      return;
    }
    const { status } = (await answer.json()) as Answer;
    this.told(status);
    toast(this.words[status.pending_ms ? "answeredWaits" : "answered"] ?? "");
  }

  #close(done: CheckOpen | null = null): void {
    window.clearInterval(this.#timer);
    this.#open = done;
    if (this.#dialog?.open) this.#dialog.close();
  }
}
