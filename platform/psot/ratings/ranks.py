"""Ranks in Redis sorted sets: O(log n) for every change, one round trip for every question.

Scores are absolute values, never increments, so writing one twice changes nothing. Equal ratings
share a rank: one more than the number of members above.
"""

import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID, uuid4

from redis import Redis
from sqlalchemy import text
from sqlalchemy.orm import Session

from psot.database import Database

CHUNK = 5000
LOADING_TTL_S = 600

# KEYS: state, scores. ARGV: epoch, version expected, version reached, then score, member, ...
# Two publishers never interleave: who finds another version than expected writes nothing.
_ADVANCE = """
local state = redis.call('HMGET', KEYS[1], 'epoch', 'version')
if state[1] ~= ARGV[1] or state[2] ~= ARGV[2] then return 0 end
for i = 4, #ARGV, 2 do redis.call('ZADD', KEYS[2], ARGV[i], ARGV[i + 1]) end
redis.call('HSET', KEYS[1], 'version', ARGV[3])
return 1
"""

# KEYS: state, scores, loaded. ARGV: epoch, version reached. The old board stands until the new one
# takes its place whole.
_INSTALL = """
redis.call('DEL', KEYS[2])
if redis.call('EXISTS', KEYS[3]) == 1 then
    redis.call('RENAME', KEYS[3], KEYS[2])
    redis.call('PERSIST', KEYS[2])
end
redis.call('HSET', KEYS[1], 'epoch', ARGV[1], 'version', ARGV[2])
"""

# KEYS: scores, state. ARGV: how many leaders, how many neighbours to each side, then members.
# Answers {version, total, leaders, {index of the first neighbour, its rank, neighbours, ...}}; rows
# are packed into one string, a member and a score each: a reply of many parts is slow to read.
_LOOK = """
local function packed(first, last)
    local rows = redis.call('ZREVRANGE', KEYS[1], first, last, 'WITHSCORES')
    local parts = {}
    for i = 1, #rows, 2 do
        parts[#parts + 1] = struct.pack('>c16I4', rows[i], tonumber(rows[i + 1]))
    end
    return table.concat(parts), rows[2]
end
local leaders = ''
if tonumber(ARGV[1]) > 0 then leaders = packed(0, tonumber(ARGV[1]) - 1) end
local windows = {}
for i = 3, #ARGV do
    local at = redis.call('ZREVRANK', KEYS[1], ARGV[i])
    if at then
        local from = math.max(0, at - tonumber(ARGV[2]))
        local rows, best = packed(from, at + tonumber(ARGV[2]))
        windows[#windows + 1] = from
        windows[#windows + 1] = 1 + redis.call('ZCOUNT', KEYS[1], '(' .. best, '+inf')
        windows[#windows + 1] = rows
    else
        windows[#windows + 1] = 0
        windows[#windows + 1] = 0
        windows[#windows + 1] = ''
    end
end
local version = redis.call('HGET', KEYS[2], 'version') or 0
return {tonumber(version), redis.call('ZCARD', KEYS[1]), leaders, windows}
"""
_ROW = struct.Struct(">16sI")

_SEASONS = text(
    """
    SELECT s.season, s.epoch, coalesce(m.version, 0) AS version
    FROM rating_seasons s LEFT JOIN LATERAL (
        SELECT max(version) AS version FROM rating_members m WHERE m.season = s.season
    ) m ON true
    """
)
_BEHIND = text(
    """
    SELECT member, rating_milli, version FROM rating_members
    WHERE season = :season AND version > :version ORDER BY version LIMIT :chunk
    """
)


@dataclass(frozen=True, kw_only=True)
class Place:
    """One row of a ranking. ``rating_milli`` is in thousandths of a point."""

    rank: int
    member: UUID
    rating_milli: int


@dataclass(frozen=True, kw_only=True)
class Look:
    """What one look at a ranking tells: how many are ranked, who leads, who is around whom.

    ``version`` grows with every change of the ranking, 0 before it is loaded. ``around`` holds the
    rows nearby for each member asked about, none for a member without a rank.
    """

    version: int
    total: int
    leaders: tuple[Place, ...]
    around: dict[UUID, tuple[Place, ...]]

    def place_of(self, member: UUID) -> Place | None:
        """Return the place of ``member``, one of those asked about."""
        return next((one for one in self.around.get(member, ()) if one.member == member), None)


@dataclass(frozen=True, kw_only=True)
class Keys:
    """Where a ranking stands in Redis: the sorted set, and the hash with its ``version``."""

    scores: str
    state: str


def keys_of(season: str) -> Keys:
    """Return where all members of ``season`` are ranked."""
    return Keys(scores=_scores(season), state=_state(season))


def look(
    redis: "Redis",
    season: str,
    members: Sequence[UUID] = (),
    *,
    leaders: int = 0,
    span: int = 3,
) -> Look:
    """Return leaders, and ``span`` rows to both sides of each of ``members``, in one round trip."""
    return look_at(redis, keys_of(season), members, leaders=leaders, span=span)


