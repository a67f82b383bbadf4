"""The life of a race as one table: what may follow what, and what each stage allows."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Stage(StrEnum):
    """Where a race is in its life."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    REGISTRATION = "registration"
    ZEROING = "zeroing"
    RUNNING = "running"
    LOCKED = "locked"
    PROVISIONAL = "provisional"
    OFFICIAL = "official"
    CANCELLED = "cancelled"


_S = Stage

FOLLOWS: Final[Mapping[Stage, frozenset[Stage]]] = MappingProxyType(
    {
        _S.DRAFT: frozenset({_S.ANNOUNCED, _S.REGISTRATION, _S.CANCELLED}),
        _S.ANNOUNCED: frozenset({_S.DRAFT, _S.REGISTRATION, _S.CANCELLED}),
        _S.REGISTRATION: frozenset({_S.ZEROING, _S.CANCELLED}),
        _S.ZEROING: frozenset({_S.REGISTRATION, _S.RUNNING, _S.CANCELLED}),
        _S.RUNNING: frozenset({_S.LOCKED, _S.CANCELLED}),
        _S.LOCKED: frozenset({_S.PROVISIONAL, _S.CANCELLED}),
        _S.PROVISIONAL: frozenset({_S.OFFICIAL, _S.CANCELLED}),
        _S.OFFICIAL: frozenset(),
        _S.CANCELLED: frozenset(),
    }
)
"""What may follow each stage, by the schedule or by hand."""

ORDER: Final = tuple(one for one in Stage if one is not Stage.CANCELLED)

EDITABLE: Final = frozenset({_S.DRAFT, _S.ANNOUNCED, _S.REGISTRATION})
"""Everything can be edited; later only the jury changes something."""
SHOWN: Final = frozenset(Stage) - {_S.DRAFT}
"""Stages in which people other than organizers see the race."""
LIVE: Final = frozenset({_S.ZEROING, _S.RUNNING})
KEYS_OPEN: Final = frozenset({_S.LOCKED, _S.PROVISIONAL, _S.OFFICIAL})
"""Stages in which right options and explanations may be seen, and no other."""
RESULTS: Final = frozenset({_S.PROVISIONAL, _S.OFFICIAL})
"""Stages with a protocol."""
