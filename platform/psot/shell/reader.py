"""Who reads this page, as far as the shell has to know, without depending on the members' room."""

from typing import Protocol, cast

import structlog
from flask import current_app, g, has_request_context
from flask_login import current_user
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

_log = structlog.get_logger(__name__)


class Reader(Protocol):
    """What a signed-in member has that the shell asks for."""

    display_name: str
    language: str
    timezone: str

    def has_role(self, role: str) -> bool:
        """Tell whether the member holds `role`."""


def reader() -> Reader | None:
    """Return the signed-in member; None for anybody else.

    A page that says that the database does not answer must not ask it again: then nobody reads.
    """
    if not has_request_context() or not hasattr(current_app, "login_manager"):
        return None
    if "psot_reader" not in g:
        try:
            g.psot_reader = current_user if current_user.is_authenticated else None
        except (SQLAlchemyError, RedisError) as error:
            _log.warning("reader_unknown", error=type(error).__name__)
            g.psot_reader = None
            # Flask-Login asks again for every template unless it is told.
            g._login_user = current_app.login_manager.anonymous_user()  # noqa: SLF001  its own place
    return cast("Reader | None", g.psot_reader)


def show_to(somebody: Reader) -> None:
    """Let this page be made for ``somebody``, who is no member: for what many members share."""
    g.psot_reader = somebody
