"""A race as an entry of a calendar (RFC 5545)."""

from datetime import UTC, datetime, timedelta

from psot.races.stages import Stage
from psot.races.values import RaceView

LONGEST_LINE = 75
USUAL = timedelta(hours=1)


def calendar(race: RaceView, *, address: str, now: datetime) -> str:
    """Return ``race`` as a file of one event; ``address`` is its page.

    Raises ValueError for a race without a start.
    """
    starts = race.zero_at or race.starts_at
    if starts is None:
        raise ValueError(f"race {race.id} has no start yet")
    ends = race.closes_at if race.closes_at and race.closes_at > starts else starts + USUAL
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//PSOT//Biathlon//RU",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{race.id}@psot",
        f"SEQUENCE:{race.version}",
        f"DTSTAMP:{_moment(now)}",
        f"DTSTART:{_moment(starts)}",
        f"DTEND:{_moment(ends)}",
        f"SUMMARY:{_text(race.title)}",
        f"DESCRIPTION:{_text(race.description or address)}",
        f"URL:{address}",
        f"STATUS:{'CANCELLED' if race.stage is Stage.CANCELLED else 'CONFIRMED'}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{folded}\r\n" for line in lines for folded in fold(line))


def fold(line: str) -> list[str]:
    """Return ``line`` in pieces of at most 75 octets, each but the first after a space.

    >>> fold("SUMMARY:short")
    ['SUMMARY:short']
    >>> [len(one.encode()) for one in fold("я" * 60)]
    [74, 47]
    """
    pieces, piece = [], ""
    for sign in line:
        if len((piece + sign).encode()) > LONGEST_LINE:
            pieces.append(piece)
            piece = " "
        piece += sign
    return [*pieces, piece]


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    for sign, written in (("\\", "\\\\"), (";", r"\;"), (",", r"\,"), ("\r\n", r"\n")):
        text = text.replace(sign, written)
    return text.replace("\n", r"\n")
