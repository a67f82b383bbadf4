"""Each racer's own window: the own row with its gaps, five rows to each side, the own splits.

A racer's window is never delayed. While the public board stands still it shows that board, and of
the racer's own the progress and the times, but neither rank nor gaps. Rows are put together as
text: each is made once, however many windows it stands in.
"""

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from redis import Redis

from psot import compact
from psot.live.packets import Encoded
from psot.standings import names
from psot.standings.copies import Copy, Field, Row, word

SPAN: Final = 5
TENTH_MS: Final = 100
GAPS: Final = ("ahead_ms", "behind_ms", "leader_ms", "region_ms", "team_ms")
RACES: Final = 16
"""So many races' fields a process keeps."""

_fields: Final[OrderedDict[UUID, Field]] = OrderedDict()


def windows(redis: Redis, board: str, members: Sequence[UUID]) -> dict[UUID, Encoded]:
    """Return the window of each of ``members`` on a race's main board."""
    race = names.race_of(board)
    return {} if race is None or not members else windows_in(_field(race), redis, members)


def neighbours(board: str, members: Sequence[UUID]) -> Sequence[UUID]:
    """Return ``members`` in the order of the field as this process knows it, the others last."""
    race = names.race_of(board)
    field = None if race is None else _fields.get(race)
    return members if field is None else sorted(members, key=field.place)


def windows_in(field: Field, redis: Redis, members: Sequence[UUID]) -> dict[UUID, Encoded]:
    """Bring ``field`` up to Redis, now and then, and return the window of each of ``members``."""
    if not field.look_now_and_then(redis):
        return {}
    seen = field.seen
    return {
        member: _window(field, seen, number, bib)
        for member, (number, bib) in field.lines(redis, members).items()
        if number in seen.places
    }


def _field(race: UUID) -> Field:
    found = _fields.get(race)
    if found is None:
        found = _fields[race] = Field(race)
        while len(_fields) > RACES:
            _fields.popitem(last=False)
    _fields.move_to_end(race)
    return found


def _window(field: Field, seen: Copy, number: int, bib: str) -> Encoded:
    place = seen.places[number]
    around = range(max(0, place - SPAN), min(len(seen.order), place + SPAN + 1))
    rows = ",".join([seen.text(one) for one in around])
    way = seen.way(number)
    if field.frozen:
        me = _held_back(field, seen, place)
        splits = field.true.way(number)["splits"].get(bib, [])
    else:
        gaps = _gaps(seen, place, way)
        told = ",".join([f'"{name}":{word(gap)}' for name, gap in zip(GAPS, gaps, strict=True)])
        me = f"{seen.text(place)[:-1]},{told}}}"
        splits = way["splits"].get(bib, [])
    own = compact.dumps([_split(seen, way, one) for one in splits])
    return Encoded.of(f'{{"me":{me},"rows":[{rows}],"entered":{len(seen.order)},"splits":{own}}}')


def _held_back(field: Field, seen: Copy, place: int) -> str:
    number = seen.order[place][0]
    own = {**compact.loads(seen.text(place)), **field.true.row(number)}
    return compact.dumps({**own, "rank": None, "gap_ms": None, **dict.fromkeys(GAPS)})


def _gaps(seen: Copy, place: int, way: Row) -> Sequence[int | None]:
    """Return the gaps in the order of `GAPS`; none where the racer has no rank."""
    number, rank, leader_ms = seen.order[place]
    if rank is None:
        return [None] * len(GAPS)
    ahead = seen.order[place - 1][0] if place else None
    behind = seen.order[place + 1] if place + 1 < len(seen.order) else None
    row = seen.row(number)
    return (
        None if ahead is None else _gap_ms(way, seen.way(ahead)),
        _gap_ms(seen.way(behind[0]), way) if behind and behind[1] is not None else None,
        leader_ms,
        _to_first(seen, way, f"r.{row['region']}"),
        _to_first(seen, way, f"t.{row['team']}"),
    )


def _gap_ms(one: Row, other: Row) -> int | None:
    """Return how far ``one`` is behind ``other`` at the last point that both passed."""
    mine, theirs = one["stages"], other["stages"]
    last = next((stage for stage in reversed(mine) if stage in theirs), None)
    return None if last is None else mine[last] - theirs[last]


def _to_first(seen: Copy, way: Row, group: str) -> int | None:
    first = seen.firsts.get(group)
    return None if first is None else _gap_ms(way, first[1])


def _split(seen: Copy, way: Row, told: Sequence[Any]) -> dict[str, Any]:
    """Return an own split; its rank and gap where the board that is shown has it already."""
    leg, point, t_ms, run_ms, stage = told
    value = way["values"].get(stage)
    column = seen.columns.get(stage, ())
    known = value is not None and len(column) > 0
    return {
        "point": point,
        "leg": leg,
        "t_ms": t_ms,
        "run_ms": run_ms,
        "rank": 1 + bisect_left(column, value // TENTH_MS * TENTH_MS) if known else None,
        "behind_ms": value - column[0] if known else None,
    }
