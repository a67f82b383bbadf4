"""A web process's copy of a race's field: brought up to Redis by what moved, shared by all windows.

Redis keeps with each line and column the step in which it moved last (`store.Step`). A copy asks
for what moved after the step that it has, in one round trip that sees one moment. However many
watch, and whatever the field, a look costs what moved since the last one, and the order.
"""

import threading
import time
from array import array
from collections.abc import Mapping, Sequence
from functools import cached_property
from math import inf
from typing import Any, Final, cast
from uuid import UUID

from redis import Redis

from psot import compact
from psot.standings import store
from psot.standings.store import PARTS, SHOWN, TRUE
from scoring.biathlon.order import Order

Row = dict[str, Any]

MOST_READ: Final = 512
"""Rows and ways that a copy keeps as they were read, for the neighbours of who looked."""

LOOK_EVERY_S: Final = 0.2
"""A copy so young is good enough for the next few windows of a crowd."""

# KEYS: state, then head, rows, ways, columns, moved of the true and of the shown side. ARGV: epoch
# of the copy, its step of the true and of the shown side. Returns {epoch, step, frozen, true side,
# shown side}: a side is {order, firsts, {line, row, way, ...}, {column, bytes, ...}, people moved},
# empty where nothing is there, or nothing moved since, or where it is not looked at.
_LOOK = """
local told = redis.call('HMGET', KEYS[1], 'epoch', 'step', 'frozen')
local epoch, step, frozen = told[1] or '', tonumber(told[2] or '0'), told[3] == '1'
local function side(at, since)
    if epoch ~= ARGV[1] or since > step then since = -1 end
    if since == step then return {} end
    local order = redis.call('HGET', KEYS[at], 'order')
    if not order then return {} end
    local lines, stages, people = {}, {}, 0
    for _, one in ipairs(redis.call('ZRANGEBYSCORE', KEYS[at + 4], '(' .. since, '+inf')) do
        local kind, name = string.sub(one, 1, 1), string.sub(one, 3)
        if one == 'people' then people = 1
        elseif kind == 'l' then lines[#lines + 1] = name
        else stages[#stages + 1] = name end
    end
    local rows, columns = {}, {}
    for first = 1, #lines, 1000 do
        local last = math.min(first + 999, #lines)
        local texts = redis.call('HMGET', KEYS[at + 1], unpack(lines, first, last))
        local ways = redis.call('HMGET', KEYS[at + 2], unpack(lines, first, last))
        for i = first, last do
            rows[#rows + 1] = lines[i]
            rows[#rows + 1] = texts[i - first + 1] or '{}'
            rows[#rows + 1] = ways[i - first + 1] or '{}'
        end
    end
    for i = 1, #stages do
        columns[#columns + 1] = stages[i]
        columns[#columns + 1] = redis.call('HGET', KEYS[at + 3], stages[i]) or ''
    end
    return {order, redis.call('HGET', KEYS[at], 'firsts'), rows, columns, people}
end
return {epoch, step, frozen and 1 or 0, side(2, tonumber(ARGV[2])),
        frozen and side(7, tonumber(ARGV[3])) or {}}
"""


