"""How a course is closed. The room of the course knows; it tells the app when it comes in.

Until somebody does, closing only locks the race: whoever is under way then stays so.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from flask import Flask, current_app
from sqlalchemy.orm import Session

from psot.races import operations
from psot.races.stages import Stage

Close = Callable[..., Any]
"""Called as ``close(session, race_id, now, by=...)``; brings everybody in, then locks the race."""

_CLOSE = "psot.races.close"


def closes_by(app: Flask, close: Close) -> None:
    """Let the desk of ``app`` close courses by ``close``."""
    app.extensions[_CLOSE] = close


def close(session: Session, race_id: UUID, *, now: datetime, by: UUID) -> None:
    """Close the course of a race by hand. Raises WrongStage."""
    known = cast("Close | None", current_app.extensions.get(_CLOSE))
    if known is None:
        operations.enter_stage(session, race_id, Stage.LOCKED, now=now, by=by)
    else:
        known(session, race_id, now, by=by)
