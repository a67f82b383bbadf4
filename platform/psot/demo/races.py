"""The races of the demo community: one is over and official, one takes registrations."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from content.quiz import Question
from psot.course.models import Run as RunRow
from psot.course.models import Task
from psot.demo.accounts import ACCOUNTS
from psot.demo.raced import Line, Run
from psot.jury import operations as jury
from psot.ledger import append_many
from psot.members.models import Member
from psot.races import operations, queries
from psot.races.models import Race
from psot.races.stages import Stage
from psot.races.values import RaceView
from psot.runtime import Runtime

SEED = 20261101
SEASON = "2026/27"
FINISHED = "Спринт «Первый снег»"
FINISHED_TEXT = (
    "Первая гонка сезона: три круга, две стрельбы. Вопросы из всех тем; стойка труднее лёжки."
)
OPEN = "Спринт «Уральские высоты»"
OPEN_TEXT = "Следующая гонка сезона. Записаться может каждый участник сообщества."

STARTERS = 44
REGISTERED = 27
AGO = timedelta(days=6)
AHEAD = timedelta(days=4)
HOUR = 9
"""Races begin at noon in Moscow, when people race; this is that hour by UTC."""
LENGTH = timedelta(minutes=40)
ZEROING = timedelta(minutes=15)
PROTOCOL_AFTER = timedelta(minutes=12)
PROTEST_HOURS = 24

ABSENT, RETIRED = 2, 1
"""Racers who never came, and who gave up."""

Fold = Callable[[], object]


@dataclass(frozen=True, kw_only=True)
class Sportsman:
    """A member of the demo community as a racer."""

    member: UUID
    skill: float
    pace_s: float
    newcomer: bool


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Who takes part: the ``racer`` of the banner, the organizer, and everybody else."""

    racer: Sportsman
    organizer: UUID
    others: Sequence[Sportsman]


def load(made: Runtime, now: datetime, fold: Fold) -> bool:
    """Add what is not there yet; returns False where all of it was. ``fold`` brings boards up."""
    with made.database.begin() as session:
        found = dict(
            session.execute(
                select(Race.title, Race.id).where(Race.title.in_([FINISHED, OPEN]))
            ).all()
        )
        if not found:
            found = _add(session, _cast(session), now)
        race = queries.race(session, found[FINISHED])
    if race.stage is Stage.OFFICIAL:
        return False
    fold()
    with made.database.begin() as session:
        _end(session, queries.race(session, race.id), now)
    return True


def are_over(session: Session) -> bool:
    """Tell whether the race that is over is official: nothing is left to load."""
    found = select(Race.stage).where(Race.title == FINISHED)
    return session.scalar(found) == Stage.OFFICIAL


