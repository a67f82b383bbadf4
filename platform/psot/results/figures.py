"""Times of a race as readers write them: to a tenth, cut and never rounded."""

from functools import cache

from babel.numbers import get_decimal_symbol
from flask import Flask

from psot.shell.formats import language
from scoring.biathlon import tenths

NO_TIME = "\N{EM DASH}"
_TENTHS_A_MINUTE, _TENTHS_AN_HOUR = 600, 36_000


def race_time(ms: int | None, mark: str = "") -> str:
    """Write whole milliseconds as ``24:31.4`` or ``1:02:31.4`` with the reader's decimal sign.

    ``mark`` is the decimal sign to use instead; a dash stands for no time.
    """
    if ms is None:
        return NO_TIME
    sign = "\N{MINUS SIGN}" if ms < 0 else ""
    count = tenths(abs(ms))
    hours, rest = divmod(count, _TENTHS_AN_HOUR)
    minutes, rest = divmod(rest, _TENTHS_A_MINUTE)
    seconds = f"{rest // 10:02d}{mark or _decimal()}{rest % 10}"
    if hours:
        return f"{sign}{hours}:{minutes:02d}:{seconds}"
    short = f"{rest // 10}{seconds[2:]}"
    return f"{sign}{minutes}:{seconds}" if minutes else f"{sign}{short}"


def gap(ms: int | None, mark: str = "") -> str:
    """Write a gap to the best as ``+12.3``; the best itself is ``0.0``."""
    if ms is None:
        return NO_TIME
    text = race_time(abs(ms), mark)
    if tenths(abs(ms)) == 0:
        return text
    return f"+{text}" if ms > 0 else f"\N{MINUS SIGN}{text}"


def _decimal() -> str:
    return _decimal_in(language())


@cache
def _decimal_in(spoken: str) -> str:
    return str(get_decimal_symbol(spoken))


def install(app: Flask) -> None:
    """Offer `race_time` and `gap` to templates as filters."""
    app.add_template_filter(race_time, "result_time")
    app.add_template_filter(gap, "result_gap")
