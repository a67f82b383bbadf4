"""What a reader asks of a page, read from its address and held within bounds."""

from flask import request

from psot.races.stages import Stage
from psot.results.protocols import Choice

LONGEST_WORDS = 100
MOST_DIGITS = 9


def choice() -> Choice:
    """Return the filters of this address."""
    return Choice(
        class_code=word("class"),
        region=word("region"),
        team=word("team"),
        words=word("q"),
        bib=whole("bib", 0),
    )


def word(name: str) -> str:
    """Return one word of the address, "" without it."""
    return request.args.get(name, "").strip()[:LONGEST_WORDS]


def whole(name: str, default: int) -> int:
    """Return a whole number from 0 of the address; what is none counts as the default."""
    text = request.args.get(name, "")
    return int(text) if _is_number(text) else default


def page(count: int, size: int) -> int:
    """Return the page asked for, from 1 to the last one of ``count`` rows."""
    return min(max(whole("page", 1), 1), max(1, -(-count // size)))


def wholes(name: str, most: int) -> list[int]:
    """Return up to ``most`` different whole numbers of the address."""
    found: list[int] = []
    for text in request.args.getlist(name):
        for one in text.replace(",", " ").split():
            if _is_number(one) and int(one) not in found:
                found.append(int(one))
    return found[:most]


def words(name: str, most: int) -> list[str]:
    """Return up to ``most`` different words of the address."""
    return list(dict.fromkeys(one[:LONGEST_WORDS] for one in request.args.getlist(name)))[:most]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS


def stage() -> Stage | None:
    """Return which of the two protocols is asked for; None: the newest."""
    asked = request.args.get("stage", "")
    return Stage(asked) if asked in {Stage.PROVISIONAL, Stage.OFFICIAL} else None
