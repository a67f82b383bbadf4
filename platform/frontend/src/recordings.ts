/** A recording's page: its player, what counts of it, its transcript; and the editor's upload. */
import { fill } from "./page/strings";
import { toast } from "./page/toasts";
import { Controls } from "./recordings/controls";
import { playByKeys } from "./recordings/keys";
import type { RecordingData } from "./recordings/protocol";
import { load } from "./recordings/source";
import { clock } from "./recordings/times";
import { Transcript } from "./recordings/transcript";
import { bringFiles } from "./recordings/upload";
import { Watching } from "./recordings/watching";

/** Nearer than so to either end there is nothing to resume. */
const EDGE_MS = 5000;

const data = JSON.parse(document.getElementById("recording")?.textContent ?? "{}") as RecordingData;
const box = document.getElementById("player");
const video = document.getElementById("video");
if (box && video instanceof HTMLVideoElement) play(box, video);
bringFiles(data.words);

function play(player: HTMLElement, media: HTMLVideoElement): void {
  document.querySelector("[data-scriptless]")?.remove();
  const controls = new Controls(player, media, data.words, data.length_ms / 1000);
  const seek = (to: number): void => controls.seek(to);
  const transcript = new Transcript(document.querySelector("[data-transcript]"), data.words, (to) => {
    seek(to);
    if (media.paused) controls.toggle();
  });
  media.addEventListener("timeupdate", () => transcript.follow(media.currentTime * 1000));
  playByKeys(controls, (name, places) => toast(fill(data.words[name] ?? "", places ?? {})));
  void load(media, data.kind, data.source, () => unplayable(data.words.unplayable ?? ""));
  resume(media, seek);
  if (data.counts) new Watching(media, data);
}

/** Says, and leaves standing, that nothing will be played. */
function unplayable(text: string): void {
  const place = document.querySelector<HTMLElement>("[data-trouble]");
  if (!place) return;
  place.textContent = text;
  place.hidden = false;
}

/** Goes to the moment of the address, else to where the member stopped, on any device. */
function resume(media: HTMLVideoElement, seek: (to: number) => void): void {
  const asked = /^#t=(\d{1,6})$/.exec(location.hash)?.[1] ?? new URLSearchParams(location.search).get("t");
  const place = data.status.place_ms;
  const inside = place > EDGE_MS && place < data.length_ms - EDGE_MS;
  const go = (): void => {
    if (asked !== null && /^\d{1,6}$/.test(asked)) seek(Number(asked));
    else if (inside) {
      seek(place / 1000);
      toast(fill(data.words.resumed ?? "", { time: clock(place) }));
    }
  };
  if (media.readyState >= HTMLMediaElement.HAVE_METADATA) go();
  else media.addEventListener("loadedmetadata", go, { once: true });
  window.addEventListener("hashchange", () => {
    const at = /^#t=(\d{1,6})$/.exec(location.hash)?.[1];
    if (at !== undefined) seek(Number(at));
  });
}
