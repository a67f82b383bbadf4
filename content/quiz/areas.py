"""Which area of a picture a point lies in; all in permille of its width and height."""

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from content.quiz.responses import InvalidChoice

Point = tuple[float, float]


def point_in(value: Any) -> Point:
    """Return the point that ``value`` gives; raises InvalidChoice for what is off the picture."""
    if not isinstance(value, list | tuple) or len(value) != 2:  # noqa: PLR2004 - x and y
        raise InvalidChoice("A point is two numbers.")
    for one in value:
        if isinstance(one, bool) or not isinstance(one, int | float):
            raise InvalidChoice("A point is two numbers.")
        if not (0 <= one <= 1000):  # noqa: PLR2004 - NaN is not between them either
            raise InvalidChoice("A point lies on the picture.")
    return float(value[0]), float(value[1])


def is_inside(point: Point, shape: str, at: Sequence[int]) -> bool:
    """Tell whether ``point`` lies in a shape, its edge included.

    >>> is_inside((10, 20), "rect", [0, 0, 10, 20]), is_inside((4, 4), "circle", [0, 0, 5])
    (True, False)
    """
    return _SHAPES[shape](point, at)


def _in_rect(point: Point, at: Sequence[int]) -> bool:
    left, top, right, bottom = at
    return left <= point[0] <= right and top <= point[1] <= bottom


def _in_circle(point: Point, at: Sequence[int]) -> bool:
    x, y, radius = at
    return math.hypot(point[0] - x, point[1] - y) <= radius


def _in_polygon(point: Point, at: Sequence[int]) -> bool:
    """Count the sides that a ray to the right crosses: an odd number means inside."""
    x, y = point
    corners = list(zip(at[::2], at[1::2], strict=True))
    inside = False
    for (x1, y1), (x2, y2) in pairwise([*corners, corners[0]]):
        turn = (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)
        on_side = turn == 0 and min(x1, x2) <= x <= max(x1, x2) and min(y1, y2) <= y <= max(y1, y2)
        if on_side:
            return True
        # A side is crossed on its right where it goes down and on its left where it goes up.
        if (y1 > y) != (y2 > y) and (turn > 0) != (y2 > y1):
            inside = not inside
    return inside


_SHAPES: Final[Mapping[str, Callable[[Point, Sequence[int]], bool]]] = {
    "rect": _in_rect,
    "circle": _in_circle,
    "polygon": _in_polygon,
}
