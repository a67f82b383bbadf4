/** What is played: an own file as it is, a stream by the browser or by hls.js where it cannot. */
import { backoff } from "../board/retry";

const HLS = "application/vnd.apple.mpegurl";
/** Until it is played, a stream is only begun, as a file is: hls.js would fetch ten minutes of it. */
const BEGUN_S = 1;
const FIRST_PAUSE_MS = 1000;
const MOST_REPAIRS = 3;
const LOST = /Load(Error|TimeOut)$/;
const REFUSED = 400;
const TROUBLED = 500;

/** Loads what `source` is; `fail` is called where it can never be played. */
export async function load(video: HTMLVideoElement, kind: string, source: string, fail: () => void): Promise<void> {
  if (kind !== "hls") return watch(video, fail);
  if (video.canPlayType(HLS) && !("MediaSource" in window)) {
    watch(video, fail);
    video.src = source;
    return;
  }
  const loaded = await import("hls.js/light").catch(() => null);
  if (!loaded?.default.isSupported()) return fail();
  stream(loaded.default, video, source, fail);
}

/** A file that is none is told by the element, or by its source; it may be over before we listen. */
function watch(video: HTMLVideoElement, fail: () => void): void {
  if (video.error || video.networkState === HTMLMediaElement.NETWORK_NO_SOURCE) return fail();
  const told = (event: Event): void => {
    if (event.target instanceof HTMLTrackElement) return;
    video.removeEventListener("error", told, true);
    fail();
  };
  video.addEventListener("error", told, true);
}

function stream(Hls: typeof import("hls.js").default, video: HTMLVideoElement, source: string, fail: () => void): void {
  // Our content policy has no room for workers made of text.
  const player = new Hls({ enableWorker: false });
  const ahead = player.config.maxMaxBufferLength;
  if (video.paused) player.config.maxMaxBufferLength = BEGUN_S;
  video.addEventListener("play", () => (player.config.maxMaxBufferLength = ahead), { once: true });

  let failures = 0;
  const again = (): void => {
    if (player.levels.length) player.startLoad();
    else player.loadSource(source);
  };
  player.on(Hls.Events.FRAG_BUFFERED, () => (failures = 0));
  player.on(Hls.Events.ERROR, (_name, fault) => {
    if (!fault.fatal) return;
    failures += 1;
    const status = fault.response?.code ?? 0;
    const lost = LOST.test(fault.details) && (status < REFUSED || status >= TROUBLED);
    // hls.js has tried for a while and stopped; a connection may take longer to come back.
    if (lost) window.setTimeout(again, backoff(FIRST_PAUSE_MS, failures - 1));
    else if (fault.type === Hls.ErrorTypes.MEDIA_ERROR && failures <= MOST_REPAIRS) player.recoverMediaError();
    else {
      player.destroy();
      fail();
    }
  });
  player.loadSource(source);
  player.attachMedia(video);
}
