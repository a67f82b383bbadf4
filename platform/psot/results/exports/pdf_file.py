"""PDF for printing and for the notice board: the table, and on every page the hash to check it by.

The typeface is Inter as its package brings it, one file per script; the build puts it beside the
other files of the front end.
"""

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final, Literal, cast

from flask import current_app
from flask_babel import gettext
from fpdf import FPDF

from psot.results.exports.table import Cell, Gap, Table, Time
from psot.results.figures import gap, race_time
from psot.shell.assets import Assets

_LATIN, _CYRILLIC = "Inter", "InterCyrillic"
_MARGIN_MM, _ROW_MM, _FOOT_MM = 12, 6.2, 16
_LINE_MM, _BASE_MM, _PAD_MM = 5.2, 4.3, 1.0
_SIZE, _SMALL, _TITLE = 9, 7, 16
_WIDE_SHARE: Final = 2.4

Style = Literal["", "B"]
_GREY: Final = (90, 105, 120)
_STRIPE: Final = (240, 244, 248)


@dataclass(frozen=True, kw_only=True)
class Cover:
    """What stands above the table and on the foot of every page."""

    title: str
    lines: tuple[str, ...]
    foot: str


class _Paper(FPDF):
    """A4 across, with the foot on every page. Text is set run by run, each in its script's font."""

    def __init__(self, cover: Cover) -> None:
        super().__init__(orientation="landscape", format="A4")
        self.cover = cover
        self.set_margins(_MARGIN_MM, _MARGIN_MM)
        self.set_auto_page_break(auto=False)
        for family, name in ((_LATIN, "print-latin"), (_CYRILLIC, "print-cyrillic")):
            self.add_font(family, "", _font(name))
            self.add_font(family, "B", _font(f"{name}-bold"))

    def footer(self) -> None:
        """Write the hash and the number of the page."""
        y = self.h - _FOOT_MM / 2
        self.set_text_color(*_GREY)
        self.put(self.cover.foot, _MARGIN_MM, y, size=_SMALL)
        number = gettext("Page %(number)s", number=self.page_no())
        self.put(number, self.w - _MARGIN_MM, y, size=_SMALL, right=True)
        self.set_text_color(0, 0, 0)

    def put(
        self,
        text: str,
        x: float,
        y: float,
        *,
        size: int = _SIZE,
        style: Style = "",
        right: bool = False,
    ) -> None:
        """Write ``text`` with its base line at ``y``, from ``x`` or up to ``x``."""
        if right:
            x -= self.width(text, size=size, style=style)
        for family, run in _runs(text):
            self.set_font(family, style, size)
            self.text(x, y, run)
            x += self.get_string_width(run)

    def width(self, text: str, *, size: int = _SIZE, style: Style = "") -> float:
        """Return how wide ``text`` is, in mm."""
        whole = 0.0
        for family, run in _runs(text):
            self.set_font(family, style, size)
            whole += self.get_string_width(run)
        return whole

    def cut(self, text: str, width_mm: float, *, size: int = _SIZE, style: Style = "") -> str:
        """Return ``text`` as far as it fits."""
        if self.width(text, size=size, style=style) <= width_mm:
            return text
        while text and self.width(f"{text}…", size=size, style=style) > width_mm:
            text = text[:-1]
        return f"{text.rstrip()}…"


def write(table: Table, cover: Cover) -> bytes:
    """Return ``table`` on paper, its head repeated on every page."""
    paper = _Paper(cover)
    paper.set_title(cover.title)
    paper.set_subject(cover.foot)
    paper.add_page()
    y = _MARGIN_MM + 5.0
    paper.put(
        paper.cut(cover.title, paper.epw, size=_TITLE, style="B"),
        _MARGIN_MM,
        y,
        size=_TITLE,
        style="B",
    )
    for one in cover.lines:
        y += _LINE_MM
        paper.put(paper.cut(one, paper.epw), _MARGIN_MM, y)
    widths = _widths(paper, table)
    y = _head(paper, table, widths, y + _LINE_MM)
    for number, row in enumerate(table.rows):
        if y + _ROW_MM > paper.h - _FOOT_MM:
            paper.add_page()
            y = _head(paper, table, widths, _MARGIN_MM)
        if number % 2:
            paper.set_fill_color(*_STRIPE)
            paper.rect(_MARGIN_MM, y, paper.epw, _ROW_MM, style="F")
        _row(paper, tuple(_text(one) for one in row), table, widths, y)
        y += _ROW_MM
    return bytes(paper.output())


def _head(paper: _Paper, table: Table, widths: list[float], y: float) -> float:
    """Write the head from ``y`` on; returns where the rows begin."""
    _row(paper, table.head, table, widths, y, style="B")
    y += _ROW_MM
    paper.line(_MARGIN_MM, y, paper.w - _MARGIN_MM, y)
    return y


def _row(
    paper: _Paper,
    texts: tuple[str, ...],
    table: Table,
    widths: list[float],
    y: float,
    *,
    style: Style = "",
) -> None:
    x = float(_MARGIN_MM)
    for column, text in enumerate(texts):
        shown = paper.cut(text, widths[column] - 2 * _PAD_MM, style=style)
        left = column in table.wide
        at = x + _PAD_MM if left else x + widths[column] - _PAD_MM
        paper.put(shown, at, y + _BASE_MM, style=style, right=not left)
        x += widths[column]


def _runs(text: str) -> list[tuple[str, str]]:
    """Return ``text`` as runs of one script, each with its font.

    >>> _runs("Участник 7")
    [('InterCyrillic', 'Участник'), ('Inter', ' 7')]
    """
    return [
        (_CYRILLIC if cyrillic else _LATIN, "".join(run))
        for cyrillic, run in groupby(text, lambda one: "Ѐ" <= one <= "ԯ" or one == "№")
    ]


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
