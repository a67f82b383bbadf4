"""Numbers as question banks write them."""

import re
from decimal import Decimal

LARGEST = Decimal(10) ** 15
_NUMBER = re.compile(r"[+-]?(?:\d{1,15}(?:[.,]\d{0,30})?|[.,]\d{1,30})(?:[eE][+-]?\d{1,2})?\Z")


def number(text: str) -> Decimal | None:
    """The number a text states, with a point or a comma; None for anything else.

    >>> number("12,5"), number(" 1e3 "), number("abc")
    (Decimal('12.5'), Decimal('1E+3'), None)
    """
    cleaned = text.strip().replace("\u2212", "-").replace(" ", "").replace("\u00a0", "")
    if not cleaned.isascii() or not _NUMBER.match(cleaned):
        return None
    found = Decimal(cleaned.replace(",", "."))
    return found if abs(found) < LARGEST else None


def plain(value: Decimal) -> int | float:
    """The number as rows keep it: whole where it is whole.

    >>> plain(Decimal("5.0")), plain(Decimal("0.1"))
    (5, 0.1)
    """
    return int(value) if value == value.to_integral_value() else float(value)


def written(value: float) -> str:
    """The number as files hold it: with a point, without an exponent.

    >>> written(0.5), written(12), written(1e-7)
    ('0.5', '12', '0.0000001')
    """
    text = f"{Decimal(repr(value)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