def look_at(
    redis: "Redis",
    keys: Keys,
    members: Sequence[UUID] = (),
    *,
    leaders: int = 0,
    span: int = 3,
) -> Look:
    """Return the same of any ranking kept as this one: scores from 0, members as 16 bytes."""
    script = _script(redis, _LOOK)
    asked = [one.bytes for one in members]
    both = [keys.scores, keys.state]
    version, total, top, windows = script(keys=both, args=[leaders, span, *asked])
    return Look(
        version=version,
        total=total,
        leaders=tuple(_places(top, first_index=0, first_rank=1)),
        around={
            member: tuple(_places(rows, first_index=index, first_rank=rank))
            for member, index, rank, rows in zip(
                members, windows[::3], windows[1::3], windows[2::3], strict=True
            )
        },
    )


def within(
    redis: "Redis", keys: Keys, least: int, below: int | None, count: int
) -> tuple[Place, ...]:
    """Return the first ``count`` places with scores from ``least`` up to ``below`` (None: all)."""
    from_, best = ("(+inf", "+inf") if below is None else (str(below), f"({below}")
    with redis.pipeline(transaction=True) as pipe:
        pipe.zcount(keys.scores, from_, "+inf")
        pipe.zrevrangebyscore(keys.scores, best, least, start=0, num=count, withscores=True)
        above, rows = pipe.execute()
    packed = b"".join(_ROW.pack(member, int(score)) for member, score in rows)
    return tuple(_places(packed, first_index=above, first_rank=above + 1))


def ranks_at(redis: "Redis", keys: Keys, scores: Sequence[int]) -> dict[int, int]:
    """Return the rank of each of ``scores``: one more than the number of members above."""
    asked = sorted(set(scores))
    with redis.pipeline(transaction=False) as pipe:
        for score in asked:
            pipe.zcount(keys.scores, f"({score}", "+inf")
        return {score: 1 + above for score, above in zip(asked, pipe.execute(), strict=True)}


def scores_at(redis: "Redis", keys: Keys, indexes: Callable[[int], Sequence[int]]) -> list[int]:
    """Return the scores at the positions (from 0) that ``indexes`` picks, given how many there are.

    Those beyond the end are left out.
    """
    total = redis.zcard(keys.scores)
    with redis.pipeline(transaction=False) as pipe:
        for index in indexes(total):
            pipe.zrevrange(keys.scores, index, index, withscores=True)
        return [int(rows[0][1]) for rows in pipe.execute() if rows]


def everybody(redis: "Redis", season: str) -> tuple[int, dict[UUID, int]]:
    """Return the version of a ranking and the rating of everybody in it, of one moment."""
    with redis.pipeline(transaction=True) as together:
        together.hget(_state(season), "version")
        together.zrange(_scores(season), 0, -1, withscores=True)
        version, rows = together.execute()
    return int(version or 0), {UUID(bytes=member): int(milli) for member, milli in rows}


def sync(database: Database, redis: "Redis") -> bool:
    """Bring every ranking up to the stored ratings; returns whether anything was behind.

    After Redis lost its memory, or the ratings were rebuilt, a ranking is loaded whole.
    """
    behind = False
    with database.begin() as session:
        for row in session.execute(_SEASONS).all():
            epoch = str(row.epoch).encode()
            known, version = cast(
                "tuple[bytes | None, bytes | None]",
                redis.hmget(_state(row.season), ["epoch", "version"]),
            )
            if known != epoch or version is None:
                _load(session, redis, row.season, epoch)
            elif int(version) < row.version:
                _advance(session, redis, row.season, epoch, int(version))
            else:
                continue
            behind = True
    return behind


def _advance(session: Session, redis: "Redis", season: str, epoch: bytes, version: int) -> None:
    script = _script(redis, _ADVANCE)
    keys = [_state(season), _scores(season)]
    while rows := _rows(session, season, version):
        pairs = [value for row in rows for value in (row.rating_milli, row.member.bytes)]
        reached = rows[-1].version
        if not script(keys=keys, args=[epoch, version, reached, *pairs]):
            return  # another publisher is at it
        version = reached


def _load(session: Session, redis: "Redis", season: str, epoch: bytes) -> None:
    loading = f"{_scores(season)}:loading:{uuid4().hex}"
    version = 0
    while rows := _rows(session, season, version):
        redis.zadd(loading, {row.member.bytes: row.rating_milli for row in rows})
        redis.expire(loading, LOADING_TTL_S)
        version = rows[-1].version
    _script(redis, _INSTALL)(keys=[_state(season), _scores(season), loading], args=[epoch, version])


def _rows(session: Session, season: str, version: int) -> Sequence[Any]:
    values = {"season": season, "version": version, "chunk": CHUNK}
    return session.execute(_BEHIND, values).all()


def _places(packed: bytes, *, first_index: int, first_rank: int) -> list[Place]:
    """Name the rows of a range: a rank is the position unless the score equals the one above."""
    places: list[Place] = []
    rank, above = first_rank, None
    for position, (member, milli) in enumerate(_ROW.iter_unpack(packed), first_index + 1):
        if above is not None and milli != above:
            rank = position
        above = milli
        places.append(Place(rank=rank, member=UUID(bytes=member), rating_milli=milli))
    return places


def _script(redis: "Redis", source: str) -> Callable[..., Any]:
    return redis.register_script(source)


def _scores(season: str) -> str:
    return f"psot:ratings:{season}:scores"


def _state(season: str) -> str:
    return f"psot:ratings:{season}:state"
