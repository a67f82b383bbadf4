"""What may be asked about tokens."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from psot.api import tokens
from psot.api.models import Token


@dataclass(frozen=True, kw_only=True)
class TokenView:
    """A token as its member sees it: everything but the token."""

    id: uuid.UUID
    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    member: uuid.UUID

    def expired(self, now: datetime) -> bool:
        """Tell whether its time is over."""
        return self.expires_at <= now


def tokens_of(session: Session, member: uuid.UUID) -> list[TokenView]:
    """Return the member's tokens, the newest first."""
    rows = session.scalars(
        select(Token)
        .where(Token.member_id == member)
        .order_by(Token.created_at.desc(), Token.id.desc())
    )
    return [_view(row) for row in rows]


def token_shown(session: Session, secret: str, now: datetime) -> TokenView | None:
    """Return the living token that ``secret`` is, or None."""
    row = session.scalar(
        select(Token).where(Token.token_hash == tokens.hash_of(secret), Token.expires_at > now)
    )
    return _view(row) if row is not None else None


def _view(row: Token) -> TokenView:
    return TokenView(
        id=row.id,
        name=row.name,
        scopes=tuple(row.scopes),
        created_at=row.created_at,
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
        member=row.member_id,
    )
