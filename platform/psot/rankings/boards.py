"""Live boards of regions, leagues and topics: the first fifty of each, and everybody's own window.

A board is published when one of its members changed, and all of them every few seconds: names,
regions and the wish to stand on no board change without a fact.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from flask import Flask
from redis import Redis
from sqlalchemy.orm import Session

from content.regions import all_regions
from psot.database import Database
from psot.library.queries import topics
from psot.live import BoardKind
from psot.live import boards as live
from psot.live.door import Door
from psot.policies import PUBLIC
from psot.rankings import sets
from psot.rankings.kinds import Board, Kind, board_called
from psot.ratings import ranks
from psot.ratings.bands import LEAGUES, bands
from psot.ratings.queries import OpenSeason, newest_season, season_called
from psot.ratings.ranks import Look
from psot.ratings.standings import LEADERS, SPAN, named, seen


class Publisher:
    """Publishes what changed at every call, and everything at every ``all_every``-th."""

    def __init__(self, database: Database, redis: "Redis", *, all_every: int = 10) -> None:
        self._database = database
        self._redis = redis
        self._all_every = all_every
        self._calls = 0

    def keep(self) -> None:
        """Bring the sets and their boards up to the stored ratings."""
        touched = sets.sync(self._database, self._redis)
        whole = self._calls % self._all_every == 0
        self._calls += 1
        with self._database.begin() as session:
            season = newest_season(session)
            if season is None or not sets.ready(self._redis, season.name):
                return
            wanted = {one for one in touched if one.code}
            if touched or whole:
                wanted |= set(leagues(season))
            if whole:
                wanted |= set(every(session, season))
            publish(session, self._redis, season, wanted)


def every(session: Session, season: OpenSeason) -> list[Board]:
    """Return the boards of all regions and topics."""
    codes = [(Kind.REGION, one.code) for one in all_regions()]
    codes += [(Kind.TOPIC, one) for one in topics(session)]
    return [Board(kind=kind, season=season.name, code=code) for kind, code in codes]


def leagues(season: OpenSeason) -> list[Board]:
    """Return the boards of the leagues, the highest first."""
    return [
        Board(kind=Kind.LEAGUE, season=season.name, code=str(number))
        for number in range(1, LEAGUES + 1)
    ]


def publish(session: Session, redis: "Redis", season: OpenSeason, wanted: Iterable[Board]) -> None:
    """Publish the first fifty of each of ``wanted``."""
    looks = {one: leading(redis, season, one) for one in wanted}
    places = [place for one in looks.values() for place in one.leaders]
    # A member's score differs from board to board, so each board is named by itself; names and
    # regions are asked for once.
    known = named(session, season.name, places)
    for board, look in looks.items():
        rows = {
            line.key: line.wire()
            for line in (known[one.member].at(one) for one in look.leaders if one.member in known)
        }
        live.publish(redis, board.name, rows, as_of=look.version)


def leading(redis: "Redis", season: OpenSeason, board: Board, members: Sequence[UUID] = ()) -> Look:
    """Return the first fifty of ``board`` and the windows of ``members``."""
    if board.kind is not Kind.LEAGUE:
        return ranks.look_at(redis, board.keys, members, leaders=LEADERS, span=SPAN)
    everybody = ranks.keys_of(season.name)
    found = ranks.look_at(redis, everybody, members, span=SPAN)
    band = next((one for one in bands(redis, season) if str(one.league) == board.code), None)
    first = (
        ranks.within(redis, everybody, band.least_milli, band.below_milli, LEADERS) if band else ()
    )
    return Look(version=found.version, total=found.total, leaders=first, around=found.around)


def register(app: Flask) -> None:
    """Let anybody watch the boards, and members their own windows."""
    database: Database = app.extensions["psot.database"]
    door: Door = app.extensions["psot.live"]

    def around(redis: "Redis", name: str, members: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
        board = board_called(name)
        with database.begin() as session:
            if season_called(session, board.season) is None:
                return {}
            look = ranks.look_at(redis, board.keys, members, span=SPAN)
            return seen(session, look, board.season)

    for kind in (Kind.REGION, Kind.TOPIC):
        door.register_board(BoardKind(prefix=kind.value, policy=PUBLIC, windows=around))
    door.register_board(BoardKind(prefix=Kind.LEAGUE.value, policy=PUBLIC))
