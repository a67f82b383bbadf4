"""What an operator may do to the ledger. Each takes the session first and never commits."""

from collections.abc import Sequence
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from psot.ledger import replay as ledger
from psot.ledger.stats import lags
from psot.observability.logs import security_log
from psot.organizer.errors import UnknownProjection


def replay(session: Session, *, operator: UUID, projection: str, seqs: Sequence[int] | None) -> int:
    """Open dead letters of ``projection`` again, all or those in ``seqs``; returns how many.

    Raises UnknownProjection.
    """
    _known(session, projection)
    opened = ledger.replay(session, projection, seqs)
    security_log().info(
        "dead_letters_replayed", member=str(operator), projection=projection, opened=opened
    )
    return opened


def resume(session: Session, *, operator: UUID, projection: str) -> bool:
    """Let a stopped projection go on; returns whether it stood still. Raises UnknownProjection."""
    _known(session, projection)
    resumed = ledger.resume(session, projection)
    security_log().info(
        "projection_resumed", member=str(operator), projection=projection, stood_still=resumed
    )
    return resumed


def _known(session: Session, projection: str) -> None:
    if projection not in {one.projection for one in lags(session)}:
        raise UnknownProjection(_("There is no such projection."), subject=projection)
