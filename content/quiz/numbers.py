"""Numbers as people write them: a decimal comma or point, spaces between thousands, a unit."""

import math
import re
import unicodedata
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from content.quiz.responses import InvalidChoice, Refusal

LONGEST = 60
"""Characters of a number with its unit."""
_LARGEST: Final = 10**15
_WRITTEN: Final = re.compile(
    r"([+-]?)(\d{1,3}(?: \d{3})+|\d+)(?:[.,](\d+))?(?: ?([^\d .,+-].*))?", re.ASCII
)
_AS_A_NUMBER: Final = "Write a number, such as 12,5."


def read_number(value: Any) -> tuple[Fraction, str]:
    """Return the number in ``value`` and what is written after it; raises InvalidChoice.

    >>> read_number("1 012,50 м"), read_number("-3"), read_number(0.1)
    ((Fraction(2025, 2), 'м'), (Fraction(-3, 1), ''), (Fraction(1, 10), ''))
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise InvalidChoice(_AS_A_NUMBER, Refusal.NUMBER)
    if isinstance(value, str):
        return _read_text(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise InvalidChoice(_AS_A_NUMBER, Refusal.NUMBER)
    return _sized(Fraction(value) if abs(value) > _LARGEST else exact(value)), ""


def exact(number: float) -> Fraction:
    """Return ``number`` as it is written: 0.1 is a tenth."""
    return Fraction(str(number))


def find_unit(written: str, units: Mapping[str, Fraction]) -> str | None:
    """Return the one of ``units`` that is written, or None.

    Capitals count (мВт and МВт), unless only one unit is meant whatever the case.
    """
    wanted = _plain(written)
    exactly = [unit for unit in units if _plain(unit) == wanted]
    loosely = [unit for unit in units if _plain(unit).casefold() == wanted.casefold()]
    for found in (exactly, loosely):
        if len(found) == 1:
            return found[0]
    return None


def _read_text(text: str) -> tuple[Fraction, str]:
    if len(text) > LONGEST:
        raise InvalidChoice("This is too long for a number.", Refusal.TOO_LONG)
    plain = _plain(text)
    if not plain:
        raise InvalidChoice("Write a number.", Refusal.NOTHING)
    found = _WRITTEN.fullmatch(plain)
    if found is None or not plain.isprintable():
        raise InvalidChoice(_AS_A_NUMBER, Refusal.NUMBER)
    sign, whole, decimals, unit = found.groups()
    number = Fraction(f"{sign}{whole.replace(' ', '')}.{decimals or 0}")
    return _sized(number), unit or ""


def _sized(number: Fraction) -> Fraction:
    if abs(number) > _LARGEST:
        raise InvalidChoice("This number is too large.", Refusal.NUMBER)
    return number


def _plain(text: str) -> str:
    """Return ``text`` with one kind of spaces and minus, superscripts as digits."""
    plain = unicodedata.normalize("NFKC", text).replace("\N{MINUS SIGN}", "-")
    return " ".join(plain.replace("\N{EN DASH}", "-").split())
