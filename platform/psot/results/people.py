"""Who stands behind a bib: a name by consent, a number else, and the region."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext
from sqlalchemy.orm import Session

from psot.members.queries import PublicName
from psot.races.queries import start_list
from psot.races.values import ClassView, Racer
from psot.shell import slots


@dataclass(frozen=True, kw_only=True)
class Person:
    """A racer as a reader may know them. ``name`` is by consent; `label` always says something."""

    bib: int
    name: str
    number: int
    region: str
    team: str | None
    own: bool
    classes: frozenset[str] = frozenset()

    @property
    def label(self) -> str:
        """The name, or the member's number; who erased the account is a former member."""
        if not (self.name or self.number):
            return str(gettext("Former member"))
        return str(PublicName(name=self.name, number=self.number))


def people(
    session: Session,
    race_id: UUID,
    own: UUID | None,
    classes: list[ClassView],
    *,
    bibs: Collection[int] | None = None,
) -> dict[int, Person]:
    """Return everybody on the start list, or who has one of ``bibs``, by bib.

    ``own`` is the member who reads.
    """
    listed = start_list(session, race_id, bibs=bibs)
    slots.shows(one.member for one in listed)
    return {one.bib: _person(one, own, classes) for one in listed}


def somebody(everybody: Mapping[int, Person], bib: int) -> Person:
    """Return who has ``bib``, or a person of whom only the bib is known."""
    return everybody.get(bib) or Person(bib=bib, name="", number=0, region="", team=None, own=False)


def _person(one: Racer, own: UUID | None, classes: list[ClassView]) -> Person:
    return Person(
        bib=one.bib,
        name=one.name,
        number=one.number,
        region=one.region,
        team=one.team,
        own=own is not None and one.member == own,
        classes=frozenset(each.code for each in classes if each.holds(one)),
    )
