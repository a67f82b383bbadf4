"""Load the demo community: once, in one transaction, and folded before anybody looks."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

import click
from argon2 import PasswordHasher
from sqlalchemy import insert
from sqlalchemy.orm import Session

from content.quiz import Question, Quiz
from psot import clock
from psot.config import BadSetting, Settings
from psot.demo import invitations, races, threads
from psot.demo.accounts import ACCOUNTS, Account
from psot.demo.history import Learner
from psot.demo.people import Person, people
from psot.learning.models import Answer, Attempt
from psot.learning.operations import publish_quiz
from psot.ledger import append_many
from psot.ledger.consumers import enrol
from psot.ledger.drain import Drainer
from psot.library import queries as library
from psot.library.start import load_start
from psot.members import consents, operations
from psot.projections import CATALOGUE
from psot.ratings.operations import calibrate, open_season
from psot.ratings.queries import season_called
from psot.ratings.rules import season_at
from psot.runtime import Runtime, connect
from scoring.rating import Season

SEED = 20261001
CHOICES = ("single", "multiple")

Say = Callable[[str], object]


def load(settings: Settings, *, say: Say = click.echo) -> bool:
    """Load the community into the database of ``settings``; returns False where it is there.

    Raises BadSetting outside demo mode: its passwords are known to everybody.
    """
    if not settings.demo:
        raise BadSetting("The demo community is for PSOT_DEMO=1 only: its passwords are known.")
    with closing(connect(settings)) as made:
        enrol(made.database, CATALOGUE)
        load_start(made.database)
        now = clock.now()
        with made.database.begin() as session:
            fresh = operations.find_by_email(session, ACCOUNTS[0].email) is None
            if fresh:
                _community(session, now, say)
        drainer = Drainer(made.database, made.redis, CATALOGUE)
        raced = races.load(made, now, lambda: drainer.run(linger_s=0))
        if raced:
            say("demo: two races, one over and official, one open for registration")
        if fresh or raced:
            _fold(made, now, say)
        else:
            say("demo: the community is there already")
    return fresh


def _community(session: Session, now: datetime, say: Say) -> None:
    random = Random(SEED)  # noqa: S311 - a history to look at, not a secret
    season = season_at(now)
    staff = {one.role: _account(session, one, season) for one in ACCOUNTS}
    known = {one.id: one for one in library.questions(session, kinds=CHOICES)}
    quizzes = _quizzes(session, known)
    for slug in library.quizzes(session):
        moment = min(season.starts_at, now) - timedelta(days=130)
        publish_quiz(session, slug=slug, editor=staff["organizer"], now=moment)
    if season_called(session, season.name) is None:
        open_season(session, now=season.starts_at)
    learners = [
        Learner(member=_member(session, number, one), person=one, random=random, known=known)
        for number, one in enumerate(people(random, season.starts_at, now), 1)
    ]
    say(f"demo: {len(learners)} members, {len(quizzes)} quizzes, one season")
    for learner in learners:
        learner.learn(quizzes, season.starts_at, now)
    racer = _staff_learner(staff["racer"], season, known, skill=0.82)
    _race_and_learn(racer, quizzes, season, now)
    expert = _staff_learner(staff["expert"], season, known, skill=0.96)
    expert.learn(quizzes, season.starts_at, now)
    learners += [racer, expert]
    _store(session, learners)
    say(f"demo: {sum(len(one.history.answers) for one in learners)} answers")
    members = [one.member for one in learners if one.member not in staff.values()]
    asked = threads.load(session, staff=staff, members=members, now=now)
    say(f"demo: {asked} questions to the community")
    told = invitations.load(session, official=staff["official"], members=members, now=now)
    say(f"demo: {told} members told an official's region where they work")


def _account(session: Session, account: Account, season: Season) -> UUID:
    moment = season.starts_at - timedelta(days=140)
    with clock.fixed(moment):
        member = operations.create(
            session,
            operations.Details(
                display_name=account.name,
                region=account.region,
                organization=account.organization,
            ),
            email=account.email,
            password_hash=PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1).hash(
                account.password
            ),
        )
        member.created_at = moment
        purposes = frozenset({consents.PERSONAL_DATA, consents.PUBLISH_NAME})
        operations.set_consents(session, member, purposes, "ru")
        operations.confirm(session, member)
        for role in account.roles:
            region = account.region if role == "official" else ""
            operations.grant(session, member, role, region=region)
    return member.id


def _member(session: Session, number: int, person: Person) -> UUID:
    with clock.fixed(person.joined_at):
        member = operations.create(
            session,
            operations.Details(display_name=person.name, region=person.region),
            email=f"member{number:03}@psot.example",
        )
        member.created_at = person.joined_at
        purposes = {consents.PERSONAL_DATA} | (
            {consents.PUBLISH_NAME} if person.name_public else set()
        )
        operations.set_consents(session, member, frozenset(purposes), "ru")
        operations.confirm(session, member)
    return member.id


def _quizzes(session: Session, known: Mapping[str, Question]) -> list[Quiz]:
    """Return the quizzes that are answered by choosing, and are not drawn."""
    return [
        one
        for one in library.quizzes(session).values()
        if one.questions and all(asked in known for asked in one.questions)
    ]


def _race_and_learn(
    learner: Learner, quizzes: Sequence[Quiz], season: Season, now: datetime
) -> None:
    """Let the racer have learned for some weeks, and left one quiz in the middle."""
    weeks = max(0, (now - season.starts_at).days // 7 - 1)
    for number, quiz in enumerate(quizzes[:4]):
        learner.take(quiz, now - timedelta(hours=2) - timedelta(weeks=weeks * (3 - number) // 3))
    learner.take(quizzes[4], now - timedelta(hours=1), only=2)


def _staff_learner(
    member: UUID, season: Season, known: Mapping[str, Question], *, skill: float
) -> Learner:
    person = Person(
        name="",
        region="",
        joined_at=season.starts_at - timedelta(days=140),
        name_public=True,
        skill=skill,
        diligence=0.8,
        pace_s=15,
    )
    random = Random(SEED + int(skill * 100))  # noqa: S311 - as above
    return Learner(member=member, person=person, random=random, known=known)


def _store(session: Session, learners: list[Learner]) -> None:
    attempts = [row for one in learners for row in one.history.attempts]
    answers = [row for one in learners for row in one.history.answers]
    facts = [fact for one in learners for fact in one.history.facts]
    session.execute(insert(Attempt), attempts)
    session.execute(insert(Answer), answers)
    append_many(session, sorted(facts, key=lambda entry: entry[2]))


def _fold(made: Runtime, now: datetime, say: Say) -> None:
    """Fold, take the shared figures, fold again: the first visitor sees finished boards."""
    drainer = Drainer(made.database, made.redis, CATALOGUE)
    effects = drainer.run(linger_s=0)
    with made.database.begin() as session:
        calibrate(session, now=now)
    effects += drainer.run(linger_s=0)
    say(f"demo: ratings folded, {effects} effects")
