"""The web session: what concerns an account lives in the database, the rest in a signed cookie.

A visitor costs the database nothing: their CSRF token and flashed messages travel in a signed
cookie. As soon as a session says anything about an account it becomes a row, found by a random id
whose hash alone is stored. The id changes whenever the signed-in identity does, and dies with it.
The row is read at the first look into the session, so a page that does not look needs no database.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any, cast

from flask import Flask, has_request_context, request, session
from flask.json.tag import TaggedJSONSerializer
from flask.sessions import SessionInterface, SessionMixin
from flask.wrappers import Request, Response
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from psot.company import Company
from psot.config import Settings
from psot.database import Database
from psot.members import living, session_store
from psot.members.devices import device
from psot.members.living import Living, Owner
from psot.members.models import Member
from psot.members.signals import session_ended
from psot.members.uses import Uses

# All that a session without an account may hold; anything else makes it a row.
VISITOR_KEYS = frozenset({"csrf_token", "_flashes", "fs_cc", "_permanent", "came_by"})
IDENTITY = "_user_id"
VISITOR_AGE_S = 24 * 3600
FAILED = "psot.members.failed"
"""In the environ: with what the database has just refused to say whose session it is. Asked again
it would let its reader wait twice."""

_json = TaggedJSONSerializer()


def held(stored: Living) -> dict[str, Any]:
    """Return what the session ``stored`` holds."""
    return cast("dict[str, Any]", _json.loads(stored.data))


def let_in(owner: Owner | None, values: Mapping[str, Any]) -> Owner | None:
    """Return ``owner``, if a session that holds ``values`` lets them in: their account is open."""
    said = values.get(IDENTITY)
    return owner if owner and owner.active and owner.fs_uniquifier == said else None


class HouseSession(SessionMixin):
    """A session that is read when first looked into, together with its ``owner``."""

    def __init__(
        self,
        house: "DatabaseSessions",
        secret: str,
        visitor: str,
        told: Mapping[str, Any],
    ) -> None:
        self.house = house
        self.secret = secret
        self._told = told
        self.stored: Living | None = None
        self.owner: Owner | None = None
        self.opened_as: Any = None
        self.modified = False
        self.unread = False
        self.rotating = False
        self._visitor = visitor
        self._values: dict[str, Any] | None = None

    @property
    def looked_into(self) -> bool:
        """Whether anybody asked for anything."""
        return self._values is not None

    @property
    def values_now(self) -> dict[str, Any]:
        """Everything inside, read at the first call.

        Raises SQLAlchemyError where the database does not answer, once: then this is nobody's
        session and is kept nowhere, so that a page can still say so.
        """
        if self._values is None:
            self._values, self.unread = {}, True
            self._values = self._read()
            self.unread = False
            self.opened_as = self._values.get(IDENTITY)
        return self._values

    @property
    def owner_now(self) -> Owner | None:
        """The member whom the session lets in, if it came with one whose account is open."""
        values = self.values_now  # the first look brings the owner along
        return let_in(self.owner, values)

    def rotate(self) -> None:
        """Give the session a new id with the response: for a change of what it may do."""
        self.rotating = True

    def _read(self) -> dict[str, Any]:
        failed: SQLAlchemyError | None = self._told.get(FAILED)
        if failed is not None:
            raise failed
        if self.secret:
            found = self.house.living.ask(session_store.hashed(self.secret))
            if found is not None:
                self.stored, self.owner = found, found.owner
                return held(found)
        if self._visitor:
            try:
                loaded = self.house.signer.loads(self._visitor, max_age=VISITOR_AGE_S)
            except BadData:
                return {}
            return {key: one for key, one in loaded.items() if key in VISITOR_KEYS}
        return {}

    def __getitem__(self, key: str) -> Any:
        return self.values_now[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.values_now[key] = value
        self.modified = True

    def __delitem__(self, key: str) -> None:
        del self.values_now[key]
        self.modified = True

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_now)

    def __len__(self) -> int:
        return len(self.values_now)


class DatabaseSessions(SessionInterface):
    """Flask's session interface over `session_store`."""

    def __init__(self, settings: Settings, database: Database, secret_key: str) -> None:
        self.database = database
        self.signer = URLSafeTimedSerializer(secret_key, salt="psot-visitor", serializer=_json)
        prefix = "__Host-" if settings.secure else ""
        self.cookie = f"{prefix}psot"
        self.visitor_cookie = f"{prefix}psot-visitor"
        self.secure = settings.secure
        self.unused_for = timedelta(days=settings.session_days)
        self.uses = Uses(database, self.unused_for)
        # Requests of one moment look their sessions up together; each is asked for after its
        # request came, so that a session which has ended opens nothing.
        self.living: Company[bytes, Living | None] = Company(self._find)

    def _find(self, hashes: Sequence[bytes]) -> list[Living | None]:
        with self.database.asking() as rows:
            return living.find(rows, hashes)

    def open_session(self, app: Flask, request: Request) -> HouseSession:  # noqa: ARG002 - Flask's signature
        """Return the session of ``request``, unread."""
        return HouseSession(
            self,
            request.cookies.get(self.cookie, ""),
            request.cookies.get(self.visitor_cookie, ""),
            request.environ,
        )

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:  # noqa: ARG002
        """Keep what changed, with a new id where the identity changed."""
        made = cast("HouseSession", session)
        if made.unread or not made.looked_into:
            return
        response.vary.add("Cookie")
        values = made.values_now
        if values.get(IDENTITY) != made.opened_as or made.rotating:
            self._replace(made, response)
        elif made.stored is not None:
            self._keep(made, made.stored)
        elif values.keys() <= VISITOR_KEYS:
            self._keep_visitor(made, response)
        else:
            self._replace(made, response)

    def _replace(self, made: HouseSession, response: Response) -> None:
        """End the old row, if any, and begin another one under a new id."""
        values, ended = made.values_now, []
        signed_in = values.get(IDENTITY)
        if signed_in != made.opened_as:
            values.pop("csrf_token", None)
        with self.database.begin() as rows:
            if made.stored is not None:
                ended = session_store.end(rows, made.stored.key)
            if values.keys() <= VISITOR_KEYS:
                secret = ""
            else:
                member = (
                    rows.scalar(select(Member.id).where(Member.fs_uniquifier == signed_in))
                    if signed_in
                    else None
                )
                _row, secret = session_store.create(
                    rows,
                    member=member,
                    data=_json.dumps(values),
                    device=device(_user_agent()),
                    unused_for=self.unused_for,
                )
        announce(ended)
        if secret:
            self._set(response, self.cookie, secret, session_store.LONGEST)
            response.delete_cookie(self.visitor_cookie, secure=self.secure, httponly=True)
        else:
            response.delete_cookie(self.cookie, secure=self.secure, httponly=True)
            made.modified = True
            self._keep_visitor(made, response)

    def _keep(self, made: HouseSession, stored: Living) -> None:
        if made.modified:
            with self.database.begin() as rows:
                session_store.save(rows, stored.key, _json.dumps(made.values_now))
        self.uses.note(stored)

    def _keep_visitor(self, made: HouseSession, response: Response) -> None:
        if made.modified:
            text = self.signer.dumps(made.values_now)
            self._set(response, self.visitor_cookie, str(text), timedelta(seconds=VISITOR_AGE_S))

    def _set(self, response: Response, name: str, value: str, age: timedelta) -> None:
        response.set_cookie(
            name, value, max_age=age, path="/", secure=self.secure, httponly=True, samesite="Lax"
        )


def current_key() -> uuid.UUID | None:
    """Return the key of the session of this request, or None for a visitor."""
    made = cast("HouseSession", session)
    return made.stored.key if made.values_now.get(IDENTITY) and made.stored else None


def announce(ended: list[session_store.Ended]) -> None:
    """Tell listeners that these sessions are no more; call it after the commit."""
    for one in ended:
        session_ended.send(one.key, member=one.member)


def _user_agent() -> str:
    return request.headers.get("User-Agent", "") if has_request_context() else ""
