"""One page about a region to print: its figures, its score over time, its members, its topics."""

from collections.abc import Mapping, Sequence
from typing import Final

from flask_babel import gettext, ngettext, pgettext

from content.regions import Region
from psot.regions.queries import TopicLine
from psot.regions.shape import Histogram, Line
from psot.regions.standing import Standing
from psot.regions.story import Story
from psot.shell.formats import moment, number, percent, signed
from psot.shell.paper import GREY, MARGIN_MM, Paper
from scoring.rating import SharedPlace

_TITLE, _HEAD, _FIGURE = 18, 11, 15
_LINE_MM = 5.4
_PANEL_MM = 45.0
_INK: Final = (10, 27, 42)
_BAND: Final = (214, 228, 243)
_STROKE: Final = (10, 88, 181)
_GRID: Final = (216, 225, 234)
_COLUMNS_MM: Final = (16.0, 82.0, 24.0, 34.0, 28.0)


def write(
    region: Region, told: Story, names: Mapping[str, str], topics: Mapping[str, str], language: str
) -> bytes:
    """Return the page; ``told`` is of a region with somebody on its roster."""
    season = told.view.season
    noted = gettext(
        "Season %(name)s, week %(week)d of %(weeks)d",
        name=season.name,
        week=told.view.running + 1,
        weeks=season.calendar.weeks,
    )
    paper = Paper(gettext("PSOT: the rating of regions"), orientation="portrait")
    paper.set_title(region.name(language))
    paper.set_subject(noted)
    paper.add_page()
    paper.set_text_color(*_INK)
    y = MARGIN_MM + 6.0
    paper.put(
        paper.cut(region.name(language), paper.epw, size=_TITLE, style="B"),
        MARGIN_MM,
        y,
        size=_TITLE,
        style="B",
    )
    y = _soft(paper, noted, y + _LINE_MM + 1)
    y = _figures(paper, told.own, y + 8)
    y = _moved(paper, told, y)
    if told.drawn is not None:
        y = _head(paper, gettext("Score over time"), y)
        y = _chart(paper, told.drawn, y)
    if told.histogram is not None:
        title = gettext("How many members have which rating, in tens of points")
        y = _bars(paper, told.histogram, _head(paper, title, y))
    y = _topics(paper, told, topics, y)
    _league(paper, told, names, y)
    return bytes(paper.output())


def _figures(paper: Paper, own: Standing, y: float) -> float:
    """Write the four figures a region is known by, side by side."""
    told = (
        (number(own.points), gettext("score")),
        (f"{number(own.low)}–{number(own.high)}", gettext("in 8 cases of 10")),
        (_place(own.place), pgettext("regions", "place")),
        (percent(own.coverage_ppm / 1_000_000), gettext("coverage")),
    )
    wide = paper.epw / len(told)
    for at, (figure, label) in enumerate(told):
        paper.put(figure, MARGIN_MM + at * wide, y, size=_FIGURE, style="B")
        paper.set_text_color(*GREY)
        paper.put(label, MARGIN_MM + at * wide, y + 5)
        paper.set_text_color(*_INK)
    return y + 12


def _moved(paper: Paper, told: Story, y: float) -> float:
    if told.moved is None:
        return y
    by = told.moved.by
    said = gettext(
        "Since week %(week)s: %(all)s points, of these %(activity)s by activity and "
        "%(effectiveness)s by effectiveness.",
        week=told.moved.week,
        all=signed(by.score_milli / 1000, 1),
        activity=signed(by.activity_milli / 1000, 1),
        effectiveness=signed(by.effectiveness_milli / 1000, 1),
    )
    paper.put(paper.cut(said, paper.epw), MARGIN_MM, y)
    return y + _LINE_MM + 2


def _chart(paper: Paper, drawn: Line, y: float) -> float:
    """Draw the line with the band of its interval, at the scale of the paper."""
    scale = min(paper.epw / drawn.width, _PANEL_MM / drawn.height)

    def at(x: float, high: float) -> tuple[float, float]:
        return MARGIN_MM + x * scale, y + high * scale

    band = [tuple(map(float, one.split())) for one in drawn.band[1:-1].split("L")]
    paper.set_fill_color(*_BAND)
    paper.polygon([at(one[0], one[1]) for one in band], style="F")
    paper.set_draw_color(*_GRID)
    for tick in drawn.rows:
        paper.line(*at(drawn.left, tick.at), *at(drawn.right, tick.at))
        x, base = at(drawn.left - 6, tick.at + 4)
        paper.put(number(tick.value), x, base, size=7, right=True)
    for tick in drawn.columns:
        x, base = at(tick.at, drawn.bottom + 18)
        paper.put(str(tick.value), x, base, size=7)
    paper.set_draw_color(*_STROKE)
    paper.set_line_width(0.5)
    paper.polyline([at(dot.x, dot.y) for dot in drawn.dots])
    paper.set_line_width(0.2)
    return y + drawn.height * scale + 4


