"""Medals and starts of everybody in a season of races, counted from the official protocols.

Counted are the races that make up the season's tables and that anybody may watch: a board for
everybody tells nothing of a race for members only. In a relay the whole team wins.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from psot.jury.queries import fingerprints, published
from psot.races.queries import races_in, start_list
from psot.races.stages import Stage
from psot.races.values import RaceView

MEDALS = 3
NOT_STARTED = "DNS"


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How often a member won, came second and third, and started."""

    gold: int
    silver: int
    bronze: int
    starts: int


@dataclass(frozen=True, kw_only=True)
class Protocols:
    """The protocols behind a season's medals; ``sha256`` changes whenever any of them does."""

    races: tuple[UUID, ...]
    sha256: str


def seasons_of_races(session: Session) -> dict[str, Protocols]:
    """Return what is behind the medals of each season, without opening a protocol."""
    hashes = fingerprints(session, Stage.OFFICIAL)
    found: dict[str, list[UUID]] = {}
    for race in races_in(session, [Stage.OFFICIAL]):
        if _counts(race) and race.id in hashes:
            found.setdefault(race.season, []).append(race.id)
    return {
        season: Protocols(races=tuple(races), sha256=_all(hashes[one] for one in sorted(races)))
        for season, races in found.items()
    }


def tallies(session: Session, protocols: Protocols) -> dict[UUID, Tally]:
    """Return everybody's medals and starts."""
    medals: Counter[tuple[UUID, int]] = Counter()
    starts: Counter[UUID] = Counter()
    for race in protocols.races:
        found = published(session, race, Stage.OFFICIAL)
        if found is None:
            continue
        members = {one.bib: one.member for one in start_list(session, race)}
        starts.update({members[bib] for bib in _started(found.body) if bib in members})
        medals.update((members[bib], rank) for bib, rank in _ranked(found.body) if bib in members)
    return {
        member: Tally(
            gold=medals[member, 1],
            silver=medals[member, 2],
            bronze=medals[member, 3],
            starts=count,
        )
        for member, count in starts.items()
    }


def _counts(race: RaceView) -> bool:
    own = race.practice_of is None and not race.exhibition
    return bool(race.season) and own and bool(race.rules.season) and race.public


def _started(body: Mapping[str, Any]) -> Iterator[int]:
    return (row["bib"] for row in body["results"] if row["irm"] != NOT_STARTED)


def _ranked(body: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
    """Return bibs with a medal; of a relay everybody who raced a leg for the team."""
    if body["teams"]:
        for team in body["teams"]:
            if team["rank"] is not None and team["rank"] <= MEDALS:
                yield from {(leg["bib"], team["rank"]) for leg in team["legs"]}
        return
    for row in body["results"]:
        if row["rank"] is not None and row["rank"] <= MEDALS:
            yield row["bib"], row["rank"]


def _all(hashes: Iterator[str]) -> str:
    return hashlib.sha256("\n".join(hashes).encode()).hexdigest()
