"""Each racer's own window: the own row with its gaps, five rows to each side, the own splits.

A racer's window is never delayed. While the public board stands still it shows that board, and of
the racer's own the progress and the times, but neither rank nor gaps.
"""

import json
from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from redis import Redis

from psot.standings import names, store
from psot.standings.store import SHOWN, TRUE

Row = dict[str, Any]

SPAN: Final = 5
TENTH_MS: Final = 100
GAPS: Final = ("ahead_ms", "behind_ms", "leader_ms", "region_ms", "team_ms")

# KEYS: state, members, then head, rows, ways, columns of the true and of the shown side.
# ARGV: span, bytes of a line, then members. Returns {frozen, order, firsts, members' lines,
# {line, row, way, ...} of everybody needed, columns, {line, true row, true way, ...} of the asked
# where frozen}.
_LOOK = """
local frozen = redis.call('HGET', KEYS[1], 'frozen') == '1'
local at = frozen and 7 or 3
local order = redis.call('HGET', KEYS[at], 'order')
if not order then return {} end
local firsts = redis.call('HGET', KEYS[at], 'firsts')
local span, size = tonumber(ARGV[1]), tonumber(ARGV[2])
local last = #order / size - 1
local places = {}
local function line(place) return struct.unpack('<i4', order, place * size + 1) end
for place = 0, last do places[line(place)] = place end
local found, own, wanted = {}, {}, {}
for i = 3, #ARGV do
    local told = redis.call('HGET', KEYS[2], ARGV[i])
    found[#found + 1] = told or ''
    if told then
        local number = tonumber(string.match(told, '^%d+'))
        own[#own + 1] = number
        local place = places[number]
        if place then
            for near = math.max(0, place - span), math.min(last, place + span) do
                wanted[line(near)] = true
            end
        end
    end
end
for _, number in pairs(cjson.decode(firsts)) do wanted[number] = true end
local function told(from, numbers)
    local parts = {}
    for i = 1, #numbers, 1000 do
        local some = {unpack(numbers, i, math.min(i + 999, #numbers))}
        local rows = redis.call('HMGET', KEYS[from + 1], unpack(some))
        local ways = redis.call('HMGET', KEYS[from + 2], unpack(some))
        for j = 1, #some do
            parts[#parts + 1] = some[j]
            parts[#parts + 1] = rows[j] or '{}'
            parts[#parts + 1] = ways[j] or '{}'
        end
    end
    return parts
end
local asked = {}
for number in pairs(wanted) do asked[#asked + 1] = number end
return {frozen and 1 or 0, order, firsts, found, told(at, asked),
        redis.call('HGETALL', KEYS[at + 3]), frozen and told(3, own) or {}}
"""


@dataclass(kw_only=True)
class _Look:
    """What one look found."""

    frozen: bool
    order: list[tuple[int, int | None, int | None]]
    firsts: Mapping[str, int]
    rows: Mapping[int, Row]
    ways: Mapping[int, Row]
    columns: Mapping[str, Sequence[int]]
    true: Mapping[int, tuple[Row, Row]]

    def __post_init__(self) -> None:
        self.places = {number: place for place, (number, _, _) in enumerate(self.order)}

    def row(self, place: int) -> Row:
        """Return the whole row at a place, from 0."""
        number, rank, gap_ms = self.order[place]
        return {"pos": place + 1, "rank": rank, **self.rows[number], "gap_ms": gap_ms}

    def gap_ms(self, one: int, other: int) -> int | None:
        """Return how far ``one`` is behind ``other`` at the last point that both passed."""
        mine, theirs = self.ways[one]["stages"], self.ways[other]["stages"]
        last = next((stage for stage in reversed(mine) if stage in theirs), None)
        return None if last is None else mine[last] - theirs[last]


