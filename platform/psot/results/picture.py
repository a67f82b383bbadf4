"""The picture of a course: a loop with its stations, its range and the penalty loop beside it.

Pure geometry in the units of the drawing; the page and the frames of a replay use the same.
"""

from math import cos, pi, sin
from typing import Final

WIDTH, HEIGHT = 640, 300
_LEFT, _RIGHT, _RADIUS, _MIDDLE = 160.0, 480.0, 100.0, 150.0
_STRAIGHT: Final = _RIGHT - _LEFT
_LENGTH: Final = 2 * _STRAIGHT + 2 * pi * _RADIUS
_START: Final = 0.5 * _STRAIGHT
"""The line lies in the middle of the lower straight; racers go round against the clock."""

LOOP_X, LOOP_Y, LOOP_RADIUS = 228.0, 150.0, 26.0
_LOOP_FROM, _LOOP_TO = 0.80, 0.84


def spot(part: float, *, loop: bool = False) -> tuple[float, float]:
    """Return where a racer is drawn who has done ``part`` (0 to 1) of the lap.

    ``loop`` sets them into the penalty loop instead.

    >>> spot(0.0), spot(0.5)
    ((320.0, 250.0), (320.0, 50.0))
    """
    if loop:
        turn = 2 * pi * (part - _LOOP_FROM) / (_LOOP_TO - _LOOP_FROM)
        return round(LOOP_X + LOOP_RADIUS * sin(turn), 1), round(
            LOOP_Y - LOOP_RADIUS * cos(turn), 1
        )
    way = (_START + part * _LENGTH) % _LENGTH
    if way <= _STRAIGHT:
        x, y = _LEFT + way, _MIDDLE + _RADIUS
    elif way <= _STRAIGHT + pi * _RADIUS:
        turn = (way - _STRAIGHT) / _RADIUS
        x, y = _RIGHT + _RADIUS * sin(turn), _MIDDLE + _RADIUS * cos(turn)
    elif way <= 2 * _STRAIGHT + pi * _RADIUS:
        x, y = _RIGHT - (way - _STRAIGHT - pi * _RADIUS), _MIDDLE - _RADIUS
    else:
        turn = (way - 2 * _STRAIGHT - pi * _RADIUS) / _RADIUS
        x, y = _LEFT - _RADIUS * sin(turn), _MIDDLE - _RADIUS * cos(turn)
    return round(x, 1), round(y, 1)


def outline() -> str:
    """Return the way of a lap as an SVG path."""
    top, bottom = _MIDDLE - _RADIUS, _MIDDLE + _RADIUS
    arc = f"A{_RADIUS:g} {_RADIUS:g} 0 0 0"
    there = f"M{_LEFT:g} {bottom:g}H{_RIGHT:g}{arc} {_RIGHT:g} {top:g}"
    return f"{there}H{_LEFT:g}{arc} {_LEFT:g} {bottom:g}z"


def marks(stations: int) -> list[tuple[str, float, float]]:
    """Return what stands beside the way: its word and where: stations, ``range``, ``line``."""
    found = [
        (str(number), *spot(number / (stations + 1) * 0.62)) for number in range(1, stations + 1)
    ]
    return [*found, ("range", *spot(0.75)), ("line", *spot(0.0))]
