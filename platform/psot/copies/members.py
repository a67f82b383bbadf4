"""Members of shared pages: whose session it is, and what their copy shares with those of others.

Sessions of one moment are looked up together, with the counts that stand in their members' menus.
Each is asked for after its request came, so a session that has ended opens nothing.
"""

from collections.abc import Mapping, Sequence
from typing import cast

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from psot.company import Company
from psot.copies.asking import Asked, Environ, address
from psot.copies.reader import Reader
from psot.copies.somebody import COMMON, Somebody
from psot.members import living
from psot.members.member_cookies import Stay, hash_of, stay
from psot.members.sessions import FAILED, DatabaseSessions
from psot.shell import navigation, preferences

Counts = tuple[tuple[str, int], ...]


class Members:
    """Finds the members of ``app`` who ask for shared pages."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._sessions = cast("DatabaseSessions", app.session_interface)
        self._company: Company[bytes, tuple[Stay, Counts] | None] = Company(self._look)

    def of(self, environ: Environ, cookies: Mapping[str, str]) -> Reader | None:
        """Return the member whose session ``cookies`` tell of.

        None wherever the app has to look: no member, a session with something to say, any role
        beyond a participant's, a database that does not answer.
        """
        hashed = hash_of(self._sessions, cookies)
        if not hashed:
            return None
        try:
            found = self._company.ask(hashed)
        except SQLAlchemyError as error:
            environ[FAILED] = error
            return None
        if found is None:
            return None
        who, counts = found
        roles = frozenset(one.name for one in who.owner.roles)
        if not roles <= COMMON:
            return None
        accepted = environ.get("HTTP_ACCEPT_LANGUAGE", "")
        wish = preferences.of_member(who.owner, cookies, accepted)
        like = Somebody(
            roles=roles,
            language=wish.language,
            zone=wish.zone,
            named=bool(who.owner.display_name),
            counts=counts,
        )
        return Reader(asked=Asked(address(environ), wish), kept=who.kept, stay=who, like=like)

    def _look(self, hashes: Sequence[bytes]) -> list[tuple[Stay, Counts] | None]:
        with self._sessions.database.asking() as rows:
            stays = [stay(one) for one in living.find(rows, hashes)]
            ids = list({one.owner.id for one in stays if one})
            counts = navigation.counts_of(self._app, rows, ids) if ids else {}
        return [(one, counts[one.owner.id]) if one else None for one in stays]
