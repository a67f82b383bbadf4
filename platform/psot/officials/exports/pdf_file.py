"""PDF for a report: what it is, then every table below the other; the date on each foot."""

from typing import Final

from psot.officials.exports.tables import Table
from psot.shell.formats import number
from psot.shell.paper import FOOT_MM, GREY, MARGIN_MM, Paper
from psot.shell.spreadsheets import Cell

_TITLE, _HEAD = 16, 11
_LINE_MM, _ROW_MM, _BASE_MM, _PAD_MM = 5.2, 6.2, 4.3, 1.0
_STRIPE: Final = (240, 244, 248)
_FIRST_SHARE: Final = 2.4


def write(tables: tuple[Table, ...], about: tuple[tuple[str, str], ...], title: str) -> bytes:
    """Return the report; a table without a row is left out."""
    paper = Paper(" · ".join(value for _name, value in about[:3]), orientation="portrait")
    paper.set_title(title)
    paper.add_page()
    y = MARGIN_MM + 5.0
    paper.put(
        paper.cut(title, paper.epw, size=_TITLE, style="B"), MARGIN_MM, y, size=_TITLE, style="B"
    )
    for name, value in about[1:]:
        for line in _wrapped(paper, f"{name}: {value}"):
            y += _LINE_MM
            paper.put(line, MARGIN_MM, y)
    y += _LINE_MM
    for table in tables:
        if table.rows:
            y = _table(paper, table, y)
    return bytes(paper.output())


def _table(paper: Paper, table: Table, y: float) -> float:
    """Write a table from ``y`` on, over pages where it must; returns where it ends."""
    widths = _widths(paper, len(table.head))
    if y + 4 * _ROW_MM > paper.h - FOOT_MM:
        y = _next_page(paper)
    y += _ROW_MM
    paper.put(table.title, MARGIN_MM, y, size=_HEAD, style="B")
    y = _header(paper, table, widths, y + _PAD_MM)
    for position, row in enumerate(table.rows):
        if y + _ROW_MM > paper.h - FOOT_MM:
            y = _header(paper, table, widths, _next_page(paper))
        if position % 2:
            paper.set_fill_color(*_STRIPE)
            paper.rect(MARGIN_MM, y, paper.epw, _ROW_MM, style="F")
        _row(paper, [_text(one) for one in row], widths, y)
        y += _ROW_MM
    return y


def _header(paper: Paper, table: Table, widths: list[float], y: float) -> float:
    paper.set_text_color(*GREY)
    _row(paper, list(table.head), widths, y)
    paper.set_text_color(0, 0, 0)
    y += _ROW_MM
    paper.line(MARGIN_MM, y, paper.w - MARGIN_MM, y)
    return y


def _row(paper: Paper, texts: list[str], widths: list[float], y: float) -> None:
    x = float(MARGIN_MM)
    for column, text in enumerate(texts):
        shown = paper.cut(text, widths[column] - 2 * _PAD_MM)
        at = x + _PAD_MM if column == 0 else x + widths[column] - _PAD_MM
        paper.put(shown, at, y + _BASE_MM, right=column > 0)
        x += widths[column]


def _next_page(paper: Paper) -> float:
    paper.add_page()
    return float(MARGIN_MM)


def _widths(paper: Paper, columns: int) -> list[float]:
    shares = [_FIRST_SHARE, *([1.0] * (columns - 1))]
    return [paper.epw * one / sum(shares) for one in shares]


def _wrapped(paper: Paper, text: str) -> list[str]:
    """Return ``text`` in lines that fit the page."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if paper.width(longer) <= paper.epw:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _text(value: Cell) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return number(value, 0 if isinstance(value, int) else _digits(value))


def _digits(value: float) -> int:
    """Return how many decimals a rounded figure has, at most three."""
    return min(3, len(f"{value:.3f}".rstrip("0").partition(".")[2]))
