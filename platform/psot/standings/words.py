"""The words of standings: points, states, gaps, regions, and all that a live page's script says."""

import re
from typing import Any, Final

from flask_babel import get_locale, gettext, lazy_gettext, lazy_pgettext, pgettext

from content.regions import all_regions
from psot.races.stages import RESULTS
from psot.races.values import RaceView
from scoring.biathlon import Course, Format, Mark, Point, course_of

MARKS: Final[dict[Mark, Any]] = {
    Mark.STATION: lazy_gettext("Lap %(lap)d, station %(number)d"),
    Mark.RANGE_ENTRY: lazy_gettext("Lap %(lap)d, range entry"),
    Mark.RANGE_EXIT: lazy_gettext("Lap %(lap)d, range exit"),
    Mark.LOOP_EXIT: lazy_gettext("Lap %(lap)d, penalty loop done"),
    Mark.LAP_END: lazy_gettext("Lap %(lap)d, end"),
    Mark.EXCHANGE: lazy_gettext("Exchange"),
    Mark.FINISH: lazy_gettext("Finish"),
}

_LABEL: Final = re.compile(r"lap(?P<lap>\d+)\.(?P<mark>[a-z_]+?)(?P<number>\d*)")

STATES: Final[dict[str, Any]] = {
    "on the line": lazy_pgettext("racer", "at the start"),
    "station": lazy_pgettext("racer", "at a station"),
    "course": lazy_pgettext("racer", "on the course"),
    "range": lazy_pgettext("racer", "at the range"),
    "shot": lazy_pgettext("racer", "shooting"),
    "spare round": lazy_pgettext("racer", "reloading"),
    "penalty loop": lazy_pgettext("racer", "penalty loop"),
    "exchange": lazy_pgettext("racer", "handed over"),
    "finished": lazy_pgettext("racer", "finished"),
    "DNS": lazy_pgettext("racer", "did not start"),
    "DNF": lazy_pgettext("racer", "did not finish"),
    "DSQ": lazy_pgettext("racer", "disqualified"),
    "LAP": lazy_pgettext("racer", "lapped"),
}


def boards_of_points(rules: Format) -> dict[str, str]:
    """Return the timing points that have boards, in their order: name on the wire, words.

    A relay has them leg by leg, from ``leg1.lap1.range_entry`` on.
    """
    if not rules.relay:
        return {one.label: point_name(one) for one in points(rules)}
    last = len(rules.legs)
    return {
        f"leg{leg}.{one.label}": gettext("Leg %(leg)s: %(point)s", leg=leg, point=point_name(one))
        for leg in _to(last)
        for one in points(rules, leg=leg)
        if one.mark is not (Mark.EXCHANGE if leg == last else Mark.FINISH)
    }


def points(rules: Format, *, leg: int = 1) -> list[Point]:
    """Return the timing points of a leg in their order, the stations between them left out.

    >>> from scoring.biathlon import load_format
    >>> [one.label for one in points(load_format("sprint"))][:5]
    ['lap1.range_entry', 'lap1.range_exit', 'lap1.loop_exit', 'lap1.lap_end', 'lap2.range_entry']
    """
    course = course_of(rules, leg=leg, bib=1)
    found = [point for lap in range(1, course.laps + 1) for point in _of_lap(course, lap)]
    if rules.relay:
        found.append(Point(course.laps, Mark.EXCHANGE))
    return [*found, Point(course.laps, Mark.FINISH)]


def _of_lap(course: Course, lap: int) -> list[Point]:
    marks = []
    if lap in course.bout_laps:
        marks = [Mark.RANGE_ENTRY, Mark.RANGE_EXIT, *([Mark.LOOP_EXIT] if course.loops else [])]
    if lap < course.laps:
        marks.append(Mark.LAP_END)
    return [Point(lap, mark) for mark in marks]


def point_names(rules: Format) -> dict[str, str]:
    """Return every timing point in words, stations too, by its label on the wire."""
    laps = max(leg.laps for leg in rules.legs)
    every = [
        *(Point(lap, Mark.STATION, one) for lap in _to(laps) for one in _to(rules.stations)),
        *(Point(lap, mark) for lap in _to(laps) for mark in Mark if mark is not Mark.STATION),
    ]
    return {one.label: point_name(one) for one in every}


def point_name(point: Point) -> str:
    """Return a timing point in words."""
    return str(MARKS[point.mark] % {"lap": point.lap, "number": point.number})


def region_names(*, short: bool = False) -> dict[str, str]:
    """Return the regions' names in the reader's language, or their labels of three letters."""
    language = _language()
    if short:
        english = language == "en"
        return {one.code: one.label_en if english else one.label_ru for one in all_regions()}
    return {one.code: one.name(language) for one in all_regions()}


def gap(value_ms: int | None) -> str:
    """Write a gap: whole minutes, seconds, tenths cut.

    >>> gap(174_960), gap(400), gap(None)
    ('+2:54.9', '+0.4', '')
    """
    return "" if value_ms is None else f"+{clock(value_ms)}"


