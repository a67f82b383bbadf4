"""Where the whole field lies in Redis for lists and own windows: written by a race's consumer.

Per race there are two sides: ``true``, and ``shown``, which is what the public may see while the
race is frozen or delayed. A step is written at once or not at all, and only what changed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, cast
from uuid import UUID

from redis import Redis
from redis.client import Pipeline
from redis.exceptions import WatchError

from psot import compact
from psot.standings.pictures import Row
from psot.standings.roster import Roster
from psot.standings.side import Side
from scoring.biathlon import Point
from scoring.biathlon.live import Stage
from scoring.biathlon.order import Order
from scoring.biathlon.running import Crew

FORGOTTEN_AFTER_S: Final = 7 * 24 * 3600
TRUE, SHOWN = "true", "shown"
SIDES: Final = (TRUE, SHOWN)

PARTS: Final = ("head", "rows", "ways", "columns", "moved")
"""What lies of a side, each under a key of its own."""


def key(race: UUID, *parts: str) -> str:
    """Return the key of a part of a race's field."""
    return ":".join(("psot:race", race.hex, *parts))


@cache
def stage_key(stage: Stage) -> str:
    """Return how a stage is called in Redis; the point's label names it without its leg.

    There are some dozens, and each row asks for all that its crew passed.
    """
    leg, point = stage
    return f"{leg}.{point.lap}.{int(point.mark)}.{point.number}"


def way(crew: Crew, bibs: Iterable[int]) -> dict[str, Any]:
    """Return what gaps and own splits need of a crew."""
    return {
        "splits": {
            str(bib): [
                [one.entry.leg, point.label, passing.t_ms, _run_ms(one, passing), _key(one, point)]
                for one in crew.racers
                if one.entry.bib == bib
                for point, passing in sorted(one.passed.items())
            ]
            for bib in bibs
        },
        "values": {stage_key(one): value for one, value in crew.splits.items()},
        "stages": {stage_key(one): value for one, value in sorted(crew.stages.items())},
    }


def _run_ms(one: Any, passing: Any) -> int:
    return int(passing.t_ms + passing.penalty_ms - (one.start_ms or 0))


def _key(one: Any, point: Point) -> str:
    return stage_key((one.entry.leg, point))


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Who wrote a race's field last, by epoch, and with which of their steps."""

    epoch: int = 0
    step: int = 0


def marks(redis: Redis, races: Iterable[UUID]) -> dict[UUID, Mark]:
    """Return the mark of each race's field, in one round trip; the first where Redis has none."""
    asked = list(races)
    with redis.pipeline(transaction=False) as pipe:
        for race in asked:
            pipe.hmget(key(race, "state"), "epoch", "step")
        answers = cast("list[list[bytes | None]]", pipe.execute())
    return {race: _mark(one) for race, one in zip(asked, answers, strict=True)}


def _mark(told: Sequence[bytes | None]) -> Mark:
    epoch, step = (int(one or 0) for one in told)
    return Mark(epoch=epoch, step=step)


class Step:
    """One step of a race's consumer towards Redis, written by `commit`."""

    def __init__(self, race: UUID, mark: Mark) -> None:
        self.race = race
        self._mark = mark
        self._state: dict[str, str] = {}
        self._writes: list[tuple[str, Mapping[str, Any]]] = []
        self._moved: dict[str, dict[str, int]] = {}
        self._emptied: list[str] = []

    def state(self, *, separate: bool, frozen: bool, stage: str) -> None:
        """Tell which side the public sees, whether racers' ranks are held back, and the stage."""
        self._state = {
            "separate": "1" if separate else "0",
            "frozen": "1" if frozen else "",
            "stage": stage,
            "epoch": str(self._mark.epoch),
            "step": str(self._mark.step),
        }

    def people(self, roster: Roster) -> None:
        """Write who races, in place of whoever did."""
        bibs = {
            f"b:{bib}": str(number) for number, line in enumerate(roster.lines) for bib in line.bibs
        }
        self._emptied += [self._key("members"), self._key("search")]
        self._move(TRUE, "people")
        self._writes.append((self._key("members"), {**roster.members, **bibs}))
        self._writes.append(
            (self._key("search"), {str(n): one.text for n, one in enumerate(roster.lines)})
        )

    def clear(self, side: str) -> None:
        """Begin a side anew."""
        self._emptied += [self._key(side, one) for one in PARTS]

    def side(
        self,
        name: str,
        side: Side,
        changed: Iterable[int],
        *,
        timed: Iterable[int],
        stages: Iterable[Stage],
    ) -> None:
        """Write the order of a side, and what changed: rows, ways of those ``timed``, columns."""
        lines = list(changed)
        crews = side.board.crews
        bibs = {one: side.roster.lines[one].bibs for one in timed}
        ways = {str(one): compact.dumps(way(crews[one], who)) for one, who in bibs.items()}
        columns, stages = side.board.splits.values, list(stages)
        self._move(name, *(f"l:{one}" for one in lines))
        self._move(name, *(f"c:{stage_key(one)}" for one in stages))
        self._writes += [
            (self._key(name, "head"), {"order": side.order.data, "firsts": _firsts(side)}),
            (self._key(name, "rows"), {str(one): _text(side.rows[one]) for one in lines}),
            (self._key(name, "ways"), ways),
            (
                self._key(name, "columns"),
                {stage_key(one): columns[one].tobytes() for one in stages},
            ),
        ]

    def groups(self, name: str, found: Mapping[str, Order]) -> None:
        """Write the orders of the parts of a side's field."""
        orders = {f"g:{one}": lines.data for one, lines in found.items()}
        self._writes.append((self._key(name, "head"), orders))

    def commit(self, redis: Redis, *, after: Mark | None) -> bool:
        """Write the step where the field stands at ``after``; None: where no newer epoch wrote it.

        Else write nothing and return False.
        """
        state = self._key("state")
        with redis.pipeline() as pipe:
            try:
                pipe.watch(state)  # type: ignore[no-untyped-call]  # redis-py does not say
                found = _mark(cast("list[bytes | None]", pipe.hmget(state, "epoch", "step")))
                if found.epoch > self._mark.epoch or after not in (None, found):
                    return False
                pipe.multi()
                self._write(pipe, state)
                pipe.execute()
            except WatchError:
                return False
        return True

    def _write(self, pipe: Pipeline, state: str) -> None:
        if self._emptied:
            pipe.delete(*self._emptied)
        self._writes.append((state, self._state))
        keys = set()
        for name, fields in self._writes:
            if fields:
                pipe.hset(name, mapping=cast("Any", fields))
                keys.add(name)
        for name, moved in self._moved.items():
            if moved:
                pipe.zadd(name, cast("Any", moved))
                keys.add(name)
        for name in sorted(keys):
            pipe.expire(name, FORGOTTEN_AFTER_S)

    def _move(self, side: str, *what: str) -> None:
        """Keep with a line, a column or the people in which step they moved last."""
        moved = self._moved.setdefault(self._key(side, "moved"), {})
        moved.update(dict.fromkeys(what, self._mark.step))

    def _key(self, *parts: str) -> str:
        return key(self.race, *parts)


def _text(row: Row) -> str:
    return compact.dumps(row)


def _firsts(side: Side) -> str:
    """Return the first line of every part of the field, as JSON."""
    found: dict[str, int] = {}
    lines, missing = side.roster.lines, len(side.roster.groups)
    for crew in side.order.ranked():
        if len(found) == missing:
            break
        for name in lines[crew].groups:
            found.setdefault(name, crew)
    return compact.dumps(found)
