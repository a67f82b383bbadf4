"""Who is asking: what every room may know about the member of a request."""

import uuid
from dataclasses import dataclass

from flask_babel import gettext


@dataclass(frozen=True, kw_only=True)
class PublicName:
    """What others may read for a member: a ``name`` by consent, else "" and a ``number``.

    As text it is in the reader's language; what goes to many readers at once carries both parts.
    """

    name: str
    number: int

    def __str__(self) -> str:
        return self.name or str(gettext("Member %(number)s", number=self.number))


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """The signed-in member. ``region`` is an ISO 3166-2 code, ``timezone`` an IANA name.

    ``named`` is what others see; ``official_region`` is "" unless the member is an official.
    ``needs_second_factor``: a role asks for one that is not set up, so most doors are closed.
    """

    id: uuid.UUID
    roles: frozenset[str]
    region: str
    language: str
    timezone: str
    display_name: str
    named: PublicName
    official_region: str = ""
    needs_second_factor: bool = False

    @property
    def public_name(self) -> str:
        """Return what others see, in the reader's language: few requests ask, so it is not kept."""
        return str(self.named)

    def has_role(self, *roles: str) -> bool:
        """Tell whether the member holds one of ``roles``."""
        return not self.roles.isdisjoint(roles)
