"""PDF for printing and for the notice board: the table, and on every page the hash to check it by.

The typeface is Inter as its package brings it, one file per script; the build puts it beside the
other files of the front end.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from flask import current_app
from flask_babel import gettext
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from psot.results.exports.table import Cell, Gap, Table, Time
from psot.results.figures import gap, race_time
from psot.shell.assets import Assets

_LATIN, _CYRILLIC = "Inter", "InterCyrillic"
_MARGIN_MM, _ROW_MM, _FOOT_MM = 12, 6.2, 16
_SIZE, _SMALL, _TITLE = 9, 7, 16
_WIDE_SHARE: Final = 3.2
_GREY: Final = (90, 105, 120)
_STRIPE: Final = (240, 244, 248)


@dataclass(frozen=True, kw_only=True)
class Cover:
    """What stands above the table and on the foot of every page."""

    title: str
    lines: tuple[str, ...]
    foot: str


class _Paper(FPDF):
    """A4 across, with the foot on every page."""

    def __init__(self, cover: Cover) -> None:
        super().__init__(orientation="landscape", format="A4")
        self.cover = cover
        self.set_margins(_MARGIN_MM, _MARGIN_MM)
        self.set_auto_page_break(auto=False)
        for family, name in ((_LATIN, "print-latin"), (_CYRILLIC, "print-cyrillic")):
            self.add_font(family, "", _font(name))
            self.add_font(family, "B", _font(f"{name}-bold"))
        self.set_font(_LATIN, size=_SIZE)
        self.set_fallback_fonts([_CYRILLIC])

    def footer(self) -> None:
        """Write the hash and the number of the page."""
        self.set_y(-_FOOT_MM + 4)
        self.set_font(_LATIN, size=_SMALL)
        self.set_text_color(*_GREY)
        self.cell(text=self.cover.foot)
        number = gettext("Page %(number)s", number=self.page_no())
        self.set_x(-_MARGIN_MM - 30)
        self.cell(w=30, text=number, align="R")
        self.set_text_color(0, 0, 0)


def write(table: Table, cover: Cover) -> bytes:
    """Return ``table`` on paper, its head repeated on every page."""
    paper = _Paper(cover)
    paper.set_title(cover.title)
    paper.set_subject(cover.foot)
    paper.add_page()
    paper.set_font(_LATIN, "B", _TITLE)
    _line(paper, cover.title, 9)
    paper.set_font(_LATIN, size=_SIZE)
    for one in cover.lines:
        _line(paper, one, 5)
    paper.ln(3)
    widths = _widths(paper, table)
    _head(paper, table, widths)
    for number, row in enumerate(table.rows):
        if paper.get_y() + _ROW_MM > paper.h - _FOOT_MM:
            paper.add_page()
            _head(paper, table, widths)
        paper.set_fill_color(*_STRIPE)
        _row(paper, tuple(_text(one) for one in row), table, widths, fill=number % 2 == 1)
    return bytes(paper.output())


def _head(paper: _Paper, table: Table, widths: list[float]) -> None:
    paper.set_font(_LATIN, "B", _SIZE)
    _row(paper, table.head, table, widths)
    y = paper.get_y()
    paper.line(_MARGIN_MM, y, paper.w - _MARGIN_MM, y)
    paper.set_font(_LATIN, size=_SIZE)


def _row(
    paper: _Paper, texts: tuple[str, ...], table: Table, widths: list[float], *, fill: bool = False
) -> None:
    for column, text in enumerate(texts):
        left = column in table.wide
        paper.cell(
            w=widths[column],
            h=_ROW_MM,
            text=_cut(paper, text, widths[column] - 2.5),
            align="L" if left else "R",
            fill=fill,
        )
    paper.ln(_ROW_MM)


def _line(paper: _Paper, text: str, height_mm: float) -> None:
    paper.cell(h=height_mm, text=_cut(paper, text, paper.epw), new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _cut(paper: _Paper, text: str, width_mm: float) -> str:
    """Return ``text`` as far as it fits."""
    if paper.get_string_width(text) <= width_mm:
        return text
    while text and paper.get_string_width(f"{text}…") > width_mm:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _widths(paper: _Paper, table: Table) -> list[float]:
    shares = [_WIDE_SHARE if n in table.wide else 1.0 for n in range(len(table.head))]
    return [paper.epw * one / sum(shares) for one in shares]


def _text(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, Gap):
        return gap(value.ms)
    return race_time(value.ms) if isinstance(value, Time) else str(value)


def _font(name: str) -> Path:
    assets = cast("Assets", current_app.extensions["psot.assets"])
    return assets.folder / assets.entry(name).file
