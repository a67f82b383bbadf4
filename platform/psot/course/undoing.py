"""A start list that is undone takes the seats of its racers with it."""

from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from psot.course.models import Run, Task
from psot.races.signals import list_undone


def listen() -> None:
    """Hear of start lists that are undone; called by every process that may undo one."""
    list_undone.connect(_forget)


def _forget(session: Session, *, race: UUID) -> None:
    """Bibs will be drawn anew: who sat where is void. No task was shown before the race ran."""
    session.execute(delete(Task).where(Task.race == race))
    session.execute(delete(Run).where(Run.race == race))
