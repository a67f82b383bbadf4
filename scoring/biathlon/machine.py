"""Theory of operation, and the whole machine of one racer in one table.

A racer waits ON THE LINE until their start. A lap leads past its STATIONS; a wrong answer is a
fall and the racer stays there. Behind the last station lies the RANGE if the lap has a bout, else
the open COURSE. The first shot of a bout makes it SHOT: the racer is between two of its shots. When
all five targets are hit the racer leaves; when some stand and the format has spares, a SPARE ROUND
follows for each; what stands then is owed to the PENALTY LOOP, or the jury's rule bars the racer,
or it costs time and the racer simply leaves. From the loop it is the COURSE again, up to the end
of the lap, which leads to the stations of the next one, or up to the finish, or to the EXCHANGE
where the team mate's clock starts.

Everybody who is not out can be taken out: DNS, DNF, DSQ and LAP are the four ways, and the jury's
disqualification comes before the other three. What a racer does after being out is not counted.

`TABLE` is the machine of a race as it is run here. A protocol written by hand may leave something
out (the stations, the end of a lap), so a racer who is under way may also *leap* to where a fact
shows them to be: `LEAPS`. Nothing leads from the line, the exchange or the finish back to the race.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class State(StrEnum):
    """Where a racer is."""

    LINE = "on the line"
    STATION = "station"
    COURSE = "course"
    RANGE = "range"
    SHOT = "shot"
    SPARE_ROUND = "spare round"
    PENALTY_LOOP = "penalty loop"
    EXCHANGE = "exchange"
    FINISHED = "finished"
    DNS = "DNS"
    DNF = "DNF"
    DSQ = "DSQ"
    LAP = "LAP"


class Symbol(StrEnum):
    """What a fact means for a racer, the rules applied."""

    TO_STATION = "a station lies ahead"
    TO_RANGE = "the range lies ahead"
    TO_COURSE = "the open course lies ahead"
    FALL = "fell"
    SHOOT_ON = "shot, more of the round to come"
    RELOAD = "shot, targets stand and spares are left"
    CLEAR = "left the range, nothing to ski"
    OWING = "left the range with loops to ski"
    BARRED = "left the range with a target standing where that disqualifies"
    LOOP = "did a loop, more to come"
    LOOPS_DONE = "did the last loop"
    HAND_OVER = "handed over"
    CROSS_LINE = "crossed the finish line"
    DNS = "did not start"
    DNF = "gave up"
    DSQ = "was disqualified"
    LAP = "was lapped"


IRM: Final = (State.DNS, State.DNF, State.DSQ, State.LAP)
"""Invalid result marks, in the order in which they stand after the ranked."""

UNDER_WAY: Final = frozenset(
    {
        State.STATION,
        State.COURSE,
        State.RANGE,
        State.SHOT,
        State.SPARE_ROUND,
        State.PENALTY_LOOP,
    }
)

_S, _Y = State, Symbol

_AHEAD: Final = {
    _Y.TO_STATION: _S.STATION,
    _Y.TO_RANGE: _S.RANGE,
    _Y.TO_COURSE: _S.COURSE,
}
_LAST_SHOT: Final = {
    _Y.CLEAR: _S.COURSE,
    _Y.OWING: _S.PENALTY_LOOP,
    _Y.BARRED: _S.DSQ,
}
_SHOT: Final = {_Y.SHOOT_ON: _S.SHOT, _Y.RELOAD: _S.SPARE_ROUND, **_LAST_SHOT}
_LEG_END: Final = {_Y.HAND_OVER: _S.EXCHANGE, _Y.CROSS_LINE: _S.FINISHED}
_OUT: Final = {_Y.DNS: _S.DNS, _Y.DNF: _S.DNF, _Y.DSQ: _S.DSQ}

TABLE: Final[Mapping[State, Mapping[Symbol, State]]] = MappingProxyType(
    {
        _S.LINE: {**_AHEAD, **_OUT},
        _S.STATION: {**_AHEAD, _Y.FALL: _S.STATION, **_OUT, _Y.LAP: _S.LAP},
        _S.COURSE: {**_AHEAD, **_LEG_END, **_OUT, _Y.LAP: _S.LAP},
        _S.RANGE: {**_SHOT, **_OUT, _Y.LAP: _S.LAP},
        _S.SHOT: {**_SHOT, **_OUT, _Y.LAP: _S.LAP},
        _S.SPARE_ROUND: {
            _Y.RELOAD: _S.SPARE_ROUND,
            **_LAST_SHOT,
            **_OUT,
            _Y.LAP: _S.LAP,
        },
        _S.PENALTY_LOOP: {
            _Y.LOOP: _S.PENALTY_LOOP,
            _Y.LOOPS_DONE: _S.COURSE,
            **_OUT,
            _Y.LAP: _S.LAP,
        },
        _S.EXCHANGE: {**_OUT},
        _S.FINISHED: {**_OUT},
        _S.DNS: {_Y.DSQ: _S.DSQ},
        _S.DNF: {_Y.DSQ: _S.DSQ},
        _S.DSQ: {},
        _S.LAP: {_Y.DSQ: _S.DSQ},
    }
)

LEAPS: Final[Mapping[Symbol, State]] = MappingProxyType(
    {
        **_AHEAD,
        _Y.FALL: _S.STATION,
        **_SHOT,
        _Y.LOOP: _S.PENALTY_LOOP,
        _Y.LOOPS_DONE: _S.COURSE,
        **_LEG_END,
    }
)


def regular(state: State, symbol: Symbol) -> bool:
    """Whether a race that is run here can go from ``state`` by ``symbol``.

    >>> regular(State.RANGE, Symbol.SHOOT_ON), regular(State.STATION, Symbol.CROSS_LINE)
    (True, False)
    """
    return symbol in TABLE[state]


def after(state: State, symbol: Symbol) -> State | None:
    """The state after ``symbol``, by the table or by a leap; None where nothing leads on."""
    if symbol in TABLE[state]:
        return TABLE[state][symbol]
    return LEAPS.get(symbol) if state in UNDER_WAY else None
