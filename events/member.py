"""What happened to a membership. No names, no addresses: a member is a random id."""

from uuid import UUID

from events.base import Fact, fact


@fact("psot.member.registered.v1")
class MemberRegistered(Fact):
    """A person became a member. ``region`` is an ISO 3166-2 code such as ``RU-TYU``."""

    member: UUID
    region: str


@fact("psot.member.moved.v1")
class MemberMoved(Fact):
    """A member chose another ``region``, an ISO 3166-2 code; it counts from the next season on."""

    member: UUID
    region: str
