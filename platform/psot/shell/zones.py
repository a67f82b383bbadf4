"""The eleven time zones of the community, and how a Russian reader names an offset."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from flask_babel import gettext, lazy_gettext

MOSCOW = ZoneInfo("Europe/Moscow")


@dataclass(frozen=True)
class Zone:
    """A zone a member may choose: its IANA name and the cities people know it by."""

    name: str
    cities: str


ZONES = (
    Zone("Europe/Kaliningrad", lazy_gettext("Kaliningrad")),
    Zone("Europe/Moscow", lazy_gettext("Moscow, Saint Petersburg, Kazan")),
    Zone("Europe/Samara", lazy_gettext("Samara, Izhevsk, Astrakhan")),
    Zone("Asia/Yekaterinburg", lazy_gettext("Yekaterinburg, Tyumen, Ufa")),
    Zone("Asia/Omsk", lazy_gettext("Omsk")),
    Zone("Asia/Krasnoyarsk", lazy_gettext("Krasnoyarsk, Novosibirsk, Tomsk")),
    Zone("Asia/Irkutsk", lazy_gettext("Irkutsk, Ulan-Ude")),
    Zone("Asia/Yakutsk", lazy_gettext("Yakutsk, Chita, Blagoveshchensk")),
    Zone("Asia/Vladivostok", lazy_gettext("Vladivostok, Khabarovsk")),
    Zone("Asia/Magadan", lazy_gettext("Magadan, Yuzhno-Sakhalinsk")),
    Zone("Asia/Kamchatka", lazy_gettext("Petropavlovsk-Kamchatsky, Anadyr")),
)


def known(name: str) -> bool:
    """Tell whether `name` is a zone this machine can compute with."""
    return name in _of_this_machine()


@cache
def _of_this_machine() -> frozenset[str]:
    # Walks over some six hundred files: once, not for every page.
    return frozenset(available_timezones())


def label(zone: tzinfo, at: datetime) -> str:
    """Name `zone` at the aware moment `at` by its distance from Moscow: "MSK", "MSK+2", "MSK−1"."""
    moment_offset = at.astimezone(zone).utcoffset()
    moscow_offset = at.astimezone(MOSCOW).utcoffset()
    if moment_offset is None or moscow_offset is None:
        raise ValueError("a zone is named at an aware moment")
    minutes = round((moment_offset - moscow_offset).total_seconds() / 60)
    moscow = str(gettext("MSK"))
    if minutes == 0:
        return moscow
    sign = "+" if minutes > 0 else "\N{MINUS SIGN}"
    hours, rest = divmod(abs(minutes), 60)
    return f"{moscow}{sign}{hours}" + (f":{rest:02d}" if rest else "")
