"""What would raise a member's rating most: what the product offers now, weighed by the rule."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from content.quiz import Names
from psot.learning import queries as learning
from psot.library import queries as library
from psot.races import queries as races
from psot.races.stages import Stage
from psot.ratings.contributions import ANSWER, Counting, worth
from psot.ratings.derivations import Opened
from psot.ratings.intake import SCENARIO
from psot.recordings import queries as recordings
from psot.workplace import queries as workplace
from scoring.rating import Season
from scoring.rating.advice import (
    Deed,
    Gain,
    Option,
    Position,
    Spent,
    by_gain,
    by_pace,
    gain,
    minutes_to_full,
    option,
    spent,
)

QUESTIONS_AT_ONCE = 10
SHOWN = 3
MS_PER_MINUTE = 60_000
PERMILLE = 1000
PPM = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """Something to do next; ``questions`` are those it would ask for the first time."""

    kind: str
    title: str
    path: str
    questions: int
    option: Option


@dataclass(frozen=True, kw_only=True)
class Weakness:
    """The topic in which first answers lost most weight, and how right they were in it."""

    title: str
    path: str
    score_ppm: int


@dataclass(frozen=True, kw_only=True)
class Advice:
    """What would raise a rating most, the largest expected gain first.

    ``quickest`` is the one with the highest gain per minute. ``lacking_min`` are missing to a full
    ``week``, which would bring ``full``; ``spent`` names what is of no use any more; ``weakness``
    is a topic with a lesson, None where nothing was lost.
    """

    week: int
    own_score_ppm: int
    lacking_min: int
    full: Gain
    suggestions: tuple[Suggestion, ...]
    quickest: Suggestion | None
    spent: tuple[Spent, ...]
    weakness: Weakness | None


def advice(
    session: Session,
    calendar: Season,
    member: UUID,
    opened: Opened,
    *,
    now: datetime,
    language: str,
) -> Advice | None:
    """Return what would raise the rating that ``opened`` holds; None outside its season."""
    if now not in calendar:
        return None
    week = calendar.week_index(now)
    at = _At(position=opened.position, opened=opened, week=week, language=language)
    offers = (
        _questions(session, at),
        _scenarios(session, at, member),
        _races(session, at, calendar, now),
        _recordings(session, at, member, now),
        _answers(at),
    )
    # The best of each kind: three quizzes in a row would be one suggestion said three times.
    best = [one for offered in offers for one in _ordered(by_gain, offered)[:1]]
    chosen = _ordered(by_gain, best)[:SHOWN]
    lacking = minutes_to_full(at.position, week)
    return Advice(
        week=week,
        own_score_ppm=at.position.own_score_ppm,
        lacking_min=lacking,
        full=gain(at.position, Deed(week=week, minutes=lacking)),
        suggestions=tuple(chosen),
        quickest=next(iter(_ordered(by_pace, chosen)), None) if len(chosen) > 1 else None,
        spent=spent(at.position, week),
        weakness=_weakness(session, at),
    )


@dataclass(frozen=True, kw_only=True)
class _At:
    position: Position
    opened: Opened
    week: int
    language: str

    def suggests(
        self,
        kind: str,
        name: str,
        title: str,
        path: str,
        *,
        minutes: int,
        questions: int = 0,
        weight_ppm: int = 0,
        week: int | None = None,
    ) -> Suggestion:
        """Weigh something that takes the ``minutes`` it earns."""
        return Suggestion(
            kind=kind,
            title=title,
            path=path,
            questions=questions,
            option=option(
                self.position,
                f"{kind} {name}",
                week=self.week if week is None else week,
                minutes=minutes,
                takes_min=minutes,
                weight_ppm=weight_ppm,
            ),
        )

    def words(self, names: Names) -> str:
        return names.in_language(self.language)


def _ordered(
    rule: Callable[[Iterable[Option]], list[Option]], offered: Iterable[Suggestion]
) -> list[Suggestion]:
    by_name = {one.option.name: one for one in offered}
    return [by_name[one.name] for one in rule(one.option for one in by_name.values())]


def _weakness(session: Session, at: _At) -> Weakness | None:
    """Find the topic whose lesson would help most."""
    topics = library.topics(session)
    topic_of = {one.id: one.topic for one in library.questions(session)}
    weight: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for one in at.opened.answers:
        topic = topics.get(topic_of.get(one.question, ""))
        if topic is not None and topic.has_lesson:
            weight[topic.id] += one.weight_ppm
            lost[topic.id] += one.weight_ppm * (PPM - one.score_ppm)
    most = max(sorted(lost), key=lambda topic: lost[topic], default="")
    if not lost[most]:
        return None
    return Weakness(
        title=at.words(topics[most].name),
        path=f"/topics/{most}/lesson",
        score_ppm=PPM - lost[most] // weight[most],
    )


def _questions(session: Session, at: _At) -> list[Suggestion]:
    """Suggest a few questions of each set that asks all of its own, those not answered yet."""
    answered = {one.question for one in at.opened.answers}
    standard = at.opened.standard
    found = []
    for offered in learning.offered(session):
        one = offered.set
        if any(pool.count is not None for pool in one.pools):
            continue
        weights = [
            standard.weight_ppm(question, version)
            for pool in one.pools
            for question, version in pool.questions
            if question not in answered
        ]
        count = min(len(weights), QUESTIONS_AT_ONCE)
        if count:
            topic = one.topic if one.published_at is None else None
            path = f"/topics/{topic}/practice" if topic else f"/quizzes/{one.slug}"
            found.append(
                at.suggests(
                    "questions",
                    one.slug,
                    at.words(one.title),
                    path,
                    minutes=count * standard.parameters.minutes_per_question,
                    questions=count,
                    weight_ppm=sum(weights) * count // len(weights),
                )
            )
    return found


def _scenarios(session: Session, at: _At, member: UUID) -> list[Suggestion]:
    """Suggest scenarios that bring their norm; a first run is an answer besides."""
    credited = {one.scenario for one in at.opened.practices}
    return [
        at.suggests(
            "scenario",
            one.scenario.id,
            at.words(one.scenario.title),
            f"/workplace/{one.scenario.id}",
            minutes=one.scenario.minutes,
            weight_ppm=0
            if one.runs
            else at.opened.standard.weight_ppm(
                f"{SCENARIO}{one.scenario.id}", one.scenario.version
            ),
        )
        for one in workplace.listed(session, member=member)
        if one.scenario.id not in credited and one.scenario.minutes
    ]


def _races(session: Session, at: _At, calendar: Season, now: datetime) -> list[Suggestion]:
    """Suggest races that take registrations; nobody knows their questions, so each weighs 1."""
    found = []
    for one in races.races_in(session, [Stage.REGISTRATION]):
        starts_at = one.starts_at
        counts = one.practice_of is None and not one.exhibition and one.normed_minutes
        if not counts or starts_at is None or starts_at < now or starts_at not in calendar:
            continue
        questions = one.rules.shots * len(one.rules.legs[0].bouts)
        found.append(
            at.suggests(
                "race",
                str(one.id),
                one.title,
                f"/races/{one.id}",
                minutes=one.normed_minutes,
                questions=questions,
                weight_ppm=questions * at.opened.standard.unknown_weight_ppm,
                week=calendar.week_index(starts_at),
            )
        )
    return found


def _recordings(session: Session, at: _At, member: UUID, now: datetime) -> list[Suggestion]:
    """Suggest what is left of recordings: what was seen this season earns nothing again."""
    found = []
    for one in recordings.published(session, member=member, now=now):
        unseen_ms = one.recording.length_ms * (PERMILLE - one.seen_permille) // PERMILLE
        if unseen_ms >= MS_PER_MINUTE:
            found.append(
                at.suggests(
                    "recording",
                    one.recording.slug,
                    one.recording.title.in_language(at.language),
                    f"/recordings/{one.recording.slug}",
                    minutes=unseen_ms // MS_PER_MINUTE,
                )
            )
    return found


def _answers(at: _At) -> list[Suggestion]:
    """Suggest to answer a colleague, while an accepted answer still counts in this week."""
    parameters = at.opened.standard.parameters
    given = [
        one
        for one in at.opened.contributions
        if one.kind == ANSWER and one.week == at.week and one.counting is Counting.COUNTS
    ]
    if len(given) >= parameters.contributions_per_week:
        return []
    title = _("A colleague's question, answered so that an expert accepts it")
    minutes = worth(ANSWER, parameters)
    return [at.suggests("answer", "", title, "/questions?show=open", minutes=minutes)]
