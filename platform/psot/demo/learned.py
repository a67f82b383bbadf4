"""Two seasons of learning, week by week, counted and noted at the moments that the boards show.

So the boards have a past: a season that is over and sealed, and the last weeks of the running one.
Everything begins from what is stored, so a load that was cut short goes on where it stopped.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import exists, func, insert, select
from sqlalchemy.orm import Session

from content.quiz import Question, Quiz
from psot.demo.accounts import ACCOUNTS, Account
from psot.demo.history import Learner
from psot.demo.people import Person, people
from psot.learning.models import Answer, Attempt
from psot.ledger import append_many
from psot.library import queries as library
from psot.members.models import Member
from psot.rankings import operations as rankings
from psot.ratings.operations import calibrate
from psot.ratings.queries import season_called
from psot.ratings.rules import season_at
from psot.regions import operations as regions
from psot.regions.models import RegionWeek
from psot.runtime import Runtime
from psot.seasons import operations as seasons
from psot.seasons.queries import closing
from scoring.rating import Season

SEED = 20261001
CHOICES = ("single", "multiple")
STAFF: Mapping[str, float] = {"racer": 0.82, "expert": 0.96}
"""The accounts that learn, and how skilled they are."""

JUST_BEFORE = timedelta(minutes=1)
CLOSED_AFTER = timedelta(days=2)
NOTED_WEEKS = 3
"""So many weeks of the running season are counted each at its end: a line needs some points."""

Fold = Callable[[], object]


@dataclass(frozen=True, kw_only=True)
class Week:
    """A week of a season as far as it has passed, counted from 0."""

    season: Season
    number: int
    starts_at: datetime
    ends_at: datetime

    @property
    def counted_at(self) -> datetime:
        """The last moment at which it is counted."""
        return self.ends_at - JUST_BEFORE


def season_before(season: Season) -> Season:
    """Return the quarter before ``season``."""
    return season_at(season.starts_at - timedelta(days=1))


def load(made: Runtime, now: datetime, fold: Fold) -> None:
    """Let the community learn through the season before and the running one, up to ``now``."""
    running = season_at(now)
    before = season_before(running)
    with made.database.begin() as session:
        quizzes, known = choosable(session)
        racer, learners = _learners(session, known, now)
    over = weeks(before, now)
    for week in over:
        with made.database.begin() as session:
            if not _learned(session, week):
                _learn(session, week, [racer, *learners], quizzes)
    _count(made, over[-1], fold)
    _close(made, before, now, fold)
    fold()
    with made.database.begin() as session:
        if season_called(session, running.name) is None:
            seasons.open_season(session, now=running.starts_at, name=running.name)
    for one in [racer, *learners]:
        one.begin_season()
    begun = weeks(running, now)
    for week in begun:
        with made.database.begin() as session:
            if not _learned(session, week):
                _race_and_learn(racer, quizzes, week, now)
                _learn(session, week, learners, quizzes)
                _store(session, [racer])
        if week in begun[-NOTED_WEEKS:]:
            _count(made, week, fold)


def weeks(season: Season, now: datetime) -> list[Week]:
    """Return the weeks of ``season`` that have begun; the running one ends ``now``."""
    starts = [
        season.starts_at + timedelta(days=7 * number) for number in range(season.weeks_elapsed(now))
    ]
    ends = [*starts[1:], min(season.ends_at, now)]
    return [
        Week(season=season, number=number, starts_at=starts_at, ends_at=ends_at)
        for number, (starts_at, ends_at) in enumerate(zip(starts, ends, strict=True))
    ]


def choosable(session: Session) -> tuple[list[Quiz], dict[str, Question]]:
    """Return the quizzes that are answered by choosing and are not drawn, and their questions."""
    known = {one.id: one for one in library.questions(session, kinds=CHOICES)}
    quizzes = [
        one
        for one in library.quizzes(session).values()
        if one.questions and all(asked in known for asked in one.questions)
    ]
    return quizzes, known


def everybody(running: Season, now: datetime) -> list[Person]:
    """Return the community without its accounts: the same for every load of a season."""
    random = Random(SEED)  # noqa: S311 - a history to look at, not a secret
    return list(people(random, running.starts_at, now))


def email(number: int) -> str:
    """Return the address of the member with that number, from 1."""
    return f"member{number:03}@psot.example"


def _learners(
    session: Session, known: Mapping[str, Question], now: datetime
) -> tuple[Learner, list[Learner]]:
    """Return the racer of the accounts and everybody else who learns, as they are stored."""
    persons = {email(number): one for number, one in enumerate(everybody(season_at(now), now), 1)}
    persons |= {one.email: _staff(one, now) for one in ACCOUNTS if one.role in STAFF}
    found = {}
    for member in session.scalars(select(Member)):
        if (person := persons.get(member.email)) is not None:
            found[member.email] = Learner(
                member=member.id,
                person=replace(person, joined_at=member.created_at),
                random=Random(SEED),  # noqa: S311 - seeded anew for each week
                known=known,
            )
            _remember(session, found[member.email])
    racer = found.pop(address_of("racer"))
    return racer, [found[one] for one in sorted(found)]


def _staff(account: Account, now: datetime) -> Person:
    return Person(
        name=account.name,
        region=account.region,
        joined_at=now,
        name_public=True,
        skill=STAFF[account.role],
        diligence=0.8,
        pace_s=15,
    )


def address_of(role: str) -> str:
    """Return the address of the account for ``role``."""
    return next(one.email for one in ACCOUNTS if one.role == role)


def _remember(session: Session, learner: Learner) -> None:
    """Tell a learner what is stored of earlier weeks."""
    answered = select(Answer.question, func.count()).where(Answer.member == learner.member)
    taken = select(Attempt.quiz, func.count()).where(Attempt.member == learner.member)
    learner.remember(
        Counter(dict(session.execute(answered.group_by(Answer.question)).all())),
        Counter(dict(session.execute(taken.group_by(Attempt.quiz)).all())),
    )


def _learned(session: Session, week: Week) -> bool:
    """Tell whether this week, or a later one, is stored."""
    return bool(session.scalar(select(exists().where(Attempt.started_at >= week.starts_at))))


def _learn(
    session: Session, week: Week, learners: Sequence[Learner], quizzes: Sequence[Quiz]
) -> None:
    for one in learners:
        _seed(one, week)
        one.learn(quizzes, week.starts_at, week.ends_at)
    _store(session, learners)


def _race_and_learn(racer: Learner, quizzes: Sequence[Quiz], week: Week, now: datetime) -> None:
    """Let the racer have learned for some weeks, and left one quiz in the middle."""
    _seed(racer, week)
    passed = max(0, (now - week.season.starts_at).days // 7 - 1)
    moments = [
        now - timedelta(hours=2) - timedelta(weeks=passed * (3 - number) // 3)
        for number in range(4)
    ]
    for quiz, moment in zip(quizzes, moments, strict=False):
        if week.starts_at <= moment < week.ends_at:
            racer.take(quiz, moment)
    if week.ends_at == now:
        racer.take(quizzes[4], now - timedelta(hours=1), only=2)


def _seed(learner: Learner, week: Week) -> None:
    told = f"{SEED} {week.season.name} {week.number} {learner.member}"
    learner.random = Random(told)  # noqa: S311 - a history to look at, not a secret


def _store(session: Session, learners: Sequence[Learner]) -> None:
    made = [one.told() for one in learners]
    attempts = [row for one in made for row in one.attempts]
    answers = [row for one in made for row in one.answers]
    facts = [fact for one in made for fact in one.facts]
    if attempts:
        session.execute(insert(Attempt), attempts)
    if answers:
        session.execute(insert(Answer), answers)
    append_many(session, sorted(facts, key=lambda entry: entry[2]))


def _count(made: Runtime, week: Week, fold: Fold) -> None:
    """Take the figures of a week that is not noted yet, and note what the boards showed."""
    noted = exists().where(RegionWeek.season == week.season.name, RegionWeek.week == week.number)
    with made.database.begin() as session:
        if session.scalar(select(noted)):
            return
    fold()
    with made.database.begin() as session:
        calibrate(session, now=week.counted_at)
    fold()
    with made.database.begin() as session:
        regions.note_week(session, week.counted_at)
        rankings.note_week(session, now=week.counted_at)


def _close(made: Runtime, season: Season, now: datetime, fold: Fold) -> None:
    """Let the organizer seal the season that is over."""
    closed_at = min(now, season.ends_at + CLOSED_AFTER)
    with made.database.begin() as session:
        if closing(session, season.name) is not None:
            return
        organizer = session.scalars(
            select(Member.id).where(Member.email == address_of("organizer"))
        ).one()
        seasons.take_last_figures(session, season.name, now=closed_at)
    fold()
    with made.database.begin() as session:
        seasons.close(session, season.name, confirmed=season.name, now=closed_at, by=organizer)
    with made.database.begin() as session:
        regions.draw_portraits(session, closed_at)
        regions.draw_topics(session)
