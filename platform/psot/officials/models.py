"""The invitations that officials make: a link for everybody it reaches, and what it is called."""

import uuid
from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from psot.database import Base, new_id


class InvitationLink(Base):
    """A link that invites into a region. ``name`` is its source mark: by which letter it came.

    ``arrivals`` counts the browsers that opened it, ``made_by`` is the member who made it. The
    code is no secret: whoever has it may only register as everybody may.
    """

    __tablename__ = "official_invitations"
    __table_args__ = (Index("ix_official_invitations_region", "region", "made_at"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    region: Mapped[str] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(String(120))
    made_by: Mapped[uuid.UUID]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    arrivals: Mapped[int] = mapped_column(server_default="0", default=0)
