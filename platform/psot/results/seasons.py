"""The standings of a season over the official protocols, and the races behind every number.

What a set of protocols comes to never changes, so it is kept by the set of their hashes; names are
looked up anew for every reader.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final
from uuid import UUID

from flask_babel import gettext
from sqlalchemy.orm import Session

from psot.jury.queries import published
from psot.members.boards import race_names
from psot.members.queries import PublicName
from psot.members.viewer import Viewer
from psot.races.queries import races_in, start_list
from psot.races.stages import Stage
from psot.races.values import RaceView
from psot.results.words import team_region
from scoring.biathlon import (
    Score,
    SeasonRace,
    SeasonStanding,
    by_discipline,
    load_format,
    regions_cup,
    relays,
    total,
)

TOTAL, RELAYS, REGIONS = "total", "relay", "regions"
_KEPT: Final = 64

Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A race as it counts: its scores by member, by region of the relays, and bibs to link to."""

    race: RaceView
    sha256: str
    scored: SeasonRace
    bibs: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Behind:
    """What somebody won in one race of the season; ``asks`` finds them in its protocol."""

    race: RaceView
    points: int
    rank: int
    asks: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class SeasonLine:
    """One line of a table: who, in public words, and the races behind the points."""

    who: str
    rank: int
    points: int
    places: Mapping[int, int]
    name: str
    number: int
    region: str
    own: bool
    behind: Mapping[UUID, Behind]

    @property
    def label(self) -> str:
        """The name by consent or the number; of a region its code."""
        if self.who == self.region:
            return self.who
        if not (self.name or self.number):
            return str(gettext("Former member"))
        return str(PublicName(name=self.name, number=self.number))


@dataclass(frozen=True, kw_only=True)
class Season:
    """A season as one reader may see it."""

    name: str
    counted: tuple[Counted, ...]
    hidden: int
    """Official races that count and that this reader may not see."""

    @property
    def tables(self) -> list[str]:
        """Which tables there are: the total, disciplines, relays, regions."""
        found = [TOTAL] if any(one.scored.racers for one in self.counted) else []
        found += sorted({one.scored.discipline for one in self.counted if one.scored.racers})
        found += [RELAYS] if any(one.scored.teams for one in self.counted) else []
        return [*found, REGIONS] if found and found[0] == TOTAL else found


def names(session: Session, viewer: Viewer | None) -> list[str]:
    """Return the seasons with a race that counts and that ``viewer`` may see, newest first."""
    seen = {one.season for one in _official(session) if _sees(one, viewer)}
    return sorted(seen, reverse=True)


def season(session: Session, name: str, viewer: Viewer | None) -> Season:
    """Return the season ``name`` with the races that ``viewer`` may see, the earliest first."""
    races = [one for one in _official(session) if one.season == name]
    seen = [one for one in races if _sees(one, viewer)]
    found = [_counted(session, one) for one in seen]
    return Season(
        name=name,
        counted=tuple(one for one in found if one is not None),
        hidden=len(races) - len(seen),
    )


def lines(session: Session, season: Season, table: str, viewer: Viewer | None) -> list[SeasonLine]:
    """Return one table of a season with names by consent."""
    places = _standings(season, table)
    own = str(viewer.id) if viewer else ""
    people = table not in {RELAYS, REGIONS}
    named = race_names(session, [UUID(str(one.who)) for one in places]) if people else {}
    behind = _behind(season, table)
    regions = _regions(season)
    found = []
    for one in places:
        who = str(one.who)
        public = named.get(UUID(who)) if people else None
        found.append(
            SeasonLine(
                who=who,
                rank=one.rank,
                points=one.points,
                places=one.places,
                name=public.name if public else "",
                number=public.number if public else 0,
                region=regions.get(who, "") if people else who,
                own=who == own if people else viewer is not None and who == viewer.region,
                behind=behind.get(who, {}),
            )
        )
    return found


def races_of(season: Season, table: str) -> list[RaceView]:
    """Return the races that count in ``table``, the earliest first."""
    return [one.race for one in season.counted if _scores(one, table)]


