"""A film for tests of streams: the browser draws and records it, here it becomes a stream.

MediaRecorder writes fragmented MP4 (ISO/IEC 14496-12): ``ftyp`` and ``moov`` say how to read it,
and every pair of ``moof`` and ``mdat`` is a part that begins with a whole picture. That is what
RFC 8216 wants, so cutting is a matter of boxes; a longer film is the same parts again, later.
"""

import base64
import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Browser

PLAY_LIST = "index.m3u8"
# What a recorder of Chromium may be able to write; which it is depends on how it was built.
KINDS = ["video/mp4;codecs=avc1", "video/mp4;codecs=vp9", "video/mp4;codecs=av01"]
SECONDS = 6

_RECORD = """async ({ kinds, seconds }) => {
  const kind = kinds.find((one) => MediaRecorder.isTypeSupported(one));
  if (!kind) return "";
  const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 180 });
  const pen = canvas.getContext("2d");
  let drawn = 0;
  const draw = () => {
    pen.fillStyle = `hsl(${(drawn * 7) % 360} 60% 40%)`;
    pen.fillRect(0, 0, 320, 180);
    pen.fillStyle = "#fff";
    pen.font = "60px sans-serif";
    pen.fillText(String(drawn++), 40, 110);
  };
  draw();
  const drawing = setInterval(draw, 100);
  const recorder = new MediaRecorder(canvas.captureStream(10), {
    mimeType: kind,
    videoKeyFrameIntervalDuration: 1000,
  });
  const taken = [];
  recorder.ondataavailable = (event) => taken.push(event.data);
  const stopped = new Promise((done) => (recorder.onstop = done));
  recorder.start(1000);
  await new Promise((done) => setTimeout(done, seconds * 1000));
  recorder.stop();
  await stopped;
  clearInterval(drawing);
  const bytes = new Uint8Array(await new Blob(taken).arrayBuffer());
  return btoa(Array.from(bytes, (one) => String.fromCharCode(one)).join(""));
}"""


@dataclass(frozen=True)
class Part:
    """A ``moof`` with its ``mdat``, and how many ticks of the film it lasts."""

    data: bytes
    lasts: int

    def at(self, ticks: int) -> bytes:
        """Return the part as it is where it begins at ``ticks``.

        The recorder leaves a hole after each part, where it waits for the next picture.
        """
        start, _end = _inside(self.data, "moof", "traf", "tfdt")
        wide = self.data[start] == 1
        place = start + 4
        moved = struct.pack(">Q" if wide else ">I", ticks)
        return self.data[:place] + moved + self.data[place + len(moved) :]


@dataclass(frozen=True)
class Film:
    """What was recorded: how to read it, its parts, and ticks a second."""

    head: bytes
    parts: tuple[Part, ...]
    ticks_s: int

    @property
    def ticks(self) -> int:
        """How long it lasts, in ticks."""
        return sum(part.lasts for part in self.parts)

    def stream(self, length_s: float) -> tuple[dict[str, bytes], float]:
        """Return the files of a stream of at least ``length_s``, and its length in seconds."""
        times = math.ceil(length_s * self.ticks_s / self.ticks)
        files = {"init.mp4": self.head}
        longest = max(part.lasts for part in self.parts) / self.ticks_s
        lines = [
            "#EXTM3U",
            "#EXT-X-VERSION:7",
            f"#EXT-X-TARGETDURATION:{math.ceil(longest)}",
            "#EXT-X-PLAYLIST-TYPE:VOD",
            '#EXT-X-MAP:URI="init.mp4"',
        ]
        begins = 0
        for part in self.parts * times:
            name = f"part-{len(files):03}.m4s"
            files[name] = part.at(begins)
            lines += [f"#EXTINF:{part.lasts / self.ticks_s:.6f},", name]
            begins += part.lasts
        lines.append("#EXT-X-ENDLIST\n")
        files[PLAY_LIST] = "\n".join(lines).encode()
        return files, begins / self.ticks_s


def record(browser: Browser) -> Film:
    """Return a film of some seconds that the browser has drawn and recorded itself."""
    page = browser.new_page()
    try:
        taken: str = page.evaluate(_RECORD, {"kinds": KINDS, "seconds": SECONDS})
    finally:
        page.close()
    assert taken, f"this browser records none of {KINDS}"
    return _cut(base64.b64decode(taken))


def _cut(data: bytes) -> Film:
    head, parts, moof = b"", [], b""
    for kind, start, end in _boxes(data, 0, len(data)):
        box = data[start:end]
        if kind in ("ftyp", "moov"):
            head += box
        elif kind == "moof":
            moof = box
        elif kind == "mdat":
            parts.append(_part(moof + box))
    start, _end = _inside(head, "moov", "trak", "mdia", "mdhd")
    (ticks_s,) = struct.unpack_from(">I", head, start + (20 if head[start] == 1 else 12))
    assert len(parts) > 1, "the film has too few parts to be a stream"
    return Film(head, tuple(parts), ticks_s)


def _part(data: bytes) -> Part:
    at, _end = _inside(data, "moof", "traf", "trun")
    marks, count = struct.unpack_from(">II", data, at)
    assert marks & 0x100, "the parts do not say how long their pictures last"
    # A row holds, where marked: how long the picture lasts, its size, its marks, its shift.
    wide = 4 * (marks >> 8 & 0xF).bit_count()
    first = at + 8 + 4 * bool(marks & 0x1) + 4 * bool(marks & 0x4)
    rows = range(first, first + wide * count, wide)
    return Part(data, sum(struct.unpack_from(">I", data, row)[0] for row in rows))


def _boxes(data: bytes, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield the kind, the first byte and the end of each box between ``start`` and ``end``."""
    while start < end:
        size, kind = struct.unpack_from(">I4s", data, start)
        assert 8 <= size <= end - start, "a box of no size that could be"
        yield kind.decode(), start, start + size
        start += size


def _inside(data: bytes, *path: str) -> tuple[int, int]:
    """Return where the content of the box at ``path`` begins and ends."""
    start, end = 0, len(data)
    for wanted in path:
        start, end = next(
            (at + 8, to) for kind, at, to in _boxes(data, start, end) if kind == wanted
        )
    return start, end
