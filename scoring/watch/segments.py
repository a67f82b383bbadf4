"""What was played, as the xAPI video profile writes it: ``0[.]12.5[,]30[.]45``, in seconds.

Source: xAPI Video Profile 1.0, the extension ``played-segments``.
"""

import re
from collections.abc import Iterable

from scoring.watch.spans import Span

MOST_SEGMENTS = 100
LONGEST_TEXT = 3000
_SEGMENT = re.compile(r"(\d{1,6})(?:\.(\d{1,3}))?\[\.\](\d{1,6})(?:\.(\d{1,3}))?", re.ASCII)


class BadSegments(ValueError):  # noqa: N818 - read as a sentence: raise BadSegments(...)
    """A text that says nothing about what was played; says why."""


def read_segments(text: str) -> list[Span]:
    """Return the segments of ``text`` in the order played, in milliseconds; empty ones are left.

    Raises BadSegments for anything but decimal seconds to three places, for a segment that runs
    backwards, and for more of them than one report can hold.

    >>> read_segments("0[.]12.5[,]30[.]45")
    [(0, 12500), (30000, 45000)]
    """
    if not text:
        return []
    parts = text.split("[,]") if len(text) <= LONGEST_TEXT else []
    if not 0 < len(parts) <= MOST_SEGMENTS:
        raise BadSegments("too many segments for one report")
    found = [_segment(part) for part in parts]
    return [span for span in found if span[0] < span[1]]


def write_segments(spans: Iterable[Span]) -> str:
    """Return ``spans`` as the profile writes them.

    >>> write_segments([(0, 12500), (30000, 45000)])
    '0[.]12.5[,]30[.]45'
    """
    return "[,]".join(f"{_seconds(start)}[.]{_seconds(end)}" for start, end in spans)


def _segment(text: str) -> Span:
    found = _SEGMENT.fullmatch(text)
    if found is None:
        raise BadSegments(f"{text!r} is no segment")
    whole_from, part_from, whole_to, part_to = found.groups(default="")
    start, end = _ms(whole_from, part_from), _ms(whole_to, part_to)
    if end < start:
        raise BadSegments(f"{text!r} runs backwards")
    return (start, end)


def _ms(whole: str, part: str) -> int:
    return int(whole) * 1000 + int(part.ljust(3, "0"))


def _seconds(ms: int) -> str:
    whole, part = divmod(ms, 1000)
    return f"{whole}.{part:03}".rstrip("0").rstrip(".")