def scored(
    body: Row, members: Mapping[int, str], regions: Mapping[int, str]
) -> tuple[SeasonRace, dict[str, int]]:
    """Return what an official protocol is worth in its season, and the bib of everybody scored.

    A racer scores for the own name, a relay team for its region: of several teams of a region the
    best one counts. The regions' cup is made of the racers.
    """
    race = body["race"]
    rules = load_format(race["format"], race["options"])
    racers = tuple(
        Score(
            who=members[row["bib"]],
            rank=row["rank"],
            points=row["points"],
            region=row.get("region") or regions.get(row["bib"]),
        )
        for row in body["results"]
        if not rules.relay and row["rank"] is not None and row["bib"] in members
    )
    best: dict[str, Score] = {}
    for row in body["teams"]:
        region = team_region(str(row["team"]))
        if row["rank"] is not None and region not in best:
            best[region] = Score(who=region, rank=row["rank"], points=row["points"])
    made = SeasonRace(discipline=rules.discipline, racers=racers, teams=tuple(best.values()))
    return made, {who: bib for bib, who in members.items()}


_counted_races: OrderedDict[tuple[UUID, str], Counted] = OrderedDict()
_tables: OrderedDict[tuple[frozenset[str], str], tuple[SeasonStanding, ...]] = OrderedDict()
_lock = Lock()


def _official(session: Session) -> list[RaceView]:
    return [
        one
        for one in races_in(session, [Stage.OFFICIAL])
        if one.season and one.practice_of is None and not one.exhibition and one.rules.season
    ]


def _sees(race: RaceView, viewer: Viewer | None) -> bool:
    return race.public or viewer is not None


def _counted(session: Session, race: RaceView) -> Counted | None:
    found = published(session, race.id, Stage.OFFICIAL)
    if found is None:
        return None
    key = race.id, found.sha256
    with _lock:
        if key in _counted_races:
            _counted_races.move_to_end(key)
            return _counted_races[key]
    field = start_list(session, race.id)
    made, bibs = scored(
        found.body,
        {one.bib: str(one.member) for one in field},
        {one.bib: one.region for one in field},
    )
    counted = Counted(race=race, sha256=found.sha256, scored=made, bibs=bibs)
    with _lock:
        _counted_races[key] = counted
        while len(_counted_races) > _KEPT:
            _counted_races.popitem(last=False)
    return counted


def _standings(season: Season, table: str) -> tuple[SeasonStanding, ...]:
    key = frozenset(f"{one.race.id}:{one.sha256}" for one in season.counted), table
    with _lock:
        if key in _tables:
            _tables.move_to_end(key)
            return _tables[key]
    made = _made([one.scored for one in season.counted], table)
    with _lock:
        _tables[key] = made
        while len(_tables) > _KEPT:
            _tables.popitem(last=False)
    return made


def _made(races: Sequence[SeasonRace], table: str) -> tuple[SeasonStanding, ...]:
    if table == TOTAL:
        return total(races)
    if table == RELAYS:
        return relays(races)
    if table == REGIONS:
        return regions_cup(races)
    return by_discipline(races, table)


def _scores(one: Counted, table: str) -> tuple[Score, ...]:
    """What a race says in a table: as the season's own rules would rank it alone."""
    if table == RELAYS:
        return one.scored.teams
    if table == REGIONS:
        return tuple(
            Score(who=each.who, rank=each.rank, points=each.points)
            for each in regions_cup([one.scored])
        )
    return one.scored.racers if table in {TOTAL, one.scored.discipline} else ()


def _behind(season: Season, table: str) -> dict[str, dict[UUID, Behind]]:
    found: dict[str, dict[UUID, Behind]] = {}
    people = table not in {RELAYS, REGIONS}
    for one in season.counted:
        for score in _scores(one, table):
            who = str(score.who)
            asks = {"bib": str(one.bibs[who])} if people else {"region": who}
            found.setdefault(who, {})[one.race.id] = Behind(
                race=one.race, points=score.points, rank=score.rank, asks=asks
            )
    return found


def _regions(season: Season) -> dict[str, str]:
    """The region of each racer in the last race of the season."""
    return {
        str(score.who): score.region
        for one in season.counted
        for score in one.scored.racers
        if score.region
    }
