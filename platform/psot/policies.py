"""Who may do what: ONE table for routes, one for socket events. What is not listed is refused.

A policy says who passes the door; whether a member may see *this* object is decided by the room's
query, which never returns another's.
"""

from dataclasses import dataclass

ROLES = (
    "participant",
    "expert",
    "official",
    "editor",
    "organizer",
    "jury",
    "administrator",
)

# Outside demo mode these roles sign in with a second factor, or only get as far as setting one up.
SECOND_FACTOR = frozenset({"editor", "organizer", "jury", "administrator"})


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Who passes: anybody (``signed_in`` false), any member, or members with one of ``roles``.

    ``before_second_factor`` doors stay open to a member who still has to set up the second factor.
    """

    signed_in: bool = True
    roles: frozenset[str] = frozenset()
    before_second_factor: bool = False


PUBLIC = Policy(signed_in=False, before_second_factor=True)
MEMBER = Policy()
# A member's own account: reachable before the second factor is set up, else it never could be.
ACCOUNT = Policy(before_second_factor=True)
EDITOR = Policy(roles=frozenset({"editor", "administrator"}))
ORGANIZER = Policy(roles=frozenset({"organizer", "administrator"}))
ADMINISTRATOR = Policy(roles=frozenset({"administrator"}))

ROUTES: dict[str, Policy] = {
    "static": PUBLIC,
    # shell
    "shell.home": PUBLIC,
    "shell.preferences": PUBLIC,
}

SOCKET_EVENTS: dict[str, Policy] = {}