def clock(value_ms: int | None) -> str:
    """Write a time: tenths are cut, as ranks count them.

    >>> clock(1_251_060), clock(59_990), clock(3_723_400)
    ('20:51.0', '59.9', '1:02:03.4')
    """
    if value_ms is None:
        return ""
    tenths = value_ms // 100
    seconds, minutes, hours = tenths // 10 % 60, tenths // 600 % 60, tenths // 36_000
    if hours:
        return f"{hours}:{minutes:02}:{seconds:02}.{tenths % 10}"
    return f"{minutes}:{seconds:02}.{tenths % 10}" if minutes else f"{seconds}.{tenths % 10}"


def name_of(row: Any) -> str:
    """Return who a row is about: a name by consent, else the member's number."""
    if row.get("name"):
        return str(row["name"])
    return str(gettext("Member %(number)s", number=row.get("number", "")))


def result(row: Any) -> str:
    """Return what the last column shows: a mark, a total, a gap, or the leader's word."""
    if row.get("irm"):
        return str(row["irm"])
    if row.get("rank") is None:
        return ""
    if row.get("gap_ms"):
        return gap(row["gap_ms"])
    return clock(row["total_ms"]) if row.get("total_ms") is not None else gettext("leads")


def where(row: Any) -> str:
    """Return where a racer is: the state, or the last point of who is under way."""
    state, label = str(row.get("state", "")), str(row.get("point") or "")
    under_way = state in {"station", "course"} and label
    return label_name(label) if under_way else str(STATES.get(state, state))


def label_name(label: str) -> str:
    """Return a timing point in words by its label on the wire; the label where it is none.

    >>> label_name("nowhere")
    'nowhere'
    """
    found = _LABEL.fullmatch(label)
    mark = Mark.__members__.get((found["mark"] if found else label).upper())
    if mark is None:
        return label
    return point_name(
        Point(int(found["lap"]), mark, int(found["number"] or 0)) if found else Point(0, mark)
    )


def running(value_ms: int) -> str:
    """Write whole seconds as a running clock does.

    >>> running(7_900), running(1_251_060), running(3_723_400)
    ('0:07', '20:51', '1:02:03')
    """
    seconds = value_ms // 1000
    hours, minutes = seconds // 3600, seconds // 60 % 60
    if hours:
        return f"{hours}:{minutes:02}:{seconds % 60:02}"
    return f"{minutes}:{seconds % 60:02}"


def nobody(race: RaceView) -> str:
    """Return what a board says where nobody stands on it."""
    if race.stage in RESULTS:
        return str(gettext("The race is over. Its results are in the protocol."))
    return str(gettext("Nobody has passed here yet. The first times appear by themselves."))


def tiles(row: Any, bouts: int) -> list[int | None]:
    """Return one tile a bout: misses of the finished ones, None of those ahead.

    >>> tiles({"bouts": [0, 2]}, 4)
    [0, 2, None, None]
    """
    shot = list(row.get("bouts") or ())
    return [*shot, *[None] * (bouts - len(shot))]


def client(race: RaceView) -> dict[str, Any]:
    """Return what the scripts of live pages say, in the reader's language."""
    return {
        "states": {name: str(text) for name, text in STATES.items()},
        "points": point_names(race.rules),
        "regions": region_names(),
        "labels": region_names(short=True),
        "news": {
            "clean_shooting": gettext("{who} shoots clean"),
            "new_leader": gettext("{who} takes the lead"),
            "fell": gettext("{who} falls at a station"),
            "penalty": gettext("{who}: penalty loops — {n}"),
            "finished": gettext("{who} finishes, place {n}"),
            "started": gettext("{who} starts"),
            "exchange": gettext("{who} hands over"),
            "irm": gettext("{who} is out of the race"),
        },
        "leads": gettext("leads"),
        "overall": gettext("Overall standings"),
        "hit": pgettext("shot", "hit"),
        "miss": pgettext("shot", "miss"),
        "aim": pgettext("shot", "aiming"),
        "wait": pgettext("shot", "waiting"),
        "P": gettext("Prone"),
        "S": gettext("Standing"),
        "team": gettext("Team {team}"),
        "member": gettext("Member {number}"),
        "you": gettext("you"),
        "frozen": gettext("The board stands still since {time}. What follows is shown after it."),
        "frozenShort": gettext("The board stands still since {time}"),
        "late": gettext("The broadcast runs {s} s behind the race."),
        "beforeStart": gettext("Start in {time}"),
        "noStart": gettext("The start is not set yet"),
        "over": gettext("The race is over"),
        "counts": gettext("{course} on the course · {finished} finished · {out} out"),
        "range": gettext("At the range: {n}"),
        "nobodyShoots": gettext("Nobody is at the range now"),
        "found": gettext("{from}–{to} of {total}"),
        "foundNone": gettext("Nobody fits. Change the search or the filter."),
        "fieldNone": gettext("The racers appear here when the start list is ready."),
        "ownPlace": gettext("Your place: {rank}. To the leader: {gap}."),
    }


def _to(last: int) -> range:
    return range(1, last + 1)


def _language() -> str:
    locale = get_locale()
    return locale.language if locale else "ru"