def _bars(paper: Paper, drawn: Histogram, y: float) -> float:
    scale = min(paper.epw / drawn.width, _PANEL_MM / drawn.height)
    paper.set_draw_color(*_GRID)
    for tick in drawn.rows:
        high = y + tick.at * scale
        paper.line(MARGIN_MM + drawn.left * scale, high, MARGIN_MM + drawn.right * scale, high)
        x = MARGIN_MM + (drawn.left - 6) * scale
        paper.put(number(tick.value), x, high + 1, size=7, right=True)
    paper.set_fill_color(*_STROKE)
    for bar in drawn.bars:
        if bar.members:
            left, top = MARGIN_MM + bar.x * scale, y + bar.y * scale
            paper.rect(left, top, bar.width * scale, bar.height * scale, style="F")
    for tick in drawn.columns:
        base = y + (drawn.bottom + 18) * scale
        paper.put(number(tick.value), MARGIN_MM + tick.at * scale, base, size=7)
    return y + drawn.height * scale + 4


def _topics(paper: Paper, told: Story, topics: Mapping[str, str], y: float) -> float:
    for title, lines in (
        (gettext("Better than the country"), told.best),
        (gettext("Worth learning together"), told.weak),
    ):
        if lines:
            y = _topic_lines(paper, title, lines, topics, y)
    return y


def _topic_lines(
    paper: Paper, title: str, lines: Sequence[TopicLine], topics: Mapping[str, str], y: float
) -> float:
    y = _head(paper, title, y)
    for one in lines:
        said = gettext(
            "%(difference)s against the country, %(members)s",
            difference=signed(one.ahead_ppm / 10_000, 1),
            members=ngettext("%(num)d member", "%(num)d members", one.members),
        )
        name = paper.cut(topics.get(one.topic, one.topic), paper.epw / 2)
        paper.put(name, MARGIN_MM, y)
        paper.put(percent(one.score_ppm / 1_000_000), MARGIN_MM + paper.epw * 0.6, y, right=True)
        paper.set_text_color(*GREY)
        paper.put(said, MARGIN_MM + paper.epw, y, right=True)
        paper.set_text_color(*_INK)
        y += _LINE_MM
    return y + 2


def _league(paper: Paper, told: Story, names: Mapping[str, str], y: float) -> None:
    y = _head(paper, gettext("In its league by size"), y)
    head = (
        pgettext("regions", "Place"),
        gettext("Region"),
        gettext("Score"),
        gettext("In 8 cases of 10"),
        gettext("Coverage"),
    )
    _row(paper, head, y, bold=True)
    for one in told.league:
        y += _LINE_MM
        cells = (
            _place(one.league_place),
            names[one.region],
            number(one.points),
            f"{number(one.low)}–{number(one.high)}",
            percent(one.coverage_ppm / 1_000_000),
        )
        _row(paper, cells, y, bold=one.region == told.own.region)
    _soft(
        paper,
        gettext("As it stood on %(moment)s.", moment=moment(told.at)),
        y + _LINE_MM + 2,
    )


def _row(paper: Paper, cells: Sequence[str], y: float, *, bold: bool) -> None:
    x = float(MARGIN_MM)
    for at, (cell, wide) in enumerate(zip(cells, _COLUMNS_MM, strict=True)):
        shown = paper.cut(cell, wide - 2, style="B" if bold else "")
        words = at == 1
        paper.put(
            shown, x if words else x + wide - 2, y, style="B" if bold else "", right=not words
        )
        x += wide


def _head(paper: Paper, title: str, y: float) -> float:
    paper.put(
        paper.cut(title, paper.epw, size=_HEAD, style="B"), MARGIN_MM, y + 3, size=_HEAD, style="B"
    )
    return y + 3 + _LINE_MM


def _soft(paper: Paper, text: str, y: float) -> float:
    paper.set_text_color(*GREY)
    paper.put(paper.cut(text, paper.epw), MARGIN_MM, y)
    paper.set_text_color(*_INK)
    return y


def _place(place: SharedPlace | None) -> str:
    if place is None:
        return "—"
    return f"{place.first}–{place.last}" if place.shared else str(place.first)
