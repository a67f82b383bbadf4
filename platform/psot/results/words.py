"""The words of results: timing points, parts of a race, marks, teams, in the reader's language."""

import re
from dataclasses import dataclass
from typing import Any, Final

from flask import Flask
from flask_babel import get_locale, gettext, lazy_gettext

from content.regions import all_regions, by_code

PARTS: Final[dict[str, Any]] = {
    "course_ms": lazy_gettext("Course"),
    "range_ms": lazy_gettext("On the range"),
    "shooting_ms": lazy_gettext("Shooting"),
    "loop_ms": lazy_gettext("Penalty loops"),
    "ski_ms": lazy_gettext("Course and loops"),
}
SERIES: Final[dict[str, Any]] = {
    "laps_ms": lazy_gettext("Laps"),
    "ranges_ms": lazy_gettext("On the range"),
    "shootings_ms": lazy_gettext("Shooting"),
    "loops_ms": lazy_gettext("Penalty loops"),
}
DISCIPLINES: Final[dict[str, Any]] = {
    "individual": lazy_gettext("Individual"),
    "sprint": lazy_gettext("Sprint"),
    "pursuit": lazy_gettext("Pursuit"),
    "mass_start": lazy_gettext("Mass start"),
    "super_sprint": lazy_gettext("Super sprint"),
}
IRMS: Final[dict[str, Any]] = {
    "DNS": lazy_gettext("did not start"),
    "DNF": lazy_gettext("did not finish"),
    "DSQ": lazy_gettext("disqualified"),
    "LAP": lazy_gettext("lapped"),
}
_POINTS: Final[dict[str, Any]] = {
    "station": lazy_gettext("lap %(lap)s, station %(number)s"),
    "range_entry": lazy_gettext("lap %(lap)s, range entry"),
    "range_exit": lazy_gettext("lap %(lap)s, range exit"),
    "loop_exit": lazy_gettext("lap %(lap)s, out of the loop"),
    "lap_end": lazy_gettext("end of lap %(lap)s"),
}
_LAP_POINT = re.compile(r"lap(\d+)\.([a-z_]+?)(\d*)$")
_TEAM = re.compile(r"^(RU-[A-Z]+)-(\d+)$")


def point_name(label: str) -> str:
    """Return the words for a timing point such as ``lap2.station3``, of a relay ``1.lap2...``."""
    leg, dot, rest = label.partition(".")
    if dot and leg.isdigit():
        return str(gettext("leg %(leg)s, %(point)s", leg=leg, point=point_name(rest)))
    if label == "finish":
        return str(gettext("finish"))
    if label == "exchange":
        return str(gettext("exchange"))
    found = _LAP_POINT.match(label)
    if found is None or found[2] not in _POINTS:
        return label
    return str(_POINTS[found[2]]) % {"lap": found[1], "number": found[3]}


def irm_name(irm: str) -> str:
    """Return what a mark such as ``DNF`` means."""
    return str(IRMS[irm])


def team_region(team: str) -> str:
    """Return the code of the region a team was drawn in; a team of another kind is its own name.

    >>> team_region("RU-TYU-2"), team_region("North")
    ('RU-TYU', 'North')
    """
    found = _TEAM.match(team)
    return found[1] if found else team


def team_name(team: str) -> str:
    """Return a team as its region's name, with the number where it is not the first."""
    found = _TEAM.match(team)
    if found is None:
        return region_names().get(team, team)
    name = region_names().get(found[1], found[1])
    return name if found[2] == "1" else f"{name} – {found[2]}"


def team_label(team: str) -> str:
    """Return a team in a few letters: its region's, with the number where it is not the first."""
    found = _TEAM.match(team)
    region = by_code().get(team_region(team))
    if region is None:
        return team[:8]
    label = region.label(_language())
    return label if found is None or found[2] == "1" else f"{label}-{found[2]}"


def region_names() -> dict[str, str]:
    """Return the names of all regions in the reader's language, by code."""
    language = _language()
    return {one.code: one.name(language) for one in all_regions()}


def _language() -> str:
    locale = get_locale()
    return locale.language if locale else "ru"


@dataclass(frozen=True, kw_only=True)
class Tile:
    """One bout as it is shown: its misses, and the spare rounds used where there are any."""

    misses: int
    spares: int | None = None


def tiles(shootings: str, *, spares: bool) -> list[Tile]:
    """Return the bouts of ``0+1`` or, where the format has ``spares``, of ``0+3 1+2``.

    >>> tiles("0+1", spares=False)
    [Tile(misses=0, spares=None), Tile(misses=1, spares=None)]
    >>> tiles("0+3", spares=True)
    [Tile(misses=0, spares=3)]
    """
    if not spares:
        return [Tile(misses=int(one)) for one in shootings.split("+") if one]
    pairs = (one.split("+") for one in shootings.split())
    return [Tile(misses=int(misses), spares=int(used)) for misses, used in pairs]


def install(app: Flask) -> None:
    """Offer the words to templates."""
    app.add_template_filter(point_name, "point_name")
    app.add_template_filter(team_name, "team_name")
    app.add_template_filter(team_label, "team_label")
    app.add_template_global(tiles, "bout_tiles")
    app.add_template_filter(irm_name, "irm_name")
