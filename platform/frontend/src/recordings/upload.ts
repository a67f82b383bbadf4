/** A file on its way into the folder: in parts, from where the last one ended. */
import { fill, meta } from "../page/strings";
import { clock } from "./times";

const TRIES = 5;
const PAUSE_MS = 1500;

interface Begun {
  part: string;
  part_bytes: number;
  name: string;
  received: number;
  size: number;
}

export function bringFiles(words: Record<string, string>): void {
  const box = document.querySelector<HTMLElement>("[data-upload]");
  const field = box?.querySelector<HTMLInputElement>("input[type=file]");
  if (!box || !field) return;
  box.hidden = false;
  field.addEventListener("change", () => {
    const file = field.files?.[0];
    if (file) void bring(box, field, file, words);
  });
}

async function bring(box: HTMLElement, field: HTMLInputElement, file: File, words: Record<string, string>): Promise<void> {
  const bar = box.querySelector("progress");
  const state = box.querySelector<HTMLElement>("[data-upload-state]");
  if (!bar || !state) return;
  field.disabled = true;
  bar.hidden = false;
  void measure(URL.createObjectURL(file));
  try {
    const begun = await begin(box.dataset.begin ?? "", file);
    let at = begun.received;
    while (at < file.size) {
      at = await part(begun, file, at);
      bar.value = at / file.size;
      state.textContent = fill(words.uploading ?? "", { done: mega(at), all: mega(file.size) });
    }
    choose(begun.name);
    state.textContent = words.uploaded ?? "";
  } catch (error) {
    state.textContent = error instanceof Refused ? error.message : (words.uploadFailed ?? "");
  }
  field.disabled = false;
  field.value = "";
}

class Refused extends Error {}

async function begin(address: string, file: File): Promise<Begun> {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": meta("csrf-token") },
    body: JSON.stringify({ name: file.name, size: file.size }),
  });
  return (await told(answer)) as Begun;
}

/** Sends the part at `at`; returns how much the server has then. */
async function part(begun: Begun, file: File, at: number): Promise<number> {
  for (let tried = 1; ; tried += 1) {
    const body = file.slice(at, at + begun.part_bytes);
    const answer = await fetch(`${begun.part}?offset=${at}`, {
      method: "POST",
      headers: { "Content-Type": "application/octet-stream", Accept: "application/json", "X-CSRFToken": meta("csrf-token") },
      body,
    }).catch(() => null);
    if (answer && answer.status < 500) return ((await told(answer)) as { received: number }).received;
    if (tried === TRIES) throw new Error("no answer");
    await new Promise((done) => setTimeout(done, PAUSE_MS * tried));
  }
}

async function told(answer: Response): Promise<unknown> {
  const said = (await answer.json()) as { error?: { message?: string } };
  if (!answer.ok) throw new Refused(said.error?.message ?? "");
  return said;
}

function choose(name: string): void {
  const list = document.querySelector<HTMLSelectElement>("select[name=file]");
  if (!list) return;
  if (![...list.options].some((one) => one.value === name)) list.add(new Option(name, name));
  list.value = name;
}

/** Fills the length in from the file itself. */
async function measure(address: string): Promise<void> {
  const field = document.querySelector<HTMLInputElement>("input[name=length_ms]");
  const video = document.createElement("video");
  video.preload = "metadata";
  video.src = address;
  await new Promise((done) => {
    video.addEventListener("loadedmetadata", done);
    video.addEventListener("error", done);
  });
  if (field && Number.isFinite(video.duration) && video.duration > 0) field.value = clock(video.duration * 1000);
  URL.revokeObjectURL(address);
}

function mega(bytes: number): string {
  return new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 }).format(bytes / 1e6);
}
