"""PDF for printing and for the notice board: the table, and on every page the hash of it."""

from dataclasses import dataclass
from typing import Final

from psot.results.exports.table import Cell, Gap, Table, Time
from psot.results.figures import gap, race_time
from psot.shell.paper import FOOT_MM, MARGIN_MM, Paper, Style

_ROW_MM = 6.2
_LINE_MM, _BASE_MM, _PAD_MM = 5.2, 4.3, 1.0
_TITLE = 16
_WIDE_SHARE: Final = 2.4
_STRIPE: Final = (240, 244, 248)


@dataclass(frozen=True, kw_only=True)
class Cover:
    """What stands above the table and on the foot of every page."""

    title: str
    lines: tuple[str, ...]
    foot: str


def write(table: Table, cover: Cover) -> bytes:
    """Return ``table`` on paper, its head repeated on every page."""
    paper = Paper(cover.foot)
    paper.set_title(cover.title)
    paper.set_subject(cover.foot)
    paper.add_page()
    y = MARGIN_MM + 5.0
    paper.put(
        paper.cut(cover.title, paper.epw, size=_TITLE, style="B"),
        MARGIN_MM,
        y,
        size=_TITLE,
        style="B",
    )
    for one in cover.lines:
        y += _LINE_MM
        paper.put(paper.cut(one, paper.epw), MARGIN_MM, y)
    widths = _widths(paper, table)
    y = _head(paper, table, widths, y + _LINE_MM)
    for number, row in enumerate(table.rows):
        if y + _ROW_MM > paper.h - FOOT_MM:
            paper.add_page()
            y = _head(paper, table, widths, MARGIN_MM)
        if number % 2:
            paper.set_fill_color(*_STRIPE)
            paper.rect(MARGIN_MM, y, paper.epw, _ROW_MM, style="F")
        _row(paper, tuple(_text(one) for one in row), table, widths, y)
        y += _ROW_MM
    return bytes(paper.output())


def _head(paper: Paper, table: Table, widths: list[float], y: float) -> float:
    """Write the head from ``y`` on; returns where the rows begin."""
    _row(paper, table.head, table, widths, y, style="B")
    y += _ROW_MM
    paper.line(MARGIN_MM, y, paper.w - MARGIN_MM, y)
    return y


def _row(
    paper: Paper,
    texts: tuple[str, ...],
    table: Table,
    widths: list[float],
    y: float,
    *,
    style: Style = "",
) -> None:
    x = float(MARGIN_MM)
    for column, text in enumerate(texts):
        shown = paper.cut(text, widths[column] - 2 * _PAD_MM, style=style)
        left = column in table.wide
        at = x + _PAD_MM if left else x + widths[column] - _PAD_MM
        paper.put(shown, at, y + _BASE_MM, style=style, right=not left)
        x += widths[column]


def _widths(paper: Paper, table: Table) -> list[float]:
    shares = [_WIDE_SHARE if n in table.wide else 1.0 for n in range(len(table.head))]
    return [paper.epw * one / sum(shares) for one in shares]


def _text(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, Gap):
        return gap(value.ms)
    return race_time(value.ms) if isinstance(value, Time) else str(value)
