"""Classes: a trainer opens a scenario, members join by a code, all run it at once."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from psot.database import new_id
from psot.library import queries as library
from psot.workplace import ending, running
from psot.workplace.errors import NotATrainer, UnknownClass, UnknownScenario
from psot.workplace.models import Class
from psot.workplace.values import ClassView, RunView
from psot.workplace.views import class_view

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without those that are read for others."""
CODE_LENGTH = 6
TRIES = 20


def open_class(
    session: Session, *, trainer: UUID, scenario: str, mode: str, now: datetime
) -> ClassView:
    """Open a scenario for a class; everybody in it meets the same. Raises UnknownScenario."""
    found = library.scenarios(session).get(scenario)
    if found is None or mode not in found.modes:
        raise UnknownScenario(_("There is no such scenario."), subject=scenario)
    row = Class(
        id=new_id(),
        code=_free_code(session),
        scenario=scenario,
        version=found.version,
        mode=mode,
        seed=secrets.randbelow(running.SEEDS),
        trainer=trainer,
        opened_at=now,
        pauses=[],
        point="",
    )
    session.add(row)
    session.flush()
    return class_view(row)


def enter(session: Session, *, member: UUID, code: str, now: datetime) -> RunView:
    """Begin the class's run, or go on with it. Raises UnknownClass, ClassClosed."""
    group = by_code(session, code)
    return running.start(
        session, member=member, scenario=group.scenario, mode=group.mode, now=now, group=group
    )


def by_code(session: Session, code: str) -> ClassView:
    """Return the open class with this code, however it was typed. Raises UnknownClass."""
    row = session.scalar(
        select(Class).where(Class.code == code.strip().upper(), Class.closed_at.is_(None))
    )
    if row is None:
        raise UnknownClass(_("There is no open class with this code."), subject=code[:20])
    return class_view(row)


def control(
    session: Session,
    *,
    group: UUID,
    trainer: UUID,
    any_class: bool,
    wanted: Mapping[str, Any],
    now: datetime,
) -> ClassView:
    """Pause a class or let it go on, point at an object, close it.

    ``any_class`` lets an administrator help out. A closed class stays closed. Raises UnknownClass,
    NotATrainer.
    """
    row = session.get(Class, group, with_for_update=True)
    if row is None:
        raise UnknownClass(_("There is no such class."), subject=str(group))
    if row.trainer != trainer and not any_class:
        raise NotATrainer(_("This class belongs to another trainer."), subject=str(group))
    if row.closed_at is not None:
        return class_view(row)
    if wanted.get("paused") is True and row.paused_at is None:
        row.paused_at = now
    if wanted.get("paused") is False or wanted.get("closed"):
        _go_on(row, now)
    if "point" in wanted:
        row.point = wanted["point"]
    if wanted.get("closed"):
        row.closed_at = now
        row.point = ""
        session.flush()
        ending.end_class_runs(session, group, now)
    session.flush()
    return class_view(row)


def _go_on(row: Class, now: datetime) -> None:
    if row.paused_at is not None:
        row.pauses = [*row.pauses, [row.paused_at.isoformat(), now.isoformat()]]
        row.paused_at = None


def _free_code(session: Session) -> str:
    for _try in range(TRIES):
        code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
        taken = session.scalar(
            select(Class.id).where(Class.code == code, Class.closed_at.is_(None))
        )
        if taken is None:
            return code
    raise RuntimeError("no free code among a thousand million")
