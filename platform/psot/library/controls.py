"""One input of a form: how a part of a row becomes its text, and how that becomes a part again."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from psot.library.answer_forms import Unread
from psot.library.rows import Row

SHARE = re.compile(r"(.*?)\s*=\s*(\d{1,3})\s*%")


@dataclass(frozen=True, kw_only=True)
class Control:
    """How a part of a row becomes text of a form and how that becomes a part of a row again.

    ``read`` gets what was sent for the field and returns None for nothing.
    """

    show: Callable[[Any], Any]
    read: Callable[[str], Any]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _integer(text: str) -> int:
    try:
        return int(text.strip())
    except ValueError:
        raise Unread(_("A whole number, please.")) from None


def _number(text: str) -> int | float:
    try:
        value = float(text.strip().replace(",", ".").replace(" ", ""))
    except ValueError:
        raise Unread(_("A number, please.")) from None
    return int(value) if value.is_integer() else value


def _factors(text: str) -> Row:
    found: Row = {}
    for line in _lines(text):
        unit, equals, factor = line.rpartition("=")
        if not equals or not unit.strip():
            raise Unread(_("Write each unit with its factor: km = 1000"))
        found[unit.strip()] = _number(factor)
    return found


def _accepted(text: str) -> list[Any]:
    found: list[Any] = []
    for line in _lines(text):
        part = SHARE.fullmatch(line)
        found.append({"text": part[1], "score": int(part[2])} if part else line)
    return found


def _tell_accepted(value: list[Any]) -> str:
    return "\n".join(
        one if isinstance(one, str) else f"{one['text']} = {one['score']} %" for one in value
    )


def _plain(value: Any) -> str:
    return str(value)


_PLAIN = Control(show=_plain, read=str.strip)
_DAY = Control(show=_plain, read=str.strip)

CONTROLS: dict[str, Control] = {
    "text": Control(show=_plain, read=lambda text: " ".join(text.split())),
    "area": _PLAIN,
    "tall": Control(show=_plain, read=lambda text: text.strip() + "\n"),
    "markdown": Control(show=_plain, read=lambda text: text.strip() + "\n"),
    "choice": _PLAIN,
    "topic": _PLAIN,
    "number choice": Control(show=_plain, read=_integer),
    "day": _DAY,
    "day or none": _DAY,
    "integer": Control(show=_plain, read=_integer),
    "number": Control(show=_plain, read=_number),
    "lines": Control(show="\n".join, read=_lines),
    "words": Control(show=" ".join, read=str.split),
    "factors": Control(
        show=lambda value: "\n".join(f"{unit} = {factor}" for unit, factor in value.items()),
        read=_factors,
    ),
    "accepted": Control(show=_tell_accepted, read=_accepted),
    "flag": Control(show=lambda value: "1" if value else "", read=str.strip),
    "yaml": _PLAIN,
}
