"""An official of the demo community has invited a region: places its members told, and a letter."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from psot.members import consents, operations
from psot.members.queries import regions_of
from psot.officials.models import InvitationLink

REGION = "RU-MOW"
INVITATION = uuid5(UUID(int=0), "psot.demo.invitation")
SOURCE = "Письмо службам охраны труда, осень"
MUNICIPALITIES = ("ЦАО", "ЦАО", "ЦАО", "САО", "ЮВАО")
ORGANIZATIONS = ("Метрострой-Демо", "Метрострой-Демо", "Завод «Пример»", "Больница № 0")
OPENED_LINK = 31


def load(session: Session, *, official: UUID, members: Sequence[UUID], now: datetime) -> int:
    """Let members of the region tell where they work, half of them invited; returns how many."""
    random = Random(len(members))  # noqa: S311 - a community to look at, not a secret
    homes = regions_of(session, members)
    here = [one for one in members if homes[one] == REGION]
    for number, one in enumerate(here):
        member = operations.get(session, one)
        consents.give(session, member, consents.REGION_COUNTS, "ru")
        member.municipality = random.choice(MUNICIPALITIES)
        member.organization = random.choice(ORGANIZATIONS)
        if number % 2:
            operations.note_invitation(member, INVITATION)
    made_at = now - timedelta(days=40)
    session.add(
        InvitationLink(
            id=INVITATION,
            code="demo-autumn",
            region=REGION,
            name=SOURCE,
            made_by=official,
            made_at=made_at,
            expires_at=now + timedelta(days=365),
            arrivals=OPENED_LINK,
        )
    )
    return len(here)
