"""Reading what the consumers laid down: parts of the whole field, for lists. Nothing is computed.

Where the public sees less than the jury, one look decides which side is read, and reads it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast
from uuid import UUID

from redis import Redis

from psot import compact
from psot.standings import store
from psot.standings.store import SHOWN, TRUE
from scoring.biathlon.order import LINE_BYTES, Order

Audience = Literal["public", "true"]
Row = dict[str, Any]

# KEYS: state, true head, true rows, shown head, shown rows. ARGV: audience, field of the order,
# first place (from 0), how many, bytes of a line. Where nobody has said what the public may see,
# it sees what is shown and not what is true.
_SLICE = """
local at = 4
if ARGV[1] == 'true' or redis.call('HGET', KEYS[1], 'separate') == '0' then at = 2 end
local order = redis.call('HGET', KEYS[at], ARGV[2])
if not order then return {0, '', {}} end
local size = tonumber(ARGV[5])
local first = tonumber(ARGV[3]) * size
local part = string.sub(order, first + 1, first + tonumber(ARGV[4]) * size)
local asked = {}
for i = 1, #part, size do asked[#asked + 1] = struct.unpack('<i4', part, i) end
local rows = {}
if #asked > 0 then rows = redis.call('HMGET', KEYS[at + 1], unpack(asked)) end
return {#order / size, part, rows}
"""
# The same for single lines: ARGV: audience, field of the order. Returns the whole order, and
# whether the true side was read.
_ORDER = """
local at = 2
if ARGV[1] ~= 'true' and redis.call('HGET', KEYS[1], 'separate') ~= '0' then at = 3 end
return {redis.call('HGET', KEYS[at], ARGV[2]) or '', at == 2 and 1 or 0}
"""


@dataclass(frozen=True, kw_only=True)
class Listed:
    """Rows of the field from place ``start`` on, and how many fit the wish in all."""

    rows: tuple[Row, ...]
    total: int
    start: int


def part(
    redis: Redis, race: UUID, audience: Audience, *, group: str, start: int, count: int
) -> Listed:
    """Return a part of the field, or of one of its groups ("": all), in one round trip."""
    keys = [store.key(race, "state")]
    keys += [store.key(race, side, one) for side in (TRUE, SHOWN) for one in ("head", "rows")]
    script = redis.register_script(_SLICE)
    total, packed, texts = script(
        keys=keys, args=[audience, _field(group), start - 1, count, LINE_BYTES]
    )
    return Listed(rows=_rows(packed, texts, start), total=int(total), start=start)


def search(
    redis: Redis, race: UUID, audience: Audience, *, group: str, text: str, start: int, count: int
) -> Listed:
    """Return those whose name, number or team contains ``text``, in their order."""
    packed, true = _order(redis, race, audience, group)
    words = cast("dict[bytes, bytes]", redis.hgetall(store.key(race, "search")))
    wanted = text.casefold()
    found = [
        (place, line)
        for place, line in enumerate(Order(packed), 1)
        if wanted in words.get(str(line.crew).encode(), b"").decode()
    ]
    shown = found[start - 1 : start - 1 + count]
    side = TRUE if true else SHOWN
    texts = _texts(redis, store.key(race, side, "rows"), [line.crew for _, line in shown])
    rows = [
        _row(place, rank, gap_ms, told)
        for (place, (_, rank, gap_ms)), told in zip(shown, texts, strict=True)
        if told is not None
    ]
    return Listed(rows=tuple(rows), total=len(found), start=start)


def place_of(redis: Redis, race: UUID, audience: Audience, *, group: str, bib: int) -> int | None:
    """Return the place of a bib in the order, from 1; None where it has none there."""
    number = redis.hget(store.key(race, "members"), f"b:{bib}")
    if number is None:
        return None
    packed, _true = _order(redis, race, audience, group)
    place = Order(packed).places().get(int(number))
    return None if place is None else place + 1


def _order(redis: Redis, race: UUID, audience: Audience, group: str) -> tuple[bytes, bool]:
    keys = [store.key(race, "state"), store.key(race, TRUE, "head"), store.key(race, SHOWN, "head")]
    packed, true = redis.register_script(_ORDER)(keys=keys, args=[audience, _field(group)])
    return packed, bool(true)


def _texts(redis: Redis, key: str, numbers: Sequence[int]) -> list[bytes | None]:
    asked = [str(one) for one in numbers]
    return cast("list[bytes | None]", redis.hmget(key, asked)) if asked else []


def _field(group: str) -> str:
    return f"g:{group}" if group else "order"


def _rows(packed: bytes, texts: Sequence[bytes | None], start: int) -> tuple[Row, ...]:
    lines = Order(packed)
    return tuple(
        _row(place, rank, gap_ms, told)
        for place, ((_, rank, gap_ms), told) in enumerate(zip(lines, texts, strict=True), start)
        if told is not None
    )


def _row(place: int, rank: int | None, gap_ms: int | None, told: bytes) -> Row:
    return {"pos": place, "rank": rank, **compact.loads(told), "gap_ms": gap_ms}
