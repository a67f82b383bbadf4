"""The figures of a region as plain tables in the reader's language: what every file is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext

from content.regions import all_regions
from psot.officials import words
from psot.officials.cells import Cell as Count
from psot.officials.cells import Withheld
from psot.officials.comparison import Mean
from psot.officials.portrait import Place, Portrait
from psot.officials.queries import Invitation
from psot.ratings.queries import RegionLine
from psot.shell.formats import day, moment
from psot.shell.spreadsheets import Cell

PPM, PPB, MILLI = 1_000_000, 1_000_000_000, 1000


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table: what it is called in an address and for a reader, its head and its rows."""

    name: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tables(found: Portrait, topics: Mapping[str, str]) -> tuple[Table, ...]:
    """Return the tables of a region; ``topics`` are the titles of the library's topics."""
    places = (gettext("Members"), gettext("Active this season"))
    return (
        _coverage(found),
        Table(
            name="municipalities",
            title=gettext("By municipality"),
            head=(gettext("Municipality"), *places),
            rows=_places(found.municipalities),
        ),
        Table(
            name="organizations",
            title=gettext("By organization"),
            head=(gettext("Organization"), *places),
            rows=_places(found.organizations),
        ),
        _noted(found),
        _comparison(found),
        _kinds(found),
        _topics(found, topics),
        Table(
            name="weeks",
            title=gettext("Who joined, week by week"),
            head=(gettext("First day"), gettext("Last day"), gettext("New members")),
            rows=tuple((day(one.first), day(one.last), _count(one.joined)) for one in found.weeks),
        ),
    )


def of_invitations(found: Sequence[Invitation]) -> Table:
    """Return the invitations of a region with what came of each."""
    return Table(
        name="invitations",
        title=gettext("Invitations"),
        head=(
            gettext("Source mark"),
            gettext("Made"),
            gettext("Holds until"),
            gettext("Opened the link"),
            gettext("Made an account"),
            gettext("Confirmed the address"),
            gettext("Became active"),
        ),
        rows=tuple(
            (
                one.name,
                moment(one.made_at, "short"),
                moment(one.revoked_at or one.expires_at, "short"),
                one.arrivals,
                _count(one.registered),
                _count(one.confirmed),
                _count(one.active),
            )
            for one in found
        ),
    )


def about(found: Portrait, source: str) -> tuple[tuple[str, str], ...]:
    """Return what a reader of the file has to know; ``source`` is the address it came from."""
    return (
        (gettext("Region"), found.region.name(words.language())),
        (gettext("Season"), found.season.name),
        (gettext("As of"), moment(found.taken_at)),
        (gettext("Source"), gettext("PSOT, the ledger of the community: %(path)s", path=source)),
        (
            gettext("Privacy"),
            gettext(
                "Counts of fewer than five people are not shown, nor what they could be"
                " subtracted from. Places are counted with the members' consent."
            ),
        ),
    )


def _coverage(found: Portrait) -> Table:
    own = found.comparison.own
    return Table(
        name="coverage",
        title=gettext("Coverage"),
        head=(gettext("Figure"), gettext("Value")),
        rows=(
            (gettext("Members now"), _count(found.members)),
            (gettext("Registered this week"), _count(found.joined_week)),
            (gettext("Registered this season"), _count(found.joined_season)),
            (gettext("On the roster of the season"), own.sums.members),
            (gettext("Active of the roster"), own.sums.active),
            (gettext("Coverage, per cent"), round(own.coverage_ppm / PPM * 100, 1)),
        ),
    )


def _places(rows: Sequence[Place]) -> tuple[tuple[Cell, ...], ...]:
    others = gettext("Others, and those who did not tell")
    return tuple((one.name or others, _count(one.members), _count(one.active)) for one in rows)


def _noted(found: Portrait) -> Table:
    return Table(
        name="coverage-weeks",
        title=gettext("Coverage, week by week"),
        head=(
            gettext("Week of the season"),
            gettext("On the roster"),
            gettext("Active of the roster"),
            gettext("Coverage, per cent"),
            gettext("Score"),
        ),
        rows=tuple(
            (
                one.week,
                one.members,
                one.active,
                round(one.coverage_ppm / PPM * 100, 1),
                round(one.score_milli / MILLI),
            )
            for one in found.noted
        ),
    )


def _comparison(found: Portrait) -> Table:
    names = {one.code: one.name(words.language()) for one in all_regions()}
    rows = [
        _compared(names[one.region], one)
        for one in (found.comparison.own, *found.comparison.neighbours)
    ]
    for name, mean in (
        (gettext("Mean of the league"), found.comparison.league),
        (gettext("Mean of all regions"), found.comparison.country),
    ):
        if mean is not None:
            rows.append(_compared(name, mean))
    return Table(
        name="comparison",
        title=gettext("Beside neighbours and league"),
        head=(
            gettext("Region"),
            gettext("Coverage, per cent"),
            gettext("Activity"),
            gettext("Effectiveness"),
            gettext("Score"),
        ),
        rows=tuple(rows),
    )


def _compared(name: str, one: RegionLine | Mean) -> tuple[Cell, ...]:
    if isinstance(one, RegionLine) and one.rank is None:
        return (name, None, None, None, None)
    return (
        name,
        round(one.coverage_ppm / PPM * 100, 1),
        round(one.activity_ppb / PPB, 3),
        round(one.effectiveness_ppb / PPB, 3),
        round(one.score_milli / MILLI),
    )


def _kinds(found: Portrait) -> Table:
    return Table(
        name="activities",
        title=gettext("What members do"),
        head=(gettext("This season"), gettext("Members"), gettext("Together"), gettext("Unit")),
        rows=tuple(
            (
                str(words.KINDS[one.name][0]),
                _count(one.members),
                gettext("not shown") if one.amount is None else one.amount,
                str(words.KINDS[one.name][1]),
            )
            for one in found.kinds
        ),
    )


def _topics(found: Portrait, titles: Mapping[str, str]) -> Table:
    return Table(
        name="topics",
        title=gettext("Weak topics"),
        head=(
            gettext("Topic"),
            gettext("Region, per cent"),
            gettext("Country, per cent"),
            gettext("First answers"),
        ),
        rows=tuple(
            (
                titles.get(one.topic, one.topic),
                round(one.score_ppm / PPM * 100, 1),
                round(one.country_ppm / PPM * 100, 1),
                one.answers,
            )
            for one in found.topics
        ),
    )


def _count(value: Count) -> Cell:
    return words.cell(value) if isinstance(value, Withheld) else value
