"""WebVTT, read strictly and written anew: only plain cues with their times leave this module.

Source: W3C WebVTT, the file structure of section 4. Styles, regions, settings and tags are left
out: they move or colour text, and nothing of a file that somebody sent reaches a page as it came.
"""

import html
import re
from collections.abc import Iterable, Sequence

from flask_babel import lazy_gettext as _

from psot.recordings.errors import BadSubtitles
from psot.recordings.values import Cue

LARGEST_BYTES = 600_000
MOST_CUES = 8_000
LONGEST_CUE = 500
_TIMES = re.compile(
    r"(?:(\d{2,3}):)?([0-5]\d):([0-5]\d)\.(\d{3})[ \t]+-->[ \t]+"
    r"(?:(\d{2,3}):)?([0-5]\d):([0-5]\d)\.(\d{3})(?:[ \t]+.*)?",
    re.ASCII,
)
_TAG = re.compile(r"<[^>]{0,200}>")
_SKIPPED = ("NOTE", "STYLE", "REGION")


def decode(data: bytes) -> str:
    """Return the text of a file; raises BadSubtitles where it is too long or no UTF-8."""
    if len(data) > LARGEST_BYTES:
        raise BadSubtitles(_("The subtitles are larger than 600 KB."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadSubtitles(_("The subtitles are not in UTF-8.")) from error


def read(text: str) -> list[Cue]:
    """Return the cues of a WebVTT ``text`` by their time; raises BadSubtitles naming the line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        raise BadSubtitles(_("The first line of subtitles is WEBVTT."))
    cues: list[Cue] = []
    for number, block in _blocks(lines):
        if block[0].split(" ")[0] in _SKIPPED:
            continue
        cue = _cue(number, block)
        if cue is not None:
            cues.append(cue)
        if len(cues) > MOST_CUES:
            raise BadSubtitles(_("These are too many subtitles for one recording."))
    if not cues:
        raise BadSubtitles(_("There is not one subtitle in the file."))
    return sorted(cues, key=lambda one: (one.from_ms, one.to_ms))


def write(cues: Iterable[Cue]) -> str:
    """Return ``cues`` as WebVTT."""
    blocks = [
        f"{_clock(one.from_ms)} --> {_clock(one.to_ms)}\n{html.escape(one.text, quote=False)}\n"
        for one in cues
    ]
    return "\n".join(["WEBVTT\n", *blocks])


def _blocks(lines: Sequence[str]) -> Iterable[tuple[int, list[str]]]:
    block: list[str] = []
    start = 1
    for number, line in enumerate([*lines[1:], ""], 2):
        if line.strip():
            start = start if block else number
            block.append(line)
        elif block:
            yield start, block
            block = []


def _cue(number: int, block: list[str]) -> Cue | None:
    at = 0 if "-->" in block[0] else 1
    found = _TIMES.fullmatch(block[at].strip()) if at < len(block) else None
    if found is None:
        if number == 2 and not any("-->" in line for line in block):  # noqa: PLR2004 - the header goes on in line 2
            return None
        raise BadSubtitles(_("Line %(number)s: no times of a subtitle.", number=number + at))
    parts = [int(part or 0) for part in found.groups()]
    start, end = _ms(parts[:4]), _ms(parts[4:])
    if end <= start:
        message = _("Line %(number)s: the subtitle ends before it begins.", number=number + at)
        raise BadSubtitles(message)
    words = html.unescape(_TAG.sub("", "\n".join(block[at + 1 :])))
    plain = " ".join(words.split())
    if len(plain) > LONGEST_CUE:
        raise BadSubtitles(_("Line %(number)s: the subtitle is too long.", number=number + at))
    return Cue(from_ms=start, to_ms=end, text=plain) if plain else None


def _ms(parts: Sequence[int]) -> int:
    hours, minutes, seconds, thousandths = parts
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def _clock(ms: int) -> str:
    seconds, thousandths = divmod(ms, 1000)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}:{second:02}.{thousandths:03}"
