"""Kinds of boards: which room publishes them, who may watch, and what "around me" means there."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from redis import Redis

from psot.errors import NotFound
from psot.live.packets import Encoded
from psot.policies import Policy

NAME = re.compile(r"[a-z]+:[A-Za-z0-9._-]{1,64}\Z")

Window = dict[str, Any] | Encoded
"""What one member sees; never empty."""

Windows = Callable[[Redis, str, Sequence[UUID]], Mapping[UUID, Window]]
"""Given Redis, a board's name and members: what each of them sees around the own place.

It is called about once a second per board and web process, a crowd in parts, and has to answer in
one round trip or two. A member without a place is left out.
"""

Neighbours = Callable[[str, Sequence[UUID]], Sequence[UUID]]
"""Given a board's name and members: the same members, whose windows share rows side by side.

As far as this process knows: a crowd is asked for in this order, so that a row is made once for all
who see it.
"""


@dataclass(frozen=True, kw_only=True)
class BoardKind:
    """All boards whose name begins with ``prefix`` and a colon, such as ``ratings:2026-Q4``."""

    prefix: str
    policy: Policy
    windows: Windows | None = None
    neighbours: Neighbours = field(default=lambda _board, members: members)


class BoardKinds:
    """The kinds that the rooms of an app have registered."""

    def __init__(self) -> None:
        self._kinds: dict[str, BoardKind] = {}

    def register(self, kind: BoardKind) -> None:
        """Make ``kind`` known. Raises ValueError for a prefix that is taken or misspelt."""
        if not kind.prefix.isalpha() or not kind.prefix.islower():
            raise ValueError(f"{kind.prefix!r} is not a prefix of boards: lower-case letters only")
        if kind.prefix in self._kinds:
            raise ValueError(f"boards {kind.prefix!r} are registered twice")
        self._kinds[kind.prefix] = kind

    def of(self, name: str) -> BoardKind:
        """Return the kind of the board ``name``. Raises NotFound."""
        kind = self._kinds.get(name.partition(":")[0]) if NAME.fullmatch(name) else None
        if kind is None:
            raise NotFound(_("There is no such board."), subject=name)
        return kind
