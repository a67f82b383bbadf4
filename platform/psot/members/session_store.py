"""Sessions as rows: made, kept, listed, ended. Only the hash of a session's secret id is kept."""

import hashlib
import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Delete, delete, select, text, update
from sqlalchemy.orm import Session

from psot import clock
from psot.members.models import MemberSession

# Half-way sessions (a second factor or an outside sign-in under way) live this long.
HALF_WAY = timedelta(minutes=30)
# However busy, a session ends after this long: a stolen one must not live for ever.
LONGEST = timedelta(days=90)

_TOUCH = text(
    """
    WITH free AS (
        SELECT s.key, used.moment FROM member_sessions s
        JOIN unnest(CAST(:keys AS uuid[]), CAST(:moments AS timestamptz[])) AS used (key, moment)
            ON s.key = used.key AND s.last_used_at < used.moment
        FOR NO KEY UPDATE OF s SKIP LOCKED
    )
    UPDATE member_sessions s
    SET last_used_at = free.moment,
        expires_at = least(free.moment + :unused_for, s.created_at + :longest)
    FROM free WHERE s.key = free.key
    """
)


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


def touch(session: Session, used: Mapping[uuid.UUID, datetime], *, unused_for: timedelta) -> None:
    """Note when the sessions with the keys in ``used`` were used, and let each live on from then.

    One that has ended meanwhile stays ended. One that somebody else is writing is left out: it is
    noted there, or the next time; so no note waits for another.
    """
    session.execute(
        _TOUCH,
        {
            "keys": list(used),
            "moments": list(used.values()),
            "unused_for": unused_for,
            "longest": LONGEST,
        },
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
