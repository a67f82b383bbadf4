"""The life of a race: entering a stage does that stage's work and is told as a fact."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from events.competition import DrawCommitted, DrawRevealed, StageEntered
from psot.ledger import append
from psot.races import planning, pools, proof, startlist
from psot.races.errors import NotReady, WrongStage
from psot.races.models import Race, RaceQuestion
from psot.races.queries import view
from psot.races.questions import FrozenQuestion, freeze
from psot.races.rows import locked, touch
from psot.races.stages import FOLLOWS, Stage
from psot.races.values import RaceView
from scoring.biathlon import Qualified, StartKind, load_format

COUNTDOWN: Final = timedelta(seconds=10)
"""Between a start by hand and the race's zero."""
JUST_PASSED: Final = timedelta(seconds=1)
"""A scheduled start that is over for so long still counts: nobody can have started late by it."""


def enter_stage(
    session: Session,
    race_id: UUID,
    stage: Stage,
    *,
    now: datetime,
    by: UUID | None,
    earlier: Sequence[Qualified] | None = None,
) -> RaceView:
    """Let a race enter ``stage``, do what belongs to it, and tell the fact.

    ``by`` is who did it by hand, None for the schedule. ``earlier`` replaces the results of the
    race that this one follows. Raises WrongStage where the stage cannot follow the present one,
    and NotReady where something is missing for it.
    """
    race = locked(session, race_id)
    before = Stage(race.stage)
    if stage not in FOLLOWS[before]:
        raise WrongStage(
            _("The race is at another stage now."), subject=f"{before.value} → {stage.value}"
        )
    touch(race)
    if stage is Stage.ZEROING:
        # The content may have changed since the race was announced.
        require_ready(session, race)
        startlist.make(session, race, now, earlier)
    work = _WORK.get((before, stage)) or _WORK.get((None, stage))
    if work is not None:
        work(session, race, now, by)
    race.stage = stage
    session.flush()
    fact = StageEntered(race=race.id, stage=stage.value, by=by)
    append(session, fact, key=f"{race.id}:{race.version}", occurred_at=now)
    planning.plan(session, race, now)
    return view(race)


def set_frozen(session: Session, race_id: UUID, *, frozen: bool, now: datetime) -> RaceView:
    """Let the public board move again, or stand still as its race says. Raises UnknownRace."""
    race = locked(session, race_id)
    if frozen:
        race.unfrozen_at = None
    elif race.unfrozen_at is None:
        race.unfrozen_at = now
    session.flush()
    return view(race)


def commit_draw(
    session: Session, race: Race, questions: Sequence[FrozenQuestion], now: datetime
) -> None:
    """Freeze the question set, publish the three hashes, and tell the fact."""
    session.add_all(
        RaceQuestion(
            race=race.id,
            kind=one.kind,
            question=one.question.id,
            version=one.question.version,
            topic=one.question.topic,
            difficulty=one.question.difficulty,
            content=freeze(one.question),
        )
        for one in questions
    )
    rules = load_format(race.format, dict(race.options))
    race.secret_sha256 = proof.secret_sha256(race.secret)
    race.questions_sha256 = proof.sha256(proof.questions_document(questions))
    race.rules_sha256 = proof.sha256(proof.rules_document(rules))
    session.flush()
    fact = DrawCommitted(
        race=race.id,
        secret_sha256=race.secret_sha256,
        questions_sha256=race.questions_sha256,
        rules_sha256=race.rules_sha256,
    )
    append(session, fact, key=f"{race.id}:{race.version}", occurred_at=now)


def require_ready(session: Session, race: Race) -> None:
    """Raise NotReady for what could not be raced.

    Pools that are too small for one racer, a pursuit that follows no race.
    """
    wrong: dict[str, list[str]] = {}
    for one in pools.check(session, race.id):
        if one.missing:
            message = _(
                "Only %(available)s tasks, and one racer can meet %(needed)s.",
                available=one.available,
                needed=one.needed,
            )
            wrong[f"pools.{one.kind}"] = [str(message)]
    rules = load_format(race.format, dict(race.options))
    if rules.start.kind is StartKind.PURSUIT and race.from_race is None:
        wrong["from_race"] = [str(_("A pursuit needs the race that it follows."))]
    if wrong:
        raise NotReady(_("This race is not ready yet."), subject=race.title, fields=wrong)


def _announce(session: Session, race: Race, now: datetime, by: UUID | None) -> None:  # noqa: ARG001
    require_ready(session, race)


def _zero(session: Session, race: Race, now: datetime, by: UUID | None) -> None:  # noqa: ARG001
    commit_draw(session, race, pools.question_set(session, race.id, race.secret), now)


def _reopen(session: Session, race: Race, now: datetime, by: UUID | None) -> None:  # noqa: ARG001
    startlist.undo(session, race)


def _run(session: Session, race: Race, now: datetime, by: UUID | None) -> None:  # noqa: ARG001
    """Set the race's zero: the scheduled start, or a countdown from now where that is over.

    A start by hand well before the schedule is meant: it counts down as well.
    """
    due = race.starts_at
    if due is not None and now - JUST_PASSED <= due <= now + COUNTDOWN:
        race.zero_at = due
    else:
        race.zero_at = now + COUNTDOWN


def _lock(session: Session, race: Race, now: datetime, by: UUID | None) -> None:  # noqa: ARG001
    race.locked_at = now


def _publish(session: Session, race: Race, now: datetime, by: UUID | None) -> None:  # noqa: ARG001
    race.provisional_at = now


def _reveal(session: Session, race: Race, now: datetime, by: UUID | None) -> None:  # noqa: ARG001
    race.official_at = now
    fact = DrawRevealed(race=race.id, secret=race.secret.hex())
    append(session, fact, key=str(race.id), occurred_at=now)


_Work = Callable[[Session, Race, datetime, UUID | None], None]
_WORK: Final[Mapping[tuple[Stage | None, Stage], _Work]] = {
    (None, Stage.ANNOUNCED): _announce,
    (Stage.DRAFT, Stage.REGISTRATION): _announce,
    (Stage.ANNOUNCED, Stage.REGISTRATION): _announce,
    (Stage.ZEROING, Stage.REGISTRATION): _reopen,
    (None, Stage.ZEROING): _zero,
    (None, Stage.RUNNING): _run,
    (None, Stage.LOCKED): _lock,
    (None, Stage.PROVISIONAL): _publish,
    (None, Stage.OFFICIAL): _reveal,
}
"""What is done on the way into a stage, from one stage or (None) from any."""
