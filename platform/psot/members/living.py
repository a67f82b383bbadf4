"""Sessions that live, with whose they are: what nearly every request of a member begins with.

One statement for all requests of a moment, and plain rows: SQLAlchemy's way to load an entity was a
third of what a small request costs.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ARRAY, Connection, LargeBinary, any_, bindparam, select
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

from psot import clock
from psot.members.models import Member, MemberRole, MemberSession

_Entity = TypeVar("_Entity", Member, MemberRole)

# What a request knows of a session and its member, in the order of `_LIVING`.
_OF_SESSION = ("id_hash", "key", "member_id", "data", "created_at", "last_used_at")
_OF_MEMBER = tuple(Member.__table__.columns.keys())


class Owner(SimpleNamespace):
    """Whose a session is: a row of `Member` by the names it has there, with its ``roles``.

    `member` makes the entity of it, where a page needs the account itself.
    """

    id: uuid.UUID
    active: bool
    fs_uniquifier: str
    tf_totp_secret: str | None
    display_name: str
    name_public: bool
    number: int
    region: str
    language: str
    timezone: str
    roles: Sequence["Held"]

    def __repr__(self) -> str:
        """Return a text without what is personal or secret, for whoever writes it down."""
        return f"Owner(id={self.id})"

    def member(self) -> Member:
        """Return the account as SQLAlchemy would have read it, in no session of the database."""
        values = dict(vars(self))
        values["roles"] = [
            _restored(MemberRole, {"member_id": self.id, **one._asdict()}) for one in self.roles
        ]
        return _restored(Member, values)


class Held(NamedTuple):
    """A role that a member holds, as `MemberRole` has it."""

    name: str
    region: str
    granted_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Living:
    """A session that lives; ``data`` is what it holds, as text; ``owner`` is None half way."""

    key: uuid.UUID
    member: uuid.UUID | None
    data: str
    created_at: datetime
    last_used_at: datetime
    owner: Owner | None


_sessions, _members, _roles = MemberSession.__table__, Member.__table__, MemberRole.__table__
_LIVING = (
    select(
        *(_sessions.c[name] for name in _OF_SESSION),
        *(_members.c[name] for name in _OF_MEMBER),
        *(_roles.c[name] for name in Held._fields),
    )
    .select_from(
        _sessions.outerjoin(_members, _members.c.id == _sessions.c.member_id).outerjoin(
            _roles, _roles.c.member_id == _members.c.id
        )
    )
    .where(
        _sessions.c.id_hash == any_(bindparam("hashes", type_=ARRAY(LargeBinary))),
        _sessions.c.expires_at > bindparam("now"),
    )
    .order_by(_roles.c.name)
)


def find(connection: Connection, hashes: Sequence[bytes]) -> list[Living | None]:
    """Return for each of ``hashes`` (`session_store.hashed`) the living session, or None."""
    rows: dict[bytes, list[Sequence[Any]]] = {}
    asked = {"hashes": list(hashes), "now": clock.now()}
    for row in connection.execute(_LIVING, asked):
        rows.setdefault(bytes(row[0]), []).append(row)
    return [_living(rows[one]) if one in rows else None for one in hashes]


def _living(rows: Sequence[Sequence[Any]]) -> Living:
    """Return the session of ``rows``, one for each role of its member, at least one."""
    _, key, member, data, created_at, last_used_at = rows[0][: len(_OF_SESSION)]
    return Living(
        key=key,
        member=member,
        data=data,
        created_at=created_at,
        last_used_at=last_used_at,
        owner=None if member is None else _owner(rows),
    )


def _owner(rows: Sequence[Sequence[Any]]) -> Owner:
    values = zip(_OF_MEMBER, rows[0][len(_OF_SESSION) :], strict=False)
    roles = (row[-len(Held._fields) :] for row in rows)
    return Owner(**dict(values), roles=[Held(*one) for one in roles if one[0] is not None])


def _restored(kind: type[_Entity], values: Mapping[str, Any]) -> _Entity:
    made = kind()
    for name, value in values.items():
        set_committed_value(made, name, value)
    make_transient_to_detached(made)
    return made
