"""Dates, times and numbers as the reader writes them: in their language and in their zone."""

from datetime import date, datetime, tzinfo
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, dates, numbers
from flask import Flask
from flask_babel import get_timezone, gettext
from markupsafe import Markup, escape

from psot import clock
from psot.shell import zones
from psot.shell.sentences import locale_now

Number = int | float | Decimal

NO_VALUE = "\N{EM DASH}"
"""Shown where a figure does not exist yet: never a made-up zero."""

_PATTERNS = {
    ("ru", "day"): "d MMMM y 'г.'",
    ("ru", "short"): "dd.MM.y",
    ("ru", "time"): "HH:mm",
    ("ru", "datetime"): "d MMMM y 'г.', HH:mm",
    ("en", "day"): "d MMMM y",
    ("en", "short"): "d MMM y",
    ("en", "time"): "HH:mm",
    ("en", "datetime"): "d MMMM y, HH:mm",
}


def moment(at: datetime, style: str = "datetime") -> str:
    """Write the aware moment `at` in the reader's zone; clock times name the zone.

    `style` is one of "day", "short", "time", "datetime".
    """
    zone = get_timezone()
    text = _moment(at, style, zone, language())
    if style in {"day", "short"}:
        return text
    return f"{text} {zones.label(zone, at)}"


def day(on: date) -> str:
    """Write a calendar day, which is the same in every zone."""
    return _day(on, language())


def time_tag(at: datetime | None, style: str = "datetime") -> Markup:
    """Write `at` as a `<time>` element that machines can read; a dash where there is none."""
    if at is None:
        return escape(NO_VALUE)
    return Markup('<time datetime="{}">{}</time>').format(at.isoformat(), moment(at, style))


def number(value: Number | None, digits: int = 0) -> str:
    """Write `value` with `digits` decimals and the reader's group separators; dash for none."""
    if value is None:
        return NO_VALUE
    text = _figure(value + 0, digits, language())
    return text.replace("-", "\N{MINUS SIGN}", 1) if text.startswith("-") else text


def signed(value: Number | None, digits: int = 0) -> str:
    """Write a change with its sign: +12, −3, 0; dash for none."""
    return f"+{number(value, digits)}" if value is not None and value > 0 else number(value, digits)


def percent(share: Number | None, digits: int = 0) -> str:
    """Write a share in [0, 1] as per cent; dash for none."""
    if share is None:
        return NO_VALUE
    return str(gettext("%(figure)s%%", figure=_figure(share * 100 + 0, digits, language())))


def language() -> str:
    """Return "ru" or "en": what the reader reads in; Russian where nobody reads."""
    locale = locale_now()
    return locale.language if locale else "ru"


# Babel applies its patterns anew to each value; tables and pages show the same ones again.
# A zero comes without its sign (`+ 0`): 0.0 and -0.0 are one key.
@lru_cache(maxsize=4096)
def _figure(value: Number, digits: int, spoken: str) -> str:
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return numbers.format_decimal(value, pattern, locale=_locale(spoken))


@lru_cache(maxsize=2048)
def _moment(at: datetime, style: str, zone: tzinfo, spoken: str) -> str:
    pattern = _PATTERNS[spoken, style]
    return dates.format_datetime(at, pattern, tzinfo=zone, locale=_locale(spoken))


@lru_cache(maxsize=512)
def _day(on: date, spoken: str) -> str:
    return dates.format_date(on, _PATTERNS[spoken, "day"], locale=_locale(spoken))


_locale = lru_cache(Locale)


def zone_label(name: str = "") -> str:
    """Name the zone `name`, or the reader's own, as it is at this moment: "MSK+2"."""
    return zones.label(ZoneInfo(name) if name else get_timezone(), clock.now())


def install(app: Flask) -> None:
    """Offer the formats to templates as filters `moment`, `time`, `number`, `signed`, `percent`."""
    app.add_template_global(zone_label, "zone_label")
    app.add_template_filter(moment, "moment")
    app.add_template_filter(day, "day")
    app.add_template_filter(time_tag, "time")
    app.add_template_filter(number, "number")
    app.add_template_filter(signed, "signed")
    app.add_template_filter(percent, "percent")
