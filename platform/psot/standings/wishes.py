"""What a reader of the standings may ask for, read from an address and checked once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import lazy_gettext as _

from psot.errors import Invalid

MOST_ROWS: Final = 200
"""Rows of one answer."""

LONGEST: Final = 60
LARGEST: Final = 10_000_000
CODE: Final = re.compile(r"[A-Za-z0-9._-]{0,40}\Z")


class WishInvalid(Invalid):
    """A wish that no standings can fulfil."""

    code = "wish_invalid"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Which rows: ``count`` from place ``start`` (1 is the first) of whoever fits the rest.

    ``text`` is looked for in names and numbers; ``around`` asks for one bib and its neighbours.
    """

    start: int = 1
    count: int = 50
    class_code: str = ""
    region: str = ""
    split: str = ""
    text: str = ""
    around: int | None = None


def read(told: Mapping[str, Any]) -> Wish:
    """Read the query of an address. Raises WishInvalid, naming what cannot be."""
    return Wish(
        start=_number(told, "from", 1, LARGEST),
        count=_number(told, "count", 50, MOST_ROWS),
        class_code=_code(told, "class"),
        region=_code(told, "region"),
        split=_code(told, "split"),
        text=" ".join(str(told.get("q", ""))[:LONGEST].split()),
        around=_number(told, "around", 0, LARGEST) or None,
    )


def _number(told: Mapping[str, Any], name: str, usual: int, most: int) -> int:
    text = str(told.get(name, "") or usual)
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST))):
        raise WishInvalid(_("This has to be a whole number."), subject=name)
    return max(min(usual, 1), min(int(text), most))


def _code(told: Mapping[str, Any], name: str) -> str:
    text = str(told.get(name, ""))
    if not CODE.match(text):
        raise WishInvalid(_("There is no such board."), subject=name)
    return text
