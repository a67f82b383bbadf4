"""Load the demo community: step by step, each once, and folded before anybody looks."""

from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from uuid import UUID

import click
from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from psot import clock
from psot.config import BadSetting, Settings
from psot.demo import invitations, learned, races, threads
from psot.demo.accounts import ACCOUNTS, Account
from psot.demo.learned import choosable, email, everybody, season_before
from psot.demo.people import Person
from psot.learning.operations import publish_quiz
from psot.ledger.consumers import enrol
from psot.ledger.drain import Drainer
from psot.library import queries as library
from psot.library.start import load_start
from psot.members import consents, operations
from psot.projections import CATALOGUE
from psot.ratings.operations import calibrate
from psot.ratings.rules import season_at
from psot.runtime import Runtime, connect
from psot.seasons.operations import open_season
from scoring.rating import Season

STAFF_CAME = timedelta(days=160)
"""So long before the first season the accounts are there: before everybody else."""

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
            whole = races.are_over(session)
        if whole:
            say("demo: the community is there already")
            return fresh
        drainer = Drainer(made.database, made.redis, CATALOGUE)
        learned.load(made, now, lambda: drainer.run(linger_s=0))
        say("demo: two seasons learned week by week, the first of them closed")
        races.load(made, now, lambda: drainer.run(linger_s=0))
        say("demo: two races, one over and official, one open for registration")
        _fold(made, now, say)
    return fresh


def _community(session: Session, now: datetime, say: Say) -> None:
    running = season_at(now)
    before = season_before(running)
    staff = {one.role: _account(session, one, before) for one in ACCOUNTS}
    for slug in library.quizzes(session):
        moment = before.starts_at - STAFF_CAME + timedelta(days=5)
        publish_quiz(session, slug=slug, editor=staff["organizer"], now=moment)
    members = [
        _member(session, number, one) for number, one in enumerate(everybody(running, now), 1)
    ]
    open_season(session, now=before.starts_at, name=before.name)
    say(f"demo: {len(members)} members, {len(choosable(session)[0])} quizzes")
    asked = threads.load(session, staff=staff, members=members, now=now)
    say(f"demo: {asked} questions to the community")
    told = invitations.load(session, official=staff["official"], members=members, now=now)
    say(f"demo: {told} members told an official's region where they work")


def _account(session: Session, account: Account, first: Season) -> UUID:
    moment = first.starts_at - STAFF_CAME
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
            email=email(number),
        )
        member.created_at = person.joined_at
        purposes = {consents.PERSONAL_DATA} | (
            {consents.PUBLISH_NAME} if person.name_public else set()
        )
        operations.set_consents(session, member, frozenset(purposes), "ru")
        operations.confirm(session, member)
    return member.id


def _fold(made: Runtime, now: datetime, say: Say) -> None:
    """Fold, take the shared figures, fold again: the first visitor sees finished boards."""
    drainer = Drainer(made.database, made.redis, CATALOGUE)
    effects = drainer.run(linger_s=0)
    with made.database.begin() as session:
        calibrate(session, now=now)
    effects += drainer.run(linger_s=0)
    say(f"demo: ratings folded, {effects} effects")
