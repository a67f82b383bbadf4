"""The sorted sets of regions and topics follow the stored ratings, a few thousand members a turn.

What is written are absolute scores: effectiveness in a topic in millionths, a rating in
thousandths. ``at`` tells which ratings were read last: their epoch, the calibration they were
weighed by, and the version of the last row. Whoever finds another one there than it began from
writes nothing, so two that do this at once never mix. A new epoch empties the sets; a new
calibration has everybody read again while the sets stay as they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from redis import Redis
from sqlalchemy.orm import Session

from psot.database import Database
from psot.library.queries import question_topics
from psot.rankings.kinds import Board, Kind, base, state
from psot.ratings.changes import Changed, changed, epoch_of, topic_sums
from psot.ratings.queries import OpenSeason, newest_season
from psot.ratings.rules import Standard
from psot.ratings.standards import standards

MEMBERS_A_TURN = 2_000
TURNS = 5
"""Turns of one call: the scheduler has other things to do, and comes again in a second."""

# KEYS: state, homes, names of the sets. ARGV: at expected, at reached, 1: everything is there,
# 1: empty the sets first, then (set, score, member); a score of -1 takes a member out, a set that
# begins with the prefix of regions is the member's only one.
_WRITE = """
local known = redis.call('HGET', KEYS[1], 'at') or ''
if known ~= ARGV[1] then return 0 end
if ARGV[4] == '1' then
    for _, set in ipairs(redis.call('SMEMBERS', KEYS[3])) do redis.call('DEL', set) end
    redis.call('DEL', KEYS[2], KEYS[3])
    redis.call('HDEL', KEYS[1], 'ready')
end
local regions = ARGV[5]
for i = 6, #ARGV, 3 do
    local set, score, member = ARGV[i], ARGV[i + 1], ARGV[i + 2]
    if string.sub(set, 1, #regions) == regions then
        local home = redis.call('HGET', KEYS[2], member)
        if home and home ~= set then redis.call('ZREM', home, member) end
        redis.call('HSET', KEYS[2], member, set)
    end
    if score == '-1' then
        redis.call('ZREM', set, member)
    else
        redis.call('ZADD', set, score, member)
        redis.call('SADD', KEYS[3], set)
    end
end
redis.call('HSET', KEYS[1], 'at', ARGV[2])
redis.call('HINCRBY', KEYS[1], 'version', 1)
if ARGV[3] == '1' then redis.call('HSET', KEYS[1], 'ready', 1) end
return 1
"""


@dataclass(frozen=True, kw_only=True)
class Reached:
    """Which ratings the sets hold: those up to ``version`` of ``epoch``, by ``calibration``."""

    epoch: int
    calibration: int
    version: int

    @property
    def told(self) -> str:
        """As it is kept."""
        return f"{self.epoch}:{self.calibration}:{self.version}"


def sync(database: Database, redis: "Redis") -> set[Board]:
    """Bring the sets of the newest season nearer to its ratings; returns the boards changed."""
    touched: set[Board] = set()
    with database.begin() as session:
        season = newest_season(session)
        if season is None:
            return touched
        for _turn in range(TURNS):
            found = _turn_of(session, redis, season)
            if found is None:
                break
            touched |= found
    return touched


def ready(redis: "Redis", season: str) -> bool:
    """Tell whether every member of ``season`` stands in the sets by now."""
    return bool(redis.hexists(state(season), "ready"))


def forget(redis: "Redis", season: str) -> bool:
    """Remove the sets of a ``season`` that no board shows any more; returns whether there were any.

    What they held is in the ratings, and the places of its weeks are noted: they can be made again.
    """
    own = {state(season), f"{base(season)}:homes", f"{base(season)}:sets"}
    sets = cast("set[bytes]", redis.smembers(f"{base(season)}:sets"))
    return bool(redis.unlink(*own, *sets))


def _turn_of(session: Session, redis: "Redis", season: OpenSeason) -> set[Board] | None:
    """Write the next members; None: nobody is left, or another one is at it."""
    kept = cast(
        "tuple[bytes | None, bytes | None]", redis.hmget(state(season.name), ["at", "ready"])
    )
    told = kept[0].decode() if kept[0] else ""
    epoch = epoch_of(session, season.name)
    before = _read(told)
    fresh = before is None or before.epoch != epoch
    version = (
        before.version if before and not fresh and before.calibration == season.calibration else 0
    )
    members = changed(session, season.name, version=version, at_most=MEMBERS_A_TURN)
    all_there = len(members) < MEMBERS_A_TURN
    if not members and not fresh and kept[1]:
        return None
    reached = Reached(
        epoch=epoch,
        calibration=season.calibration,
        version=members[-1].version if members else version,
    )
    scores = _scores(session, season, members) if members else []
    names = [state(season.name), f"{base(season.name)}:homes", f"{base(season.name)}:sets"]
    flags: list[str | int | bytes] = [
        int(all_there),
        int(fresh),
        f"{base(season.name)}:{Kind.REGION}:",
    ]
    rows: list[str | int | bytes] = [
        value for board, score, who in scores for value in (board.keys.scores, score, who)
    ]
    if not redis.register_script(_WRITE)(keys=names, args=[told, reached.told, *flags, *rows]):
        return None
    return {board for board, _score, _who in scores}


def _scores(
    session: Session, season: OpenSeason, members: Sequence[Changed]
) -> list[tuple[Board, int, bytes]]:
    standard = next(one for one in standards(session) if one.season == season.name)
    rows = [
        (Board(kind=Kind.REGION, season=season.name, code=one.region), one.rating_milli, one.member)
        for one in members
    ]
    topics = question_topics(session)
    rows += _by_topic(session, standard, [one.member for one in members], topics)
    return [(board, score, member.bytes) for board, score, member in rows]


def _by_topic(
    session: Session, standard: Standard, members: Sequence[UUID], topics: Mapping[str, str]
) -> list[tuple[Board, int, UUID]]:
    """Return everybody's effectiveness in each topic, -1 where nothing of it counts any more."""
    return [
        (
            Board(kind=Kind.TOPIC, season=standard.season, code=topic),
            sums.ppb(standard.mean_ppb, standard.parameters) // 1000 if sums.weight_ppm else -1,
            member,
        )
        for (member, topic), sums in topic_sums(session, standard, members, topics).items()
    ]


def _read(told: str) -> Reached | None:
    if not told:
        return None
    epoch, calibration, version = (int(one) for one in told.split(":"))
    return Reached(epoch=epoch, calibration=calibration, version=version)
