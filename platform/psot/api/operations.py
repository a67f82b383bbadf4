"""Every write about tokens. Each takes the session first and never commits."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from psot.api import scopes, tokens
from psot.api.errors import ScopeNotYours, TooManyTokens, UnknownToken
from psot.api.models import Token

MOST_TOKENS = 20
LONGEST_DAYS = 365

# Writing the moment of every request would cost each of them a write.
USED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Made:
    """A token just made: its row's ``id`` and the ``secret``, which is never shown again."""

    id: uuid.UUID
    secret: str


def make_token(
    session: Session,
    *,
    member: uuid.UUID,
    roles: Collection[str],
    name: str,
    wanted: Collection[str],
    days: int,
    now: datetime,
) -> Made:
    """Make a token for ``wanted`` scopes that lives ``days`` days, at most `LONGEST_DAYS`.

    Raises ScopeNotYours for a scope that ``roles`` do not give, TooManyTokens above `MOST_TOKENS`.
    """
    allowed = {one.name for one in scopes.offered(roles)}
    if not wanted or not allowed.issuperset(wanted):
        raise ScopeNotYours(_("Your role does not include this scope."))
    held = select(func.count()).where(Token.member_id == member, Token.expires_at > now)
    if (session.scalar(held) or 0) >= MOST_TOKENS:
        raise TooManyTokens(_("You have too many tokens: revoke one that you no longer need."))
    secret = tokens.mint()
    made = Token(
        member_id=member,
        name=name,
        token_hash=tokens.hash_of(secret),
        scopes=sorted(wanted),
        created_at=now,
        expires_at=now + timedelta(days=min(days, LONGEST_DAYS)),
    )
    session.add(made)
    session.flush()
    return Made(id=made.id, secret=secret)


def revoke_token(session: Session, *, member: uuid.UUID, token: uuid.UUID) -> None:
    """Take back one of the member's own tokens; raises UnknownToken."""
    gone = session.execute(
        delete(Token).where(Token.id == token, Token.member_id == member).returning(Token.id)
    ).scalar()
    if gone is None:
        raise UnknownToken(_("There is no such token."), subject=str(token))


def mark_used(session: Session, *, token: uuid.UUID, now: datetime) -> None:
    """Note that a token was used, to the minute."""
    session.execute(update(Token).where(Token.id == token).values(last_used_at=now))
