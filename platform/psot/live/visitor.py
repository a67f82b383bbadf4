"""Who is at the other end of a socket, as far as the live part has to know."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from psot.policies import Policy, refusal


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """A signed-in member's session, or anybody: then ``session`` is empty and ``member`` None.

    ``needs_second_factor``: a role asks for one that is not set up. Messages are in ``language``.
    """

    session: str = ""
    member: UUID | None = None
    roles: frozenset[str] = frozenset()
    needs_second_factor: bool = False
    language: str = "ru"

    def refusal(self, policy: Policy) -> str:
        """Return why ``policy`` does not let this visitor pass, "" where it does."""
        return refusal(policy, self if self.member else None)

    def dump(self) -> str:
        """Return the text that `load` understands."""
        return json.dumps(
            {
                "session": self.session,
                "member": str(self.member) if self.member else None,
                "roles": sorted(self.roles),
                "needs_second_factor": self.needs_second_factor,
                "language": self.language,
            }
        )

    @classmethod
    def load(cls, text: str | bytes) -> "Visitor":
        """Return the visitor of `dump`."""
        data = json.loads(text)
        return cls(
            session=data["session"],
            member=UUID(data["member"]) if data["member"] else None,
            roles=frozenset(data["roles"]),
            needs_second_factor=data["needs_second_factor"],
            language=data["language"],
        )


def nobody() -> Visitor:
    """Return a visitor of whom nothing is known."""
    return Visitor()


def all_alive(sessions: Iterable[str]) -> set[str]:
    """Take every session for alive: the answer where nobody keeps any."""
    return set(sessions)


@dataclass(frozen=True, kw_only=True)
class Recognition:
    """How the members' room tells who visits.

    ``visitor`` reads the current request; ``alive`` returns those of the given sessions that have
    not ended, and is asked now and then so that no socket outlives its session.
    """

    visitor: Callable[[], Visitor] = nobody
    alive: Callable[[Iterable[str]], set[str]] = all_alive