def _cast(session: Session) -> Cast:
    random = Random(SEED)  # noqa: S311 - a history to look at, not a secret
    emails = {one.role: one.email for one in ACCOUNTS}
    staff = {
        role: session.scalars(select(Member.id).where(Member.email == email)).one()
        for role, email in emails.items()
    }
    rows = session.scalars(
        select(Member.id)
        .where(Member.email.like("member%@psot.example"))
        .order_by(Member.created_at, Member.id)
    ).all()
    return Cast(
        racer=Sportsman(member=staff["racer"], skill=0.86, pace_s=10, newcomer=False),
        organizer=staff["organizer"],
        # Who came last may have come after the race.
        others=[
            Sportsman(
                member=member,
                skill=min(0.97, max(0.35, random.gauss(0.74, 0.13))),
                pace_s=random.uniform(8, 15),
                newcomer=random.random() < 0.5,  # noqa: PLR2004 - half of them
            )
            for member in rows[: len(rows) // 2]
        ],
    )


def _add(session: Session, cast: Cast, now: datetime) -> dict[str, UUID]:
    random = Random(SEED)  # noqa: S311 - as above
    return {
        OPEN: _open_race(session, cast, random, now),
        FINISHED: _finished_race(session, cast, random, now),
    }


def _open_race(session: Session, cast: Cast, random: Random, now: datetime) -> UUID:
    starts_at = (now + AHEAD).replace(hour=HOUR, minute=0, second=0, microsecond=0)
    opened_at = now - timedelta(days=2)
    made = operations.create(
        session,
        by=cast.organizer,
        title=OPEN,
        description=OPEN_TEXT,
        format="sprint",
        season=SEASON,
        now=opened_at,
        zeroes_at=starts_at - ZEROING,
        starts_at=starts_at,
        closes_at=starts_at + timedelta(hours=1),
    )
    operations.enter_stage(session, made.id, Stage.REGISTRATION, now=opened_at, by=cast.organizer)
    for one in random.sample(list(cast.others), REGISTERED):
        _register(session, made.id, one, now - timedelta(hours=random.uniform(1, 40)))
    return made.id


def _finished_race(session: Session, cast: Cast, random: Random, now: datetime) -> UUID:
    """Lead a race through its whole life up to the lock, each step at its own moment."""
    starts_at = (now - AGO).replace(hour=HOUR, minute=0, second=0, microsecond=0)
    made = operations.create(
        session,
        by=cast.organizer,
        title=FINISHED,
        description=FINISHED_TEXT,
        format="sprint",
        options={"start": {"interval_s": 15}},
        season=SEASON,
        protest_hours=PROTEST_HOURS,
        now=starts_at - timedelta(days=5),
        zeroes_at=starts_at - ZEROING,
        starts_at=starts_at,
        closes_at=starts_at + LENGTH,
    )

    def enter(stage: Stage, moment: datetime, by: UUID | None = None) -> RaceView:
        return operations.enter_stage(session, made.id, stage, now=moment, by=by)

    enter(Stage.REGISTRATION, starts_at - timedelta(days=4), cast.organizer)
    starters = [cast.racer, *random.sample(list(cast.others), STARTERS - 1)]
    for one in starters:
        _register(session, made.id, one, starts_at - timedelta(hours=random.uniform(2, 90)))
    enter(Stage.ZEROING, starts_at - ZEROING)
    _race(session, enter(Stage.RUNNING, starts_at), starters, random)
    enter(Stage.LOCKED, starts_at + LENGTH)
    return made.id


def _register(session: Session, race: UUID, one: Sportsman, moment: datetime) -> None:
    experience = "newcomer" if one.newcomer else "experienced"
    operations.register(session, race, one.member, experience=experience, now=moment)


def _race(session: Session, view: RaceView, starters: Sequence[Sportsman], random: Random) -> None:
    """Write every run down: tasks, facts, and when the leg ended."""
    zero_at = view.zero_at or view.starts_at
    if zero_at is None:
        raise ValueError(f"race {view.id} has no zero")
    people = {one.member: one for one in starters}
    field = {one.bib: people[one.member] for one in queries.start_list(session, view.id)}
    banner = starters[0]
    weak = random.sample([bib for bib, one in field.items() if one is not banner], ABSENT + RETIRED)
    pools: dict[str, dict[str, Question]] = {}
    for frozen in queries.question_set(session, view.id):
        pools.setdefault(frozen.kind, {})[frozen.question.id] = frozen.question
    secret = queries.secret(session, view.id)
    runs = [
        Run(
            race=view.id,
            zero_at=zero_at,
            rules=view.rules,
            secret=secret,
            pools=pools,
            line=Line(
                bib=line.bib,
                member=field[line.bib].member,
                start_ms=line.start_ms or 0,
                skill=field[line.bib].skill,
                pace_s=field[line.bib].pace_s,
            ),
            random=random,
            closed_ms=int(LENGTH.total_seconds() * 1000),
            breaks_off=_breaks_off(weak, line.bib),
        )
        for line in queries.starts(session, view.id)
    ]
    for run in runs:
        run.race_it()
        if run.finish_ms is not None:
            operations.end_leg(session, view.id, run.line.bib, 1, run.finish_ms)
    session.execute(insert(RunRow), [run.row() for run in runs])
    session.execute(insert(Task), [task for run in runs for task in run.tasks])
    facts = sorted((entry for run in runs for entry in run.entries()), key=lambda one: one[2])
    append_many(session, facts)


def _breaks_off(weak: Sequence[int], bib: int) -> int | None:
    if bib not in weak:
        return None
    return 0 if weak.index(bib) < ABSENT else 9


def _end(session: Session, view: RaceView, now: datetime) -> None:
    """Let the jury publish both protocols, each at its own moment."""
    locked_at = view.locked_at or now
    provisional_at = locked_at + PROTOCOL_AFTER
    if view.stage is Stage.LOCKED:
        jury.publish(session, view.id, Stage.PROVISIONAL, now=provisional_at)
    official_at = provisional_at + timedelta(hours=PROTEST_HOURS)
    jury.publish(session, view.id, Stage.OFFICIAL, now=official_at)
