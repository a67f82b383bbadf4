"""A run as other learning systems read it: its facts from the ledger as xAPI statements."""

from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext
from sqlalchemy.orm import Session

from psot.workplace import queries
from psot.workplace.errors import UnknownRun
from psot.workplace.models import Run
from psot.workplace.recorded import facts_of_run
from psot.workplace.statements import Statement, statements


@dataclass(frozen=True, kw_only=True)
class Reported:
    """A stretch of a run: what its facts say, and how many facts come before the ``next`` one.

    ``member`` ran it; ``next`` is None at the end.
    """

    member: UUID
    statements: list[Statement]
    next: int | None


def reported(
    session: Session, *, run: UUID, member: UUID | None, base_url: str, skip: int, limit: int
) -> Reported:
    """Return what ``limit`` facts of a run say, behind its first ``skip``.

    ``member`` is whose run it has to be; None: anybody's. Nothing is told here that was not told
    in the run: of an action what was done, of the end its score. Raises UnknownRun.
    """
    if member is not None:
        queries.run(session, member=member, run=run)
    row = session.get(Run, run)
    if row is None:
        raise UnknownRun(gettext("There is no such run."), subject=str(run))
    facts = facts_of_run(session, run, skip=skip, limit=limit + 1)
    told = [
        statement
        for one in facts[:limit]
        for statement in statements(one.fact, at=one.occurred_at, base_url=base_url)
    ]
    return Reported(
        member=row.member, statements=told, next=skip + limit if len(facts) > limit else None
    )
