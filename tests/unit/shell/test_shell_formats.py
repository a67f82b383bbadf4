from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from psot import clock
from psot.shell import formats, zones

MOMENT = datetime(2026, 11, 22, 4, 5, tzinfo=UTC)


def reading(house: Flask, language: str, zone: str = "Europe/Moscow"):  # type: ignore[no-untyped-def]  # noqa: ANN201  Flask's context
    """Return the context of a request by a reader of `language` in `zone`."""
    return house.test_request_context(
        headers={"Cookie": f"psot_language={language}; psot_zone={zone}"}
    )


@pytest.mark.parametrize(
    ("language", "style", "expected"),
    [
        ("ru", "day", "22 ноября 2026 г."),
        ("ru", "short", "22.11.2026"),
        ("ru", "time", "07:05 МСК"),
        ("ru", "datetime", "22 ноября 2026 г., 07:05 МСК"),
        ("en", "day", "22 November 2026"),
        ("en", "short", "22 Nov 2026"),
        ("en", "datetime", "22 November 2026, 07:05 MSK"),
    ],
)
def test_a_moment_is_written_as_its_reader_writes(
    house: Flask, language: str, style: str, expected: str
) -> None:
    with reading(house, language):
        assert formats.moment(MOMENT, style) == expected


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Europe/Kaliningrad", "06:05 МСК\N{MINUS SIGN}1"),
        ("Europe/Moscow", "07:05 МСК"),
        ("Asia/Yekaterinburg", "09:05 МСК+2"),
        ("Asia/Kamchatka", "16:05 МСК+9"),
        ("Asia/Kolkata", "09:35 МСК+2:30"),
    ],
)
def test_a_time_of_day_is_in_the_readers_zone_and_names_it(
    house: Flask, zone: str, expected: str
) -> None:
    with reading(house, "ru", zone):
        assert formats.moment(MOMENT, "time") == expected


def test_the_eleven_zones_are_eleven_different_times() -> None:
    offsets = {MOMENT.astimezone(ZoneInfo(zone.name)).utcoffset() for zone in zones.ZONES}

    assert len(offsets) == len(zones.ZONES) == 11


def test_a_moment_without_a_zone_is_refused(house: Flask) -> None:
    class Nowhere(ZoneInfo):
        def utcoffset(self, _moment: datetime | None) -> None:  # type: ignore[override]
            return None

    with reading(house, "ru"), pytest.raises(ValueError, match="aware"):
        zones.label(Nowhere("Europe/Moscow"), MOMENT)


def test_machines_read_the_moment_too(house: Flask) -> None:
    with reading(house, "en"):
        assert formats.time_tag(MOMENT, "day") == (
            '<time datetime="2026-11-22T04:05:00+00:00">22 November 2026</time>'
        )
        assert formats.time_tag(None) == "—"


@pytest.mark.parametrize(
    ("language", "value", "digits", "expected"),
    [
        ("ru", 10_211, 0, "10\N{NO-BREAK SPACE}211"),
        ("en", 10_211, 0, "10,211"),
        ("ru", Decimal("0.8504"), 3, "0,850"),
        ("ru", -3, 0, "\N{MINUS SIGN}3"),
        ("ru", 0, 0, "0"),
        ("ru", None, 0, "—"),
    ],
)
def test_a_number_is_written_as_its_reader_writes(
    house: Flask, language: str, value: formats.Number | None, digits: int, expected: str
) -> None:
    with reading(house, language):
        assert formats.number(value, digits) == expected


def test_a_change_carries_its_sign(house: Flask) -> None:
    with reading(house, "ru"):
        written = [formats.signed(change) for change in (12, -3, 0, None)]

    assert written == ["+12", "\N{MINUS SIGN}3", "0", "—"]


def test_a_share_is_written_in_per_cent(house: Flask) -> None:
    with reading(house, "ru"):
        assert formats.percent(Decimal("0.425"), 1) == "42,5\N{NO-BREAK SPACE}%"
        assert formats.percent(None) == "—"
    with reading(house, "en"):
        assert formats.percent(1) == "100%"


def test_the_footer_names_the_readers_zone_as_it_is_now(house: Flask) -> None:
    with reading(house, "ru", "Asia/Omsk"), clock.fixed(MOMENT):
        assert formats.zone_label() == "МСК+3"
        assert formats.zone_label("Europe/Samara") == "МСК+1"


@pytest.mark.parametrize(("value", "digits"), [(-0.0, 1), (0.0, 1), (0, 1), (Decimal("-0"), 1)])
def test_a_zero_has_no_sign_whichever_zero_came_first(
    house: Flask, value: float | Decimal, digits: int
) -> None:
    with reading(house, "en"):
        assert formats.number(value, digits) == "0.0"


def test_what_was_written_in_one_language_and_zone_is_written_anew_in_another(
    house: Flask,
) -> None:
    seen = []
    for language, zone in (("ru", "Europe/Moscow"), ("en", "Europe/Moscow"), ("ru", "Asia/Omsk")):
        with reading(house, language, zone):
            seen.append((formats.moment(MOMENT, "time"), formats.number(1234.5, 1)))

    assert seen == [
        ("07:05 МСК", "1\N{NO-BREAK SPACE}234,5"),
        ("07:05 MSK", "1,234.5"),
        ("10:05 МСК+3", "1\N{NO-BREAK SPACE}234,5"),
    ]


def test_where_nobody_reads_russian_is_written() -> None:
    assert formats.language() == "ru"
    assert formats.number(1234.5, 1) == "1\N{NO-BREAK SPACE}234,5"
