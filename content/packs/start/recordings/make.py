# ruff: noqa: INP001 - a program beside its data
"""Draw the films of this folder and write their subtitles and `recordings.yaml`.

``python content/packs/start/recordings/make.py`` needs Chromium and Playwright. Slides are drawn on
a canvas, encoded as VP9 by the browser and put into WebM here, with its length and an index, so
that players can jump. Everything is ours: the words, the drawing and the film.
"""

import base64
import shutil
import struct
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
WIDTH, HEIGHT, FPS = 960, 540, 5
FONTS = HERE.parents[3] / "platform/frontend/node_modules/@fontsource-variable/inter/files"
LETTERS_PER_S = 11
LEAST_MS = 3000
PAUSE_MS = 1000

DRAW = """
async ({slides, width, height, fps, title, poster, fonts}) => {
  for (const [data, range] of fonts) {
    const face = new FontFace("Inter", `url(data:font/woff2;base64,${data})`,
                              {weight: "100 900", unicodeRange: range});
    document.fonts.add(await face.load());
  }
  const canvas = new OffscreenCanvas(width, height);
  const c = canvas.getContext("2d");
  const font = (size, weight = 400) => `${weight} ${size}px Inter, "DejaVu Sans", sans-serif`;
  const wrap = (text, most) => {
    const lines = [""];
    for (const word of text.split(" ")) {
      const next = (lines.at(-1) + " " + word).trim();
      if (c.measureText(next).width > most) lines.push(word); else lines[lines.length - 1] = next;
    }
    return lines;
  };
  const paint = (slide, inside, whole, number) => {
    c.fillStyle = "#06121e"; c.fillRect(0, 0, width, height);
    const glow = c.createRadialGradient(width * .85, -60, 20, width * .85, -60, 620);
    glow.addColorStop(0, "#15405f"); glow.addColorStop(1, "rgb(6 18 30 / 0)");
    c.fillStyle = glow; c.fillRect(0, 0, width, height);
    c.fillStyle = "#a5bfd3"; c.font = font(20, 500); c.fillText(title, 64, 68);
    c.fillStyle = "#f1f7fc"; c.font = font(slide.points.length ? 50 : 64, 700);
    const lines = wrap(slide.head, width - 128);
    const top = slide.points.length ? 150 : 250;
    lines.forEach((line, i) => c.fillText(line, 64, top + i * 60));
    slide.points.forEach((point, i) => {
      const shown = Math.min(1, Math.max(0, (inside - .06 - i * .13) * 9));
      if (shown <= 0) return;
      c.globalAlpha = shown;
      const y = top + 76 + (lines.length - 1) * 60 + i * 54;
      c.fillStyle = "#ffc52e"; c.beginPath(); c.arc(80, y - 10, 11, 0, 7); c.fill();
      c.strokeStyle = "#1a1200"; c.lineWidth = 3; c.beginPath();
      c.moveTo(75, y - 10); c.lineTo(79, y - 6); c.lineTo(86, y - 15); c.stroke();
      c.fillStyle = "#f1f7fc"; c.font = font(30, 450); c.fillText(point, 112, y);
      c.globalAlpha = 1;
    });
    for (let i = 0; i < slides.length; i++) {
      c.beginPath(); c.arc(70 + i * 26, height - 34, 7, 0, 7);
      c.fillStyle = i < number ? "#f1f7fc" : "#0c2031"; c.fill();
      c.lineWidth = 2; c.strokeStyle = i === number ? "#ffc52e" : "#5a7d9c"; c.stroke();
    }
    c.fillStyle = "#1b3851"; c.fillRect(0, height - 6, width, 6);
    c.fillStyle = "#ffc52e"; c.fillRect(0, height - 6, width * whole, 6);
  };
  const total = slides.at(-1).to_ms;
  if (poster) {
    paint(slides[poster.slide], 1, 0, poster.slide);
    const blob = await canvas.convertToBlob({type: "image/webp", quality: .82});
    const bytes = new Uint8Array(await blob.arrayBuffer());
    return {poster: btoa(String.fromCharCode(...bytes))};
  }
  const chunks = [];
  const encoder = new VideoEncoder({
    output: (chunk) => {
      const bytes = new Uint8Array(chunk.byteLength); chunk.copyTo(bytes);
      let text = ""; for (const one of bytes) text += String.fromCharCode(one);
      chunks.push({at: chunk.timestamp / 1000, key: chunk.type === "key", data: btoa(text)});
    },
    error: (error) => { throw error; },
  });
  encoder.configure({codec: "vp09.00.30.08", width, height, framerate: fps, bitrate: 50000,
                     bitrateMode: "variable", latencyMode: "quality"});
  let before = -1;
  for (let frame = 0; frame * 1000 / fps < total; frame++) {
    const at = frame * 1000 / fps;
    const number = slides.findIndex((one) => at < one.to_ms);
    const slide = slides[number];
    paint(slide, (at - slide.from_ms) / (slide.to_ms - slide.from_ms), at / total, number);
    const image = new VideoFrame(canvas, {timestamp: at * 1000, duration: 1e6 / fps});
    encoder.encode(image, {keyFrame: number !== before || frame % (fps * 10) === 0});
    image.close(); before = number;
    if (encoder.encodeQueueSize > 20) await new Promise((done) => setTimeout(done, 20));
  }
  await encoder.flush();
  return {chunks};
}
"""


