"""The members that bots race as: made once, without a password, and counted nowhere.

A bot's address ends in `DOMAIN`; it is never proven, so that a bot is in no figure of the
community, on no roster and in no rating.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from uuid import UUID

from sqlalchemy.orm import Session

from content.regions import all_regions
from psot.members import consents, operations

DOMAIN = "psot.example"
LASTS = timedelta(days=1)
"""How long the session of a bot lasts."""

FIRST = ("Азимут", "Барометр", "Вольт", "Гранит", "Домкрат", "Зенит", "Импульс", "Кварц", "Люмен")
SECOND = ("Быстрый", "Верный", "Громкий", "Дальний", "Звонкий", "Ловкий", "Меткий", "Новый")
"""Bots bear names of things, so that nobody takes one for a person."""


@dataclass(frozen=True, kw_only=True)
class Bot:
    """A bot as a member. ``number`` counts from 1."""

    number: int
    member: UUID
    experience: str


def address(number: int) -> str:
    """Return the address of the ``number``-th bot."""
    return f"bot{number:04}@{DOMAIN}"


def gather(session: Session, count: int) -> list[Bot]:
    """Return bots 1 to ``count``, making those that are not there yet."""
    return [_bot(session, number) for number in range(1, count + 1)]


def enter_sessions(session: Session, bots: Sequence[Bot]) -> dict[int, str]:
    """Sign every bot in; returns the cookie's value by number."""
    return {
        one.number: operations.begin_session(
            session, one.member, device="psot race simulate", lasts=LASTS
        )
        for one in bots
    }


def _bot(session: Session, number: int) -> Bot:
    random = Random(number)  # noqa: S311 - a bot's region is no secret
    regions = all_regions()
    region = random.choices(regions, [max(one.population, 600_000) for one in regions])[0]
    experience = random.choice(("newcomer", "experienced"))
    found = operations.find_by_email(session, address(number))
    if found is None:
        found = operations.create(
            session,
            operations.Details(display_name=_name(number), region=region.code),
            email=address(number),
        )
        given = frozenset({consents.PERSONAL_DATA, consents.PUBLISH_NAME})
        operations.set_consents(session, found, given, "ru")
    return Bot(number=number, member=found.id, experience=experience)


def _name(number: int) -> str:
    second, first = divmod(number - 1, len(FIRST))
    return f"Бот {SECOND[second % len(SECOND)]} {FIRST[first]} {number}"
