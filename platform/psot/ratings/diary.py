"""A season as a diary: everything that counted, with where it happened and the facts behind it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from psot.learning.queries import question_texts
from psot.library import queries as library
from psot.races import queries as races
from psot.ratings.contributions import ANSWER, QUESTION, Contribution, Counting
from psot.ratings.derivations import AnswerLine, Opened, PracticeLine, RaceLine, RecordingLine
from psot.ratings.evidence import Evidence
from psot.recordings import queries as recordings
from scoring.rating import Season, WeekLine

MS_PER_S = 1000
S_PER_MIN = 60


@dataclass(frozen=True, kw_only=True)
class Item:
    """Something that counted: what it was, where it happened, what it was worth.

    ``kind`` says what it is; ``asked`` marks a title in the language of the questions. A recording
    has ``watched_s`` in place of ``minutes``: of a week's seconds the whole minutes count.
    """

    kind: str
    title: str
    note: str
    path: str
    asked: bool
    week: int
    at: datetime | None
    minutes: int
    watched_s: int
    seqs: tuple[int, ...]
    answer: AnswerLine | None = None


@dataclass(frozen=True, kw_only=True)
class WeekPage:
    """A week of the diary; ``counted`` says whether it is among the best that are averaged."""

    index: int
    starts_on: date
    minutes: Fraction
    share_ppb: int
    counted: bool
    items: tuple[Item, ...]

    @property
    def watched_min(self) -> int:
        """The whole minutes of recordings."""
        return sum(one.watched_s for one in self.items) // S_PER_MIN


@dataclass(frozen=True, kw_only=True)
class Titles:
    """What things are called, those still there."""

    questions: Mapping[str, str]
    races: Mapping[UUID, str]
    recordings: Mapping[str, str]
    scenarios: Mapping[str, str]


def titles(session: Session, opened: Opened, language: str) -> Titles:
    """Return the titles of everything in ``opened``: one question to each room."""
    run = {one.race for one in opened.races} | {one.race for one in opened.answers if one.race}
    seen = {one.recording for one in opened.recordings}
    played = {one.scenario for one in opened.practices} | {one.scenario for one in opened.answers}
    written = {one.object for one in opened.contributions if one.kind == QUESTION}
    asked = {one.question for one in opened.answers if not one.scenario} | written
    scenarios = library.scenarios(session)
    return Titles(
        questions=question_texts(session, sorted(asked)),
        races={one.id: one.title for one in races.races_by_id(session, run).values()},
        recordings={
            slug: title.in_language(language)
            for slug, title in recordings.titles(session, seen).items()
        },
        scenarios={
            one: scenarios[one].title.in_language(language) for one in played & scenarios.keys()
        },
    )


def items(opened: Opened, names: Titles, proof: Evidence, *, desk: bool = False) -> list[Item]:
    """Return everything that counted, the latest first.

    Approved questions lead to the editors' ``desk`` where the reader may enter it.
    """
    found = [
        *(_answer(one, names, proof) for one in opened.answers),
        *(_race(one, names, proof) for one in opened.races),
        *(_practice(one, names, proof) for one in opened.practices),
        *(_recording(one, names, proof) for one in opened.recordings),
        *(_contribution(one, names, proof, desk=desk) for one in opened.contributions),
    ]
    timeless = sorted((one for one in found if one.at is None), key=lambda one: one.title)
    timed = ((one.at, one.title, one) for one in found if one.at is not None)
    return [one for *_when, one in sorted(timed, key=lambda row: row[:2], reverse=True)] + timeless


def weeks(opened: Opened, calendar: Season, begun: int, told: Iterable[Item]) -> list[WeekPage]:
    """Return the ``begun`` weeks of the season, the latest first, each with what is in it."""
    lines = {one.index: one for one in opened.derivation.weeks}
    by_week: dict[int, list[Item]] = {}
    for item in told:
        by_week.setdefault(item.week, []).append(item)
    return [
        _week(lines.get(index), index, calendar, by_week.get(index, ()))
        for index in reversed(range(max(begun, *(one + 1 for one in lines), 0)))
    ]


def _week(line: WeekLine | None, index: int, calendar: Season, told: Iterable[Item]) -> WeekPage:
    return WeekPage(
        index=index,
        starts_on=calendar.week_starts_on(index),
        minutes=line.minutes if line else Fraction(0),
        share_ppb=line.share_ppb if line else 0,
        counted=line is not None and line.counted,
        items=tuple(told),
    )


def _answer(one: AnswerLine, names: Titles, proof: Evidence) -> Item:
    if one.scenario:
        kind, path = "run", f"/workplace/runs/{one.attempt}/debrief"
        title = names.scenarios.get(one.scenario, one.scenario)
        note = _("first run in the virtual enterprise")
    elif one.race is not None:
        kind, path = "race_answer", f"/races/{one.race}/mine"
        title = names.questions.get(one.question, one.question)
        note = _("in the race “%(title)s”", title=names.races.get(one.race, ""))
    else:
        kind, path = "answer", f"/attempts/{one.attempt}/result"
        title, note = names.questions.get(one.question, one.question), ""
    return Item(
        kind=kind,
        title=title,
        note=note,
        path=path,
        asked=not one.scenario,
        week=one.week,
        at=one.answered_at,
        minutes=one.minutes,
        watched_s=0,
        seqs=proof.of(one),
        answer=one,
    )


def _race(one: RaceLine, names: Titles, proof: Evidence) -> Item:
    return Item(
        kind="race",
        title=names.races.get(one.race) or _("Race"),
        note=_("race finished"),
        path=f"/races/{one.race}",
        asked=False,
        week=one.week,
        at=one.finished_at,
        minutes=one.minutes,
        watched_s=0,
        seqs=proof.of(one),
    )


def _practice(one: PracticeLine, names: Titles, proof: Evidence) -> Item:
    return Item(
        kind="practice",
        title=names.scenarios.get(one.scenario, one.scenario),
        note=_("scenario played to its end"),
        path=f"/workplace/runs/{one.run}/debrief",
        asked=False,
        week=one.week,
        at=one.finished_at,
        minutes=one.minutes,
        watched_s=0,
        seqs=proof.of(one),
    )


def _recording(one: RecordingLine, names: Titles, proof: Evidence) -> Item:
    known = one.recording in names.recordings
    return Item(
        kind="recording",
        title=names.recordings.get(one.recording, one.recording),
        note=_("recording watched"),
        path=f"/recordings/{one.recording}" if known else "",
        asked=False,
        week=one.week,
        at=None,
        minutes=0,
        watched_s=one.ms // MS_PER_S,
        seqs=proof.of(one),
    )


def _contribution(one: Contribution, names: Titles, proof: Evidence, *, desk: bool) -> Item:
    why = {
        Counting.COUNTS: "",
        Counting.DOWN: _("taken down by an editor"),
        Counting.EARLIER: _("counted in an earlier season"),
        Counting.BEYOND: _("beyond what counts in one week"),
    }[one.counting]
    if one.kind == ANSWER:
        title, path = _("Answer accepted by an expert"), f"/questions/{one.thread}"
    else:
        title = names.questions.get(one.object, one.object)
        path = f"/editor/content/question/{one.object}" if desk else ""
    return Item(
        kind=f"given_{one.kind}",
        title=title,
        note=why or (_("question approved") if one.kind == QUESTION else ""),
        path=path,
        asked=one.kind == QUESTION,
        week=one.week,
        at=one.earned_at,
        minutes=one.minutes,
        watched_s=0,
        seqs=proof.of(one),
    )