class Copy:
    """One side of the field, as it stands in one step."""

    def __init__(self) -> None:
        self.step = -1
        self.order = Order()
        self.columns: dict[str, Sequence[int]] = {}
        """By timing point: the times of all who passed it, the best first."""
        self._firsts: bytes = b"{}"
        self._rows: dict[int, bytes] = {}
        self._ways: dict[int, bytes] = {}
        self._texts: dict[int, str] = {}
        self._read: dict[bytes, Row] = {}

    def take(self, told: Sequence[Any]) -> None:
        """Take in a side as `_LOOK` returns it."""
        order, self._firsts, rows, columns, _people = told
        self.order = Order(order)
        self._texts, self._read = {}, {}
        for name in ("places", "firsts"):
            self.__dict__.pop(name, None)
        for number, row, way in zip(rows[::3], rows[1::3], rows[2::3], strict=True):
            self._rows[int(number)], self._ways[int(number)] = row, way
        for name, data in zip(columns[::2], columns[1::2], strict=True):
            self.columns[name.decode()] = array("q", data)

    @cached_property
    def places(self) -> dict[int, int]:
        """The place of every line, from 0."""
        return self.order.places()

    @cached_property
    def firsts(self) -> dict[str, tuple[int, Row]]:
        """The first line of every part of the field, and how it got there."""
        found: dict[str, int] = compact.loads(self._firsts)
        return {name: (number, self.way(number)) for name, number in found.items()}

    def row(self, number: int) -> Row:
        """Return the row of a line without its place; nobody changes it."""
        return self._once(self._rows[number])

    def way(self, number: int) -> Row:
        """Return splits, values and stages of a line; nobody changes them."""
        return self._once(self._ways[number])

    def _once(self, text: bytes) -> Row:
        """Read a JSON once for all who look until something moves, and some hundreds at most."""
        read = self._read.get(text)
        if read is None:
            if len(self._read) >= MOST_READ:
                self._read = {}
            read = self._read[text] = compact.loads(text)
        return read

    def text(self, place: int) -> str:
        """Return the JSON of the whole row at a place, from 0, made once for all who see it."""
        text = self._texts.get(place)
        if text is None:
            number, rank, gap_ms = self.order[place]
            said = self._rows[number][1:-1].decode()
            text = f'{{"pos":{place + 1},"rank":{word(rank)},{said},"gap_ms":{word(gap_ms)}}}'
            self._texts[place] = text
        return text


class Field:
    """The field of one race as this process has it."""

    def __init__(self, race: UUID) -> None:
        self.frozen = False
        """Whether racers' ranks are held back."""
        self.true, self.shown = Copy(), Copy()
        self._epoch = b""
        self._looked_s = -inf
        self._members: dict[UUID, tuple[int, str] | None] = {}
        self._turn = threading.Lock()
        self._people = store.key(race, "members")
        sides = [store.key(race, side, part) for side in (TRUE, SHOWN) for part in PARTS]
        self._keys = [store.key(race, "state"), *sides]

    @property
    def seen(self) -> Copy:
        """The side whose order racers see."""
        return self.shown if self.frozen else self.true

    def place(self, member: UUID) -> int:
        """Return the place of ``member`` as far as known, from 0; others stand behind all."""
        line = self._members.get(member)
        places = self.seen.places
        return len(places) if line is None else places.get(line[0], len(places))

    def look_now_and_then(self, redis: Redis) -> bool:
        """As `look`, unless that was `LOOK_EVERY_S` ago or less."""
        now_s = time.monotonic()
        if now_s - self._looked_s <= LOOK_EVERY_S:
            return len(self.seen.order) > 0
        found = self.look(redis)
        self._looked_s = now_s
        return found

    def look(self, redis: Redis) -> bool:
        """Bring the copy up to Redis; returns whether there is a field at all. Raises RedisError.

        One at a time: an answer that was asked for earlier must not come last.
        """
        with self._turn:
            known = (self._epoch, self.true.step, self.shown.step)
            epoch, step, frozen, *sides = redis.register_script(_LOOK)(keys=self._keys, args=known)
            if epoch != self._epoch or step < self.true.step:
                self.true, self.shown, self._members = Copy(), Copy(), {}
            self._epoch, self.frozen = epoch, bool(frozen)
            for copy, told in zip((self.true, self.shown), sides, strict=True):
                if told:
                    copy.take(told)
                    copy.step = step
                    self._members = {} if told[-1] else self._members
            return len(self.seen.order) > 0

    def lines(self, redis: Redis, members: Sequence[UUID]) -> Mapping[UUID, tuple[int, str]]:
        """Return the line and the bib of each of ``members`` who races."""
        unknown = [one for one in members if one not in self._members]
        if unknown:
            asked = [one.hex for one in unknown]
            told = cast("list[bytes | None]", redis.hmget(self._people, asked))
            for member, text in zip(unknown, told, strict=True):
                number, _, bib = (text or b"").decode().partition(":")
                self._members[member] = (int(number), bib) if text else None
        return {one: line for one in members if (line := self._members[one]) is not None}


def word(number: int | None) -> str:
    """Return a number as JSON says it."""
    return "null" if number is None else str(number)
