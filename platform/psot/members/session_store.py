"""Sessions as rows: made, found, listed, ended. Only the hash of a session's secret id is kept."""

import hashlib
import secrets
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import (
    ARRAY,
    Connection,
    Delete,
    LargeBinary,
    any_,
    bindparam,
    delete,
    select,
    update,
)
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

from psot import clock
from psot.members.models import Member, MemberRole, MemberSession

# Half-way sessions (a second factor or an outside sign-in under way) live this long.
HALF_WAY = timedelta(minutes=30)
# However busy, a session ends after this long: a stolen one must not live for ever.
LONGEST = timedelta(days=90)
# The moment of last use is written at most this often.
TOUCH_EVERY = timedelta(minutes=1)

_Entity = TypeVar("_Entity", Member, MemberRole)

# What a request knows of a session and its member, in the order of `_LIVING`.
_OF_SESSION = ("id_hash", "key", "member_id", "data", "created_at", "last_used_at")
_OF_MEMBER = tuple(Member.__table__.columns.keys())
_OF_ROLE = ("name", "region", "granted_at")

# Every request of a member begins with this: sessions, members and roles in one statement. Tables,
# no entities: SQLAlchemy's way to load those was a third of what a small request costs.
_sessions, _members, _roles = MemberSession.__table__, Member.__table__, MemberRole.__table__
_LIVING = (
    select(
        *(_sessions.c[name] for name in _OF_SESSION),
        *(_members.c[name] for name in _OF_MEMBER),
        *(_roles.c[name] for name in _OF_ROLE),
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Living:
    """A session that lives; ``data`` is what it holds, as text.

    ``owner`` is None half way, and belongs to no session of the database.
    """

    key: uuid.UUID
    member: uuid.UUID | None
    data: str
    created_at: datetime
    last_used_at: datetime
    owner: Member | None


@dataclass(frozen=True, kw_only=True)
class Ended:
    """A session that is no more: its ``key`` and whose it was."""

    key: uuid.UUID
    member: uuid.UUID


def new_secret() -> str:
    """Return a secret id for a cookie: 256 random bits."""
    return secrets.token_urlsafe(32)


def hashed(secret: str) -> bytes:
    """Return what is kept of a secret id."""
    return hashlib.sha256(secret.encode()).digest()


def find(connection: Connection, hashes: Sequence[bytes]) -> list[Living | None]:
    """Return for each of ``hashes`` (see `hashed`) the living session, or None."""
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


def _owner(rows: Sequence[Sequence[Any]]) -> Member:
    first = len(_OF_SESSION)
    made = _restored(Member, zip(_OF_MEMBER, rows[0][first:], strict=False))
    roles = [
        _restored(MemberRole, zip(("member_id", *_OF_ROLE), (made.id, *held), strict=True))
        for held in (row[-len(_OF_ROLE) :] for row in rows)
        if held[0] is not None
    ]
    set_committed_value(made, "roles", roles)
    return made


def _restored(kind: type[_Entity], values: Iterable[tuple[str, Any]]) -> _Entity:
    """Return a row as the entity that SQLAlchemy would have made of it."""
    made = kind()
    for name, value in values:
        set_committed_value(made, name, value)
    make_transient_to_detached(made)
    return made


def create(
    session: Session,
    *,
    member: uuid.UUID | None,
    data: str,
    device: str,
    unused_for: timedelta,
) -> tuple[MemberSession, str]:
    """Add a session of ``member`` (None: half way) and return it with its secret id."""
    secret, now = new_secret(), clock.now()
    row = MemberSession(
        id_hash=hashed(secret),
        member_id=member,
        data=data,
        device=device,
        created_at=now,
        last_used_at=now,
        expires_at=now + (unused_for if member else HALF_WAY),
    )
    session.add(row)
    session.flush()
    return row, secret


def touch(session: Session, key: uuid.UUID, *, created_at: datetime, unused_for: timedelta) -> None:
    """Note that session ``key`` was used now, and let it live on."""
    now = clock.now()
    session.execute(
        update(MemberSession)
        .where(MemberSession.key == key)
        .values(last_used_at=now, expires_at=min(now + unused_for, created_at + LONGEST))
    )


def save(session: Session, key: uuid.UUID, data: str) -> None:
    """Keep the ``data`` of session ``key``; a session that has ended meanwhile stays ended."""
    session.execute(update(MemberSession).where(MemberSession.key == key).values(data=data))


def of_member(session: Session, member: uuid.UUID) -> Sequence[MemberSession]:
    """Return the living sessions of ``member``, the last used first."""
    return session.scalars(
        select(MemberSession)
        .where(MemberSession.member_id == member, MemberSession.expires_at > clock.now())
        .order_by(MemberSession.last_used_at.desc())
    ).all()


def end(session: Session, key: uuid.UUID, *, member: uuid.UUID | None = None) -> list[Ended]:
    """End session ``key``, only if it is ``member``'s where one is given."""
    wanted = delete(MemberSession).where(MemberSession.key == key)
    if member is not None:
        wanted = wanted.where(MemberSession.member_id == member)
    return _ended(session, wanted)


def end_all(session: Session, member: uuid.UUID, *, keep: uuid.UUID | None = None) -> list[Ended]:
    """End every session of ``member`` except the one with key ``keep``."""
    wanted = delete(MemberSession).where(MemberSession.member_id == member)
    if keep is not None:
        wanted = wanted.where(MemberSession.key != keep)
    return _ended(session, wanted)


def sweep(session: Session) -> list[Ended]:
    """Remove the sessions whose time is over."""
    return _ended(session, delete(MemberSession).where(MemberSession.expires_at <= clock.now()))


def _ended(session: Session, wanted: Delete) -> list[Ended]:
    rows = session.execute(wanted.returning(MemberSession.key, MemberSession.member_id))
    return [Ended(key=key, member=member) for key, member in rows if member is not None]