# -- WebM: https://www.matroska.org/technical/elements.html ---------------------------------------


def element(name: str, content: bytes) -> bytes:
    """Return one EBML element; ``name`` is its id in hexadecimal."""
    return bytes.fromhex(name) + (len(content) | 1 << 56).to_bytes(8) + content


def number(value: int) -> bytes:
    """Return an unsigned number in as few bytes as it takes."""
    return value.to_bytes(max(1, (value.bit_length() + 7) // 8))


def webm(chunks: Sequence[dict[str, Any]], length_ms: int) -> bytes:
    """Return a film of one VP9 track: a cluster at every key frame, an index of all of them."""
    head = element(
        "1A45DFA3",
        element("4286", b"\x01")
        + element("42F7", b"\x01")
        + element("42F2", b"\x04")
        + element("42F3", b"\x08")
        + element("4282", b"webm")
        + element("4287", b"\x04")
        + element("4285", b"\x02"),
    )
    info = element(
        "1549A966",
        element("2AD7B1", number(1_000_000))
        + element("4489", struct.pack(">d", float(length_ms)))
        + element("4D80", b"PSOT")
        + element("5741", b"PSOT"),
    )
    video = element("B0", number(WIDTH)) + element("BA", number(HEIGHT))
    tracks = element(
        "1654AE6B",
        element(
            "AE",
            element("D7", b"\x01")
            + element("73C5", b"\x01")
            + element("83", b"\x01")
            + element("86", b"V_VP9")
            + element("E0", video),
        ),
    )
    groups: list[list[dict[str, Any]]] = []
    for chunk in chunks:
        if chunk["key"]:
            groups.append([])
        groups[-1].append(chunk)
    clusters = [(round(group[0]["at"]), cluster(group)) for group in groups]
    cues = index(clusters, 0)
    start = len(info) + len(tracks) + len(cues)
    body = info + tracks + index(clusters, start) + b"".join(data for _at, data in clusters)
    return head + element("18538067", body)


def cluster(group: Sequence[dict[str, Any]]) -> bytes:
    """Return one cluster: its moment and its frames."""
    at = round(group[0]["at"])
    blocks = [
        element(
            "A3",
            b"\x81"
            + struct.pack(">h", round(one["at"]) - at)
            + (b"\x80" if one["key"] else b"\x00")
            + base64.b64decode(one["data"]),
        )
        for one in group
    ]
    return element("1F43B675", element("E7", number(at)) + b"".join(blocks))


def index(clusters: Sequence[tuple[int, bytes]], start: int) -> bytes:
    """Return the cues: where each cluster begins, in as many bytes whatever ``start`` is."""
    points, place = [], start
    for at, data in clusters:
        where = element("F7", b"\x01") + element("F1", place.to_bytes(6))
        points.append(element("BB", element("B3", at.to_bytes(4)) + element("B7", where)))
        place += len(data)
    return element("1C53BB6B", b"".join(points))


# -- what is shown and said -----------------------------------------------------------------------


def timed(film: dict[str, Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return slides and lines with their moments, as long as reading takes."""
    slides: list[dict[str, Any]] = []
    said: list[dict[str, Any]] = []
    at = 1000
    for slide in film["slides"]:
        from_ms = at if slides else 0
        for line in slide["said"]:
            long_ms = max(LEAST_MS, len(line["ru"]) * 1000 // LETTERS_PER_S)
            said.append({"from_ms": at, "to_ms": at + long_ms, **line})
            at += long_ms + PAUSE_MS
        at += PAUSE_MS
        slides.append({**slide, "from_ms": from_ms, "to_ms": at})
    return slides, said


def fonts() -> list[tuple[str, str]]:
    """Return the product's own letters, Latin and Cyrillic, as the front end carries them."""
    ranges = {"latin": "U+0000-02FF, U+2000-22FF", "cyrillic": "U+0400-04FF, U+2116"}
    return [
        (base64.b64encode((FONTS / f"inter-{name}-wght-normal.woff2").read_bytes()).decode(), one)
        for name, one in ranges.items()
    ]


def subtitles(said: Sequence[dict[str, Any]], language: str) -> str:
    """Return WebVTT."""
    blocks = [
        f"{moment(one['from_ms'])} --> {moment(one['to_ms'])}\n{one[language]}\n" for one in said
    ]
    return "\n".join(["WEBVTT\n", *blocks])


def moment(ms: int) -> str:
    """Return a moment as WebVTT writes it."""
    return f"00:{ms // 60_000:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"


def described(film: dict[str, Any], slides: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the entry of ``recordings.yaml``."""
    slug = film["slug"]
    return {
        "slug": slug,
        "title": film["title"],
        "about": film["about"],
        "speaker": film["speaker"],
        "topics": [film["topic"]],
        "language": "ru",
        "recorded_on": film["recorded_on"],
        "length_ms": slides[-1]["to_ms"],
        "file": f"{slug}.webm",
        "poster": f"{slug}.webp",
        "chapters": [
            {"at_ms": one["from_ms"], "title": one["chapter"]} for one in slides if "chapter" in one
        ],
        "subtitles": {"ru": f"{slug}.ru.vtt", "en": f"{slug}.en.vtt"},
    }


def main() -> None:
    """Make everything anew."""
    films = yaml.safe_load((HERE / "slides.yaml").read_text(encoding="utf-8"))
    listed = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        page = browser.new_page()
        page.route("**/*", lambda route: route.fulfill(body="", content_type="text/html"))
        page.goto("http://localhost/")
        for film in films:
            slides, said = timed(film)
            asked = {
                "slides": [
                    {name: one[name] for name in ("head", "points", "from_ms", "to_ms")}
                    for one in slides
                ],
                "width": WIDTH,
                "height": HEIGHT,
                "fps": FPS,
                "title": "ПСОТ · видео",
                "fonts": fonts(),
                "poster": None,
            }
            made = page.evaluate(DRAW, asked)
            film_bytes = webm(made["chunks"], slides[-1]["to_ms"])
            (HERE / f"{film['slug']}.webm").write_bytes(film_bytes)
            poster = page.evaluate(DRAW, {**asked, "poster": {"slide": film.get("poster", 0)}})
            (HERE / f"{film['slug']}.webp").write_bytes(base64.b64decode(poster["poster"]))
            for language in ("ru", "en"):
                text = subtitles(said, language)
                (HERE / f"{film['slug']}.{language}.vtt").write_text(text, encoding="utf-8")
            listed.append(described(film, slides))
            sys.stdout.write(f"{film['slug']}: {len(film_bytes)} bytes\n")
        browser.close()
    text = yaml.safe_dump(listed, allow_unicode=True, sort_keys=False, width=100)
    note = "# Written by make.py from slides.yaml.\n"
    (HERE / "recordings.yaml").write_text(note + text, encoding="utf-8")


if __name__ == "__main__":
    main()
