/** What is played: an own file as it is, a stream by the browser or by hls.js where it cannot. */
const HLS = "application/vnd.apple.mpegurl";

export async function load(video: HTMLVideoElement, kind: string, source: string): Promise<void> {
  if (kind !== "hls") return;
  if (video.canPlayType(HLS) && !("MediaSource" in window)) {
    video.src = source;
    return;
  }
  const { default: Hls } = await import("hls.js/light");
  // Our content policy has no room for workers made of text.
  const player = new Hls({ enableWorker: false });
  player.loadSource(source);
  player.attachMedia(video);
}
