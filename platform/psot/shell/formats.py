"""Dates, times and numbers as the reader writes them: in their language and in their zone."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel import dates, numbers
from flask import Flask
from flask_babel import get_locale, get_timezone, gettext
from markupsafe import Markup, escape

from psot import clock
from psot.shell import zones

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
    locale = get_locale()
    pattern = _PATTERNS[locale.language if locale else "ru", style]
    text = dates.format_datetime(at, pattern, tzinfo=zone, locale=locale)
    if style in {"day", "short"}:
        return text
    return f"{text} {zones.label(zone, at)}"


def day(on: date) -> str:
    """Write a calendar day, which is the same in every zone."""
    locale = get_locale()
    pattern = _PATTERNS[locale.language if locale else "ru", "day"]
    return dates.format_date(on, pattern, locale=locale)


def time_tag(at: datetime | None, style: str = "datetime") -> Markup:
    """Write `at` as a `<time>` element that machines can read; a dash where there is none."""
    if at is None:
        return escape(NO_VALUE)
    return Markup('<time datetime="{}">{}</time>').format(at.isoformat(), moment(at, style))


def number(value: Number | None, digits: int = 0) -> str:
    """Write `value` with `digits` decimals and the reader's group separators; dash for none."""
    if value is None:
        return NO_VALUE
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    text = numbers.format_decimal(value, pattern, locale=get_locale())
    return text.replace("-", "\N{MINUS SIGN}", 1) if text.startswith("-") else text


def signed(value: Number | None, digits: int = 0) -> str:
    """Write a change with its sign: +12, −3, 0; dash for none."""
    return f"+{number(value, digits)}" if value is not None and value > 0 else number(value, digits)


def percent(share: Number | None, digits: int = 0) -> str:
    """Write a share in [0, 1] as per cent; dash for none."""
    if share is None:
        return NO_VALUE
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    figure = numbers.format_decimal(share * 100, pattern, locale=get_locale())
    return str(gettext("%(figure)s%%", figure=figure))


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
