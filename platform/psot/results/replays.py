"""A race at any moment, out of its log by the rules' own engine, as one frame of plain data."""

import json
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final, cast

import structlog
from flask import current_app
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy.orm import Session

from psot.course import queries as course
from psot.races.queries import jury_told
from psot.races.values import RaceView
from psot.results.picture import spot
from psot.standings import queries as standings
from scoring.biathlon import UNDER_WAY, BoardRow, Book, Racer, State, board

STEP_MS: Final = 1000
"""Frames stand a second apart, so that one made once serves everybody."""
ROWS: Final = 30
_KEPT_S: Final = 24 * 3600
_TAPES: Final = 2

_log = structlog.get_logger()

Frame = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Tape:
    """A race ready to be replayed: its book and the moment after which nothing happens."""

    name: str
    """What its frames are kept under; "" while facts are still being taken in."""
    book: Book
    last_ms: int
    ends: Mapping[tuple[int, int], Racer]
    """Every racer as the race ended, by bib and leg: between two points a dot is moved by it."""


_tapes: OrderedDict[str, Tape] = OrderedDict()
_lock = Lock()


def tape(session: Session, race: RaceView) -> Tape:
    """Return the tape of ``race``; those asked for last are kept in this process.

    A tape is named by what was told of its race, so a decision of the jury makes a new one.
    """
    told = course.told(session, race.id) + jury_told(session, race.id)
    name = f"{race.id.hex}:{told}" if standings.complete(session, race.id) else ""
    with _lock:
        if name in _tapes:
            _tapes.move_to_end(name)
            return _tapes[name]
    book = standings.book(session, race.id)
    ended = book.race().racers
    made = Tape(
        name=name,
        book=book,
        last_ms=max((one.t_ms for racer in ended for one in racer.passed.values()), default=0),
        ends={(one.entry.bib, one.entry.leg): one for one in ended},
    )
    if name:
        with _lock:
            _tapes[name] = made
            while len(_tapes) > _TAPES:
                _tapes.popitem(last=False)
    return made


def frame(tape: Tape, until_ms: int) -> Frame:
    """Return the race at ``until_ms`` after its zero, cut to whole steps; kept in Redis."""
    last_ms = -(-tape.last_ms // STEP_MS) * STEP_MS
    at_ms = min(max(until_ms, 0) // STEP_MS * STEP_MS, last_ms)
    if not tape.name:
        return _frame(tape, at_ms, last_ms)
    key = f"results:replay:{tape.name}:{at_ms}"
    redis = cast("Redis", current_app.extensions["psot.redis"])
    try:
        kept = cast("bytes | None", redis.get(key))
        if kept is not None:
            return cast("Frame", json.loads(kept))
        made = _frame(tape, at_ms, last_ms)
        redis.set(key, json.dumps(made, separators=(",", ":")), ex=_KEPT_S)
    except RedisError as error:
        _log.warning("replay_not_kept", error=type(error).__name__)
        return _frame(tape, at_ms, last_ms)
    return made


def shown(frame: Frame, own: Sequence[int]) -> Frame:
    """Return the part of a frame that a page shows: the first rows, and the own ones."""
    rows = [one for number, one in enumerate(frame["rows"]) if number < ROWS or one["bib"] in own]
    return {**frame, "rows": rows}


def _frame(tape: Tape, at_ms: int, last_ms: int) -> Frame:
    race = tape.book.race(at_ms)
    rows = [_row(tape, one, place, at_ms) for place, one in enumerate(board(race), 1)]
    return {
        "until_ms": at_ms,
        "last_ms": last_ms,
        "on_course": sum(one.state in UNDER_WAY for one in race.racers),
        "finished": sum(one.state is State.FINISHED for one in race.racers),
        "rows": rows,
    }


def _row(tape: Tape, one: BoardRow, place: int, at_ms: int) -> Frame:
    racer = one.racer
    lap, part = along(racer, tape.ends[racer.entry.bib, racer.entry.leg], at_ms)
    visible = racer.state in UNDER_WAY
    x, y = spot(part, loop=racer.state is State.PENALTY_LOOP)
    return {
        "pos": place,
        "rank": one.rank,
        "bib": racer.entry.bib,
        "team": racer.entry.team,
        "leg": racer.entry.leg,
        "state": racer.state.value,
        "irm": one.irm,
        "point": one.point,
        "gap_ms": one.gap_ms,
        "total_ms": racer.total_ms if racer.state is State.FINISHED else None,
        "bouts": [bout.misses for bout in racer.bouts if bout.over],
        "lap": lap,
        "laps": racer.course.laps,
        "x": x if visible else None,
        "y": y if visible else None,
    }


def along(racer: Racer, ended: Racer, at_ms: int) -> tuple[int, float]:
    """Return the lap and the part of it (0 to 1) at which ``racer`` is.

    Between two points the way is even: ``ended`` tells when the next one was passed.
    """
    before_ms, before = racer.start_ms or 0, 0.0
    after_ms, after = None, 0.0
    laps = racer.course.laps
    for point in sorted(ended.passed):
        t_ms, at = (
            ended.passed[point].t_ms,
            place_of(point.lap, point.mark.name, point.number, racer),
        )
        if t_ms <= at_ms:
            before_ms, before = t_ms, at
        else:
            after_ms, after = t_ms, at
            break
    done = before
    if after_ms is not None and after_ms > before_ms and at_ms > before_ms:
        done += (after - before) * (at_ms - before_ms) / (after_ms - before_ms)
    lap = min(int(done) + 1, laps)
    return lap, min(done - (lap - 1), 1.0)


_MARKS: Final[Mapping[str, float]] = {
    "RANGE_ENTRY": 0.70,
    "RANGE_EXIT": 0.80,
    "LOOP_EXIT": 0.84,
    "LAP_END": 1.0,
    "EXCHANGE": 1.0,
    "FINISH": 1.0,
}
_STATIONS_END: Final = 0.62


def place_of(lap: int, mark: str, number: int, racer: Racer) -> float:
    """Return how many laps a timing point is from the start: stations spread before the range."""
    if mark == "STATION":
        part = number / (racer.course.stations + 1) * _STATIONS_END
    else:
        part = _MARKS[mark]
    return lap - 1 + part
