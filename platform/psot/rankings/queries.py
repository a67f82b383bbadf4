"""What pages show of boards; every answer is read from what is kept ready."""

from dataclasses import dataclass
from uuid import UUID

from redis import Redis
from sqlalchemy import select
from sqlalchemy.orm import Session

from psot.rankings import sets
from psot.rankings.boards import leading
from psot.rankings.kinds import Board, Kind
from psot.rankings.models import MemberWeek
from psot.ratings import ranks
from psot.ratings.queries import OpenSeason
from psot.ratings.standings import Line, lines_of, named, shown


@dataclass(frozen=True, kw_only=True)
class BoardView:
    """A board as one reader sees it: the first fifty, and the neighbours of the own place."""

    board: Board
    total: int
    leaders: tuple[Line, ...]
    around: tuple[Line, ...]

    def own(self, member: str) -> Line | None:
        """Return the line of ``member``, None without one."""
        return next((one for one in self.around if one.key == member), None)


@dataclass(frozen=True, kw_only=True)
class Week:
    """A member's place at the end of a week, or so far in the running one."""

    season: str
    week: int
    rank: int
    total: int
    rating_milli: int


def board_view(
    session: Session, redis: "Redis", season: OpenSeason, board: Board, member: UUID | None
) -> BoardView | None:
    """Return a board, None until it is filled. Raises RedisError where Redis does not answer."""
    if board.kind is not Kind.LEAGUE and not sets.ready(redis, season.name):
        return None
    asked = [member] if member and board.kind is not Kind.LEAGUE else []
    look = leading(redis, season, board, asked)
    lines = named(session, season.name, shown(look), own=asked)
    return BoardView(
        board=board,
        total=look.total,
        leaders=lines_of(lines, look.leaders, member),
        around=lines_of(lines, look.around[member], member) if member and asked else (),
    )


def ranks_of(redis: "Redis", season: str, ratings_milli: list[int]) -> dict[int, int]:
    """Return the places of ratings among all members. Raises RedisError."""
    return ranks.ranks_at(redis, ranks.keys_of(season), ratings_milli)


def weeks_of(session: Session, member: UUID) -> list[Week]:
    """Return all noted places of a member, the earliest first."""
    rows = session.scalars(
        select(MemberWeek)
        .where(MemberWeek.member == member)
        .order_by(MemberWeek.season, MemberWeek.week)
    )
    return [
        Week(
            season=row.season,
            week=row.week,
            rank=row.rank,
            total=row.total,
            rating_milli=row.rating_milli,
        )
        for row in rows
    ]
