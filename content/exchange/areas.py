"""Areas of a picture: from pixels to permille of its width and height, and back."""

import math
from collections.abc import Sequence

from content.exchange.drafts import Draft, LeftOut, Row

CORNERS = 16
"""A circle on a picture that is not square becomes a polygon of so many."""
MOST_CORNERS = 50
LONGEST_LABEL = 200
COUNTS = {"rect": range(4, 5), "polygon": range(6, MOST_CORNERS * 2 + 1, 2)}
"""How many numbers a shape has."""


def area(draft: Draft, label: str, shape: str, at: Sequence[float], size: tuple[int, int]) -> Row:
    """An area of a row.

    ``at`` is in pixels: left, top, right, bottom of a rect; centre and radius of a circle; centre
    and both radii of an ellipse; corners of a polygon. Raises LeftOut for one that is none.
    """
    if not label:
        raise LeftOut("", "broken", "area")
    if len(label) > LONGEST_LABEL:
        raise LeftOut(label, "too_long", "area")
    if shape == "circle" and len(at) == 3 and size[0] == size[1]:  # noqa: PLR2004 - x, y, radius
        return _made(label, "circle", [*_permille(at[:2], size), _clamped(at[2] / size[0])])
    if shape in ("circle", "ellipse"):
        draft.lose("area", f"{shape} {label}", "shape")
        at = rounded(at)
        shape = "polygon"
    counts = COUNTS.get(shape)
    if counts is None or len(at) not in counts:
        raise LeftOut(f"{shape} {label}", "broken", "area")
    if shape == "rect":
        at = [min(at[0], at[2]), min(at[1], at[3]), max(at[0], at[2]), max(at[1], at[3])]
    return _made(label, shape, _permille(at, size))


def rounded(at: Sequence[float]) -> list[float]:
    """Corners of a circle or an ellipse: x, y and one or two radii."""
    if len(at) not in (3, 4):
        raise LeftOut("", "broken", "area")
    x, y, wide, high = *at[:3], at[-1]
    corners: list[float] = []
    for step in range(CORNERS):
        angle = 2 * math.pi * step / CORNERS
        corners += [x + wide * math.cos(angle), y + high * math.sin(angle)]
    return corners


def _permille(at: Sequence[float], size: tuple[int, int]) -> list[int]:
    return [_clamped(value / size[place % 2]) for place, value in enumerate(at)]


def _clamped(part: float) -> int:
    return max(0, min(1000, round(part * 1000)))


def _made(label: str, shape: str, at: list[int]) -> Row:
    return {"label": label, "shape": shape, "at": at}


def pixels(at: Sequence[int], size: tuple[int, int]) -> list[int]:
    """Permille as whole pixels: x and y in turns; a third number is a radius, of the width."""
    return [round(value * size[place % 2] / 1000) for place, value in enumerate(at)]
