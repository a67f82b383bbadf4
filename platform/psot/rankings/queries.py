"""What pages show of boards; every answer is read from what is kept ready."""

from dataclasses import dataclass
from uuid import UUID

from redis import Redis
from sqlalchemy import select
from sqlalchemy.orm import Session

from psot.members.boards import board_names
from psot.members.queries import PublicName, regions_of
from psot.rankings import sets
from psot.rankings.boards import leading
from psot.rankings.kinds import Board, Kind
from psot.rankings.models import MedalRow, MedalSeason, MemberWeek
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


@dataclass(frozen=True, kw_only=True)
class MedalLine:
    """Medals and starts of a member as others see them."""

    place: int
    member: UUID
    who: PublicName
    region: str
    gold: int
    silver: int
    bronze: int
    starts: int


@dataclass(frozen=True, kw_only=True)
class Medals:
    """The medals of a season of races: the first ones, and the reader's own line."""

    season: str
    races: int
    lines: tuple[MedalLine, ...]
    own: MedalLine | None


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


def medal_seasons(session: Session) -> list[str]:
    """Return the seasons of races whose medals are counted, the newest first."""
    return list(session.scalars(select(MedalSeason.season).order_by(MedalSeason.season.desc())))


def medals(session: Session, season: str, member: UUID | None, *, at_most: int) -> Medals | None:
    """Return who has medals in ``season``, most gold first; None for a season without any race."""
    kept = session.get(MedalSeason, season)
    if kept is None:
        return None
    won = MedalRow.gold + MedalRow.silver + MedalRow.bronze > 0
    first = session.scalars(
        select(MedalRow)
        .where(MedalRow.season == season, won)
        .order_by(MedalRow.place, MedalRow.member)
        .limit(at_most)
    ).all()
    mine = session.get(MedalRow, (season, member)) if member else None
    names = board_names(session, [one.member for one in first])
    own = board_names(session, [mine.member], own=[mine.member]) if mine else {}
    homes = regions_of(session, [*names, *own])
    return Medals(
        season=season,
        races=kept.races,
        lines=tuple(
            _medal_line(one, names[one.member], homes) for one in first if one.member in names
        ),
        own=_medal_line(mine, own[mine.member], homes) if mine and mine.member in own else None,
    )


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


def _medal_line(row: MedalRow, who: PublicName, homes: dict[UUID, str]) -> MedalLine:
    return MedalLine(
        place=row.place,
        member=row.member,
        who=who,
        region=homes.get(row.member, ""),
        gold=row.gold,
        silver=row.silver,
        bronze=row.bronze,
        starts=row.starts,
    )
