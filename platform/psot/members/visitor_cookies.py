"""A visitor's session as its cookie alone tells it: for answers that are given without the app."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from itsdangerous import BadData
from werkzeug.http import dump_cookie

from psot.members.sessions import VISITOR_AGE_S, DatabaseSessions
from psot.security import csrf

SILENT: Final = frozenset({csrf.IN_SESSION, "came_by", "_permanent"})
"""What a visitor's session may hold and no page shows. A message that waits to be shown is not."""


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A visitor's session: ``kept`` is what its CSRF tokens are made of.

    ``new_cookie`` is the value of the header that gives it to a browser, "" where it has it.
    """

    kept: str
    new_cookie: str = ""


class Visits:
    """Reads and begins sessions of visitors as ``sessions`` does."""

    def __init__(self, sessions: DatabaseSessions) -> None:
        self._sessions = sessions

    def of(self, cookies: Mapping[str, str]) -> Visit | None:
        """Return the session that ``cookies`` tell of, a new one where there is none.

        None wherever the app has to look: somebody signed in, a message waiting, a cookie that
        nobody can read.
        """
        if cookies.get(self._sessions.cookie):
            return None
        text = cookies.get(self._sessions.visitor_cookie)
        return self._known(text) if text else self._new()

    def _known(self, text: str) -> Visit | None:
        try:
            values = self._sessions.signer.loads(text, max_age=VISITOR_AGE_S)
        except BadData:
            return None
        kept = values.get(csrf.IN_SESSION)
        return Visit(kept=kept) if kept and values.keys() <= SILENT else None

    def _new(self) -> Visit:
        kept = csrf.new()
        cookie = dump_cookie(
            self._sessions.visitor_cookie,
            str(self._sessions.signer.dumps({csrf.IN_SESSION: kept})),
            max_age=timedelta(seconds=VISITOR_AGE_S),
            path="/",
            secure=self._sessions.secure,
            httponly=True,
            samesite="Lax",
        )
        return Visit(kept=kept, new_cookie=cookie)
