"""Who is asking: what every room may know about the member of a request."""

import uuid
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """The signed-in member. ``region`` is an ISO 3166-2 code, ``timezone`` an IANA name.

    ``public_name`` is what others see; ``official_region`` is "" unless the member is an official.
    ``needs_second_factor``: a role asks for one that is not set up, so most doors are closed.
    """

    id: uuid.UUID
    roles: frozenset[str]
    region: str
    language: str
    timezone: str
    display_name: str
    public_name: str
    official_region: str = ""
    needs_second_factor: bool = False

    def has_role(self, *roles: str) -> bool:
        """Tell whether the member holds one of ``roles``."""
        return not self.roles.isdisjoint(roles)
