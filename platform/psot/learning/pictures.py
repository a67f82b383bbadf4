"""Pictures of questions: their shape, and what is drawn over them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from content.quiz.kinds import Area

PERMILLE = 1000
_PNG = b"\x89PNG\r\n\x1a\n"
_BOX = re.compile(
    rb"""<svg[^>]*?\bviewBox\s*=\s*["']\s*[\d.+-]+[\s,]+[\d.+-]+[\s,]+([\d.]+)[\s,]+([\d.]+)"""
)


@lru_cache(maxsize=500)
def height_of(data: bytes) -> float:
    """Return how high a PNG or SVG is as a share of its width; 1 where it does not say."""
    if data.startswith(_PNG):
        width, height = (int.from_bytes(data[at : at + 4]) for at in (16, 20))
        return height / width if width else 1.0
    found = _BOX.search(data)
    if found is None or not float(found[1]):
        return 1.0
    return float(found[2]) / float(found[1])


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A shape over a picture 1000 units wide; ``points`` is empty for an ellipse."""

    id: str
    label: str
    number: int
    points: str
    x: float
    y: float
    rx: float
    ry: float


def marks(areas: Sequence[Area], height: float) -> list[Mark]:
    """Return the shapes of ``areas`` with their numbers, from 1, in the order given."""
    return [_mark(one, number, height) for number, one in enumerate(areas, 1)]


def _mark(area: Area, number: int, height: float) -> Mark:
    corners: list[tuple[float, float]] = []
    rx = ry = 0.0
    if area.shape == "circle":
        x, y, radius = area.at
        rx, ry = radius, radius * height
        centre = (float(x), y * height)
    else:
        if area.shape == "rect":
            left, top, right, bottom = area.at
            places = [(left, top), (right, top), (right, bottom), (left, bottom)]
        else:
            places = list(zip(area.at[::2], area.at[1::2], strict=True))
        corners = [(float(x), y * height) for x, y in places]
        xs, ys = zip(*corners, strict=True)
        centre = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
    return Mark(
        id=area.id,
        label=area.label,
        number=number,
        points=" ".join(f"{x:g},{y:g}" for x, y in corners),
        x=centre[0],
        y=centre[1],
        rx=rx,
        ry=ry,
    )
