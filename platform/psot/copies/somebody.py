"""A member as a shared page knows one: what may be the same for many, and nobody in particular.

A copy for members is made for somebody who is like them: the same roles, language, zone and counts
in the menu, a name and an id that are marks. Such a member has done nothing and
stands nowhere; whoever the page shows gets a page of their own.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple
from uuid import UUID

from psot.members.queries import take_for
from psot.members.viewer import PublicName, Viewer
from psot.shell import navigation
from psot.shell.reader import show_to

COMMON: Final = frozenset({"participant"})
"""Members with any other role are few, and their pages differ in more than the menu."""


class Somebody(NamedTuple):
    """What a member's copy is made for; ``named`` tells whether there is a name to be shown."""

    roles: frozenset[str]
    language: str
    zone: str
    named: bool
    counts: tuple[tuple[str, int], ...]


@dataclass(kw_only=True)
class Figure:
    """Somebody as the shell asks for a reader."""

    display_name: str
    language: str
    timezone: str
    roles: frozenset[str]

    def has_role(self, role: str) -> bool:
        """Tell whether ``role`` is held."""
        return role in self.roles


def come_in(member: Somebody, known_as: UUID, *, name: str) -> None:
    """Let this request be made by ``member``, whose name is ``name`` where there is one.

    Their id is ``known_as``.
    """
    shown = name if member.named else ""
    viewer = Viewer(
        id=known_as,
        roles=member.roles,
        region="",
        language=member.language,
        timezone=member.zone,
        display_name=shown,
        named=PublicName(name=shown, number=0),
    )
    take_for(viewer)
    show_to(look_like(member, shown))
    navigation.take_for(dict(member.counts))


def look_like(member: Somebody, name: str) -> Figure:
    """Return what the shell is shown of ``member``, who is called ``name``."""
    return Figure(
        display_name=name,
        language=member.language,
        timezone=member.zone,
        roles=member.roles,
    )
