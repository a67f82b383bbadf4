"""Members and what belongs to an account. The only tables of the house that hold personal data."""

import uuid
from datetime import datetime

from flask_security import RoleMixin, UserMixin
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    String,
    Text,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from psot.database import Base, new_id
from psot.policies import SECOND_FACTOR


def random_id() -> uuid.UUID:
    """Return an id that says nothing about its member, not even when they came."""
    return uuid.uuid4()


class MemberRole(Base, RoleMixin):
    """A role that a member holds. ``region`` is set for an official only: whose official."""

    __tablename__ = "member_roles"
    __table_args__ = (
        CheckConstraint("(name = 'official') = (region <> '')", name="official_has_region"),
    )

    member_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("members.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    region: Mapped[str] = mapped_column(String(8), server_default="", default="")
    granted_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Member(Base, UserMixin):
    """A person with an account. ``id`` is random and the only thing other rooms keep.

    ``number`` names a member who did not consent to publish a name; ``name_public`` repeats that
    consent where every board reads it, ``off_boards`` is the wish to stand on none.
    ``confirmed_at`` is when the
    address was proven; only then does the member count. ``counted`` repeats the consent to be
    counted by municipality and organization for the region's officials; without it no
    ``municipality`` is kept. ``came_by`` is the invitation a member came by, if they did. Names
    beginning with ``fs_``, ``tf_`` and ``mf_`` are what Flask-Security calls them; the second
    factor's secret is encrypted by it.
    """

    __tablename__ = "members"
    __table_args__ = (
        Index("uq_members_email", func.lower(text("email")), unique=True),
        Index(
            "ix_members_published_name",
            text("to_tsvector('simple', display_name)"),
            postgresql_using="gin",
            postgresql_where=text("name_public AND NOT off_boards"),
        ),
        Index("ix_members_region", "region", "confirmed_at"),
        Index("ix_members_came_by", "came_by", postgresql_where=text("came_by IS NOT NULL")),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=random_id)  # type: ignore[assignment]  # Flask-Security expects a number but never counts with it
    number: Mapped[int] = mapped_column(BigInteger, Identity(always=True, start=1001), unique=True)
    email: Mapped[str] = mapped_column(String(254))
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    confirmed_at: Mapped[datetime | None] = mapped_column()
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    tf_last_counter: Mapped[int | None] = mapped_column(BigInteger)
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(JSONB()))
    display_name: Mapped[str] = mapped_column(String(60))
    name_public: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
    off_boards: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
    organization: Mapped[str] = mapped_column(String(120), server_default="", default="")
    municipality: Mapped[str] = mapped_column(String(120), server_default="", default="")
    counted: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
    came_by: Mapped[uuid.UUID | None] = mapped_column()
    region: Mapped[str] = mapped_column(String(8))
    language: Mapped[str] = mapped_column(String(2), server_default="ru", default="ru")
    timezone: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    roles: Mapped[list[MemberRole]] = relationship(  # type: ignore[assignment]
        lazy="selectin", cascade="all, delete-orphan"
    )

    def verify_and_update_password(self, password: str) -> bool:
        """Tell whether ``password`` is the member's; nobody's, where they have none."""
        return bool(self.password) and super().verify_and_update_password(password)

    def check_tf_required_setup(self) -> bool:
        """Tell whether a role of the member forbids to switch the second factor off."""
        return not SECOND_FACTOR.isdisjoint(one.name for one in self.roles)


class Consent(Base):
    """A consent to one document for one purpose: which text (by its hash), when, and until when."""

    __tablename__ = "member_consents"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    member_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("members.id", ondelete="CASCADE"), index=True
    )
    purpose: Mapped[str] = mapped_column(String(32))
    version: Mapped[int] = mapped_column()
    language: Mapped[str] = mapped_column(String(2))
    text_sha256: Mapped[str] = mapped_column(String(64))
    given_at: Mapped[datetime] = mapped_column()
    withdrawn_at: Mapped[datetime | None] = mapped_column()


class MemberSession(Base):
    """A browser that is signed in, or half way there (then ``member_id`` is empty).

    The cookie holds a random id, here stands only its hash; ``key`` names the session on pages and
    to the sockets opened from it.
    """

    __tablename__ = "member_sessions"

    key: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    id_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    member_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("members.id", ondelete="CASCADE"), index=True
    )
    data: Mapped[str] = mapped_column(Text)
    device: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column()
    last_used_at: Mapped[datetime] = mapped_column()
    expires_at: Mapped[datetime] = mapped_column(index=True)


class OutsideIdentity(Base):
    """A member as an outside sign-in provider knows them."""

    __tablename__ = "member_outside_identities"

    issuer: Mapped[str] = mapped_column(String(255), primary_key=True)
    subject: Mapped[str] = mapped_column(String(255), primary_key=True)
    member_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("members.id", ondelete="CASCADE"), index=True
    )
    linked_at: Mapped[datetime] = mapped_column()


class Invitation(Base):
    """A one-time link that makes whoever owns ``email`` a holder of ``role``."""

    __tablename__ = "member_invitations"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    role: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime] = mapped_column()
    expires_at: Mapped[datetime] = mapped_column()
    used_at: Mapped[datetime | None] = mapped_column()


class Mail(Base):
    """A mail written in the transaction of what it tells of, and sent afterwards.

    ``body`` is emptied once a mail server took the mail: the links inside open accounts.
    """

    __tablename__ = "mails"
    __table_args__ = (
        Index("ix_mails_waiting", "next_try_at", postgresql_where=text("sent_at IS NULL")),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column()
    sent_at: Mapped[datetime | None] = mapped_column()
    tries: Mapped[int] = mapped_column(server_default="0", default=0)
    next_try_at: Mapped[datetime] = mapped_column()
    error: Mapped[str] = mapped_column(String(300), server_default="", default="")