def windows(redis: Redis, board: str, members: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return the window of each of ``members`` on a race's main board, in one round trip."""
    race = names.race_of(board)
    if race is None or not members:
        return {}
    found = _look(redis, race, members)
    if found is None:
        return {}
    look, lines = found
    return {
        member: _window(look, number, bib)
        for member, (number, bib) in lines.items()
        if number in look.places
    }


def _look(
    redis: Redis, race: UUID, members: Sequence[UUID]
) -> tuple[_Look, dict[UUID, tuple[int, str]]] | None:
    keys = [store.key(race, "state"), store.key(race, "members")]
    parts = ("head", "rows", "ways", "columns")
    keys += [store.key(race, side, part) for side in (TRUE, SHOWN) for part in parts]
    asked = [one.hex for one in members]
    answer = redis.register_script(_LOOK)(keys=keys, args=[SPAN, store.LINE.size, *asked])
    if not answer:
        return None
    frozen, order, firsts, found, told, columns, true = answer
    lines = {
        member: (int(number), bib)
        for member, text in zip(members, found, strict=True)
        if text
        for number, bib in (text.decode().split(":"),)
    }
    numbers = told[::3]
    look = _Look(
        frozen=bool(frozen),
        order=store.unpacked(order),
        firsts=json.loads(firsts),
        rows=dict(zip(numbers, map(json.loads, told[1::3]), strict=True)),
        ways=dict(zip(numbers, map(json.loads, told[2::3]), strict=True)),
        columns={
            key.decode(): array("q", data)
            for key, data in zip(columns[::2], columns[1::2], strict=True)
        },
        true={
            number: (json.loads(row), json.loads(way))
            for number, row, way in zip(true[::3], true[1::3], true[2::3], strict=True)
        },
    )
    return look, lines


def _window(look: _Look, number: int, bib: str) -> dict[str, Any]:
    place = look.places[number]
    first, last = max(0, place - SPAN), min(len(look.order) - 1, place + SPAN)
    rows = [look.row(one) for one in range(first, last + 1)]
    shown = look.row(place)
    splits = look.ways[number]["splits"].get(bib, [])
    if look.frozen:
        own, way = look.true[number]
        me = {**shown, **own, "rank": None, "gap_ms": None, **dict.fromkeys(GAPS)}
        splits = way["splits"].get(bib, [])
    else:
        me = {**shown, **_gaps(look, place, number, shown)}
    return {
        "me": me,
        "rows": rows,
        "entered": len(look.order),
        "splits": [_split(look, number, one) for one in splits],
    }


def _gaps(look: _Look, place: int, number: int, row: Row) -> dict[str, int | None]:
    if row["rank"] is None:
        return dict.fromkeys(GAPS)
    ahead = look.order[place - 1][0] if place else None
    behind = look.order[place + 1] if place + 1 < len(look.order) else None
    reverse = look.gap_ms(behind[0], number) if behind and behind[1] is not None else None
    return {
        "ahead_ms": None if ahead is None else look.gap_ms(number, ahead),
        "behind_ms": reverse,
        "leader_ms": row["gap_ms"],
        "region_ms": _to_first(look, number, f"r.{row['region']}"),
        "team_ms": _to_first(look, number, f"t.{row['team']}"),
    }


def _to_first(look: _Look, number: int, group: str) -> int | None:
    first = look.firsts.get(group)
    return None if first is None else look.gap_ms(number, first)


def _split(look: _Look, number: int, told: Sequence[Any]) -> dict[str, Any]:
    """Return an own split; its rank and gap where the board that is shown has it already."""
    leg, point, t_ms, run_ms, stage = told
    value = look.ways[number]["values"].get(stage)
    column = look.columns.get(stage, ())
    known = value is not None and len(column) > 0
    return {
        "point": point,
        "leg": leg,
        "t_ms": t_ms,
        "run_ms": run_ms,
        "rank": 1 + bisect_left(column, value // TENTH_MS * TENTH_MS) if known else None,
        "behind_ms": value - column[0] if known else None,
    }
