"""What an organizer may say of a race, field by field; everything wrong is told at once."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from psot.races.errors import RaceInvalid
from psot.races.models import Race
from scoring.biathlon import Malformed, load_format

MOMENTS: Final = ("announces_at", "registers_at", "zeroes_at", "starts_at", "closes_at")
"""The schedule, in the order in which it passes."""
LONGEST_TITLE: Final = 120
LONGEST_DESCRIPTION: Final = 4000
LONGEST_SEASON: Final = 40
HOUR_S: Final = 3600
_DAY_S: Final = 24 * HOUR_S

_NUMBERS: Final[Mapping[str, tuple[int, int]]] = {
    "freeze_after_s": (0, _DAY_S),
    "spectator_delay_s": (0, HOUR_S),
    "protest_hours": (0, 720),
    "remind_minutes": (0, 7 * 24 * 60),
    "normed_minutes": (0, 600),
}
"""Least and most of each number."""

FIELDS: Final = frozenset(
    {
        *("title", "description", "format", "options", "public", "season", "zone"),
        *("from_race", "exhibition"),
        *MOMENTS,
        *_NUMBERS,
    }
)
"""What can be said when a race is made, or changed."""
UNCOMMITTED: Final = frozenset(
    {"title", "description", "public", "season", "starts_at", "closes_at", *_NUMBERS}
)
"""What still can be changed when the start list is made: nothing that was committed to."""


def apply(session: Session, row: Race, fields: Mapping[str, Any]) -> None:
    """Write ``fields`` into ``row`` once all of it fits. Raises RaceInvalid naming what does not.

    Raises TypeError for a name that is no field of a race.
    """
    unknown = fields.keys() - FIELDS
    if unknown:
        raise TypeError(f"a race has no {', '.join(sorted(unknown))}")
    for name, value in fields.items():
        setattr(row, name, _TIDIED.get(name, _as_it_is)(value))
    wrong: dict[str, list[str]] = {}
    with session.no_autoflush:
        for problems in (_words(row), _rules(row), _numbers(row), _moments(row)):
            wrong.update(problems)
        wrong.update(_followed(session, row))
    if wrong:
        session.expire(row) if row in session else None
        raise RaceInvalid(_("Something in this race does not fit."), fields=wrong)


def _words(row: Race) -> dict[str, list[str]]:
    wrong = {}
    if not row.title:
        wrong["title"] = [str(_("Give the race a title."))]
    for name, most in (
        ("title", LONGEST_TITLE),
        ("description", LONGEST_DESCRIPTION),
        ("season", LONGEST_SEASON),
    ):
        if len(getattr(row, name)) > most:
            wrong[name] = [str(_("At most %(most)s characters.", most=most))]
    if row.zone not in available_timezones():
        wrong["zone"] = [str(_("There is no such time zone."))]
    return wrong


def _rules(row: Race) -> dict[str, list[str]]:
    try:
        load_format(row.format, dict(row.options))
    except Malformed as error:
        return {error.field: [error.why]}
    return {}


def _numbers(row: Race) -> dict[str, list[str]]:
    return {
        name: [str(_("A whole number from %(least)s to %(most)s.", least=least, most=most))]
        for name, (least, most) in _NUMBERS.items()
        if (value := getattr(row, name)) is not None and not least <= value <= most
    }


def _moments(row: Race) -> dict[str, list[str]]:
    """Moments that are set have to follow one another."""
    wrong = {}
    before: datetime | None = None
    for name in MOMENTS:
        moment: datetime | None = getattr(row, name)
        if moment is None:
            continue
        if moment.tzinfo is None:
            raise TypeError(f"{name} needs a time zone")
        if before is not None and moment < before:
            wrong[name] = [str(_("This cannot be earlier than the step before it."))]
        before = moment
    return wrong


def _followed(session: Session, row: Race) -> dict[str, list[str]]:
    if row.from_race is None:
        return {}
    if row.from_race == row.id or session.get(Race, row.from_race) is None:
        return {"from_race": [str(_("Choose an earlier race."))]}
    return {}


def _as_it_is(value: Any) -> Any:
    return value


def _one_line(value: Any) -> str:
    return " ".join(str(value).split())


def _plain(value: Any) -> dict[str, Any]:
    return dict(value)


def _id(value: Any) -> UUID | None:
    return value or None


_TIDIED: Final[Mapping[str, Callable[[Any], Any]]] = {
    "title": _one_line,
    "season": _one_line,
    "description": lambda value: str(value).strip(),
    "options": _plain,
    "from_race": _id,
}
